"""`giamngheo import`: a file is understood, shown, and written when nothing in it is ambiguous."""

from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.imports import forms, sources, targets, understood, written
from giamngheo.imports.understood import Entry, Understood
from giamngheo.intake.unit import Year


def understand(path: Path, this: Year, sheet: str = "", standard: str = "") -> list[Understood]:
    """What is understood of every sheet of a file, or of the one named."""
    if standard and standard not in this.law.standard_names():
        listed = ", ".join(this.law.standard_names())
        raise DataError([Finding("--standard", "không có chuẩn nghèo này", f"dùng một trong các mã: {listed}", value=standard)])
    return [forms.understand(grid, this, standard) for grid in sources.grids(path, sheet)]


def page(these: list[Understood]) -> str:
    return "\n\n".join(understood.text(one) for one in these)


def joined(these: list[Understood]) -> list[Understood]:
    """The sheets to be written, those of one table as one; raises DataError where none can be, or two say the same."""
    tables = [one for one in these if one.table]
    if wrong := [finding for one in tables or these for finding in one.findings]:
        raise DataError(wrong)
    whole: dict[str, Understood] = {}
    for one in tables:
        if one.table in whole:
            refuse_same(whole[one.table], one)
        whole[one.table] = one if one.table not in whole else whole[one.table].beside(one)
    return list(whole.values())


def refuse_same(one: Understood, other: Understood) -> None:
    """Refuse two sheets that hold a row of the same village and codes."""
    known = {row(entry, one) for entry in one.entries}
    if any(row(entry, other) in known for entry in other.entries):
        rule = f"hai trang tính {one.grid.sheet} và {other.grid.sheet} cùng có số của bảng {one.table} ({targets.CALLED[one.table]})"
        raise DataError([Finding(other.grid.file, rule, "chọn một trang tính bằng --sheet", sheet=other.grid.sheet)])


def row(entry: Entry, one: Understood) -> tuple:
    return tuple(entry.cells.get(name) for name in ("village", "class", "measure", "indicator", "group", "cause"))


def write(path: Path, these: list[Understood], this: Year) -> Path:
    return written.write(joined(these), path, this)
