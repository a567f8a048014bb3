"""The rows of the annex of calculations: how every computed figure of a document was made, by hand, and where its counts stand."""

import re
from collections.abc import Callable

from giamngheo.vietnamese.terms import TITLES

A_DOZEN = 12
LINES = re.compile(r"(.*)[:!]([A-Z\d, -]+)")  # the file (and sheet), the lines or cells
TABLE = re.compile(r"(?:(?P<unit>.+)/)?(?P<year>\d{4})/(?:so-lieu\.xlsx[:!])?(?P<table>\w+)(?:\.csv)?")


def made_by_hand(figures: dict[str, dict], unit: str = "", say: Callable[[str], str] = str) -> list[dict]:
    """The annex that shows how every computed figure was made: its formula, its counts, where they stand.

    `say` gives the file in which they stand its name.

    Figures of one column of a table (one for each village, say) share a row of the annex, a dozen to a row.
    """
    rows = []
    for names in alike_figures(figures):
        alike = [figures[name] for name in names]
        rows.append([cell(" = ".join(filter(None, [labelled(alike[0]), alike[0]["formula"]]))), cell(made(alike, unit, say))])
    if not rows:
        return []
    return [
        {"type": "annex", "number": "", "title": "CÁCH TÍNH CÁC SỐ LIỆU TRONG BÁO CÁO", "attached": ""},
        {
            "type": "table", "id": "cach-tinh", "caption": "Cách tính từng số liệu và nơi có số liệu gốc", "unit": "",
            "header": [[cell(text) for text in ("TT", "Số liệu", "Tệp: phép tính [dòng]")]],
            "align": ["center", "left", "left"], "widths": [1, 5, 18], "wide": True, "notes": [],
            "rows": [[numbered_cell(number), *row] for number, row in enumerate(rows, start=1)],
        },
    ]  # fmt: skip


def alike_figures(figures: dict[str, dict]) -> list[list[str]]:
    """The names of the computed figures, those of a row of the annex of calculations together, in its order."""
    columns: dict[tuple[str, str, str], list[str]] = {}
    for name, figure in figures.items():
        if figure["arithmetic"]:
            column = f"{name.partition('.')[0]}.{name.rpartition('.')[2]}"
            columns.setdefault((column, labelled(figure), figure["formula"]), []).append(name)
    return [alike[start : start + A_DOZEN] for alike in columns.values() for start in range(0, len(alike), A_DOZEN)]


def labelled(figure: dict) -> str:
    return figure["label"] + f" ({figure['group']})" * bool(figure["group"])


def address(row: int) -> str:
    """Where a row of that annex can be gone to, in PDF and Word."""
    return f"cach-tinh-dong-{row}"


def numbered_cell(number: int) -> dict:
    return {"runs": [{"text": str(number), "address": address(number)}]}


def made(figures: list[dict], unit: str = "", say: Callable[[str], str] = str) -> str:
    """The arithmetic of figures of one column, one after the other, each with its lines, under their files.

    A file of the report's own `unit` is named without its folder, one of another unit with it.

    >>> made([{"row": "A", "arithmetic": "1 / 4 = 25,00%", "sources": ["x/2022/review.csv:2"]},
    ...       {"row": "B", "arithmetic": "1 / 2 = 50,00%", "sources": ["x/2022/review.csv:3"]}])
    '2022/review.csv: A: 1 / 4 = 25,00% [2]; B: 1 / 2 = 50,00% [3].'
    """
    entries, file = [], ""
    for figure in figures:
        found = [LINES.fullmatch(below(source, unit)) for source in figure["sources"]]
        places = [(say(place[1]), place[2]) for place in found if place]
        one = places[0][0] if len({place for place, _ in places}) == 1 else ""
        lines = "; ".join(lines if one else f"{place}: {lines}" for place, lines in places)
        said = f"{figure['row']}: " * bool(figure["row"]) + f"{figure['arithmetic']} [{lines}]"
        entries.append(f"{one}: {said}" if one and one != file else said)
        file = one or file
    return "; ".join(entries) + "."


def below(source: str, unit: str) -> str:
    """A source without the folder of the report's own unit; without any, where no unit is named.

    >>> below("xa/2025/review.csv:2", "xa"), below("xa-cu/2024/review.csv:2", "xa"), below("xa/2025/review.csv:2", "")
    ('2025/review.csv:2', 'xa-cu/2024/review.csv:2', '2025/review.csv:2')
    """
    return source.removeprefix(f"{unit}/") if unit else source.partition("/")[2] or source


def cell(text: str) -> dict:
    return {"runs": [{"text": text}]}


def in_words(place: str) -> str:
    """A table of a year by its name.

    >>> in_words("2022/training.csv"), in_words("xa-cu/2021/so-lieu.xlsx:training"), in_words("phụ lục")
    ('Tập huấn, nâng cao năng lực năm 2022', 'Tập huấn, nâng cao năng lực năm 2021 (xa-cu)', 'phụ lục')
    """
    found = TABLE.fullmatch(place)
    if found is None or found["table"] not in TITLES:
        return place
    return f"{TITLES[found['table']]} năm {found['year']}" + (f" ({found['unit']})" if found["unit"] else "")
