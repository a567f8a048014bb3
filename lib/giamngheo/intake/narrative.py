"""The report's words: Markdown files an analyst edits, with placeholders bound to computed figures.

`data/<unit>/<year>/narrative/<section>.md` holds one section. `{review.poor_rate}` prints the figure of
that name; a name that does not exist is refused, and a figure typed by hand is reported, because next
year it would be false. Numbers and dates of documents are not figures.
"""

import difflib
import re
import unicodedata
from dataclasses import dataclass

from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError, Finding
from giamngheo.intake import data

PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}\n]*)\}(?!\})")
BRACES = re.compile(r"\{\{[^{}\n]*\}\}|" + PLACEHOLDER.pattern + r"|(?P<stray>[{}]+)")  # {{…}} is text
SECTIONS = {
    "tuyen-truyen": "Công tác tuyên truyền, giáo dục, nâng cao nhận thức và trách nhiệm",
    "trien-khai": "Triển khai các văn bản",
    "ban-quan-ly": "Hoạt động của Ban quản lý",
    "ra-soat": "Cách tổ chức rà soát",
    "ra-soat-thuan-loi": "Thuận lợi khi rà soát",
    "ra-soat-kho-khan": "Khó khăn, tồn tại, hạn chế khi rà soát",
    "ra-soat-nguyen-nhan": "Nguyên nhân của khó khăn, tồn tại, hạn chế khi rà soát",
    "mo-hinh": "Mô hình sinh kế",
    "giam-sat": "Giám sát, đánh giá",
    "ket-qua-dat-duoc": "Kết quả đạt được",
    "ton-tai": "Tồn tại, hạn chế",
    "nguyen-nhan": "Nguyên nhân của các tồn tại, hạn chế",
    "ke-hoach": "Kế hoạch thực hiện Chương trình năm sau",
    "giai-phap": "Giải pháp",
    "kien-nghi": "Đề xuất, kiến nghị",
}
# What may stand in digits: numbers of documents, dates, years, periods, names of projects and regions.
ALLOWED = re.compile(
    r"""\d+(/\d{4})?/[A-ZĐ][\w\-]*            # 27/2022/NĐ-CP, 90/QĐ-TTg
      | \d{1,2}/\d{1,2}/\d{4} | \d{1,2}/\d{4}
      | (?i:ngày\s+\d+(\s+tháng\s+\d+(\s+năm\s+\d+)?)? | tháng\s+\d+([/.]\d+)? | quý\s+[IVX\d]+
      | (năm|giai\s+đoạn)\s+\d{4}(\s*[-–]\s*\d{4})?
      | (khoản|điều|dự\s+án|điểm|mục|phụ\s+lục|bảng|hình)\s+\d+(\.\d+)*)
    """,
    re.VERBOSE,
)
REWRITE = "<!-- cần viết lại"  # the first words of a text copied from last year: until they go it is not written
DIGITS = re.compile(r"\d[\d.,]*%?")


@dataclass(frozen=True)
class Text:
    """The Markdown of one section and the file it stands in; `body` is "" where the section is not written.

    `copied`: the file holds last year's text, still marked as to be rewritten.
    """

    section: str
    file: str
    body: str
    copied: bool = False


def read(section: str, unit: str, year: int) -> Text:
    file = f"{unit}/{year}/narrative/{section}.md"
    path = data.root() / file
    body = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig")) if path.exists() else ""
    copied = body.lstrip().startswith(REWRITE)
    return Text(section, file, body if body.strip() and not copied else "", copied)


def lines_with(text: Text, pattern: re.Pattern) -> list[tuple[int, re.Match]]:
    return [
        (number, match)
        for number, line in enumerate(text.body.splitlines(), start=1)
        for match in pattern.finditer(line)
    ]


def check_placeholders(text: Text, figures: dict[str, Figure]) -> None:
    """Refuse a placeholder that names no figure, with its file, its line and the nearest name there is."""
    unknown = []
    for number, match in lines_with(text, BRACES):
        name = match["stray"] or match[1]
        if name is not None and name not in figures:
            near = difflib.get_close_matches(name, figures, n=1, cutoff=0.5)
            remedy = f"có phải là {{{near[0]}}}" if near else "xem tên các số liệu ở cuối sổ 04_report"
            unknown.append(
                Finding(text.file, "", number, "", "", match.group(), "không có số liệu nào tên như vậy", remedy)
            )
    if unknown:
        raise DataError(unknown)


def findings(unit: str, year: int) -> list[Finding]:
    """Sections that are not written, and figures typed by hand."""
    found = unread(unit, year)
    for section, title in SECTIONS.items():
        text = read(section, unit, year)
        if text.copied:
            rule, remedy = f"mục “{title}” còn là lời văn năm trước", "viết lại rồi xóa dòng đầu “<!-- cần viết lại…”"
            found.append(Finding(text.file, "", 1, "", "", "", rule, remedy, "draft"))
        elif not text.body:
            rule = f"chưa có lời văn của mục “{title}”"
            found.append(Finding(text.file, "", 0, "", "", "", rule, "viết mục này vào tệp", "draft"))
        for number, match in typed_figures(text):
            rule = "số gõ tay: năm sau sẽ sai mà không ai biết"
            remedy = "thay bằng {tên số liệu}, hoặc đưa số vào bảng facts"
            found.append(Finding(text.file, "", number, "", "", match, rule, remedy, "note"))
    return found


def unread(unit: str, year: int) -> list[Finding]:
    """Files that no section reads: a misspelt name must not lose its words."""
    folder = data.root() / unit / str(year) / "narrative"
    found = []
    for path in sorted(folder.glob("*")):
        if path.suffix == ".md" and path.stem in SECTIONS:
            continue
        near = difflib.get_close_matches(path.stem, SECTIONS, n=1)
        remedy = f"đổi tên thành {near[0]}.md" if near else f"các tên có thể dùng: {', '.join(SECTIONS)}"
        file = f"{unit}/{year}/narrative/{path.name}"
        found.append(Finding(file, "", 0, "", "", "", "không mục nào của báo cáo đọc tệp này", remedy, "draft"))
    return found


def typed_figures(text: Text) -> list[tuple[int, str]]:
    """Digits that are neither a placeholder nor the number or date of a document, with their lines.

    >>> typed_figures(Text("", "", "Theo Quyết định 90/QĐ-TTg ngày 18/01/2022, giảm 1,69% và {review.poor_rate}."))
    [(1, '1,69%')]
    """
    found = []
    for number, line in enumerate(text.body.splitlines(), start=1):
        rest = re.sub(r"^\s*\d+[.)]\s", "", ALLOWED.sub("", PLACEHOLDER.sub("", line)))
        found += [(number, match.group().rstrip(".,")) for match in DIGITS.finditer(rest)]
    return found
