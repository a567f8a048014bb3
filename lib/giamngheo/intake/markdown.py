"""The marks an officer may use in a narrative: lines, lists, headings, **bold**, *italic*, links, tables.

A line of the file is a line of the report. A point keeps the number, letter or sign it was written with; a point
indented below another stands within it. A heading is a line in bold, as a heading below the report's own is; a link
prints its words and its address, for the report is read on paper. A backslash before a mark prints the mark. What
Markdown would hide, join or count anew (quotes, footnotes, pictures, code, HTML) is a `Problem` at its line, and so
is a line whose letters and digits would not all be printed.
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from giamngheo.intake.refused_marks import PRINT_IT, REFUSED

ESCAPED = re.compile(r"\\([\\`*_\[\]()<>#+\-.!|~&=^$:])")
ADDRESS = r"(?:https?://|www\.|mailto:)[^\s()<>\[\]|]+"
LINK = re.compile(rf"(?<!!)\[([^\[\]|]+)\]\(({ADDRESS})\)|(?<!\]:)(?<!\]: )(?:<({ADDRESS})>|({ADDRESS}))")
HEADING = re.compile(r" *#{1,6} +(\S.*?)(?: +#+)?")
HELD = 0x100000  # a mark after a backslash, held in the private-use plane until the line is set
COMMENT = re.compile(r"\s*<!--((?:(?!-->).)*)-->\s*")
MARK = r"([-+*•▪●○◦·–—]|\(?\d{1,4}(?:\.\d{1,3})*[.)]|\(?[^\W\d_][.)]|[ivxIVX]{1,5}[.)])"
POINT = re.compile(rf"( *){MARK} +(\S.*)")
TABBED = re.compile(rf"\s*(?:{MARK}\s+)?+[^\s|][^\t|]*\t\s*[^\s|]")  # words, a tab, words: pasted from a sheet
STYLES = {1: {"italic": True}, 2: {"bold": True}, 3: {"bold": True, "italic": True}}
STYLED = re.compile(r"(?<![\w*])(\*{1,3})(?![\s*)\].,;:!?…])(.+?)(?<![\s*(\[])\1(?![\w*])")
TYPED = re.compile(r"(?<=\w)\*(?=\w)|(?<=\w )\*(?= \w)|\(\*{1,3}\)")  # 5*30, 5 * 30, the note sign (*): no marks
RULED = re.compile(r"\|?( *:?-+:? *\|)* *:?-+:? *\|?")
TITLED = re.compile(r"Bảng *[:.] *")
COUNTED = re.compile(r"Bảng( số)? *\d")
NUMBERS = re.compile(r"[\d.,%\s–…-]*")
LONGEST_TITLE = 200  # characters; a longer line above a table is a paragraph, not its title
DEEPEST = 4  # points that a point is set within; deeper ones stand as far in as these
INDENT = 2  # blanks by which a point stands within the point above
WIDE = 8  # columns; a wider table turns the page


class Problem(NamedTuple):
    """What cannot be printed as it is written: the line of the file, what stands there, the rule, what to do."""

    line: int
    value: str
    rule: str
    remedy: str


@dataclass
class Words:
    """A narrative as blocks (`docs/blocks.md`, without names of figures replaced), the lines that are not printed
    (`comments`, by line number), and why it cannot be printed."""

    blocks: list[dict] = field(default_factory=list)
    comments: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Line(NamedTuple):
    number: int
    text: str


def read(text: str, name: str = "", title: str = "") -> Words:
    """The blocks of a narrative; `name` makes the names of its tables, `title` is theirs where none stands above.

    >>> words = read("Hai việc:\\n2. Vay **vốn**\\n   a) Nước")
    >>> [block["type"] for block in words.blocks], words.blocks[1]["marks"], words.blocks[1]["levels"]
    (['paragraph', 'list'], ['2.', 'a)'], [0, 1])
    """
    words = Words()
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    words.comments = comments(text)
    typed = [line for line in lines if line.number not in words.comments]
    written = [held(line) for line in typed]
    wrong = (tabbed(own) or unprintable(line) for own, line in zip(typed, written, strict=True))
    words.problems = [problem for problem in wrong if problem]
    words.blocks = [released(block) for block in blocks(written, words.problems, name, title)]
    return words


def comments(text: str) -> dict[int, str]:
    """What the lines of a narrative that are comments say, by their numbers; they are not printed."""
    lines = enumerate(text.split("\n"), start=1)
    return {number: found[1].strip() for number, line in lines if (found := COMMENT.fullmatch(line))}


def held(line: Line) -> Line:
    """The line without tabs and blanks at its end, its links as text, its marks after a backslash put by."""
    text = ESCAPED.sub(lambda mark: put_by(mark[1]), line.text.expandtabs(4).rstrip())
    return Line(line.number, LINK.sub(address_as_text, text))


def put_by(text: str) -> str:
    return "".join(chr(HELD + ord(letter)) if letter.isascii() else letter for letter in text)


def address_as_text(link: re.Match) -> str:
    """A link as it is printed: its words, then its address in brackets; no mark within the address is one."""
    words, address = link[1], put_by(link[2] or link[3] or link[4])
    return f"{words} ({address})" if words else address


def released(value):
    """A block with the marks that were put by, as they were typed, in all its texts."""
    if isinstance(value, str):
        return re.sub(f"[{chr(HELD)}-{chr(HELD + 127)}]", lambda mark: chr(ord(mark[0]) - HELD), value)
    if isinstance(value, dict):
        return {name: released(own) for name, own in value.items()}
    return [released(own) for own in value] if isinstance(value, list) else value


def unprintable(line: Line) -> Problem | None:
    """The first mark of the line that the report has no way to print, or whose letters would not all be printed."""
    if in_table(line) and RULED.fullmatch(line.text.strip()):
        return None
    return refused_mark(without_heading(line)) or lone_star(line) or lost(line)


def tabbed(line: Line) -> Problem | None:
    """A tab between words, where a sheet or a table of Word was pasted: its columns would run into one line."""
    if not TABBED.match(line.text):
        return None
    remedy = "nếu là bảng thì viết mỗi dòng giữa các dấu |, xem hướng dẫn; nếu là lời văn thì thay Tab bằng dấu cách"
    return problem(line, "dấu Tab ở giữa dòng", remedy)


def without_heading(line: Line) -> Line:
    """The line of a heading as the words of it."""
    heading = HEADING.fullmatch(line.text)
    return Line(line.number, heading[1]) if heading else line


def refused_mark(line: Line) -> Problem | None:
    point = POINT.fullmatch(line.text)
    starts = [line.text, point[3]] if point else [line.text]
    for pattern, rule, remedy in REFUSED:
        if any(map(pattern.match, starts)):
            return problem(line, f"{rule} không dùng trong lời văn", f"{remedy}; {PRINT_IT}")
    return None


def lone_star(line: Line) -> Problem | None:
    """A star that opens no bold or italic words, nor closes them."""
    if "*" not in TYPED.sub("", " ".join(said(line))):
        return None
    remedy = f"đặt **…** sát hai đầu chữ in đậm, *…* sát hai đầu chữ in nghiêng, trên một dòng; {PRINT_IT}"
    return problem(line, "dấu * không thành cặp", remedy)


def lost(line: Line) -> Problem | None:
    """A letter or digit of the line that would not be printed, or not in its place."""
    if letters(line.text) == letters("".join(said(line))):
        return None
    return problem(line, "chữ và số in ra không đúng như đã viết", f"viết dòng này đơn giản hơn; {PRINT_IT}")


def said(line: Line) -> list[str]:
    """The texts that a line prints: of each cell of a table, or of a point after its mark, or of a paragraph."""
    line = without_heading(line)
    point = POINT.fullmatch(line.text)
    parts = cells(line.text) if in_table(line) else [point[3]] if point else [line.text]
    mark = [point[2]] if point and point[2] != "*" and not in_table(line) else []
    return mark + ["".join(run["text"] for run in styled(part)) for part in parts]


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def problem(line: Line, rule: str, remedy: str) -> Problem:
    shown = released(line.text.strip())
    return Problem(line.number, shown if len(shown) <= 60 else shown[:59] + "…", rule, remedy)


def styled(text: str, **style) -> list[dict]:
    """A line as runs.

    >>> styled("Có **{a.b}** và 5*30*2")
    [{'text': 'Có '}, {'text': '{a.b}', 'bold': True}, {'text': ' và 5*30*2'}]
    """
    runs, end = [], 0
    for found in STYLED.finditer(text):
        runs += [{"text": text[end : found.start()], **style}]
        runs += styled(found[2], **style | STYLES[len(found[1])])
        end = found.end()
    return [run for run in [*runs, {"text": text[end:], **style}] if run["text"]]


def blocks(lines: list[Line], problems: list[Problem], name: str, title: str) -> list[dict]:
    """The blocks of lines that can be printed; what is wrong with a table is added to `problems`."""
    made: list[dict] = []
    indents: list[int] = []  # of the points that the next one may stand within
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if in_table(line):
            above = next((before for before in reversed(lines[: at - 1]) if before.text.strip()), line)
            rows = list(takewhile(in_table, lines[at - 1 :]))
            at += len(rows) - 1
            number = sum(block["type"] == "table" for block in made) + 1
            made += table(rows, caption(made, above, problems) or title, f"{name}-{number}", problems)
            indents = []
        elif heading := HEADING.fullmatch(line.text):
            indents = []
            made.append({"type": "paragraph", "runs": styled(heading[1], bold=True), "style": "body"})
        elif found := POINT.fullmatch(line.text):
            mark = "-" if found[2] == "*" else found[2]
            point(made, indents, len(found[1]), mark, styled(found[3]))
        elif line.text.strip():
            indent = len(line.text) - len(line.text.lstrip())
            if indents and made[-1]["type"] == "list" and indent >= indents[-1] + INDENT:
                add(made[-1], "", made[-1]["levels"][-1], styled(line.text.strip()))
            else:
                indents = []
                made.append({"type": "paragraph", "runs": styled(line.text.strip()), "style": "body"})
    return [plain_dashes(block) if block["type"] == "list" else block for block in made]


def point(made: list[dict], indents: list[int], indent: int, mark: str, runs: list[dict]) -> None:
    """Add a point to the list that is being made, within the point above where it is indented below it."""
    while indents and indent < indents[-1]:
        indents.pop()
    if not indents or indent >= indents[-1] + INDENT:
        indents.append(indent)
    if not made or made[-1]["type"] != "list":
        made.append({"type": "list", "items": [], "marks": [], "levels": []})
    add(made[-1], mark, min(len(indents) - 1, DEEPEST), runs)


def add(points: dict, mark: str, level: int, runs: list[dict]) -> None:
    points["items"].append(runs)
    points["marks"].append(mark)
    points["levels"].append(level)


def plain_dashes(points: dict) -> dict:
    """A list without what a list of dashes does not need to say."""
    simple = set(points["marks"]) == {"-"} and not any(points["levels"])
    return {"type": "list", "items": points["items"]} if simple else points


# Tables --------------------------------------------------------------------------------------------


def in_table(line: Line) -> bool:
    return "|" in line.text


def caption(made: list[dict], above: Line, problems: list[Problem]) -> str:
    """The line above a table, if it is one of its own and short enough to be a title: it becomes the title."""
    if not (made and made[-1]["type"] == "paragraph"):
        return ""
    text = "".join(run["text"] for run in made[-1]["runs"])
    if COUNTED.match(text):
        rule = "bảng của báo cáo tự có số"
        problems.append(problem(above, rule, "viết dòng ngay trên bảng là “Bảng: tên bảng”, không ghi số"))
    if len(text) > LONGEST_TITLE or text.endswith((".", ";")) and not TITLED.match(text):
        return ""
    made.pop()
    return TITLED.sub("", text).rstrip(" :.")


def table(rows: list[Line], title: str, name: str, problems: list[Problem]) -> list[dict]:
    """The rows between | as a table of the report; nothing where they are no table, which is a problem."""
    if len(rows) == 2 and RULED.fullmatch(rows[1].text.strip()):
        problems.append(problem(rows[0], "bảng chỉ có dòng tên cột", "thêm các dòng số liệu dưới dòng |---|---|, hoặc xóa bảng"))
        return []
    if len(rows) < 3 or not RULED.fullmatch(rows[1].text.strip()):
        remedy = f"viết dòng tên cột, dưới nó dòng |---|---|, rồi các dòng số liệu, mỗi dòng mở đầu bằng |; {PRINT_IT}"
        problems.append(problem(rows[0], "dấu | mà không thành bảng", remedy))
        return []
    split = [cells(row.text) for row in rows]
    for row, own in zip(rows, split, strict=True):
        if len(own) != len(split[0]):
            rule = f"dòng này có {len(own)} ô, dòng tên cột có {len(split[0])} ô"
            problems.append(problem(row, rule, "ghi đủ các ô của bảng, ô trống vẫn có dấu |"))
            return []
    header, rules, *body = split
    return [{
        "type": "table", "id": f"loi-van-{name}", "caption": title, "unit": "",
        "header": [[{"runs": set_cell(cell)} for cell in header]],
        "align": [aligned(rule, column) for rule, column in zip(rules, zip(*body, strict=True), strict=True)],
        "widths": [], "rows": [[{"runs": set_cell(cell)} for cell in row] for row in body],
        "wide": len(header) > WIDE, "notes": [],
    }]  # fmt: skip


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


def set_cell(cell: str) -> list[dict]:
    return styled(cell) or [{"text": ""}]


def aligned(rule: str, column: tuple[str, ...]) -> str:
    """What the line under the head says; numbers stand to the right, words to the left.

    >>> aligned("---", ("1.160", "{review.poor_households}")), aligned(":-:", ("a",)), aligned("--", ("a",))
    ('right', 'center', 'left')
    """
    if rule.startswith(":") or rule.endswith(":"):
        return "left" if not rule.endswith(":") else "center" if rule.startswith(":") else "right"
    return "right" if all(NUMBERS.fullmatch(re.sub(r"\{.*?\}", "", cell)) for cell in column) else "left"
