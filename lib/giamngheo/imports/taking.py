"""`giamngheo import`: a file is understood, shown, and written when nothing in it is ambiguous."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.imports import decisions, extract, forms, households, lists, sources, targets, understood, written
from giamngheo.imports.bands import Sheet
from giamngheo.imports.headings import Vocabulary
from giamngheo.imports.listed import Listed
from giamngheo.imports.understood import Understood
from giamngheo.intake.grid import Grid
from giamngheo.intake.total_rows import VILLAGE
from giamngheo.intake.unit import Year

UNREAD = "Trang tính khác của tệp không đọc: {}. Muốn nhập biểu ở đó thì lưu biểu thành tệp riêng, không có tên người."
Write = Callable[[], tuple[str, int]]  # writes, and says what was written and the exit code


def taken(path: Path, this: Year, sheet: str = "", standard: str = "") -> tuple[str, Write | None]:
    """What is understood of a file, in words, and what writes it; None where something is in the way."""
    shown, write = understood_of(path, this, sheet, standard)
    unseen = [sources.UNSEEN] if path.suffix.lower() in sources.VALUES_ALONE else []
    return "\n\n".join([shown, *unseen]), write


def understood_of(path: Path, this: Year, sheet: str, standard: str) -> tuple[str, Write | None]:
    if standard and standard not in this.law.standard_names():
        listed = ", ".join(this.law.standard_names())
        raise DataError([Finding("--standard", "không có chuẩn nghèo này", f"dùng một trong các mã: {listed}", value=standard)])
    every = sources.grids(path)
    grids = sources.grids(path, sheet) if sheet else every
    lists_of = {grid.sheet: one for grid in every if (one := listed_in(grid, this))}
    if found := [lists_of[grid.sheet] for grid in grids if grid.sheet in lists_of]:
        told, write_it = of_lists(path, found, len(lists_of), this, standard)
        unread = [grid.sheet for grid in grids if grid.sheet not in lists_of]
        return "\n".join([told, *([UNREAD.format(", ".join(unread))] if unread else [])]), write_it
    refuse_names(every, this)
    these = understand(grids, this, standard)
    wrong = not any(one.table for one in these) or any(one.findings for one in these if one.table)
    return page(these), None if wrong else partial(write, path, these, this)


def listed_in(grid: Grid, this: Year) -> Listed | None:
    return households.read(Sheet(grid), Vocabulary(this.law, this.year), this)


def refuse_names(grids: list[Grid], this: Year) -> None:
    """Refuse a file whose original may not be kept beside the figures, because a sheet of it names heads of households."""
    for grid in grids:
        if row := households.row_of_names(grid, Vocabulary(this.law, this.year)):
            rule = "dòng này có cột tên hoặc giấy tờ của người: là danh sách hộ, không phải biểu, không được chép vào thư mục số liệu"
            remedy = "muốn đếm từ danh sách thì ghi đủ các cột Phân loại, Số khẩu; muốn nhập biểu thì lưu biểu thành tệp riêng không có tên người"
            raise DataError([grid.refusal(rule, remedy, row)])


def of_lists(path: Path, found: list[Listed], many: int, this: Year, standard: str) -> tuple[str, Write | None]:
    """A list of households, of `many` in its file: shown with what is doubtful; what writes it writes the file of decisions while one is missing."""
    if len(found) > 1 or many > 1 and VILLAGE not in found[0].positions:
        sheets = f": {', '.join(one.grid.sheet for one in found)}" if len(found) > 1 else ", trang tính này không có cột thôn, làng"
        remedy = "gộp các danh sách vào một trang tính có cột Thôn; hoặc chọn một trang tính có cột ấy bằng --sheet"
        raise DataError([Finding(path.name, f"tệp có nhiều danh sách hộ{sheets}", remedy, sheet=found[0].grid.sheet if len(found) == 1 else "")])
    lists.require_apart(path, this)
    one, chosen = found[0], decisions.read(path)
    shown = lists.text(one, chosen, path)
    if one.findings:
        return shown, None
    if decisions.open_doubts(one, chosen):
        return shown, partial(offered, path, one, chosen)
    entered = lists.entered(one, chosen, this, standard)
    shown = "\n".join([shown, *entered.remarks, *map(str, entered.findings)])
    return shown, None if entered.findings else partial(write, None, [entered], this)


def offered(path: Path, one: Listed, chosen: decisions.Decided) -> tuple[str, int]:
    return f"Chưa ghi số liệu. Tệp quyết định: {decisions.offer(path, one, chosen)}", 1


def understand(grids: list[Grid], this: Year, standard: str = "") -> list[Understood]:
    return [forms.understand(grid, this, standard) for grid in grids]


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
    """Refuse two sheets that hold the same number of one village and codes."""
    known = {entry.row: entry.columns for entry in one.entries}
    if any(entry.columns & known.get(entry.row, set()) for entry in other.entries):
        rule = f"hai trang tính {one.grid.sheet} và {other.grid.sheet} cùng có số của bảng {one.table} ({targets.CALLED[one.table]})"
        raise DataError([Finding(other.grid.file, rule, "chọn một trang tính bằng --sheet", sheet=other.grid.sheet)])


def write(original: Path | None, these: list[Understood], this: Year) -> tuple[str, int]:
    """Write what was understood of a file and keep an extract of it; None keeps nothing, of a list of persons."""
    if original is None:
        return f"Đã ghi: {written.write(joined(these), None, this)}", 0
    said = f"Đã ghi: {written.write(joined(these), extract.of(original, these), this)}"
    return f"{said}\nTrong {written.ORIGINALS}/ giữ các ô đã đọc của {original.name}. {extract.EXPLAINED}", 0
