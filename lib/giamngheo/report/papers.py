"""What goes with a report: the letter, the draft decision, the minutes of the village meetings, the sheet for the clerk.

Each is a document of the same blocks and the same figures as the report, to be edited in Word. Number and date stay blank
where the e-office gives them, and no form is named by a number that nobody has verified.
"""

import datetime as dt
import re
from collections.abc import Iterable

import pandas as pd

from giamngheo.figures import poverty, results, trace
from giamngheo.intake import office
from giamngheo.intake.unit import Year
from giamngheo.report import citations, letterhead, passages, sections
from giamngheo.report.document import end_mark
from giamngheo.report.letterhead import BLANK, gap
from giamngheo.report.passages import Named, items, parts, plain_items, plain_paragraph, sentence
from giamngheo.report.stored import Passage

OPINION_OF = "Sở Nông nghiệp và Môi trường"  # whose opinion a commune asks for since there are no districts
LAST_OF_OLD_PROCESS = 2026  # the review year up to which the meeting's vote is known
SUBJECT_MOST = 500  # characters of an abstract (Nghị định 30/2020/NĐ-CP, Phụ lục VI)
MAJORITY = "; phải từ 50% trở lên số người dự họp đồng ý, chưa đạt thì rà soát lại"
DOTS = "………"
AS_ABOVE, AS_IN_ARTICLE = "Như trên", "Như Điều 3;"  # the first of the recipients of a letter, and of a decision
LISTED = 12  # changes that a letter lists
CLASSES = (
    "Hộ nghèo{standard}: {review.poor_households}, chiếm {review.poor_rate} tổng số hộ; nhân khẩu: {review.poor_persons};",
    "Hộ cận nghèo{standard}: {review.near_poor_households}, chiếm {review.near_poor_rate} tổng số hộ; "
    "nhân khẩu: {review.near_poor_persons}.",
)
SHARE = re.compile(r", chiếm \{([\w.]+)\} tổng số hộ")
COUNTED = ("Tổng số hộ dân cư: {review.households};", *CLASSES)


def letter(this: Year) -> dict:
    """The letter that asks for an opinion on the result before it is recognised."""
    words = named(this)
    asked = [name for name in frame(this).get("addressees", []) if OPINION_OF in name] or frame(this).get("addressees")
    subject = text("đề nghị cho ý kiến về kết quả rà soát{preliminary} hộ nghèo, hộ cận nghèo năm {year}", words)
    return document(
        this, head(this, "", notation(this), subject, asked),
        sentence("{issuer} đã tổ chức rà soát hộ nghèo, hộ cận nghèo năm {year} theo quy định. Kết quả{preliminary} như sau:", words),
        *counted(this, words),
        sentence("Đề nghị quý cơ quan xem xét, cho ý kiến về kết quả trên để Chủ tịch {issuer} công nhận theo quy định.", words),
        sentence("Kèm theo: Báo cáo {reference}; các biểu tổng hợp kết quả rà soát.", words),
        passages.closing(this),
    )  # fmt: skip


def decision(this: Year) -> dict:
    """The draft decision that recognises the lists: its basis, the counts, who carries it out."""
    words = named(this)
    chairman = text("Chủ tịch {issuer}", words).upper()
    signed = signed_by_the_chairman(this)
    signed["recipients"] = [AS_IN_ARTICLE if one.startswith(AS_ABOVE) else one for one in signed["recipients"]]
    about = text("Công nhận danh sách hộ nghèo, hộ cận nghèo năm {year} trên địa bàn {place}", words)
    return document(
        this, head(this, "QUYẾT ĐỊNH", "QĐ-UBND", about, []),
        line(chairman), *basis(this), line("QUYẾT ĐỊNH:"),
        article("Điều 1.", text(" Công nhận danh sách hộ nghèo, hộ cận nghèo năm {year} trên địa bàn {place} (có danh sách kèm theo), gồm:", words)),
        *counted(this, words, CLASSES),
        article("Điều 2.", " Quyết định này có hiệu lực kể từ ngày ký."),
        article("Điều 3.", f" {gap('người chịu trách nhiệm thi hành')} và các hộ có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."),
        Passage([signed]),
    )  # fmt: skip


def minutes(this: Year, village: pd.DataFrame) -> dict:
    """The skeleton of the minutes of one village's meeting, with the village's own counts under each standard of the year."""
    words = {**named(this, village), "village": village["village"].item()}
    vote = f"Biểu quyết: {DOTS}/{DOTS} người dự họp đồng ý{MAJORITY if this.year <= LAST_OF_OLD_PROCESS else ''}."
    top = head(this, "BIÊN BẢN", "BB-UBND", text("Họp thống nhất kết quả rà soát hộ nghèo, hộ cận nghèo năm {year}, {village}", words), [])
    return document(
        this, top | {"place_date": ""},  # when and where it was held stands in the text
        plain_items([f"Thời gian: {DOTS} giờ {DOTS}, ngày {DOTS};", f"Địa điểm: {DOTS};", f"Chủ trì: {DOTS}; thư ký: {DOTS};",
                     f"Đại diện hộ dân dự họp: {DOTS}/" + text("{review.households}", words) + ";", f"Đại diện giám sát: {DOTS}."]),
        sentence("1. Kết quả rà soát{standard} được thông báo tại cuộc họp:", words),
        items(sayable(COUNTED, words), words),
        *of_second(this, village["village"].item()),
        plain_paragraph(f"2. Ý kiến của người dự họp: {DOTS}"),
        plain_paragraph("3. Kết quả thống nhất:"), plain_items([vote]),
        plain_paragraph(f"Cuộc họp kết thúc lúc {DOTS} giờ {DOTS}. Biên bản đã được đọc lại, mọi người cùng thống nhất."),
        Passage([{"type": "signers", "titles": ["THƯ KÝ", "ĐẠI DIỆN HỘ DÂN", "CHỦ TRÌ"]}]),
    )  # fmt: skip


def correcting(this: Year, changed: Iterable[list[str]]) -> dict:
    """The letter that explains a correction: which report is replaced, why, and the figures that `changed`."""
    words, asked = named(this), office.report(this).get("replaces") or {}
    before, reason = letterhead.reference(asked), asked.get("reason") or gap("lý do thay thế")
    lines = list(dict.fromkeys(f"{what}: {was}, nay là {now};" for what, was, now, _ in changed))
    listed = plain_items(lines[:LISTED] + [f"{len(lines) - LISTED} số liệu khác ở Phụ lục I."] * (len(lines) > LISTED))
    return document(
        this, head(this, "", notation(this), f"thay thế Báo cáo {before}", frame(this).get("addressees")),
        sentence(f"{{issuer}} gửi kèm Báo cáo {{reference}}, thay thế Báo cáo {before}. Lý do: {reason.rstrip('. ')}.", words),
        *([plain_paragraph("Các số liệu thay đổi:"), listed] if lines else [plain_paragraph("Không số liệu nào thay đổi.")]),
        sentence("Nội dung thay đổi có tại Phụ lục I của Báo cáo gửi kèm. Đề nghị quý cơ quan sử dụng báo cáo này thay cho báo cáo trước.", words),
        passages.closing(this),
    )  # fmt: skip


def sheet(this: Year, paper: dict, pages: int) -> dict:
    """The sheet for the clerk: what the e-office asks of an outgoing document (Nghị định 30/2020/NĐ-CP, Phụ lục VI)."""
    top = next(block for block in paper["blocks"] if block["type"] == "letterhead")
    end = next(block for block in paper["blocks"] if block["type"] == "signature")
    abstract, meta = top["abstract"], paper["meta"]
    long = f" (dài {len(abstract)} ký tự, quá {SUBJECT_MOST}: rút gọn)" if len(abstract) > SUBJECT_MOST else ""
    rows = [
        ("Tên loại văn bản", top["kind"].capitalize()), ("Số, ký hiệu", top["number"].removeprefix("Số: ")),
        ("Địa danh, ngày ban hành", top["place_date"]), ("Cơ quan ban hành", meta["issuer"]),
        ("Trích yếu nội dung", abstract + long), ("Số ký tự của trích yếu", f"{len(abstract)}/{SUBJECT_MOST}"), ("Ngôn ngữ", "Tiếng Việt"),
        ("Số trang", f"{pages}"), ("Chức vụ người ký", end["position"].capitalize()), ("Họ tên người ký", end["name"]),
        ("Nơi gửi", "; ".join(top["addressees"])), ("Nơi nhận", "; ".join(one.rstrip(";.") for one in end["recipients"])),
        ("Mức độ khẩn", ""), ("Hạn trả lời", ""),
    ]  # fmt: skip
    table = {
        "type": "table", "id": "phieu", "caption": "Thông tin của văn bản đi", "unit": "", "number": 1, "align": ["left", "left"],
        "header": [[cell("Mục"), cell("Nội dung")]], "rows": [[cell(name), cell(said)] for name, said in rows],
        "widths": [2, 5], "wide": False, "notes": [],
    }  # fmt: skip
    own = head(this, "PHIẾU THÔNG TIN VĂN BẢN", "", abstract, []) | {"number": ""}  # the sheet itself is given none
    return document(this, own, Passage([table]))


# what they are made of -------------------------------------------------------------------------------


def named(this: Year, rows: pd.DataFrame | None = None) -> Named:
    """The figures and words that the papers call by name: of the commune's result, or of other rows of it."""
    row = results.of(this) if rows is None else rows
    figures = trace.named(trace.figures(poverty.rates(row), "review"))
    return {**passages.context(this), **figures, **sections.called(row), "standard": results.under(this, results.of(this))}


def counted(this: Year, words: Named, lines: tuple[str, ...] = COUNTED) -> list[Passage]:
    """The counts of the result, and by themselves those of a second one under another standard."""
    second = results.second(this)
    own = [items(sayable(lines, words), words)]
    if second is None:
        return own
    other = {**named(this, second), "standard": results.under(this, second)}
    return [*own, plain_paragraph("Kết quả thứ hai, không cộng, không trừ với kết quả trên:"), items(sayable(lines, other), other)]


def of_second(this: Year, village: str) -> list[Passage]:
    """The counts of one village in the second result of the year, where there is one and has the village."""
    second = results.second(this)
    rows = None if second is None else results.reviewed(this, second)
    own = None if rows is None else rows[rows["village"] == village]
    if second is None or own is None or own.empty:
        return []
    words = {**named(this, own), "standard": results.under(this, second)}
    return [sentence("Kết quả rà soát{standard}, không cộng, không trừ với kết quả trên:", words), items(COUNTED, words)]


def sayable(lines: tuple[str, ...], words: Named) -> list[str]:
    """The lines, without the share of all households where these are not known."""
    return [SHARE.sub(lambda said: said[0] if getattr(words[said[1]], "value", None) is not None else "", one) for one in lines]


def basis(this: Year) -> list[Passage]:
    """The texts that the decision rests on, as the year's documents cite them."""
    rows = this.table("documents")
    found = [citations.cited(row, citations.consolidated(this)) for row in rows[rows["use"].isin(["review", "programme"])].itertuples()]
    lines = [f"Căn cứ {one};" for one in found] or [gap("căn cứ ban hành")]
    lines += [f"Theo đề nghị của {gap('người đề nghị')}."]
    return [Passage([{"type": "paragraph", "style": "basis", "runs": [{"text": one}]} for one in lines])]


def line(words: str) -> Passage:
    """A line in capitals in the middle of the page."""
    return Passage([{"type": "heading", "level": 1, "number": words, "text": ""}])


def article(number: str, words: str) -> Passage:
    return Passage([{"type": "paragraph", "style": "body", "runs": [{"text": number, "bold": True}, {"text": words}]}])


def signed_by_the_chairman(this: Year) -> dict:
    """The signature under what the chairman issues himself: not for the committee (TM.)."""
    block = letterhead.signature(this)
    return block | {"authority": [line for line in block["authority"] if not line.startswith("TM.")]}


def frame(this: Year) -> dict:
    return office.in_force(this, office.dated(this))


def notation(this: Year) -> str:
    """The notation of a letter: who issues it, which office drafted it."""
    return "-".join(filter(None, ["UBND", frame(this).get("drafting_unit")]))


def head(this: Year, kind: str, notation: str, abstract: str, addressees: list[str] | None) -> dict:
    """The head of a paper whose number and date nobody has given yet; a letter, without `kind`, has its subject under the number."""
    own = letterhead.letterhead(this, abstract)
    own.pop("replaces", None)
    place = frame(this).get("place") or gap("địa danh")
    return own | {
        "kind": kind, "number": f"Số:{BLANK}/{notation}" if notation else f"Số:{BLANK}",
        "place_date": letterhead.place_and_date(place, None, letterhead.year(office.report(this))),
        "addressees": [gap("nơi gửi")] if addressees is None else addressees,
    } | ({} if kind else {"subject": f"V/v {abstract}"})  # fmt: skip


def document(this: Year, top: dict, *following: Passage) -> dict:
    """A paper as the writers take it; whether it is a draft, `drafted` says."""
    words, date = passages.context(this), office.dated(this)
    meta = {
        "title": top["abstract"], "unit": this.unit, "year": this.year, "place": words["place"], "issuer": words["issuer"],
        "timestamp": int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp()),
        "draft": [], "synthetic": office.settings(this).get("synthetic") == "true", "key": "",
    }  # fmt: skip
    return {"meta": meta, "blocks": end_mark([top, *map(untraced, parts(*following).blocks)]), "figures": {}}


def untraced(block: dict) -> dict:
    """The block without the names of its figures: how they were made stands in the report."""

    def words(runs: list[dict]) -> list[dict]:
        return [{name: said for name, said in run.items() if name != "figure"} for run in runs]

    own = {"runs": words(block["runs"])} if "runs" in block else {}
    return block | own | ({"items": [words(item) for item in block["items"]]} if "items" in block else {})


def drafted(paper: dict, record: dict) -> dict:
    """The paper with the key of the report it goes with, and a draft where that is one."""
    return paper | {"meta": paper["meta"] | {"key": record["key"], "draft": record["draft"]}}


def text(template: str, words: Named) -> str:
    return passages.text(template, words)


def cell(text: str) -> dict:
    return {"runs": [{"text": text}]}
