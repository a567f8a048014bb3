"""What a folder of reports cannot say of itself: which of them are not of the data there are now, and which a whole lacks."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from giamngheo.findings import DataError
from giamngheo.intake.unit import Year, years
from giamngheo.law.dated import Law
from giamngheo.report import inputs
from giamngheo.review.index_entry import Entry
from giamngheo.vietnamese.text import first_few

NAMED = 3  # files or communes that a cause names
SENT = "/da-nop/"  # records of what was sent: a report stands while they grow


def of(found: list[Entry], root: Path, law: Law) -> list[Entry]:
    """The entries with their states, and one for each commune that a whole's map names and that has no report."""
    communes = [standing(one, root, law) for one in found if not one.together]
    there = {(one.unit, one.year, one.code): one for one in communes}
    wholes = [whole(one, there, root, law) for one in found if one.together]
    absent = {(one.unit, one.year): one for each in wholes for one in missing(each, there, root, law)}
    return [*wholes, *communes, *absent.values()]


def command(unit: str, year: int) -> str:
    return f"giamngheo report --unit {unit} --year {year}"


def standing(one: Entry, root: Path, law: Law) -> Entry:
    """A commune's entry; "gone" where its data are no more, "stale" where they are not those it was made from."""
    if one.inputs is None or one.state == "failed":
        return one
    if one.year not in years(root, one.unit):
        return replace(one, state="gone", cause=f"không còn {one.unit}/{one.year} trong thư mục số liệu: lấy lại, hoặc bỏ báo cáo này")
    try:
        now = inputs.data(Year(root, one.unit, one.year, law, kind=one.code))
    except (DataError, OSError):
        return replace(one, state="stale", cause=f"số liệu nay không đọc được: giamngheo check --unit {one.unit} --year {one.year}")
    then, now = ({name: digest for name, digest in found.items() if SENT not in name} for found in (one.inputs, now))
    changed = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
    return replace(one, state="stale", cause=since(changed, "tệp", one)) if changed else one


def since(changed: list[str], what: str, one: Entry) -> str:
    return f"đã đổi sau khi lập: {first_few(changed, NAMED, what)}; lập lại: {command(one.unit, one.year)}"


def whole(one: Entry, there: dict[tuple[str, int, str], Entry], root: Path, law: Law) -> Entry:
    """The entry of a report that puts communes together; "stale" where one of them is not as it was put in."""
    members = law.territory(one.year).communes.get(one.unit, [])
    if one.inputs is None or one.state == "failed" or not members:
        return one
    then = {unit: one.inputs.get(f"{unit}/{one.year}") for unit in members}
    now = {unit: digest(there.get((unit, one.year, one.code)), unit, one, root, law) for unit in members}
    changed = [law.unit_name(unit) for unit in members if then[unit] != now[unit]]
    return replace(one, state="stale", cause=since(changed, "xã", one)) if changed else one


def digest(commune: Entry | None, unit: str, whole: Entry, root: Path, law: Law) -> str | None:
    """The hash of what goes into a whole of one commune; None where it has no data of the year."""
    if whole.year not in years(root, unit):
        return None
    if commune and commune.inputs is not None and commune.state in ("draft", "final"):
        return inputs.one_hash(commune.inputs, law)
    return inputs.one_hash(inputs.as_found(Year(root, unit, whole.year, law, kind=whole.code)), law)


def missing(whole: Entry, there: dict[tuple[str, int, str], Entry], root: Path, law: Law) -> Iterator[Entry]:
    """An entry for each commune of a whole that has no report, with what to do."""
    for unit in law.territory(whole.year).communes.get(whole.unit, []) if not whole.code else ():
        if (unit, whole.year, "") not in there:
            cause = f"lập: {command(unit, whole.year)}" if whole.year in years(root, unit) else f"chưa có số liệu năm {whole.year}"
            yield Entry(unit, whole.year, law.unit_name(unit), False, "missing", False, None, cause)
