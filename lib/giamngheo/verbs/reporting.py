"""Commands that make reports, and what is done with a finished one."""

import argparse
import sys

from giamngheo.arguments import twice
from giamngheo.verbs import followed, opened


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
