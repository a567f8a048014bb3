"""Commands that say what is known, missing or wrong; what they write is a page or a sign-off."""

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING

from giamngheo.arguments import unlike
from giamngheo.verbs import followed, opened

if TYPE_CHECKING:
    from giamngheo.intake.unit import Year


def check(given: argparse.Namespace) -> int:
    from giamngheo import checks
    from giamngheo.findings import render
    from giamngheo.intake import kinds
    from giamngheo.report import after_submission

    this = opened(given)
    if given.names:
        return check_names(this, given.format)
    found = checks.findings(this) + after_submission.findings(this)
    found += [] if checks.refusing(found) else checks.later.not_yet(this, dt.date.today())
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


def status(given: argparse.Namespace) -> int:
    from giamngheo.year import status

    print(status.text(status.of(opened(given), given.out)))
    return 0


def ready(given: argparse.Namespace) -> int:
    from giamngheo.year import ready

    found = ready.lines(opened(given), given.out)
    print(ready.text(found))
    return int(any(line.good is False for line in found))


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
