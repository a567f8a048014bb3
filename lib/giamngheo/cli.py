"""The command line: `giamngheo report | check | reconcile | …`. The Makefile calls nothing else.

Exit codes: 0 nothing blocks, 1 something does (said in one message), 2 the command itself is wrong.
"""

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from giamngheo import limits, private_names, surroundings
from giamngheo.arguments import Once, not_blank, pair, twice, unknown_option, whole, year_number
from giamngheo.run import ending

if TYPE_CHECKING:
    from giamngheo.intake.unit import Year


class Parser(argparse.ArgumentParser):
    """argparse that guesses at a misspelt option and speaks Vietnamese; `verbs` are the parsers of its commands."""

    verbs: dict[str, argparse.ArgumentParser]

    def parse_args(self, args=None, namespace=None):
        parsed, extra = self.parse_known_args(args, namespace)
        if extra:
            self.error(unknown_option(extra[0], self.options(parsed.verb)))
        return parsed

    def options(self, verb: str) -> list[str]:
        return private_names.options(self.verbs[verb])


def parser() -> Parser:
    main = Parser(prog="giamngheo", description="Báo cáo giảm nghèo bền vững hằng năm, làm lại được từng con số.")
    verbs = main.add_subparsers(dest="verb", required=True, metavar="LỆNH", parser_class=argparse.ArgumentParser)
    main.verbs = verbs.choices

    def verb(name: str, run, says: str, year: bool = True) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=says, description=says)
        added.add_argument("--data", type=Path, default=Path("data"), help="thư mục số liệu (mặc định: data)")
        added.add_argument("--out", type=Path, default=Path("outputs"), help="thư mục kết quả (mặc định: outputs)")
        if year:
            added.add_argument("--unit", action=Once, default="kong-long-khong", help="mã đơn vị: tên thư mục trong data/")
            added.add_argument("--year", action=Once, type=year_number, default=2022, help="năm rà soát")
        added.set_defaults(run=run)
        return added

    made = verb("report", report, "Lập báo cáo của một đơn vị, một năm.")
    made.add_argument(
        "-p", "--parameter", action="append", type=pair, default=[], metavar="TÊN=GIÁ TRỊ", help="tham số của sổ tính"
    )
    made.add_argument("--engine", choices=("warm", "kernel"), help="cách chạy sổ tính của papermill")
    made.add_argument("--final", action="store_true", help="chỉ lập khi không còn gì để ở dạng dự thảo")
    found = verb("check", check, "Kiểm tra số liệu của một đơn vị, một năm.")
    found.add_argument("--format", choices=("text", "csv", "json", "xlsx"), default="text")
    found.add_argument("--names", action="store_true", help="chỉ liệt kê tên các số liệu gọi được và chữ mỗi tên in ra")
    verb("template", template, "Tạo tệp Excel để nhập số liệu một năm.").add_argument(
        "--file", type=Path, help="tên tệp (mặc định: DATA/UNIT/YEAR/so-lieu.xlsx)"
    )
    made_up = verb("simulate", simulate, "Tạo số liệu mô phỏng để thử.", year=False)
    for name, type_, default, says in (
        ("communes", whole(1, limits.COMMUNES), 1, "số xã"),
        ("villages", whole(1, limits.VILLAGES), 9, "số thôn, làng mỗi xã"),
        ("year", year_number, 2024, "năm rà soát"),
        ("seed", whole(0, 999_999_999), 1, "số khởi đầu: cùng số thì cùng số liệu"),
        ("errors", whole(0, limits.PLANTED), 0, "số lỗi cài vào"),
    ):
        made_up.add_argument(f"--{name}", type=type_, default=default, help=says)
    made_up.add_argument("--excel", action="store_true", help="ghi so-lieu.xlsx thay cho CSV")
    many = verb("batch", batch, "Lập báo cáo của nhiều đơn vị; chỉ làm những gì còn thiếu hoặc đã thay đổi.")
    many.add_argument("--units", type=not_blank, default="all", help="các mã đơn vị cách nhau dấu phẩy, hoặc all")
    many.add_argument("--jobs", type=whole(1, limits.JOBS), default=0, help="số báo cáo lập cùng lúc (mặc định: số nhân của máy)")
    many.add_argument("--keep-going", action="store_true", help="gặp lỗi vẫn lập tiếp các đơn vị khác")
    many.add_argument("--scheduler", default="", metavar="tcp://…", help="lập trên các máy của bộ điều phối Dask này")
    again = verb("verify", verify, "Lập lại một báo cáo từ hồ sơ của nó rồi so từng byte.")
    again.add_argument("--engine", choices=("warm", "kernel"), help="cách chạy sổ tính của papermill")
    verb("why", why, "Vì sao báo cáo của một đơn vị cần lập lại.")
    verb("new-year", new_year, "Mở năm rà soát mới: thư mục, tệp Excel, những gì chép sang từ năm trước.")
    verb("status", status, "Năm này đang ở đâu: đã điền, còn thiếu, còn lỗi, đã ký, đã lập báo cáo.")
    opened = verb("lab", lab, "Mở JupyterLab ở các sổ tính của một đơn vị, một năm.")
    opened.add_argument("--no-browser", action="store_true", help="không mở trình duyệt, chỉ in địa chỉ")
    changed = verb("diff", diff, "Số nào thay đổi giữa hai năm, hoặc giữa hai lần lập báo cáo của một năm.")
    changed.add_argument("--from", dest="first", type=year_number, help="năm trước")
    changed.add_argument("--to", dest="last", type=year_number, help="năm sau")
    changed.add_argument("--format", choices=("text", "csv"), default="text")
    reviewed = verb("review", review, "Ghi nhận xét và ký từng ô của bản thẩm tra.")
    one_or_more = "ký ô này hoặc các ô này, ví dụ 01_review:6 hoặc 01_review:6-9"
    reviewed.add_argument("--sign", action="append", default=[], metavar="SỔ:Ô", help=one_or_more)
    reviewed.add_argument("--remark", nargs=2, action="append", default=[], metavar=("SỔ:Ô", "NHẬN XÉT"))
    reviewed.add_argument("--by", default="", help="chữ viết tắt của người thẩm tra, nếu muốn ghi")
    claims = verb("reconcile", reconcile, "Tìm những số đã in không thể cùng đúng.", year=False)
    claims.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    claims.add_argument("--format", choices=("text", "csv", "json"), default="text")
    claims.add_argument("--exported", type=Path, metavar="TỆP.docx", help="bản đã xuất, để tìm số đã sửa tay")
    claims.add_argument("--witness", type=Path, metavar="TỆP.csv", help="ghi ra bộ số khớp với mọi con số đã in")
    return main


def main(args: list[str] | None = None) -> int:
    if args is None:
        surroundings.start_clean()
    given = parser().parse_args(args)
    lasting = given.verb == "lab"  # what JupyterLab starts, a browser among it, is the user's
    return ending.orderly(partial(answer, given), doing(given), given.out / ending.LOGS, alone=not lasting)


def doing(given: argparse.Namespace) -> str:
    """What a command is about, for a message."""
    about = {"đơn vị": getattr(given, "unit", ""), "năm": getattr(given, "year", "")}
    return ", ".join([f"lệnh {given.verb}", *(f"{label} {value}" for label, value in about.items() if value)])


def answer(given: argparse.Namespace) -> int:
    from giamngheo.findings import DataError

    try:
        given.unit = named(given)
        return given.run(given)
    except DataError as refused:
        print(refused, file=sys.stderr)
        return 1


def opened(given: argparse.Namespace, unit: str = "", year: int = 0) -> "Year":
    """The year that the command line names, or another of the same folder."""
    from giamngheo.intake.unit import Year  # slow to import, and `--help` needs none

    return Year(given.data.resolve(), unit or given.unit, year or given.year, reports=given.out.resolve())


READING = ("check", "reconcile", "status", "why")  # verbs that write nothing, so that their folders do not matter


def named(given: argparse.Namespace) -> str:
    """The unit that is meant; raises DataError for what is no unit's name, and for data and results in one place."""
    from giamngheo.intake.unit import meant
    from giamngheo.store import beside, places

    beside.require_own(given.data, Path.cwd())
    unit = meant(given.data.resolve(), given.unit) if "unit" in given else ""
    if given.verb not in READING or getattr(given, "format", "") == "xlsx":
        places.require_apart(given.data, given.out, unit, getattr(given, "year", ""))
    return unit


def report(given: argparse.Namespace) -> int:
    from giamngheo import checks
    from giamngheo.intake.unit import meant
    from giamngheo.report import rollup
    from giamngheo.review import index, signoff
    from giamngheo.run import runner
    from giamngheo.store import manifest

    if name := twice(given):
        print(f"Tham số {name} có hai lần; chỉ ghi một lần.", file=sys.stderr)
        return 2
    try:
        wanted = runner.checked({"unit": given.unit, "year": given.year} | dict(given.parameter))
    except runner.ParameterError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    this = opened(given, meant(given.data.resolve(), wanted["unit"]), wanted["year"])
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
        place = given.out / wanted["unit"] / str(wanted["year"])
        print(failed, *runner.left_by(place), sep="\n", file=sys.stderr)
        index.write(given.out, this.root)
        return 1
    index.write(given.out, this.root)
    for line in signoff.update(this, folder):
        print(line)
    reasons = (manifest.read(folder) or {}).get("draft", reasons)
    if reasons:
        print("Báo cáo là DỰ THẢO vì:", *reasons, sep="\n- ")
    print(f"Báo cáo: {folder / 'bao-cao.pdf'}")
    return int(bool(reasons) and given.final)


def check(given: argparse.Namespace) -> int:
    from giamngheo import checks
    from giamngheo.findings import render

    this = opened(given)
    if given.names:
        return check_names(this, given.format)
    found = checks.findings(this)
    if given.format == "xlsx":
        marked = checks.mark(this, given.out / given.unit / str(given.year))
        print(*marked.values(), sep="\n", end="\n" * bool(marked))
        found_elsewhere = [finding for finding in found if finding.file not in marked]
        print(render(found_elsewhere), end="\n" * bool(found_elsewhere))
    else:
        print(render(found, given.format))
    return int(any(finding.level != "note" for finding in found))


def check_names(this: "Year", form: str) -> int:
    import pandas as pd

    from giamngheo import checks
    from giamngheo.checks import placeholders
    from giamngheo.report import passages

    if form not in ("text", "csv"):
        print("--names chỉ đi với --format text hoặc csv", file=sys.stderr)
        return 2
    checks.require_figures(this)
    known = placeholders.listed(passages.context(this) | placeholders.figures(this))
    rows = [(f"{{{name}}}", said, label) for name, label, said in known]
    if form == "csv":
        print(pd.DataFrame(rows, columns=["name", "text", "label"]).to_csv(index=False), end="")
    else:
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        print(*(f"{name:<{widths[0]}}  {said:<{widths[1]}}  {label}" for name, said, label in rows), sep="\n")
    return 0


def template(given: argparse.Namespace) -> int:
    from giamngheo.intake import template

    path = given.file or given.data / given.unit / str(given.year) / "so-lieu.xlsx"
    if path.exists():
        print(f"{path} đã có; đổi tên hoặc xóa tệp đó trước", file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    template.write(opened(given), path)
    print(path)
    return 0


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
        return batch.main(root, given.units, given.year, given.jobs, given.scheduler, given.keep_going, given.out)
    except processes.CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1


def verify(given: argparse.Namespace) -> int:
    from giamngheo.run import verify

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


def status(given: argparse.Namespace) -> int:
    from giamngheo.year import status

    print(status.text(status.of(opened(given), given.out)))
    return 0


def lab(given: argparse.Namespace) -> int:
    from giamngheo import lab
    from giamngheo.store import manifest

    lab.serve(manifest.PROJECT, opened(given), ["--no-browser"] if given.no_browser else [])
    return 0


def diff(given: argparse.Namespace) -> int:
    from giamngheo.review import diff, diff_page

    if bool(given.first) != bool(given.last) or (given.first and given.first >= given.last):
        print("So sánh hai năm cần cả --from và --to, năm trước rồi năm sau, ví dụ --from 2021 --to 2022.", file=sys.stderr)
        return 2
    try:
        if given.first:
            comparison = diff.of_years(given.out, *(opened(given, year=year) for year in (given.first, given.last)))
        else:
            comparison = diff.of_runs(given.out, opened(given))
    except diff.NoRun as missing:
        print(missing, file=sys.stderr)
        return 1
    page = diff_page.write(comparison, given.out / given.unit)
    print(diff_page.csv(comparison) if given.format == "csv" else f"{diff_page.text(comparison)}\n\nTrang: {page}")
    return 0


def review(given: argparse.Namespace) -> int:
    from giamngheo.review import signoff

    shown = signoff.cells(given.out / given.unit / str(given.year))
    if shown.empty:
        print("Chưa có bản thẩm tra: lập báo cáo trước (giamngheo report).", file=sys.stderr)
        return 1
    this = opened(given)

    def noted(log):
        for address in given.sign:
            log = signoff.sign(log, shown, address, given.by)
        for address, text in given.remark:
            log = signoff.remark(log, shown, address, text, given.by)
        return log

    try:
        change = signoff.change(this, noted) if given.sign or given.remark else None
    except (signoff.NoCell, signoff.Unwritable) as refused:
        print(refused, file=sys.stderr)
        return 2
    log = signoff.read(this) if change is None else change
    print(signoff.listing(shown, log))
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


if __name__ == "__main__":
    sys.exit(main())
