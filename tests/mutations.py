"""Files of a small commune with things put into them, as typing, copying and converting do; and what a person reads there.

`KINDS` are trials: each makes a file of mutated bytes, lets the workbook read it, and holds what would be printed against
an independent reading of the written text. A trial returns "read" or "refused" and raises AssertionError where a number
was changed in silence; any other exception is a traceback that a user would have seen. One of `WHOLE` trials also asks for
everything that `check` lists, which is slow.
"""

import re
import shutil
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

import provinces
import tools
from giamngheo import checks
from giamngheo.checks import placeholders
from giamngheo.findings import DataError, Finding
from giamngheo.intake import narrative, office
from giamngheo.intake.unit import Year
from giamngheo.present import prose
from giamngheo.report import passages

UNIT, YEAR = provinces.UNITS[0], provinces.YEAR
WHOLE = 25  # of so many trials one is whole
ODD = [
    "\n", "\r", "\r\n", "\t", " ", "  ", "\u00a0", "\u2009", "\u3000", "\u200b", "\u00ad", "\u202e", "\u2066", "\ufeff", "\x00", "\x0b", "\x85",
    "\u2028", "\ue000", "\uf0b7", "\u0301", "\u20dd", "\ufffd", "\u2212", "٣", "３", "²", "½", "0", "5", "000", ".", ",", ";", ":", "|", "'", '"',
    "*", "**", "_", "`", "~~", "#", "## ", ">", "<", "<b>", "&#50;", "&nbsp;", "[", "](http://a.vn/1)", "[1]: 20", "![", "[^1]", "<!--", "-->", "\\",
    "{", "}", "{{", "{year}", "{review.households}", "{review.poor_rte}", "｛", "- ", "* ", "1. ", "a) ", "324. ", "5*30*2", "|-|-|", "| a | 1 |",
    "---", "...", "……", "xx", "[cần bổ sung]", "null", "~", "- a", "a: b", "!!int 5", "&a ", "*a", "@", "%", "?", "=1+1", "-", "+", "1e3", "1/2",
    "năm 2019", "31/02/2024", "hộ", "MAR1", "Th«n M¬", "Thoân Mô", "Máº¡nh", "\U0001f44d",
]  # fmt: skip
WHAT = st.sampled_from(["insert", "insert", "insert", "replace", "delete", "twice", "swap"])
EDIT = st.tuples(st.floats(0, 1), WHAT, st.sampled_from(ODD), st.integers(1, 8))
EDITS = st.lists(EDIT, min_size=1, max_size=3)
ENCODINGS = st.sampled_from(["utf-8"] * 12 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1"])


def mutated(text: str, edits: list[tuple]) -> str:
    """The text after each edit: at a part of its length, what, a piece, how many letters."""
    for part, what, piece, many in edits:
        at = int(part * len(text))
        line = text[text.rfind("\n", 0, at) + 1 : at] + text[at:].partition("\n")[0]
        rest = {"insert": 0, "replace": many, "delete": many, "twice": 0, "swap": 2}[what]
        new = {"insert": piece, "replace": piece, "delete": "", "twice": f"\n{line}\n", "swap": text[at : at + 2][::-1]}[what]
        text = text[:at] + new + text[at + rest :]
    return text


@cache
def commune() -> Path:
    """The data folder of a complete year, of this process."""
    root = tools.folder() / "mutated"
    shutil.copytree(provinces.root(), root)
    return root


@cache
def names() -> dict:
    """The names of that year's figures, and what they are."""
    this = Year(commune(), UNIT, YEAR)
    return passages.context(this) | placeholders.figures(this)


@contextmanager
def put(path: Path, content: bytes) -> Iterator[None]:
    """The file with another content for a while."""
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(before)


def numbers(text: str) -> list[str]:
    """The runs of digits that a person sees, in their order."""
    return re.findall(r"\d+", text)


def listed(this: Year, whole: bool, refused: Iterable[Finding]) -> None:
    """Check lists what is refused; nothing else where a trial is not whole."""
    if whole:
        assert set(refused) <= set(findings(this)), "a refusal that check does not list"


def findings(this: Year) -> list[Finding]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return checks.findings(this)
        except DataError as refused:
            return list(refused.findings)


# a section of the narrative ---------------------------------------------------------------------------

WORDS = (
    "Trong năm {year}, xã có {review.poor_households} nghèo, chiếm {review.poor_rate}; 5*30*2 m, 1.160 hộ.\n"
    "1. Bố trí **{budget.planned}** vốn ngay từ đầu năm.\n   a) chăn nuôi 15 con;\n   b) trồng trọt 2,5 ha.\n"
    "324. hộ cận nghèo theo Quyết định 65/QĐ-UBND.\n\nBảng: Nhu cầu vốn\n"
    "| Nội dung | Số hộ |\n|---|---|\n| Nhà ở | 12 |\n| Nước | {review.households} |\n"
)


def a_narrative(edits: list[tuple], encoding: str, whole: bool) -> str:
    """A section is printed with the numbers that stand in its lines and those of its names, in that order, or refused."""
    written, known = mutated(WORDS, edits).encode(encoding, "replace"), names()
    with put(commune() / UNIT / str(YEAR) / "narrative" / "kien-nghi.md", written):
        this = Year(commune(), UNIT, YEAR)
        try:
            printed = numbers("\n".join(texts(passages.written(narrative.read("kien-nghi", this), known).blocks)))
        except DataError as refused:
            listed(this, whole, refused.findings)
            return "refused"
        listed(this, whole, [])
    said = {name: prose(figure) if not isinstance(figure, str) else figure for name, figure in known.items()}
    seen = [number for line in lines(written) for piece in re.split(r"(\{[^{}\n]*\})", line)
            for number in numbers(said.get(piece[1:-1], piece) if piece[:1] == "{" else piece)]  # fmt: skip
    assert printed == seen, f"seen {seen}, printed {printed}"
    return "read"


def lines(written: bytes) -> list[str]:
    """The lines of a file that are no remark, nor the line under the head of a table."""
    encoded = "utf-16" if written[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    whole = re.split(r"\r\n|\r|\n", written.decode(encoded))
    return [line for line in whole if not re.fullmatch(r"\s*<!--.*-->\s*", line)]


def texts(blocks: object) -> Iterator[str]:
    """Each text of blocks, in the order in which they are printed; of one line and its marks together."""
    if isinstance(blocks, list) and blocks and isinstance(blocks[0], dict) and "text" in blocks[0]:
        yield "".join(run["text"] for run in blocks)
    elif isinstance(blocks, list):
        for block in blocks:
            yield from texts(block)
    elif isinstance(blocks, dict) and blocks.get("type") == "list":
        for mark, item in zip(blocks.get("marks", [""] * len(blocks["items"])), blocks["items"], strict=True):
            yield from (f"{mark} {text}" for text in texts(item))
    elif isinstance(blocks, dict):
        yield from texts([value for value in (blocks.get(name) for name in ("caption", "header", "rows", "runs")) if value])
    elif isinstance(blocks, str):
        yield blocks


# the office's files -----------------------------------------------------------------------------------


def an_office_file(name: str, edits: list[tuple], encoding: str, whole: bool) -> str:
    """Every value that would be printed stands in its line as it is, or the file is refused."""
    path = commune() / office.FILES[name].format(unit=UNIT, year=YEAR)
    written = mutated(path.read_text("utf-8"), edits).encode(encoding, "replace")
    with put(path, written):
        this = Year(commune(), UNIT, YEAR)
        said = office.told(this, name)
        listed(this, whole, said.findings)
    if said.findings:
        return "refused"
    there = lines(written)
    for place, value in leaves(said.values):
        below = there[said.lines[place] - 1 :]
        line = next(filter(None, map(seen_value, below)), "")  # a value may stand below its name
        assert numbers(value) == numbers(line)[: len(numbers(value))], (place, value, below[:2])
    return "read"


def leaves(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from leaves(part, f"{place}.{name}" if place else str(name))
    if isinstance(value, str):
        yield place, value


def seen_value(line: str) -> str:
    """What a person takes for the value of a line: behind its first colon or its dash."""
    return re.sub(r"^\s*(?:- +)*(?:[\"']?\w+[\"']?\s*:(?:\s|$))?", "", line)


# a table ----------------------------------------------------------------------------------------------


def a_table(edits: list[tuple], encoding: str, whole: bool) -> str:
    """Every count that is read stands in its line as a number between separators, or the file is refused."""
    path = commune() / UNIT / str(YEAR) / "review.csv"
    written = mutated(path.read_text("utf-8"), edits).encode(encoding, "replace")
    with put(path, written):
        this = Year(commune(), UNIT, YEAR)
        reading = this.reading("review")
        listed(this, whole, reading.findings)
    if reading.refused:
        return "refused"
    there = lines(written)
    for at, row in enumerate(reading.rows()):
        cells = [count(cell) for cell in re.split(r"[,;\t]", there[reading.lines[at] - 1])]
        for name, value in row.items():
            if isinstance(value, int):
                assert value in cells, (name, value, there[reading.lines[at] - 1])
    return "read"


def count(cell: str) -> int | None:
    """The count that a person reads in a cell: digits, in threes between dots or spaces, the unit behind them."""
    text = re.sub("[\u00a0\u2009\u2007\u202f]", " ", cell).strip(" \"'\t\r\n").removesuffix("hộ").strip()
    return int(re.sub("[. ]", "", text)) if re.fullmatch(r"[0-9]{1,3}([. ][0-9]{3})+|[0-9]+", text) else None


KINDS = {
    "narrative": a_narrative,
    "unit.yml": lambda *given: an_office_file("unit.yml", *given),
    "report.yml": lambda *given: an_office_file("report.yml", *given),
    "review.csv": a_table,
}
