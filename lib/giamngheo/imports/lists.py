"""What is understood of a list of households, said in words, and the row of the review that its counts make."""

from pathlib import Path

from giamngheo.findings import DataError, Finding, render
from giamngheo.imports import decisions, forms
from giamngheo.imports.columns import Columns
from giamngheo.imports.decisions import Decided
from giamngheo.imports.listed import CLASSES, DOUBLED, MEANT, UNSURE, Listed
from giamngheo.imports.understood import Entry, Understood
from giamngheo.intake.grid import letter
from giamngheo.intake.total_rows import VILLAGE
from giamngheo.intake.unit import Year
from giamngheo.vietnamese.numbers import number
from giamngheo.vietnamese.terms import UNITS

FOLDER = "danh-sach"  # a folder of this name is ignored by git
IN_GIT = f"Lưu ý: danh sách có tên người mà nằm trong kho git, ngoài {FOLDER}/: chuyển vào thư mục {FOLDER}/ để không bị đưa lên kho."
SHOWN = 20  # rows that a message lists of one doubt


def text(one: Listed, chosen: Decided, path: Path) -> str:
    """The list as it was understood: columns, what is doubtful and what was decided of it, the counts."""
    place = f"{one.grid.file}, trang tính {one.grid.sheet}" if one.grid.sheet else one.grid.file
    used = {position: name for name, position in one.positions.items()}
    parts = [f"{place} → danh sách hộ, đếm vào bảng review (kết quả rà soát)", "", "Cột:"]
    parts += [f"  {letter(at):<3} {heading} → {USED.get(used.get(at, ''), 'để ngoài')}" for at, heading in sorted(one.headings.items())]
    if one.findings:
        return "\n".join([*parts, "", "Không nhập được:", render(one.findings)])
    parts += ["", f"Dòng hộ: {len(one.households)}"]
    for called, rows in (("Tên cột lặp lại", one.repeated), ("Dòng cộng", one.sums), ("Ghi chú, chữ ký", one.below)):
        parts += [f"{called} ở dòng {listed(rows)}: không phải hộ, để ngoài"] if rows else []
    for kind, meant in MEANT.items():
        doubts = [doubt for doubt in one.doubts if doubt.kind == kind]
        if doubts:
            words = [decisions.decided(doubt, chosen) or "chưa quyết định" for doubt in doubts]
            told = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
            parts.append(f"{kind[:1].upper()}{kind[1:]} ({meant}): {len(doubts)} dòng ({told}): {listed([doubt.row for doubt in doubts])}")
    parts += ["", *counts(one, chosen)]
    parts += [one.remark] if one.remark else []
    parts += [IN_GIT] if not_ignored(path) else []
    undecided = decisions.open_doubts(one, chosen)
    if undecided:
        file = decisions.beside(path).name
        parts += ["", f"Còn {len(undecided)} điều chưa quyết định: ghi giu hoặc bo ở cột quyet_dinh của {file}, cạnh danh sách, rồi chạy lại."]
    return "\n".join(parts)


USED = {
    "class": "phân loại", "members": "số khẩu", "name": "tên chủ hộ, không lấy", "code": "mã hộ, chỉ để tìm dòng trùng", VILLAGE: UNITS["villages"],
    "date": "ngày rà soát, chỉ xem có hay không", "b1": "điểm B1, để kiểm tra phân loại", "b2": "điểm B2, để kiểm tra phân loại",
}  # fmt: skip


def listed(rows: list[int]) -> str:
    more = f" và {len(rows) - SHOWN} dòng nữa" if len(rows) > SHOWN else ""
    return ", ".join(map(str, rows[:SHOWN])) + more


def counts(one: Listed, chosen: Decided) -> list[str]:
    """The counts by class, by village where the list names villages; what is undecided is kept, but doubles are counted once."""
    undecided = {doubt.row for doubt in decisions.open_doubts(one, chosen) if doubt.kind == DOUBLED}
    found = one.counted(decisions.dropped(one, chosen) | undecided)
    heading = "Đếm tạm, mỗi dòng trùng hoàn toàn một lần:" if undecided else "Đếm:"
    sums = {
        class_: tuple(sum(by_class.get(class_, (0, 0))[at] for by_class in found.values()) for at in (0, 1))
        for class_ in CLASSES
        if any(class_ in by_class for by_class in found.values())
    }
    lines = [f"  {number(many)} {CLASSES[class_]}, {number(persons)} khẩu" for class_, (many, persons) in sums.items()]
    unsaid = {doubt.row: f"(thôn ghi ở dòng {doubt.row})" for doubt in decisions.open_doubts(one, chosen) if doubt.kind == UNSURE}
    spelled = {household.village: unsaid[household.row] for household in one.households if household.row in unsaid}
    for village, by_class in found.items() if list(found) != [""] else ():
        said = ", ".join(f"{number(many)} {CLASSES[class_]} {number(persons)} khẩu" for class_, (many, persons) in by_class.items())
        lines.append(f"  {spelled.get(village, village) or '(không ghi thôn)'}: {said}")
    return [heading, *lines, "Tổng số hộ, tổng số khẩu của xã không đếm được từ danh sách: để trống."]


def entered(one: Listed, chosen: Decided, this: Year, standard: str) -> Understood:
    """The rows of the review that the list's counts make."""
    found = Understood(one.grid, Columns("review"), "review")
    by_village = one.counted(decisions.dropped(one, chosen))
    classes = {class_ for by_class in by_village.values() for class_ in by_class} - {"none"}
    if not classes:
        found.findings = [one.grid.refusal("không còn hộ nghèo, hộ cận nghèo nào để đếm", "xem lại danh sách và các quyết định")]
        return found
    if "" in by_village and len(by_village) > 1:
        rows = [household.row for household in one.households if not household.village]
        found.findings = [one.grid.refusal(f"có dòng không ghi thôn, làng: {listed(rows)}", "ghi thôn, làng ở các dòng ấy")]
        return found
    for village, by_class in by_village.items():
        cells: dict[str, object] = {VILLAGE: village or None}
        for class_ in sorted(classes):
            many, persons = by_class.get(class_, (0, 0))
            cells |= {f"{class_}_households": str(many), f"{class_}_persons": str(persons)}
        sheet = f", trang tính {one.grid.sheet}" if one.grid.sheet else ""
        found.entries.append(Entry(cells, sheet=one.grid.sheet, note=f"Đếm từ danh sách hộ {one.grid.file}{sheet}"))
    forms.complete(found, this, standard)
    return found


def not_ignored(path: Path) -> bool:
    """Whether a list lies in a repository, in no folder of the name that is ignored there."""
    folders = path.resolve().parents
    repository = next((at for at, folder in enumerate(folders) if (folder / ".git").exists()), None)
    return repository is not None and FOLDER not in {folder.name for folder in folders[:repository]}


def require_apart(path: Path, this: Year) -> None:
    """Refuse a list below the data folder, which goes into git and to other machines."""
    if this.root.resolve() in path.resolve().parents:
        rule = "danh sách hộ có tên người, không được để trong thư mục số liệu"
        remedy = f"chuyển vào thư mục {FOLDER}/ cạnh thư mục số liệu (thư mục ấy không vào git) rồi chạy lại"
        raise DataError([Finding(path.name, rule, remedy)])
