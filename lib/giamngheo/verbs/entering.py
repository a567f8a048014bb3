"""Commands with which data are begun and filled in."""

import argparse
import sys
from typing import TYPE_CHECKING

from giamngheo.arguments import answered
from giamngheo.verbs import opened

if TYPE_CHECKING:
    from giamngheo.intake.unit import Year


def init(given: argparse.Namespace) -> int:
    from giamngheo.store import beside, working_folder

    beside.require_own(given.folder / "data", given.folder)
    print(working_folder.lay_out(given.folder.resolve()))
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


def new_year(given: argparse.Namespace) -> int:
    from giamngheo.year import agenda, newyear

    this = opened(given)
    print(newyear.make(this), "", sep="\n")
    for number, step in enumerate(agenda.todo(this), start=1):
        print(f"{number}. {step}")
    return 0


def new_unit(given: argparse.Namespace) -> int:
    from giamngheo.year import agenda, newunit

    root = given.data.resolve()
    told = {one.name: said for one in newunit.QUESTIONS if (said := getattr(given, f"new_{one.name}")) is not None}
    this = newunit.make(root, newunit.asked(root, told, answered))
    print("", this.folder, "", sep="\n")
    for number, step in enumerate(agenda.todo(this), start=1):
        print(f"{number}. {step}")
    return 0


def there(given: argparse.Namespace) -> "Year":
    """The year that is to be worked on; raises DataError where it or its unit is not there."""
    this = opened(given)
    if not this.law.territory(this.year).is_whole(this.unit):
        this.require()
    return this


def lab(given: argparse.Namespace) -> int:
    from giamngheo import lab, shipped

    this = there(given)
    lab.serve(shipped.workbook(given.data.resolve()), this, ["--no-browser"] if given.no_browser else [])
    return 0


def preview(given: argparse.Namespace) -> int:
    from giamngheo.preview import serving

    if sys.platform != "linux":
        print("Xem trước chỉ chạy trên Linux. Cách làm: chạy giamngheo report rồi mở bao-cao.html.", file=sys.stderr)
        return 1
    this = there(given)
    serving.serve(this, given.out, browser=not given.no_browser)
    return 0
