"""Tables of finished text: one model for the notebook's page and for the report's blocks."""

from dataclasses import dataclass, replace
from html import escape
from typing import Protocol, Self

import pandas as pd

from giamngheo.figures import trace
from giamngheo.figures.poverty import CLASSES
from giamngheo.figures.trace import Figure
from giamngheo.present.phrases import arithmetic, plain
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.terms import GAP, UNKNOWN, capital
from giamngheo.vietnamese.text import appended

Cell = str | Figure
WHOLE = "Toàn xã"  # the row of a review that knows no villages
CLASS_NAMES = {name: capital(words) for name, words in terms.CLASSES.items()}
MOVEMENT_NAMES = {
    f"{name}.{measure}": f"{CLASS_NAMES[name]} ({terms.UNITS[measure]})" for name in CLASSES for measure in terms.COUNTED
}


@dataclass(frozen=True)
class Table:
    """A table whose number cells are figures; `found_at` says for each row which lines it was made from."""

    id: str
    caption: str
    header: list[list[dict]]
    rows: list[list[Cell]]
    found_at: list[str]
    unit: str = ""
    notes: tuple[str, ...] = ()
    total: int = 0  # how many of the last rows are totals
    wide: bool = False
    widths: tuple[float, ...] = ()
    empty: str = UNKNOWN + "."  # what a table without rows says
    addressed: bool = False  # whether each of its lines has an address of its own

    def named(self, more: str) -> Self:
        """The same table, with `more` behind its name."""
        return replace(self, caption=appended(self.caption, more))

    def figures(self) -> list[Figure]:
        return [cell for row in self.rows for cell in row if isinstance(cell, Figure)]

    def _repr_html_(self) -> str:
        """The table for the reviewer: every figure has its own address, its arithmetic and its lines."""
        if not self.rows:
            return f"<p class='note'><strong>{escape(self.caption)}</strong>: {escape(self.empty)}</p>"
        places = f"<th scope='col' rowspan='{len(self.header)}'>Tệp: dòng</th>"
        head = "".join(
            "<tr>"
            + "".join(
                f"<th scope='col' colspan='{cell.get('colspan', 1)}' rowspan='{cell.get('rowspan', 1)}'>"
                f"{escape(cell['text'])}</th>"
                for cell in row
            )
            + (places if row is self.header[0] else "")
            + "</tr>"
            for row in self.header
        )
        body = "".join(
            f"<tr{self.address(line)}>" + "".join(map(html_cell, row)) + f"<td class='found-at'>{escape(place)}</td></tr>"
            for line, (row, place) in enumerate(zip(self.rows, self.found_at, strict=True), start=1)
        )
        notes = "".join(f"<p class='note'>{escape(note)}</p>" for note in self.all_notes())
        return (
            f"<table class='figures'><caption>{escape(self.caption)}</caption>"
            f"<thead>{head}</thead><tbody>{body}</tbody></table>{notes}"
        )

    def address(self, line: int) -> str:
        return f" id='{self.id}-{line}'" if self.addressed else ""

    def all_notes(self) -> list[str]:
        """The table's notes, and the meaning of "…" where a cell prints it."""
        unknown = any(
            cell == GAP or isinstance(cell, Figure) and cell.value is None for row in self.rows for cell in row
        )
        return [*self.notes, *([f"Dấu “{GAP}”: {UNKNOWN}."] if unknown else [])]


class Named(Protocol):
    """What has a name that can be added to: a table, a picture, a picture on several pages."""

    def named(self, more: str) -> Self: ...


def early(rows: pd.DataFrame) -> str:
    """What stands behind the name of a result that is not official yet, or one of several that is not; else nothing.

    >>> early(pd.DataFrame({"status": ["official", "preliminary"]})), early(pd.DataFrame({"status": ["official"]}))
    (' (kết quả sơ bộ)', '')
    """
    return terms.EARLY * bool((rows["status"] == "preliminary").any())


def result(rows: pd.DataFrame, shown: Named | None) -> Named | None:
    """A table or picture of the result in `rows`: its name says where that is not official yet (`early`)."""
    return shown and shown.named(early(rows))


def html_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    made = escape(arithmetic(cell), quote=True)
    return f"<td class='number' id='so-{escape(cell.name, quote=True)}' title='{made}'>{escape(plain(cell))}</td>"


def heading(label: str, unit: str) -> str:
    """
    >>> heading("Tỷ lệ hộ nghèo", "rate")
    'Tỷ lệ hộ nghèo (%)'
    """
    return label + {"rate": " (%)", "points": " (điểm %)"}.get(unit, "")


def table(
    frame: pd.DataFrame,
    name: str,
    columns: list[str],
    *,
    key: str = "",
    keys: dict[str, str] | None = None,
    first: str = "",
    caption: str,
    called: str = "",
    **more,
) -> Table:
    """A table of the computed `frame` called `name`: one row per `key`, the figures of `columns`.

    `keys` gives each key's official name and the order of the rows (a key it lacks comes last, by itself);
    `first` heads the first column; `called` is what the figures' names begin with, where that is not `name`.
    """
    made = trace.figures(frame, name, key, keys, columns, called)
    names = {row: row for row in made} | (keys or {})
    rows = [row for row in dict.fromkeys([*(keys or {}), *made]) if row in made]
    header = [{"text": first}] if key else []
    for column in columns:
        said = trace.column(name, column)
        header.append({"text": heading(said["label"], said["unit"])})
    places = dict(zip(made, frame["found_at"], strict=True))
    return Table(
        id=more.pop("id", name),
        caption=caption,
        header=[header],
        rows=[([names[row] or WHOLE] if key else []) + [made[row][column] for column in columns] for row in rows],
        found_at=[places[row] for row in rows],
        **more,
    )


def by_class(
    frame: pd.DataFrame, name: str, code: str, codes: dict[str, str], *, first: str, caption: str, called: str = ""
) -> Table:
    """Poor and near-poor households side by side for each code: their number and share (forms F4-F8, F10).

    A code without an official name in `codes` is shown by itself, never dropped; `called` is as for `table`.
    """
    codes = codes | {value: value for value in frame[code] if value not in codes}
    names = {
        f"{group}.{value}": f"{terms.CLASSES[group]}, {codes[value]}" for group in CLASSES for value in codes
    }
    made = trace.figures(frame, name, f"class {code}", names, called=called)
    places = dict(zip(made, frame["found_at"], strict=True))
    rows, found_at = [], []
    for value, label in codes.items():
        keys = [f"{group}.{value}" for group in CLASSES]
        if any(key in made for key in keys):
            cells = [made[key][column] if key in made else GAP for key in keys for column in ("households", "share")]
            rows.append([label, *cells])
            found_at.append(trace.join_sources(places[key] for key in keys if key in places))
    header: list[list[dict]] = [
        [{"text": first, "rowspan": 2}, *({"text": CLASS_NAMES[name], "colspan": 2} for name in CLASSES)],
        [{"text": "Số hộ"}, {"text": "Tỷ lệ (%)"}, {"text": "Số hộ"}, {"text": "Tỷ lệ (%)"}],
    ]
    return Table(id=called or name, caption=caption, header=header, rows=rows, found_at=found_at)
