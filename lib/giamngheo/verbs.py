"""What each command does: `verbs.report(given)` for `giamngheo report …`, with the options as argparse gives them.

Each returns its exit code (`cli`). What one alone needs is imported by it, so that none waits for the others' rooms.
"""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from giamngheo.arguments import answered, twice, unlike

if TYPE_CHECKING:
    from giamngheo.intake.unit import Year


def opened(given: argparse.Namespace, unit: str = "", year: int = 0) -> "Year":
    """The year that the command line names, or another of the same folder."""
    from giamngheo.intake.unit import Year  # slow to import, and `--help` needs none

    kind = getattr(given, "kind", "")
    return Year(given.data.resolve(), unit or given.unit, year or given.year, reports=given.out.resolve(), kind=kind)


def init(given: argparse.Namespace) -> int:
    from giamngheo.store import beside, working_folder

    beside.require_own(given.folder / "data", given.folder)
    print(working_folder.lay_out(given.folder.resolve()))
    return 0


def report(given: argparse.Namespace) -> int:
    from giamngheo import checks
    from giamngheo.intake import kinds
    from giamngheo.intake.unit import meant
    from giamngheo.report import rollup
    from giamngheo.review import index, signed
    from giamngheo.run import runner
    from giamngheo.store import manifest

    if name := twice(given):
        print(f"Tham số {name} có hai lần; chỉ ghi một lần.", file=sys.stderr)
        return 2
    try:
        told = {"unit": given.unit, "year": given.year} | ({"kind": given.kind} if given.kind else {}) | dict(given.parameter)
        wanted = runner.checked(told, given.data.resolve())
    except runner.ParameterError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    this = opened(given, meant(given.data.resolve(), wanted["unit"]), wanted["year"]).of_kind(wanted.get("kind", ""))
    if not this.law.territory(this.year).is_whole(this.unit):
        checks.require(this)
    reasons = rollup.reasons(this)
    try:
        if reasons and given.final:
            raise runner.NotFinal(reasons)
        folder = runner.make(this, given.out, given.engine, final=given.final)
    except runner.NotFinal as refused:
        print(refused, file=sys.stderr)
        return 1
    except runner.RunError as failed:
        place = kinds.folder(given.out, this)
        print(failed, *runner.left_by(place), sep="\n", file=sys.stderr)
        index.write(given.out, this.root)
        return 1
    whole = [
        followed(lambda: index.write(given.out, this.root)),
        followed(lambda: [print(line) for line in signed.update(this, folder)]),
    ]
    reasons = (manifest.read(folder) or {}).get("draft", reasons)
    if reasons:
        print("Báo cáo là DỰ THẢO vì:", *reasons, sep="\n- ")
    print(f"Báo cáo: {folder / kinds.of(this).file}.pdf")
    return int(bool(reasons) and given.final or not all(whole))


def followed(step: Callable[[], object]) -> bool:
    """Do what follows a finished report; where a file of it is refused, that is told and the report stands."""
    from giamngheo.findings import DataError

    try:
        step()
    except DataError as refused:
        print(refused, file=sys.stderr)
        return False
    return True


def check(given: argparse.Namespace) -> int:
    from giamngheo import checks
    from giamngheo.findings import render
    from giamngheo.intake import kinds
    from giamngheo.report import after_submission

    this = opened(given)
    if given.names:
        return check_names(this, given.format)
    found = checks.findings(this) + after_submission.findings(this)
    if given.format == "xlsx":
        marked = checks.mark(this, kinds.folder(given.out, this))
        print(*marked.values(), sep="\n", end="\n" * bool(marked))
        found_elsewhere = [finding for finding in found if finding.file not in marked]
        print(render(found_elsewhere), end="\n" * bool(found_elsewhere))
    elif given.format == "text":  # what refuses first: it has to go before anything else can be seen
        refused = checks.refusing(found)
        rest = [finding for finding in found if finding not in refused]
        print(*(render(part) for part in (refused, rest) if part), sep="\n")
    else:
        print(render(found, given.format))
    return int(any(finding.level != "note" for finding in found))


def check_names(this: "Year", form: str) -> int:
    from giamngheo import checks
    from giamngheo.checks import placeholders
    from giamngheo.report import passages

    if form not in ("text", "csv"):
        print("--names chỉ đi với --format text hoặc csv", file=sys.stderr)
        return 2
    checks.require_figures(this)
    print(placeholders.text(passages.context(this) | placeholders.figures(this), form), end="")
    return 0


def template(given: argparse.Namespace) -> int:
    from giamngheo.intake import template
    from giamngheo.year import newyear

    newyear.require_lasting(opened(given))
    path = given.file or given.data / given.unit / str(given.year) / "so-lieu.xlsx"
    if path.exists():
        print(f"{path} đã có; đổi tên hoặc xóa tệp đó trước", file=sys.stderr)
        return 1
    this = opened(given)
    template.write(this, path)
    print(path)
    if beside := template.beside(this, path):
        print(f"Năm này đã có {', '.join(beside)}: mỗi bảng chỉ ở một nơi, điền tệp Excel xong thì xóa các tệp CSV ấy", file=sys.stderr)
    return 0


def import_(given: argparse.Namespace) -> int:
    from giamngheo.imports import taking

    this = opened(given)
    shown, write = taking.taken(given.file, this, given.sheet, given.standard)
    print(shown, "", sep="\n")
    if given.dry_run or write is None:
        print("Chưa ghi gì." if write is None else "Xem thử: chưa ghi gì. Bỏ --dry-run để ghi.")
        return int(write is None)
    said, code = write()
    print(said)
    return code


def simulate(given: argparse.Namespace) -> int:
    from giamngheo import simulate
    from giamngheo.law.dated import Law

    try:
        planted = simulate.write(
            given.out, given.communes, given.villages, given.year, given.seed, errors=given.errors, excel=given.excel,
            laws=Law(given.data.resolve()),
        )  # fmt: skip
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 1
    print(planted or given.out)
    return 0


def batch(given: argparse.Namespace) -> int:
    from giamngheo.run import batch, processes

    try:
        root = given.data.resolve()
        return batch.main(root, given.units, given.year, given.jobs, given.scheduler, given.keep_going, given.out, kind=given.kind)
    except processes.CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1


def verify(given: argparse.Namespace) -> int:
    from giamngheo.run import mailed, verify

    if given.file:
        return mailed.main(given.file, given.data.resolve(), given.engine or "")
    return verify.main(opened(given), given.out, given.engine or "")


def why(given: argparse.Namespace) -> int:
    from giamngheo.run import batch

    print("\n".join(batch.why(opened(given), given.out)) or "Báo cáo còn nguyên: không có gì thay đổi.")
    return 0


def new_year(given: argparse.Namespace) -> int:
    from giamngheo.year import agenda, newyear

    this = opened(given)
    print(newyear.make(this), "", sep="\n")
    for number, step in enumerate(agenda.todo(this), start=1):
        print(f"{number}. {step}")
    return 0


def new_unit(given: argparse.Namespace) -> int:
    from giamngheo.year import agenda, newunit

    told = {one.name: said for one in newunit.QUESTIONS if (said := getattr(given, f"new_{one.name}")) is not None}
    this = newunit.make(given.data.resolve(), newunit.asked(told, answered))
    print("", this.folder, "", sep="\n")
    for number, step in enumerate(agenda.todo(this), start=1):
        print(f"{number}. {step}")
    return 0


def ready(given: argparse.Namespace) -> int:
    from giamngheo.year import ready

    found = ready.lines(opened(given), given.out)
    print(ready.text(found))
    return int(any(line.good is False for line in found))


def papers(given: argparse.Namespace) -> int:
    from giamngheo.year import accompany

    print(*accompany.make(opened(given), given.out), sep="\n")
    return 0


def submit(given: argparse.Namespace) -> int:
    from giamngheo.review import index
    from giamngheo.year import submit

    this = opened(given)
    one, new = submit.submit(this, given.out, given.sent)
    print(submit.text(one, new))
    return int(not followed(lambda: index.write(given.out, this.root)))


def status(given: argparse.Namespace) -> int:
    from giamngheo.year import status

    print(status.text(status.of(opened(given), given.out)))
    return 0


def lab(given: argparse.Namespace) -> int:
    from giamngheo import lab, shipped

    lab.serve(shipped.workbook(given.data.resolve()), opened(given), ["--no-browser"] if given.no_browser else [])
    return 0


def diff(given: argparse.Namespace) -> int:
    from giamngheo.review import diff, diff_page, index

    two = given.first or "", given.last or ""
    if refused := unlike(*two):
        print(refused, file=sys.stderr)
        return 2
    try:
        this = opened(given)
        comparison = diff.of_two(given.out, this, *two) if given.first else diff.of_runs(given.out, this)
    except diff.NoRun as missing:
        print(missing, file=sys.stderr)
        return 1
    page = diff_page.write(comparison, given.out / given.unit)
    followed(lambda: index.write(given.out, given.data.resolve()))
    print(diff_page.csv(comparison) if given.format == "csv" else f"{diff_page.text(comparison)}\n\nTrang: {page}")
    return 0


def review(given: argparse.Namespace) -> int:
    from giamngheo.intake import kinds
    from giamngheo.review import signed, signoff

    this = opened(given)
    folder = kinds.folder(given.out, this)
    shown = signed.cells(folder)
    if shown.empty:
        print("Chưa có bản thẩm tra: lập báo cáo trước (giamngheo report).", file=sys.stderr)
        return 1

    def noted(log):
        for address in given.sign:
            log = signoff.sign(log, shown, address, given.by)
        for address, text in given.remark:
            log = signoff.remark(log, shown, address, text, given.by)
        return log

    try:
        if given.sign:
            signed.require_current(this, folder)
        change = signoff.change(this, noted) if given.sign or given.remark else None
    except signed.NotToSign as refused:
        print(refused, file=sys.stderr)
        return 1
    except (signoff.NoCell, signoff.Unwritable) as refused:
        print(refused, file=sys.stderr)
        return 2
    log = signoff.read(this) if change is None else change
    print(signed.listing(folder, log))
    return 0


def reconcile(given: argparse.Namespace) -> int:
    from giamngheo.findings import DataError
    from giamngheo.reconcile import answers

    try:
        text, code = answers.answer(given.files, given.format, given.witness, given.exported)
    except DataError as refused:
        print(refused, file=sys.stderr)
        return answers.UNREADABLE
    print(text)
    return code
