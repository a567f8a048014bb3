"""Everything a check says of a small commune, word for word: what is printed, what is missing, what cannot all be true."""

import os
import threading
import zipfile
from types import SimpleNamespace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from giamngheo import checks, opened
from giamngheo.checks import between_tables, carried_over, complete, marking, own, past_years, placeholders
from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError, Finding
from giamngheo.intake.narrative import SECTIONS
from years import BUDGET, LAST_REVIEW, MODELS, MOVEMENTS, REVIEW, UNIT, YEAR, changed, write

DRAFT, NOTE = "[chỉ lập được DỰ THẢO] ", "[lưu ý] "
TRAINING = """\
project,course,group,participants,posts,villages,date
DA4,Nghề,Trưởng thôn,9,3,3,01/05/2022
DA4,Nghề,Dân,20,,,01/05/2022
"""
PRINTED = "place,part_of,partition,year,standard,status,indicator,printed,doubt\n"
ROW = "xa-mau,,,2022,ND07_2021,chính thức,"


@pytest.fixture
def commune(tmp_path, monkeypatch):
    """A function that writes the tables of a commune's year, with last year's review, and opens the year."""
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))

    def opening(last=LAST_REVIEW, narrative=None, **tables):
        write(tmp_path, {"review.csv": last}, YEAR - 1)
        folder = write(tmp_path, {f"{table}.csv": text for table, text in ({"review": REVIEW} | tables).items()})
        for section, words in (narrative or {}).items():
            (folder / "narrative").mkdir(exist_ok=True)
            (folder / "narrative" / f"{section}.md").write_text(words, encoding="utf-8")
        return opened(UNIT, YEAR)

    return opening


def said(found):
    return [str(one).replace(f"{UNIT}/{YEAR}/", "") for one in found]


# what this workbook prints itself -----------------------------------------------------------------------

COUNTS = ["households", "persons", "poor_households", "poor_persons", "poor_rate", "near_poor_households", "near_poor_persons",
          "near_poor_rate", "multidimensionally_poor_households", "multidimensional_poverty_rate", "minority_households",
          "minority_poor_households", "minority_poor_rate", "minority_near_poor_households", "minority_near_poor_rate"]  # fmt: skip
WHOLE = ["1.519 hộ", "6.100 khẩu", "70 hộ", "300 khẩu", "4,61%", "45 hộ", "200 khẩu", "2,96%", "115 hộ", "7,57%", "170 hộ",
         "60 hộ", "35,29%", "35 hộ", "20,59%"]  # fmt: skip
MO_TON = ["120 hộ", "500 khẩu", "30 hộ", "130 khẩu", "25,00%", "20 hộ", "90 khẩu", "16,67%", "50 hộ", "41,67%", "100 hộ",
          "25 hộ", "25,00%", "15 hộ", "15,00%"]  # fmt: skip
DAK_GIANG = ["1.399 hộ", "5.600 khẩu", "40 hộ", "170 khẩu", "2,86%", "25 hộ", "110 khẩu", "1,79%", "65 hộ", "4,65%", "70 hộ",
             "35 hộ", "50,00%", "20 hộ", "28,57%"]  # fmt: skip
CHANGES = [("change_poor_households", "giảm 05 hộ"),  # 30 + 40 now, 33 + 42 before
           ("change_poor_rate", "giảm 0,37%"),  # 70 / 1.519 - 75 / 1.508
           ("change_near_poor_households", "tăng 05 hộ"), ("change_near_poor_rate", "tăng 0,31%")]  # fmt: skip
MONEY = [("nstw", ["100.000.000 đồng", "90.000.000 đồng", "90,00%"], 2), ("nsdp_tinh", ["12.000.000 đồng"], 3),
         ("nguoi_dan", ["5.000.000 đồng"], 4)]  # 6.000.000 of it paid out, with the reason in its note  # fmt: skip


def test_what_the_workbook_prints_of_a_commune_as_claims(commune):
    claims = own.own_claims(commune(budget=BUDGET, models=MODELS))
    assert list(claims) == [*["place", "part_of", "partition", "year", "standard", "status", "indicator", "printed", "doubt", "file", "line"]]
    assert set(zip(claims["year"], claims["standard"], claims["status"], claims["doubt"], strict=True)) == {
        (YEAR, "ND07_2021", "chính thức", "")
    }
    columns = ["place", "part_of", "partition", "indicator", "printed", "file", "line"]
    village = ("xa-mau", "thôn, làng")
    review, last, budget = "xa-mau/2022/review.csv", "xa-mau/2021/review.csv", "xa-mau/2022/budget.csv"
    assert list(claims[columns].itertuples(index=False, name=None)) == [
        *(("xa-mau", "", "", name, text, review, 2) for name, text in zip(COUNTS, WHOLE, strict=True)),
        *(("Mơ Tôn", *village, name, text, review, 2) for name, text in zip(COUNTS, MO_TON, strict=True)),
        *(("Đak Giang", *village, name, text, review, 3) for name, text in zip(COUNTS, DAK_GIANG, strict=True)),
        ("Đak Giang", *village, "average_living_households", "0 hộ", review, 3),
        ("Đak Giang", *village, "average_living_rate", "0,00%", review, 3),
        *(("xa-mau", "", "", name, text, last, 2) for name, text in CHANGES),
        ("tổng vốn", "", "", "budget_planned", "117.000.000 đồng", budget, 2),
        *(
            (source, "tổng vốn", "nguồn", name, text, budget, line)
            for source, texts, line in MONEY
            for name, text in zip(["budget_planned", "budget_disbursed", "disbursement_rate"], texts, strict=False)
        ),
    ]


def test_a_commune_of_one_row_has_no_villages_of_its_own(commune):
    claims = own.own_claims(commune(review="".join(REVIEW.splitlines(keepends=True)[:2])))
    assert set(claims["place"]) == {"xa-mau"}


def test_a_year_of_which_nothing_is_known_makes_no_claim(commune):
    claims = own.own_claims(commune(review=REVIEW.splitlines(keepends=True)[0] + ",,,,,,,,,,,,,official,ND07_2021\n"))
    assert (list(claims), len(claims)) == (own.CLAIM_COLUMNS, 0)


@pytest.mark.parametrize(
    ("planned", "disbursed", "printed"),
    [
        (100, 100, ["100 đồng", "100 đồng", "100,00%"]),
        (100, 101, ["100 đồng"]),  # more than the plan: its line says why
        ("", 100, ["100 đồng"]),  # of a plan that is not known nobody can say that it is more
        (100, "", ["100 đồng"]),
    ],
)
def test_money_is_claimed_as_far_as_it_is_known_and_within_its_plan(commune, planned, disbursed, printed):
    line = f"DA2,recurrent,nstw,2022,2023,{planned},{disbursed},31/12/2023,,vì sao\n"
    claims = own.own_claims(commune(budget=BUDGET.splitlines(keepends=True)[0] + line))
    assert claims[claims["place"] == "tổng vốn"]["printed"].tolist() == printed


def test_what_others_printed_and_nobody_doubts_stands_behind_it(commune):
    printed = PRINTED + ROW + "poor_households,72 hộ,chờ sổ\n" + ROW + "near_poor_households,45 hộ,\n"
    together = own.claims_together(commune(published=printed))
    last = together.iloc[-1]
    assert (last["indicator"], last["printed"], last["file"], last["line"]) == (
        "near_poor_households", "45 hộ", "xa-mau/2022/published.csv", 3
    )  # fmt: skip
    assert "72 hộ" not in set(together["printed"])
    assert together.index.tolist() == list(range(len(together)))


def test_a_figure_that_no_class_of_households_has_makes_no_claim_of_change():
    figures = {name: Figure("changes." + name, "", None, "households") for name in own.CHANGED}
    assert own.changed("multidimensionally_poor", figures, {}) == own.changed("poor", figures, {}) == []


# what cannot all be true --------------------------------------------------------------------------------

TWICE = (
    DRAFT + 'published.csv, dòng 2, cột H (printed): giá trị "72 hộ" — các số không thể cùng đúng: hộ nghèo: in hai lần, 70 và '
    "72. Cách sửa: hộ nghèo: 70 hộ thay cho 72 hộ (một chữ số khác); hoặc hộ nghèo: 72 hộ thay cho 70 hộ (một chữ số khác; "
    "nhưng làm sai 4 phép kiểm tra đang khớp)."
)
SHARE = (
    DRAFT + 'published.csv, dòng 4, cột H (printed): giá trị "20,00%" — các số không thể cùng đúng: tỷ lệ hộ nghèo: 10 / 100 = '
    "10,00%. Cách sửa: tỷ lệ hộ nghèo: 10,00% thay cho 20,00% (một chữ số khác); hoặc hộ nghèo: 20 hộ thay cho 10 hộ (một "
    "chữ số khác)."
)
LAST_SHARE = ROW.replace("2022", "2019") + "{}\n"


@pytest.mark.parametrize(
    ("tables", "messages"),
    [
        ({"published": PRINTED + ROW + "poor_households,72 hộ,\n"}, [TWICE]),
        ({"published": PRINTED + ROW + "poor_households,72 hộ,chờ sổ\n"}, []),
        ({"published": PRINTED + ROW + "poor_households,70 hộ,\n"}, []),
        ({"budget": BUDGET, "models": MODELS}, []),
        (
            {
                "published": PRINTED
                + "".join(
                    LAST_SHARE.format(one) for one in ("households,100 hộ,", "poor_households,10 hộ,", 'poor_rate,"20,00%",')
                )
            },
            [SHARE],
        ),
    ],
    ids=["printed elsewhere", "the same in doubt", "printed alike", "paid out beyond the plan, with its reason", "told by both lists, said once"],
)
def test_figures_that_cannot_all_be_true_are_said_at_the_last_line_that_can_be_put_right(commune, tables, messages):
    assert said(checks.contradictions(commune(**tables))) == messages


def test_figures_of_our_own_that_cannot_all_be_true_are_said_at_the_last_of_their_lines():
    lines = ("xa/2022/review.csv:2", "xa/2022/budget.csv:3", "xa/2021/review.csv:7")
    row = SimpleNamespace(arithmetic="70 - 75 = -5, in 5", corrections=(), lines=lines, printed="tăng 5 hộ")
    assert checks.contradiction(row, {"xa/2022/published.csv:2": 2}, None) == Finding(
        "xa/2021/review.csv", "các số không thể cùng đúng: 70 - 75 = -5, in 5", "đối chiếu với sổ gốc",
        row=7, value="tăng 5 hộ", level="draft",
    )  # fmt: skip


def test_printed_figures_that_cannot_be_read_are_said_at_their_cells_and_refuse_a_report(commune):
    this = commune(published=PRINTED + ROW + "poor_households,nhiều hộ,\n" + ROW + "poor_households,70 hộ,\n" + ROW + "xyz,70 hộ,\n")
    messages = [
        'published.csv, dòng 2, cột H (printed): giá trị "nhiều hộ" — không đọc được con số theo lối viết Việt Nam. '
        'Cách sửa: ghi đúng như đã in, ví dụ "1.399 hộ".',
        'published.csv, dòng 4, cột G (indicator): giá trị "xyz" — không có chỉ tiêu này. '
        'Cách sửa: ghi tên chỉ tiêu như báo cáo in, ví dụ "Tỷ lệ hộ nghèo", hoặc mã của nó, ví dụ poor_rate.',
    ]
    assert said(checks.unreadable(this)) == messages
    assert said(checks.findings(this)) == [*messages, *said(complete.findings(this))]
    for require in (checks.require, checks.require_figures):
        with pytest.raises(DataError) as refused:
            require(this)
        assert said(refused.value.findings) == messages


# all findings of a year ---------------------------------------------------------------------------------

WRONG_CELL = (
    'review.csv, dòng 2, cột B (households): giá trị "12o" — phải là số nguyên không âm. '
    "Cách sửa: chỉ ghi chữ số, ví dụ 32; lời giải thích ghi vào cột note."
)
PAST = (
    DRAFT + 'narrative/giam-sat.md, dòng 1: giá trị "năm 2019" — trước năm rà soát 2022: có thể là lời văn năm trước còn sót '
    "lại. Cách sửa: sửa lại, hoặc viết {last_year} thay cho 2021; nếu đúng ý thì thêm dòng <!-- đúng: năm 2019 -->."
)


WRONG_NAME = 'narrative/giam-sat.md, dòng 1: giá trị "{yeer}" — không có số liệu nào tên như vậy. Cách sửa: có phải là {year} (năm rà soát).'


def test_a_report_is_refused_for_a_cell_or_for_a_name_in_its_words_and_figures_alone_for_the_cell(commune):
    words = {"giam-sat": "Trong {yeer}."}
    for tables, both, figures in (
        ({}, [], []),
        ({"narrative": words}, [WRONG_NAME], []),
        ({"review": changed(REVIEW, ("120,500", "12o,500")), "narrative": words}, [WRONG_CELL], [WRONG_CELL]),
    ):
        this = commune(**tables)
        for require, messages in ((checks.require, both), (checks.require_figures, figures)):
            if messages:
                with pytest.raises(DataError) as refused:
                    require(this)
                assert said(refused.value.findings) == messages
            else:
                require(this)


def test_beside_a_refused_cell_stands_all_that_needs_no_figures(commune):
    words = {"giam-sat": "Từ năm 2019, {yeer}.", "khong-co": "Lời."}
    this = commune(review=changed(REVIEW, ("120,500", "12o,500")), narrative=words, published=PRINTED + ROW + "poor_households,72 hộ,\n")
    stray, past = said(checks.words(this, known=False))
    assert (stray.partition(": ")[0], past) == (DRAFT + "narrative/khong-co.md", PAST)
    assert said(checks.findings(this)) == [WRONG_CELL, stray, past, *said(complete.findings(this))]


def test_the_findings_of_a_year_are_those_of_tables_words_and_what_a_final_lacks_in_this_order(commune):
    movements = changed(MOVEMENTS, ("33,4,1", "32,4,0"))
    copied = changed(MODELS, ("minority_members\n", "minority_members,note\n"), (",7\n", f",7,{carried_over.MARK} 2021\n"))
    this = commune(
        movements=movements, models=copied, narrative={"giam-sat": "Từ năm 2019."},
        published=PRINTED + ROW + "poor_households,72 hộ,\n",
    )  # fmt: skip
    lacking = said(complete.findings(this))
    assert said(checks.findings(this)) == [
        *said(checks.check(this)),
        DRAFT + f'models.csv, dòng 2, cột M (note): giá trị "{carried_over.MARK} 2021" — dòng chép từ năm trước, chưa được xem '
        "lại: 1 dòng. Cách sửa: dòng nào còn đúng với năm nay thì xóa ghi chú, không thì sửa hoặc xóa dòng.",
        PAST,
        *lacking,
        TWICE,
    ]
    drafts = [one.removeprefix(DRAFT) for one in said(checks.findings(this)) if one.startswith(DRAFT)]
    assert [one.replace(f"{UNIT}/{YEAR}/", "") for one in checks.draft_reasons(this)] == drafts
    assert len(drafts) == 1 + 1 + 1 + len(lacking) + 1


def test_a_check_lists_files_in_order_of_the_alphabet_and_refuses_a_unit_that_is_not_there(commune):
    this = commune(review=changed(REVIEW, ("120,500", "12o,500")), budget=changed(BUDGET, ("100000000", "1OO")), models=MODELS)
    assert [one.file.rpartition("/")[2] for one in checks.check(this)] == ["budget.csv", "review.csv"]
    with pytest.raises(DataError) as refused:
        checks.check(opened("xa-mua", YEAR))
    assert str(refused.value) == (
        'xa-mua: không có đơn vị này. Cách sửa: các đơn vị đang có (có phải là "xa-mau" không?): xa-mau.'
    )


def test_the_places_of_copied_rows_by_table(commune):
    mark = f",{carried_over.MARK} 2021"
    budget = changed(BUDGET, ("dân góp thêm", mark[1:]), ("Nuôi bò,\nDA2", f"Nuôi bò{mark}\nDA2"))
    assert carried_over.rows(commune(budget=budget)) == {"budget": [0, 2]}
    assert carried_over.rows(commune(budget=BUDGET)) == {}


# what a final lacks -------------------------------------------------------------------------------------


def unwritten(section):
    return DRAFT + f"narrative/{section}.md: chưa có lời văn của mục “{SECTIONS[section]}”. Cách sửa: viết mục này vào tệp."


LETTERHEAD = (
    DRAFT + "xa-mau/unit.yml: không có phần letterhead có hiệu lực ngày 31/12/2022. "
    "Cách sửa: điền cơ quan, nơi gửi, nơi nhận, người ký."
)
UNNAMED = DRAFT + (
    "xa-mau/unit.yml: chưa có tên đơn vị. Cách sửa: điền mục name: Tên gọi trong báo cáo, ví dụ xã Kông Lơng Khơng."
)
DECISION = [
    DRAFT + "report.yml{}: chưa có số quyết định công nhận kết quả. Cách sửa: điền mục approved_by.number: Số và ký hiệu đầy đủ, "
    "ví dụ 15/QĐ-UBND.",
    DRAFT + "report.yml{}: chưa có ngày quyết định công nhận kết quả. Cách sửa: điền mục approved_by.date: Ngày ký quyết định.",
]


def test_a_bare_year_lacks_letterhead_decision_and_every_section(commune):
    this = commune()
    assert said(complete.frame(this)) == [LETTERHEAD, UNNAMED]
    assert complete.frame(this)[1].row == 0
    assert said(complete.findings(this)) == [LETTERHEAD, UNNAMED, *(one.format("") for one in DECISION), *map(unwritten, SECTIONS)]


def test_a_count_that_is_not_known_and_a_preliminary_result_are_said_at_their_first_cells(commune):
    review = changed(REVIEW, ("official", "preliminary"), ("official", "preliminary"), ("1399,5600", ",5600"))
    found = said(complete.findings(commune(review=review)))
    assert found[4:6] == [
        DRAFT + 'review.csv, dòng 2, cột N (status): giá trị "preliminary" — kết quả còn là sơ bộ. '
        "Cách sửa: khi có quyết định công nhận thì ghi official, và ghi số, ngày quyết định vào report.yml.",
        DRAFT + "review.csv, dòng 3, cột B (households): chưa biết số của toàn xã: Tổng số hộ dân cư. "
        "Cách sửa: điền ô này; không có thì hỏi lại thôn, làng hoặc cấp trên.",
    ]
    assert len(found) == 4 + 2 + len(SECTIONS)


OFFICE = """\
name: xã Mẫu
letterhead:
  - place: Mẫu
    position: CHỦ TỊCH
    signatory: Trần Văn Nhơn
    issuer: [ỦY BAN NHÂN DÂN, XÃ MẪU]
    addressees: [Ủy ban nhân dân tỉnh]
    recipients: [Như trên]
    authority: [TM. ỦY BAN NHÂN DÂN]
"""
APPROVED = "approved_by:\n  number: 15/QĐ-UBND\n  date: 20/12/2022\n"
BLANK = [
    ("", "", []),
    ("name: xã Mẫu", "name: '…'", ['xa-mau/unit.yml, dòng 1: giá trị "…" — chưa có tên đơn vị']),
    ("Trần Văn Nhơn", "chờ phân công", ['xa-mau/unit.yml, dòng 5: giá trị "chờ phân công" — chưa có họ tên người ký']),
    ("[ỦY BAN NHÂN DÂN, XÃ MẪU]", "[…, …]", ['xa-mau/unit.yml, dòng 6: giá trị "…" — chưa có cơ quan ban hành']),
    ("[Như trên]", "[chưa có]", ['xa-mau/unit.yml, dòng 8: giá trị "chưa có" — chưa có nơi nhận']),
    ("15/QĐ-UBND", "QĐ-UBND", ['report.yml, dòng 2: giá trị "QĐ-UBND" — số của một văn bản gồm con số, dấu gạch chéo, chữ viết tắt']),
    ("15/QĐ-UBND", "", ["report.yml, dòng 2: chưa có số quyết định công nhận kết quả"]),
]


@pytest.mark.parametrize(("old", "new", "messages"), BLANK)
def test_a_field_of_the_office_that_says_nothing_is_one_finding_at_its_line(commune, old, new, messages):
    folder = commune().folder
    (folder.parent / "unit.yml").write_text(OFFICE.replace(old, new), encoding="utf-8")
    (folder / "report.yml").write_text(APPROVED.replace(old, new), encoding="utf-8")
    this = opened(UNIT, YEAR)
    found = said(finding for one in complete.of_office() for finding in one.missing(this))
    assert [one.partition(". Cách sửa: ")[0] for one in found] == [DRAFT + message for message in messages]


def test_a_unit_that_does_not_name_itself_is_named_by_the_map(commune):
    folder = commune().folder.parent
    (folder / "unit.yml").write_text(OFFICE.replace("name: xã Mẫu\n", ""), encoding="utf-8")
    (folder.parent / "units.csv").write_text(
        "unit,code,name,kind,area,parent,predecessors,valid_from,valid_to,decree,source,confidence\n"
        f"{UNIT},,xã Mẫu,commune,rural,,,,,,,\n",
        encoding="utf-8",
    )
    assert complete.frame(opened(UNIT, YEAR)) == []


@pytest.mark.parametrize(
    ("words", "messages"),
    [
        (b"\xff\xfeh", []),  # what cannot be read is refused already
        (b"<!-- to do -->", ["chưa có lời văn của mục “Giám sát, đánh giá”"]),
    ],
)
def test_a_section_without_words_is_unwritten_and_one_that_cannot_be_read_is_not(commune, words, messages):
    this = commune(narrative={"giam-sat": ""})
    (this.folder / "narrative" / "giam-sat.md").write_bytes(words)
    assert [one.rule for one in complete.unwritten(opened(UNIT, YEAR), "giam-sat")] == messages


def test_a_status_that_is_left_blank_is_refused_and_not_called_preliminary(commune):
    this = commune(review=changed(REVIEW, ("15,official", "15,")))
    assert [one.header for one in this.findings()] == ["status"]
    assert list(complete.preliminary(this)) == []


def test_a_gap_in_an_office_file_stands_at_its_line(commune):
    this = commune()
    (this.folder / "report.yml").write_text("number: 1/BC\n\napproved_by:\n  issuer: '....'\n", encoding="utf-8")
    assert said(complete.gaps(opened(UNIT, YEAR))) == [
        DRAFT + 'report.yml, dòng 4: giá trị "...." — còn chỗ cần bổ sung. Cách sửa: điền vào chỗ này, hoặc bỏ đi.'
    ]


def test_the_list_of_what_an_office_says_is_made_from_the_dictionary(commune):
    again = complete.of_office()
    assert [(one.name, one.question) for one in again] == [(one.name, one.question) for one in complete.OFFICE]
    this = commune()
    assert [finding for one in again for finding in one.missing(this)] == complete.findings(this)[1 : 1 + 3]


def test_fields_that_are_not_filled_in_are_said_at_their_line_or_at_that_of_what_they_belong_to(commune):
    this = commune(narrative={"giam-sat": "<!-- cần viết lại: chép từ năm 2021 -->\nLời."})
    unit = this.folder.parent / "unit.yml"
    unit.write_text("letterhead:\n  - from: 2021-01-01\n    issuer: []\n    place: \"  \"\n", encoding="utf-8")
    (this.folder / "report.yml").write_text("approved_by:\n  number:\n", encoding="utf-8")
    found = [one.replace(f"{UNIT}/{YEAR}/", "") for one in map(str, complete.findings(opened(UNIT, YEAR)))]
    lines = {one.partition("letterhead.")[2].partition(":")[0]: one.partition(", dòng ")[2].partition(":")[0]
             for one in found if "unit.yml" in one and "letterhead." in one}  # fmt: skip
    others = ("addressees", "recipients", "signatory", "position", "authority")
    assert lines == {"issuer": "3", "place": "4"} | dict.fromkeys(others, "2")
    assert DECISION[0].format(", dòng 2") in found and DECISION[1].format(", dòng 1") in found
    assert DRAFT + (
        "narrative/giam-sat.md, dòng 1: mục “Giám sát, đánh giá” còn là lời văn năm trước. "
        "Cách sửa: viết lại rồi xóa dòng đầu “<!-- cần viết lại…”."
    ) in found


def test_every_place_that_still_asks_to_be_filled_in_is_named_where_it_stands(commune):
    gap = "còn chỗ cần bổ sung. Cách sửa: điền vào chỗ này, hoặc bỏ đi."
    this = commune(
        budget=changed(BUDGET, ("dân góp thêm", "[ CẦN BỔ SUNG lý do")),
        narrative={"giam-sat": "Một.\nHai [cần bổ sung] và [cần bổ sung: số]."},
    )
    (this.folder.parent / "unit.yml").write_text(
        'name: xã Mẫu\nletterhead:\n  - from: 2021-01-01\n    issuer: [Ủy ban, "[cần bổ sung tên]"]\n', encoding="utf-8"
    )
    assert said(complete.gaps(opened(UNIT, YEAR))) == [
        DRAFT + f'xa-mau/unit.yml, dòng 4: giá trị "[cần bổ sung tên]" — {gap}',
        DRAFT + f'narrative/giam-sat.md, dòng 2: giá trị "[cần bổ sung]" — {gap}',
        DRAFT + f'narrative/giam-sat.md, dòng 2: giá trị "[cần bổ sung: số]" — {gap}',
        DRAFT + f'budget.csv, dòng 4, cột J (note): giá trị "[ CẦN BỔ SUNG lý do" — {gap}',
    ]


def test_each_requirement_asks_a_question():
    asked = {one.name: one.question for one in complete.REQUIREMENTS}
    assert asked["unit.yml letterhead"] == "Có thể thức có hiệu lực vào ngày của báo cáo không?"
    assert asked["report.yml approved_by.number"] == "Đã có số quyết định công nhận kết quả chưa?"
    assert asked["review poor_households"] == "Đã biết Hộ nghèo của toàn xã chưa?"
    assert asked["narrative mo-hinh"] == "Mục “Mô hình sinh kế” đã viết chưa?"


# names of figures ---------------------------------------------------------------------------------------

NAMED = {
    "review.poor_rate": ("Tỷ lệ hộ nghèo", "4,61%"),
    "before.poor_households": ("Hộ nghèo (năm trước)", "75 hộ"),
    "changes.poor.change_rate": ("Tăng, giảm tỷ lệ (Hộ nghèo)", "giảm 0,37 điểm phần trăm"),
    "movements.near_poor.households.entered": ("Vào thêm (Hộ cận nghèo (hộ))", "07 hộ"),
    "budget.planned": ("Kế hoạch vốn", "117.000.000 đồng"),
    "budget.share": ("Tỷ trọng", "100,00%"),
    "models.1.supported": ("Ngân sách hỗ trợ (Nuôi bò)", "112.000.000 đồng"),
    "training.participants": ("Số người", "29 người"),
    "training.1.expected": ("Số người tính lại (Trưởng thôn)", "09 người"),
    "training.2.participants": ("Số người (Dân)", "20 người"),
    "facts.gia_nuoc": ("Giá nước", "12.500 đồng/m³"),
}


def test_what_a_narrative_may_call_by_name_and_what_it_prints(commune):
    facts = 'fact,label,value,unit,qualifier,origin\ngia_nuoc,Giá nước,12500,dong_per_m3,,Niên giám\n'
    this = commune(movements=MOVEMENTS, budget=BUDGET, models=MODELS, training=TRAINING, facts=facts)
    listed = {name: tuple(rest) for name, *rest in placeholders.listed(placeholders.figures(this))}
    assert {name: listed.get(name) for name in NAMED} == NAMED
    kinds = ["facts", "review", "before", "changes", "movements", "budget", "models", "training"]
    assert list(dict.fromkeys(name.partition(".")[0] for name in listed)) == kinds


def test_without_last_year_nothing_is_called_before(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": REVIEW})
    names = placeholders.figures(opened(UNIT, YEAR))
    assert {name.partition(".")[0] for name in names} == {"review", "budget"}


@pytest.mark.parametrize(
    ("figure", "label"),
    [
        (Figure("review.a", "Hộ nghèo", 1, "households"), "Hộ nghèo"),
        (Figure("before.a", "Hộ nghèo", 1, "households", row="Mơ Tôn"), "Hộ nghèo (Mơ Tôn, năm trước)"),
        (Figure("groups.a", "Số hộ", 1, "households", group="DTTS", row="Mơ Tôn"), "Số hộ (DTTS, Mơ Tôn)"),
    ],
)
def test_a_figure_is_called_by_its_label_its_group_its_row_and_its_year(figure, label):
    assert placeholders.labelled(figure.name, figure) == label


# sums and villages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("persons", "told"), [(120, False), (1800, False), (1801, True)])
def test_a_household_of_1_to_15_persons_is_not_doubted(commune, persons, told):
    groups = f"village,class,group,households,persons\n,poor,minority,120,{persons}\n"
    review = changed(REVIEW, ("500,30,130", "5000,130,3000"))
    found = said(between_tables._persons_per_household(commune(review=review, groups=groups), "groups"))
    assert found == told * [
        NOTE + f'groups.csv, dòng 2, cột E (persons): giá trị "{persons}" — số khẩu bình quân một hộ ngoài khoảng 1 đến 15: '
        f"{persons} khẩu, 120 hộ. Cách sửa: kiểm tra lại số hộ và số khẩu; nếu đúng thì giải thích ở cột note."
    ]


@pytest.mark.parametrize(("persons", "told"), [(99, True), (100, False), (1500, False), (1501, True)])
def test_minority_households_of_1_to_15_persons_are_not_doubted(commune, persons, told):
    review = changed(REVIEW, ("120,500", "120,1800"), ("100,420", f"100,{persons}"))
    assert said(between_tables.findings(commune(review=review))) == told * [
        NOTE + f'review.csv, dòng 2, cột K (minority_persons): giá trị "{persons}" — số khẩu bình quân một hộ ngoài khoảng 1 đến '
        f"15: {persons} khẩu, 100 hộ. Cách sửa: kiểm tra lại số hộ và số khẩu; nếu đúng thì giải thích ở cột note."
    ]


def test_a_table_of_the_whole_commune_is_held_against_the_sum_of_the_villages(commune):
    causes = "village,class,cause,households\n,poor,land,70\n,poor,capital,71\n,near_poor,land,46\n,near_poor,capital,45\n"
    assert said(between_tables.findings(commune(causes=causes))) == [
        f'causes.csv, dòng {line}, cột D (households): giá trị "{count}" — không được lớn hơn số hộ của {kind} ở bảng review, là '
        f"{whole}. Cách sửa: đối chiếu hai nơi với sổ rồi sửa số sai."
        for line, count, kind, whole in ((3, 71, "hộ nghèo", 70), (4, 46, "hộ cận nghèo", 45))
    ]


# the marked copy ----------------------------------------------------------------------------------------


def test_marked_copies_are_named_by_the_file_and_by_where_it_is_from(commune):
    this = commune()
    write(this.root, {"review.xlsx": b"", "anh.png": b""})
    (this.root / UNIT / "unit.csv").write_text("a", encoding="utf-8")
    (this.root / "review.csv").write_text("a", encoding="utf-8")
    year, last = f"{UNIT}/{YEAR}", f"{UNIT}/{YEAR - 1}"
    files = [f"{year}/review.csv", f"{year}/anh.png", f"{year}/khong-co.csv", f"{year}/review.csv", f"{year}/review.xlsx",
             f"{last}/review.csv", f"{UNIT}/unit.csv", UNIT]  # fmt: skip
    assert checks.copies(this, [Finding(file, "sai", "sửa") for file in files]) == {
        f"{year}/review.csv": "kiem-tra-review.xlsx",
        f"{year}/review.xlsx": "kiem-tra-review-xlsx.xlsx",
        f"{last}/review.csv": f"kiem-tra-{YEAR - 1}-review.xlsx",
        f"{UNIT}/unit.csv": "kiem-tra-unit.xlsx",
    }


def test_the_marked_copy_of_a_file_that_lies_deeper_says_every_folder(commune):
    this = commune()
    (this.folder / "thon" / "mo-ton").mkdir(parents=True)
    (this.folder / "thon" / "mo-ton" / "review.csv").write_text("a", encoding="utf-8")
    file = f"{UNIT}/{YEAR}/thon/mo-ton/review.csv"
    assert checks.copies(this, [Finding(file, "sai", "sửa")]) == {file: "kiem-tra-thon-mo-ton-review.xlsx"}


def test_marked_copies_wait_for_another_run_that_writes_beside_them_and_say_so(commune, tmp_path):
    fcntl = pytest.importorskip("fcntl")
    this = commune(review=changed(REVIEW, ("120,500", "12o,500")))
    other, told = os.open(tmp_path, os.O_RDONLY), []
    fcntl.flock(other, fcntl.LOCK_EX)
    late = threading.Timer(5, fcntl.flock, (other, fcntl.LOCK_UN))
    late.start()

    def tell(sentence):
        told.append(sentence)
        fcntl.flock(other, fcntl.LOCK_UN)  # the other run ends

    assert list(checks.mark(this, tmp_path / "marked", tell)) == [f"{UNIT}/{YEAR}/review.csv"]
    late.cancel()
    os.close(other)
    assert told == [f"Một lần chạy khác đang ghi vào {tmp_path}; đang đợi lần đó xong."]


def test_a_cell_that_is_refused_has_the_colour_of_a_refusal_whatever_else_is_said_of_it(tmp_path):
    write(tmp_path, {"review.csv": REVIEW})
    found = [Finding("a/review.csv", level, "sửa", row=2, column="B", level=level) for level in ("note", "refuse", "draft")]
    marking.mark(tmp_path / UNIT / str(YEAR) / "review.csv", found, tmp_path / "marked.xlsx")
    assert load_workbook(tmp_path / "marked.xlsx")["review"]["B2"].fill.fgColor.rgb == "00" + marking.COLOURS["refuse"]
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as parts:
        (drawing,) = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".vml")]
        assert {part.compress_type for part in parts.infolist()} == {zipfile.ZIP_DEFLATED}
    assert "width:420px;height:140px" in drawing.replace(" ", "")


def test_a_copy_keeps_what_is_written_bold_within_a_cell(tmp_path):
    book = Workbook()
    rich = CellRichText("Mơ ", TextBlock(InlineFont(b=True), "Tôn"))
    book.active["A1"] = rich
    book.save(tmp_path / "so-lieu.xlsx")
    marking.mark(tmp_path / "so-lieu.xlsx", [], tmp_path / "marked.xlsx")
    assert load_workbook(tmp_path / "marked.xlsx", rich_text=True)["Sheet"]["A1"].value == rich


def test_64_zeros_in_a_cell_stay_zeros_in_the_copy(tmp_path):
    (tmp_path / "review.csv").write_text(f"village,note\n{marking.BLANK},x\n", encoding="utf-8")
    marking.mark(tmp_path / "review.csv", [], tmp_path / "marked.xlsx")
    assert load_workbook(tmp_path / "marked.xlsx")["review"]["A2"].value == marking.BLANK


def test_a_copy_has_the_columns_that_the_table_is_read_with(tmp_path):
    """The commas of one note make more cells than there are columns; the names of the table's columns say what separates."""
    (tmp_path / "causes.csv").write_text("village;class;cause, a, b, c, d, e\nMơ;poor;land\n", encoding="utf-8")
    marking.mark(tmp_path / "causes.csv", [], tmp_path / "marked.xlsx")
    assert load_workbook(tmp_path / "marked.xlsx")["causes"]["B2"].value == "poor"


def test_marked_copies_are_made_of_the_tables_with_findings(commune, tmp_path):
    this = commune(review=changed(REVIEW, ("120,500", "12o,500")))
    folder = tmp_path / "out" / "marked"
    told = []
    for _ in range(2):  # once more, over the first
        marked = checks.mark(this, folder, told.append)
        assert marked == {f"{UNIT}/{YEAR}/review.csv": folder / "kiem-tra-review.xlsx"}
    assert ([path.name for path in folder.iterdir() if path.suffix == ".xlsx"], told) == (["kiem-tra-review.xlsx"], [])
    assert load_workbook(folder / "kiem-tra-review.xlsx")["Cần sửa"]["F2"].value == "12o"


def test_nothing_is_made_where_nothing_is_wrong_with_a_table(commune, tmp_path):
    this = commune(narrative=dict.fromkeys(SECTIONS, "Lời."))
    assert checks.mark(this, tmp_path / "out" / "marked") == {}
    assert not (tmp_path / "out").exists()


def test_the_marked_copy_lists_all_findings_and_colours_each_cell_by_its_worst(tmp_path):
    write(tmp_path, {"review.csv": REVIEW})
    place = {"row": 2, "column": "B", "header": "households", "value": "120"}
    found = [
        Finding("a/review.csv", "hai", "sửa hai", level="note", **place),
        Finding("a/review.csv", "một", "sửa một", level="draft", **place),
        Finding("a/review.csv", "cả dòng", "xem", row=3, level="note"),
        Finding("a/review.csv", "cả tệp", "xem"),
        Finding("a/review.csv", "=1+1\x01", "xem", row=2, column="C", sheet="khac"),
    ]
    marking.mark(tmp_path / UNIT / str(YEAR) / "review.csv", found, tmp_path / "marked.xlsx")
    book = load_workbook(tmp_path / "marked.xlsx")
    sheet, listed = book["review"], book["Cần sửa"]
    comments = {cell.coordinate: (cell.comment.text, cell.fill.fgColor.rgb, cell.fill.fill_type) for row in sheet for cell in row if cell.comment}
    assert comments == {
        "B2": ("hai. Cách sửa: sửa hai.\nmột. Cách sửa: sửa một.", "00FFEB9C", "solid"),
        "A3": ("cả dòng. Cách sửa: xem.", "00DDEBF7", "solid"),
    }
    comment = sheet["B2"].comment
    assert (comment.author, comment.width, comment.height) == ("giamngheo", 144, 79)  # what openpyxl reads of every comment
    heads = ("Tệp", "Trang tính", "Dòng", "Cột", "Tên cột", "Giá trị", "Quy tắc", "Cách sửa", "Mức")
    assert list(listed.values)[:3] == [
        heads,
        ("a/review.csv", None, 0, None, None, None, "cả tệp", "xem", "refuse"),
        ("a/review.csv", None, 2, "B", "households", "120", "hai", "sửa hai", "note"),
    ]
    assert (listed["G6"].value, listed["G6"].data_type) == ("=1+1", "s")
    widths = [listed.column_dimensions[letter].width for letter in "ABCDEFGHI"]
    assert (widths, listed.freeze_panes) == ([34, 14, 7, 6, 26, 20, 60, 60, 8], "A2")
    assert all(cell.font.b for cell in listed[1]) and not listed["A2"].font.b
    assert {(cell.alignment.wrap_text, cell.alignment.vertical) for row in listed for cell in row} == {(True, "top")}
    assert (book.active.title, [one.sheet_view.tabSelected for one in book]) == ("Cần sửa", [None, False])


def test_a_copy_holds_every_cell_at_its_place_and_a_long_name_of_a_sheet_is_cut_at_31_letters(tmp_path):
    name = "bang-co-ten-rat-dai-khong-ai-ghi-duoc"
    (tmp_path / f"{name}.csv").write_text("a;b\n1;x\n\n2;y\n", encoding="utf-8")
    marking.mark(tmp_path / f"{name}.csv", [], tmp_path / "marked.xlsx")
    book = load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames == ["Cần sửa", name[:31]]
    assert [[cell.value for cell in row] for row in book[name[:31]]] == [["a", "b"], ["1", "x"], [None, None], ["2", "y"]]


# times --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "year"), [("15/3/25", 2025), ("15/3/99", 2099), ("giai đoạn 2021-2024", 2024), ("tháng 12/2019", 2019)]
)
def test_the_year_in_which_a_time_ends(time, year):
    assert past_years.last_year_of(time) == year


def test_the_times_of_every_section_are_found_in_the_order_of_the_report(commune):
    words = dict.fromkeys(["kien-nghi", "mo-hinh"], "Năm 2019.")
    found = past_years.findings(commune(narrative=words))
    assert [(one.file.rpartition("/")[2], one.value) for one in found] == [("mo-hinh.md", "Năm 2019"), ("kien-nghi.md", "Năm 2019")]


