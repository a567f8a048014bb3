"""The report's words: Markdown files an analyst edits, with placeholders bound to computed figures.

`data/<unit>/<year>/narrative/<section>.md` holds one section. `{review.poor_rate}` prints the figure of
that name; a name that does not exist is refused, and a figure typed by hand is reported, because next
year it would be false. Numbers and dates of documents are not figures. What cannot be printed as it is written
(`markdown`), or is not seen as it is stored (`vietnamese.characters`), is refused at its line before anything runs.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from giamngheo.findings import DataError, Finding
from giamngheo.intake import markdown, narrative_file
from giamngheo.intake.folder import LOCKS, SYSTEM_FILES
from giamngheo.intake.unit import Year
from giamngheo.vietnamese import glyphs

PLACEHOLDER = re.compile(r"(?<!\{)\{([^{}\n]*)\}(?!\})")
BRACES = re.compile(PLACEHOLDER.pattern + r"|(?P<stray>\{*\{[^{}\n]*\}\}*|[{}]+|｛[^｛｝\n]*｝|[｛｝])")
DIGIT = r"[\d²³¹⁰-₉¼-¾]"
# What may not touch a name, before it and after it; a year may end a date: 12/{year}, 1.6.{year}.
TOUCHING = re.compile(rf"(?:{DIGIT}[.,]?|(?<![\w)}}%])[-−+–])(?=\**$)"), re.compile(rf"\**([.,]?{DIGIT}|\{{)")
TOUCHING_YEAR = re.compile(rf"{DIGIT}(?=\**$)"), re.compile(rf"\**({DIGIT}|\{{)")
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
CONTEXT = {
    "year": "Năm rà soát",
    "last_year": "Năm trước năm rà soát",
    "next_year": "Năm sau năm rà soát",
    "place": "Tên đơn vị",
    "issuer": "Cơ quan ban hành báo cáo",
    "reference": "Số và ngày của báo cáo",
}  # words that are called by name as figures are
YEARS = ("year", "last_year", "next_year")  # of them, which a date may end in
Say = Callable[[str], str]  # what to add to a name that is offered: the words that it prints
NEEDS = {"changes": "có số liệu năm trước", "before": "có số liệu năm trước"} | {
    table: f"bảng {table} có dòng" for table in ("facts", "models", "movements", "targets", "training")
}  # before a name of this kind exists
REWRITE = "<!-- cần viết lại"  # the first words of a text copied from last year: until they go it is not written
DIGITS = re.compile(r"\d[\d.,]*%?")


CONFIRMED = re.compile(r"đúng:\s*(.+)")


@dataclass(frozen=True)
class Text:
    """The Markdown of one section and the file it stands in; `body` is "" where the section is not written.

    `copied`: the file holds last year's text, still marked as to be rewritten. `refused`: why it cannot be read.
    """

    section: str
    file: str
    body: str
    copied: bool = False
    refused: tuple[Finding, ...] = ()

    def words(self) -> markdown.Words:
        """The body as blocks, with what cannot be printed."""
        return markdown.read(self.body, self.section, SECTIONS.get(self.section, ""))

    def lines(self) -> list[tuple[int, str]]:
        """The lines that are printed, with their numbers."""
        comments = markdown.comments(self.body)
        return [(n, line) for n, line in enumerate(self.body.split("\n"), start=1) if n not in comments]

    def unconfirmed(self, doubtful: Callable[[str], list[str]]) -> Iterator[tuple[int, str]]:
        """The words that `doubtful` finds in a line and nobody has confirmed as meant, each with its line."""
        meant = {words.casefold() for words in self.confirmed()}
        return ((at, words) for at, line in self.lines() for words in doubtful(line) if words.casefold() not in meant)

    def confirmed(self) -> list[str]:
        """What comments `<!-- đúng: … -->` say is meant as it stands."""
        return [found[1] for said in markdown.comments(self.body).values() if (found := CONFIRMED.fullmatch(said))]


def read(section: str, this: Year) -> Text:
    """One section's text; what cannot be read is in its `refused`, no error."""
    file = f"{this.place}/narrative/{section}.md"
    try:
        whole = narrative_file.content(this.root, file)
    except DataError as error:
        return Text(section, file, "", refused=error.findings)
    copied = whole.lstrip().startswith(REWRITE)
    text = Text(section, file, "" if copied else whole, copied)
    return text if any(line.strip() for _, line in text.lines()) else Text(section, file, "", copied)


def unconfirmed(whole: str) -> str:
    """The text without its lines `<!-- đúng: … -->`, which hold for one year."""
    comments = markdown.comments(whole)
    confirmations = {number for number, said in comments.items() if CONFIRMED.fullmatch(said)}
    return "\n".join(line for number, line in enumerate(whole.split("\n"), 1) if number not in confirmations)


def lines_with(text: Text, pattern: re.Pattern) -> list[tuple[int, re.Match]]:
    """What matches in the printed lines, with the line's number."""
    return [(number, match) for number, line in text.lines() for match in pattern.finditer(line)]


def unsaid(name: str) -> str:
    return ""


def unknown_names(text: Text, names: Collection[str], say: Say = unsaid) -> list[Finding]:
    """Placeholders that name no figure, and braces around something else, with the nearest names there are.

    `say` tells what to add to a name: the words that it prints.
    """
    unknown = []
    for number, match in lines_with(text, BRACES):
        name = match["stray"] or match[1]
        if match["stray"] or name not in names:
            remedy = nearest(name.strip("{}｛｝ "), names, say)
            unknown.append(
                Finding(text.file, "không có số liệu nào tên như vậy", remedy, row=number, value=match.group())
            )
    return unknown


def nearest(name: str, names: Collection[str], say: Say) -> str:
    """What to do about a name there is not: the nearest there are, or what its kind of names needs to be there.

    >>> nearest("review.poor", ["review.poor_rate"], lambda name: " (in ra “20,86%”)")
    'có phải là {review.poor_rate} (in ra “20,86%”)'
    >>> nearest("models.members", ["year"], unsaid)
    'có phải là {models.1.members}; tên ấy chỉ có khi bảng models có dòng'
    """
    kind, _, rest = name.partition(".")
    if kind in NEEDS and not any(known.startswith(f"{kind}.") for known in names):
        numbered = f"có phải là {{{kind}.1.{rest}}}; " if kind == "models" and not rest[:1].isdigit() else ""
        return f"{numbered}tên ấy chỉ có khi {NEEDS[kind]}"
    near = [f"{{{one}}}{say(one)}" for one in difflib.get_close_matches(name, names, n=3, cutoff=0.5)]
    return f"có phải là {', hay '.join(near)}" if near else "xem các tên có thể dùng: giamngheo check --names"


def joined(text: Text) -> list[Finding]:
    """Names that would print another number than theirs, because a digit, a sign or another name touches them.

    >>> [finding.value for finding in joined(Text("", "", "1{review.households}, {a.b}.000, 12/{year}"))]
    ['1{review.households}', '{a.b}.0']
    """
    found = []
    for number, match in lines_with(text, PLACEHOLDER):
        left, right = TOUCHING_YEAR if match[1] in YEARS else TOUCHING
        before, after = left.search(match.string[: match.start()]), right.match(match.string[match.end() :])
        if before or after:
            value = (before[0] if before else "") + match[0] + (after[1] if after else "")
            rule = "chữ số hoặc dấu đứng sát tên số liệu, in ra thành một số khác"
            remedy = "đặt dấu cách ở chỗ ấy, hoặc bỏ phần đứng sát"
            found.append(Finding(text.file, rule, remedy, row=number, value=value))
    return found


def check_placeholders(text: Text, names: Collection[str]) -> None:
    """Refuse a placeholder that names no figure, with its file, its line and the nearest names there are."""
    if unknown := unknown_names(text, names):
        raise DataError(unknown)


def unprintable(text: Text) -> list[Finding]:
    """Lines that the report cannot print as they are written."""
    marks = text.words().problems
    found = [Finding(text.file, rule, remedy, row=line, value=value) for line, value, rule, remedy in marks]
    return [*found, *boxes(text), *joined(text)]


def boxes(text: Text) -> Iterator[Finding]:
    """The first character of each line that no font of the report has."""
    for number, line in text.lines():
        if found := glyphs.box(line):
            place = str(found.start() + 1)
            yield Finding(text.file, glyphs.rule(found[0]), glyphs.remedy(found[0]), row=number, column=place, value=line.strip()[:60])


def findings(this: Year, sections: Collection[str] = tuple(SECTIONS), known: Collection[str] = tuple(SECTIONS)) -> list[Finding]:
    """What cannot be read or printed in `sections`, figures typed by hand, and files that are none of those `known`."""
    found = unread(this, known)
    for section in sections:
        text = read(section, this)
        found += [*text.refused, *unprintable(text)]
        for number, match in typed_figures(text):
            rule = "số gõ tay: năm sau sẽ sai mà không ai biết"
            remedy = "thay bằng {tên số liệu}, hoặc đưa số vào bảng facts"
            found.append(Finding(text.file, rule, remedy, row=number, value=match, level="note"))
    return found


def unread(this: Year, known: Collection[str] = tuple(SECTIONS)) -> list[Finding]:
    """Files that no section reads: a misspelt name must not lose its words."""
    folder = this.folder / "narrative"
    if folder.exists() and not folder.is_dir():
        remedy = "đổi tên tệp này, mỗi mục viết một tệp trong thư mục narrative"
        return [Finding(f"{this.unit}/{this.year}/narrative", "đây phải là một thư mục", remedy)]
    found = []
    for path in sorted(folder.glob("*")):
        of_a_system = path.name.startswith((".", *LOCKS)) or path.name.casefold() in SYSTEM_FILES
        if path.suffix == ".md" and path.stem in known or of_a_system:
            continue
        near = difflib.get_close_matches(path.stem, known, n=1)
        remedy = f"đổi tên thành {near[0]}.md" if near else f"các tên có thể dùng: {', '.join(known)}"
        file = f"{this.place}/narrative/{path.name}"
        found.append(Finding(file, "không mục nào của báo cáo đọc tệp này", remedy, level="draft"))
    return found


def typed_figures(text: Text) -> list[tuple[int, str]]:
    """Digits that are neither a placeholder nor the number or date of a document, with their lines.

    >>> typed_figures(Text("", "", "Theo Quyết định 90/QĐ-TTg ngày 18/01/2022, giảm 1,69% và {review.poor_rate}."))
    [(1, '1,69%')]
    """
    found = []
    for number, line in text.lines():
        rest = re.sub(r"^\s*\d{1,2}[.)]\s", "", ALLOWED.sub("", PLACEHOLDER.sub("", line)))
        found += [(number, match.group().rstrip(".,")) for match in DIGITS.finditer(rest)]
    return found
