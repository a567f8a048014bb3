"""Follows a printed figure as a reader of the PDF or Word file would: to a numbered row of the annex of calculations, to lines of data.

What is a figure, and under which heading it stands, is read from the page; everything else from the text of the files.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import docx
from docx.table import Table

import crawler
from giamngheo.vietnamese.terms import TITLES
from tools import said

REFERENCE = "Cách tính từng số liệu: phụ lục “Cách tính các số liệu trong báo cáo”, lập riêng cùng báo cáo này; "
HEADER = re.compile(r"\d+\s+(?:SỐ LIỆU MÔ PHỎNG|DỰ THẢO|–|\s)*TT Số liệu (?:Tệp|Bảng số liệu): phép tính \[dòng\]")  # of a new page


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def in_word(path: Path) -> tuple[str, list[list[str]]]:
    """The text of a Word file, a line for each paragraph, and the rows of its last table."""
    inner = list(docx.Document(str(path)).iter_inner_content())
    tables = [one for one in inner if isinstance(one, Table)]
    text = "\n".join(one.text for one in inner if not isinstance(one, Table))
    return text, [[cell.text for cell in row.cells] for row in tables[-1].rows]


@cache
def in_pdf(path: Path) -> str:
    """The text of a PDF file, the heads of the annex's pages left out."""
    return HEADER.sub(" ", said("pdftotext", "-raw", path, "-"))


def annex(folder: Path) -> Path:
    """The file that has the annex of calculations, without its ending."""
    return folder / ("cach-tinh" if (folder / "cach-tinh.docx").exists() else "bao-cao")


def rows(folder: Path) -> dict[int, str]:
    """The annex's rows by the number that is printed before each, the same in both files."""
    printed, place, found = squeezed(in_pdf(annex(folder).with_suffix(".pdf"))), 0, {}
    for count, (number, what, made) in enumerate(in_word(annex(folder).with_suffix(".docx"))[1][1:], start=1):
        place = printed.index(squeezed(number + what + made), place)
        assert number == str(count)
        found[count] = made
    return found


def referred(folder: Path) -> dict[str, set[int]]:
    """The rows that the report names for each of its places, the same in both files; nothing where it has the annex itself."""
    in_both = [in_word(folder / "bao-cao.docx")[0], in_pdf(folder / "bao-cao.pdf")]
    return {} if annex(folder).name == "bao-cao" else named(*in_both)


def named(word: str, pdf: str) -> dict[str, set[int]]:
    (line,) = [line.removeprefix(REFERENCE) for line in word.splitlines() if line.startswith(REFERENCE)]
    assert squeezed(REFERENCE + line) in squeezed(pdf)
    places = (part.rpartition(": dòng ")[::2] for part in line.rstrip(".").split("; "))
    return {place: {number for part in numbers.split(", ") for number in numbered(part)} for place, numbers in places}


def numbered(part: str) -> range:
    """
    >>> list(numbered("3 - 5")), list(numbered("7"))
    ([3, 4, 5], [7])
    """
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def computed(page: Path) -> Iterator[tuple[str, str]]:
    """The arithmetic of every computed figure of a report's page, each with the place at which it is printed."""
    path: dict[int, str] = {}
    for one in crawler.opened(page)[0].iter("h2", "h3", "h4", "h5", "a"):
        if one.tag == "a":
            if one.get("class") == "so" and (" = " in one.get("title") or "khớp với" in one.get("title")):
                yield place_of(path), one.get("title")
        else:
            level = int(one.get("class").removeprefix("level"))
            path = {above: number for above, number in path.items() if above < level} | {level: one.text.strip()}


def place_of(path: dict[int, str]) -> str:
    if any(number.startswith("Phụ lục") for number in path.values()):
        return "các phụ lục"
    parts = [number for number in path.values() if number.startswith("Phần ")]
    within = ".".join(number.rstrip(".)") for number in path.values() if number not in parts)
    return " ".join([*parts, *([f"mục {within}"] if within else [])]) or "phần mở đầu"


PLACE = r"(?:[\w/-]*\d{4}/\w+\.csv|[^:;\[\]]*? năm \d{4}(?: \([\w-]+\))?|05_rollup\.html, bảng “[^”]*”)"
NAMED, CITED = re.compile(rf"{PLACE}(?=: )"), re.compile(rf"(?:(?P<name>{PLACE}): ?)?(?P<lines>[\d, -]+)")


def entries(row: str) -> Iterator[tuple[str, list[tuple[str, list[int]]]]]:
    """What a row of the annex says of each figure, its arithmetic last, and the tables and lines in brackets behind that.

    A table is named before the first of the figures that are all found there.

    >>> list(entries("2022/review.csv: A: 1 / 4 = 25,00% [2]; B: 1 / 2 = 50,00% [3-4]."))
    [('2022/review.csv: A: 1 / 4 = 25,00%', [('2022/review.csv', [2])]), ('B: 1 / 2 = 50,00%', [('2022/review.csv', [3, 4])])]
    """
    above = ""
    for entry in row.removesuffix("].").split("]; "):
        made, _, cited = entry.rpartition(" [")
        above = name[0] if (name := NAMED.match(made)) else above
        found = [CITED.fullmatch(part.strip()) for part in cited.split("; ")]
        yield made, [(one["name"] or above, [n for part in one["lines"].split(",") for n in numbered(part)]) for one in found if one]


def without_ground(folder: Path, data: Path) -> list[str]:
    """The computed figures of a report that somebody with its paper alone cannot follow to lines of data, a sentence each."""
    made_in, places = rows(folder), referred(folder)
    grounds = {(number, made): found for number, row in made_in.items() for made, found in entries(row)}
    held = {number for (_, made), found in grounds.items() for number in {*numbers(made)} & at(folder, found, data)}
    known = held | {result(made) for _, made in grounds}
    wrong = []
    for place, made in computed(folder / "bao-cao.html"):
        own = [found for (number, said), found in grounds.items() if said.endswith(made) and number in places.get(place, made_in)]
        if not own or not any(own):
            wrong.append(f"{place}: {made} has no row with lines")
        elif lacking := [number for number in numbers(made.rpartition(" = ")[0]) if number not in known]:
            wrong.append(f"{place}: {made}: {lacking} are in no line and no row derives them")
    return wrong


def numbers(text: str) -> list[str]:
    return [number.replace(".", "") for number in crawler.NUMBER.findall(text)]


def result(made: str) -> str:
    """What an arithmetic, or words that derive a number, end with."""
    return (numbers(made.rpartition(" = ")[2] if "khớp với" not in made else made.rpartition("khớp với")[2]) or [""])[0]


def at(folder: Path, grounds: list[tuple[str, list[int]]], data: Path) -> set[str]:
    """Every number in lines of tables, and what each of their columns adds up to there; all lines have to be there."""
    found: set[str] = set()
    for name, wanted in grounds:
        there = [row for number, row in table(name, folder, data) if number in wanted]
        assert len(there) == len(set(wanted)), f"{name} has no lines {wanted}"
        columns = [[int(cell) for cell in column if cell.isdecimal()] for column in zip(*there, strict=True)]
        found |= {number for row in there for cell in row for number in numbers(cell)} | {str(sum(one)) for one in columns}
    return found


@cache
def table(name: str, folder: Path, data: Path) -> list[tuple[int, list[str]]]:
    """The lines of a table by its file or its title, each with its number; of one of communes, from the page that has it."""
    if name.startswith("05_rollup.html"):
        caption = name.partition("“")[2].rstrip("”")
        (found,) = [one for one in crawler.opened(folder / "05_rollup.html")[0].iter("table") if (one.findtext("caption") or "") == caption]
        return [(line, [cell.text_content().replace(".", "") for cell in row]) for line, row in enumerate(found.iterfind("tbody/tr"), start=1)]
    titled = next((f"{table}.csv" for table, title in TITLES.items() if name.startswith(f"{title} năm ")), Path(name).name)
    unit = re.search(r"\(([\w-]+)\)$|^([\w-]+)(?=/\d{4}/)", name)
    path = data / (unit[1] or unit[2] if unit else folder.parent.name) / re.search(r"\d{4}(?=/|$| \()", name)[0] / titled
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(enumerate(csv.reader(file), start=1))
