"""The letter, the decision and the minutes as the decree's forms have them, of the seed's year; no report is made for them."""

import io
import re

import pytest
from docx import Document as opened_word
from pypdf import PdfReader

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.figures import results
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law import kinds as law_kinds
from giamngheo.report import calculations, papers
from giamngheo.writers import docx, html, pdf


def said(paper: dict) -> list[str]:
    """Each paragraph and point of a paper."""
    blocks = [block.get("items") or [block["runs"]] for block in paper["blocks"] if block["type"] in ("paragraph", "list")]
    return ["".join(run["text"] for run in runs) for block in blocks for runs in block]


def end(paper: dict) -> dict:
    return next(block for block in paper["blocks"] if block["type"] == "signature")


def test_which_papers_go_with_a_report_says_its_kind():
    assert {code: one.papers for code, one in law_kinds.known(opened(SEED, SEED_YEAR).law, SEED_YEAR).items()} == {
        "yearly": ("letter", "decision", "minutes"), "inspection": (), "preliminary": ("letter", "minutes"), "programme": (), "half_year": (),
    }  # fmt: skip
    assert kinds.of(Year(PROJECT / "data", SEED, SEED_YEAR)).papers == ()


def test_a_letter_and_a_decision_close_as_the_form_asks():
    this = opened(SEED, SEED_YEAR)
    assert said(papers.letter(this))[-1].endswith("; các biểu tổng hợp kết quả rà soát./.")
    assert said(papers.decision(this))[-1].endswith("chịu trách nhiệm thi hành Quyết định này./.")


def test_a_decision_goes_to_those_in_its_article_and_a_letter_to_those_above():
    this = opened(SEED, SEED_YEAR)
    assert end(papers.letter(this))["recipients"][0] == "Như trên;"
    assert end(papers.decision(this))["recipients"][0] == "Như Điều 3;"
    assert end(papers.decision(this))["recipients"][1:] == end(papers.letter(this))["recipients"][1:]


@pytest.mark.parametrize(("many", "more"), [(1, []), (12, []), (13, ["1 số liệu khác ở Phụ lục I."]), (30, ["18 số liệu khác ở Phụ lục I."])])
def test_the_letter_of_a_correction_fits_a_page_whatever_changed(many, more):
    changed = [[f"Số {n}", f"{n} hộ", f"{n + 1} hộ", "tăng 01 hộ"] for n in range(many)]
    lines = said(papers.correcting(opened(SEED, SEED_YEAR), [*changed, changed[0]]))
    listed = [f"Số {n}: {n} hộ, nay là {n + 1} hộ;" for n in range(min(many, 12))]
    assert lines[lines.index("Các số liệu thay đổi:") + 1 : -1] == listed + more
    assert lines[-1].endswith("Đề nghị quý cơ quan sử dụng báo cáo này thay cho báo cáo trước./.")


@pytest.mark.parametrize(
    ("number", "date", "attached"),
    [
        ("Số: 05/BC-UBND", "Kbang, Gia Lai, ngày 05 tháng 6 năm 2023", "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 6 năm 2023 của UBND xã)"),
        ("Số:     /BC-UBND", "Kbang, ngày     tháng     năm 2023", "(Kèm theo Báo cáo số     /BC-UBND ngày     tháng     năm 2023 của UBND xã)"),
    ],
)  # fmt: skip
def test_a_separate_annex_names_the_report_it_belongs_to_with_number_and_date(number, date, attached):
    figure = {"label": "Tỷ lệ", "group": "", "row": "", "formula": "", "arithmetic": "1 / 4 = 25%", "sources": ["xa/2022/review.csv:2"]}
    meta = {"unit": "xa", "title": "Kết quả", "issuer": "UBND xã", "calculations": "no"}
    top = {"type": "letterhead", "number": number, "place_date": date}
    paper = {"meta": meta, "blocks": [top], "figures": {"review.poor_rate": figure}, "behind": {}}
    assert calculations.apart(paper)["blocks"][0]["attached"] == attached


def test_those_who_sign_minutes_stand_side_by_side_with_room_to_sign_in_every_format():
    this = opened(SEED, SEED_YEAR)
    minutes = papers.minutes(this, results.reviewed(this).assign(village="làng Mơ Tôn"))
    assert (minutes["blocks"][0]["place_date"], minutes["blocks"][-1]["titles"]) == ("", ["THƯ KÝ", "ĐẠI DIỆN HỘ DÂN", "CHỦ TRÌ"])
    printed = " ".join(PdfReader(io.BytesIO(pdf.write(minutes))).pages[0].extract_text().split())
    assert printed.endswith("THƯ KÝ (Ký, ghi rõ họ tên) ĐẠI DIỆN HỘ DÂN (Ký, ghi rõ họ tên) CHỦ TRÌ (Ký, ghi rõ họ tên)")
    page = re.findall(r"<b>(.*?)</b></p><p class=\"room\"><i>(.*?)</i>", html.write(minutes).decode())
    assert page == [(title, "(Ký, ghi rõ họ tên)") for title in minutes["blocks"][-1]["titles"]]
    columns = opened_word(io.BytesIO(docx.write(minutes))).tables[-1].rows[0].cells
    assert [cell.text.split("\n") for cell in columns] == [[title, "(Ký, ghi rõ họ tên)", ""] for title in minutes["blocks"][-1]["titles"]]
    assert columns[0].paragraphs[2].style.paragraph_format.space_before.pt == 80


def test_a_share_of_households_that_nobody_has_counted_is_not_said():
    this = opened(SEED, SEED_YEAR)
    village = results.reviewed(this).assign(village="làng Mơ Tôn")
    assert said(papers.minutes(this, village))[6:9] == [
        "Tổng số hộ dân cư: chưa có số liệu;", "Hộ nghèo: 242 hộ; nhân khẩu: 922 khẩu;", "Hộ cận nghèo: 324 hộ; nhân khẩu: 1.399 khẩu.",
    ]  # fmt: skip
    assert said(papers.minutes(this, village.assign(households=1210)))[6:9] == [
        "Tổng số hộ dân cư: 1.210 hộ;", "Hộ nghèo: 242 hộ, chiếm 20,00% tổng số hộ; nhân khẩu: 922 khẩu;",
        "Hộ cận nghèo: 324 hộ, chiếm 26,78% tổng số hộ; nhân khẩu: 1.399 khẩu.",
    ]  # fmt: skip
