"""The command line: `giamngheo report | check | reconcile | …`. The Makefile calls nothing else.

Exit codes: 0 nothing blocks, 1 something does (said in one message), 2 the command itself is wrong.
"""

import argparse
import datetime as dt
import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from giamngheo import limits, private_names, screen, surroundings
from giamngheo.arguments import a_day, a_report, idle, not_blank, one_of, pair, whole, year_number
from giamngheo.parsing import WORDS, Commands, Once, Options
from giamngheo.verbs import asking, entering, reporting

KIND = "loại báo cáo: mã ở data/kinds.csv, ví dụ yearly, preliminary (mặc định: loại chính của năm)"
LAYS_OUT = "Lập một thư mục làm việc: sổ tính, bảng luật, số liệu ví dụ, hướng dẫn; không ghi đè tệp nào."


@private_names.argparse_says(WORDS)
def parser() -> Commands:
    main = Commands(prog="giamngheo", description="Báo cáo giảm nghèo bền vững hằng năm, làm lại được từng con số.")
    commands = main.add_subparsers(dest="verb", required=True, metavar="LỆNH", parser_class=Options)
    main.verbs = commands.choices
    laid_out = commands.add_parser("init", help=LAYS_OUT, description=LAYS_OUT)
    laid_out.add_argument("folder", type=Path, metavar="THƯ-MỤC")
    laid_out.set_defaults(run=entering.init, data=Path("data"), out=Path("outputs"))

    def verb(name: str, run, says: str, year: bool = True, kind: bool = False) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=says, description=says)
        added.add_argument("--data", type=Path, default=Path("data"), metavar="THƯ-MỤC", help="thư mục số liệu (mặc định: data)")
        added.add_argument("--out", type=Path, default=Path("outputs"), metavar="THƯ-MỤC", help="thư mục kết quả (mặc định: outputs)")
        if year:
            added.add_argument("--unit", default="kong-long-khong", metavar="MÃ", help="mã đơn vị: tên thư mục trong data/")
            added.add_argument("--year", type=year_number, default=2022, metavar="NĂM", help="năm rà soát")
        if kind:
            added.add_argument("--kind", default="", metavar="LOẠI", help=KIND)
        added.set_defaults(run=run)
        return added

    made = verb("report", reporting.report, "Lập báo cáo của một đơn vị, một năm.", kind=True)
    made.add_argument(
        "-p", "--parameter", action="append", type=pair, default=[], metavar="TÊN=GIÁ TRỊ", help="tham số của sổ tính"
    )
    made.add_argument("--engine", type=one_of("warm", "kernel"), metavar="warm|kernel", help="cách chạy sổ tính của papermill")
    made.add_argument("--final", action="store_true", help="chỉ lập khi không còn gì để ở dạng dự thảo")
    found = verb("check", asking.check, "Kiểm tra số liệu của một đơn vị, một năm.", kind=True)
    found.add_argument("--format", type=one_of("text", "csv", "json", "xlsx"), metavar="text|csv|json|xlsx", default="text")
    found.add_argument("--names", action="store_true", help="chỉ liệt kê tên các số liệu gọi được và chữ mỗi tên in ra")
    verb("template", entering.template, "Tạo tệp Excel để nhập số liệu một năm.").add_argument(
        "--file", type=Path, metavar="TỆP", help="tên tệp (mặc định: DATA/UNIT/YEAR/so-lieu.xlsx)"
    )
    taken = verb("import", entering.import_, "Nhập một biểu Excel, CSV có sẵn vào so-lieu.xlsx của năm; cho xem đã hiểu gì trước khi ghi.")
    taken.add_argument("file", type=Path, metavar="TỆP", help="biểu tổng hợp hoặc danh sách hộ: .xlsx .xlsm .xls .xlsb .ods .csv")
    taken.add_argument("--sheet", default="", metavar="TRANG", help="chỉ đọc trang tính này")
    taken.add_argument("--standard", default="", metavar="MÃ", help="chuẩn nghèo của kết quả, khi năm rà soát theo hai chuẩn")
    taken.add_argument("--dry-run", action="store_true", help="chỉ cho xem đã hiểu gì, không ghi gì")
    made_up = verb("simulate", entering.simulate, "Tạo số liệu mô phỏng để thử.", year=False)
    for name, type_, default, says in (
        ("communes", whole(1, limits.COMMUNES), 1, "số xã"),
        ("villages", whole(1, limits.VILLAGES), 9, "số thôn, làng mỗi xã"),
        ("year", year_number, 2024, "năm rà soát"),
        ("seed", whole(0, 999_999_999), 1, "số khởi đầu: cùng số thì cùng số liệu"),
        ("errors", whole(0, limits.PLANTED), 0, "số lỗi cài vào"),
    ):
        made_up.add_argument(f"--{name}", type=type_, default=default, metavar="SỐ", help=says)
    made_up.add_argument("--excel", action="store_true", help="ghi so-lieu.xlsx thay cho CSV")
    many = verb("batch", reporting.batch, "Lập báo cáo của nhiều đơn vị; chỉ làm những gì còn thiếu hoặc đã thay đổi.", kind=True)
    many.add_argument("--units", type=not_blank, default="all", metavar="MÃ,MÃ", help="các mã đơn vị cách nhau dấu phẩy, hoặc all")
    many.add_argument("--jobs", type=whole(1, limits.JOBS), default=0, metavar="SỐ", help="số báo cáo lập cùng lúc (mặc định: số nhân của máy)")
    many.add_argument("--keep-going", action="store_true", help="gặp lỗi vẫn lập tiếp các đơn vị khác")
    many.add_argument("--scheduler", default="", metavar="tcp://…", help="lập trên các máy của bộ điều phối Dask này")
    again = verb("verify", reporting.verify, "Lập lại một báo cáo, hoặc báo cáo của một tệp gửi đến, rồi so từng byte.", kind=True)
    again.add_argument("--engine", type=one_of("warm", "kernel"), metavar="warm|kernel", help="cách chạy sổ tính của papermill")
    again.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="một tệp báo cáo gửi đến: là của báo cáo nào, có đúng từng byte không")
    verb("why", reporting.why, "Vì sao báo cáo của một đơn vị cần lập lại.", kind=True)
    verb("new-year", entering.new_year, "Mở năm rà soát mới: thư mục, tệp Excel, những gì chép sang từ năm trước.")
    begun = verb("new-unit", entering.new_unit, "Mở một đơn vị mới: hỏi từng điều, ghi unit.yml, mở năm đầu tiên.", year=False)
    for name, several, says in (
        ("unit", False, "mã đơn vị: tên thư mục, ví dụ to-tung"),
        ("name", False, "tên đơn vị, ví dụ “xã Tơ Tung”"),
        ("code", False, "mã số đơn vị hành chính"),
        ("year", False, "năm rà soát đầu tiên"),
        ("province", False, "tỉnh của xã (năm còn cấp huyện: huyện), mã hoặc tên"),
        ("predecessors", True, "xã cũ nhập thành xã này (nhiều xã: cách nhau dấu ;)"),
        ("villages", True, "thôn, làng (cách nhau dấu ;)"),
        ("addressees", True, "nơi gửi, ở dòng Kính gửi"),
        ("recipients", True, "nơi nhận"),
        ("position", False, "chức vụ người ký"),
        ("signatory", False, "họ tên người ký"),
        ("drafting-unit", False, "chữ viết tắt của phòng soạn thảo"),
    ):
        dest = f"new_{name.replace('-', '_')}"
        type_ = year_number if name == "year" else str
        begun.add_argument(f"--{name}", dest=dest, type=type_, action="append" if several else Once, metavar="…", help=says)
    verb("status", asking.status, "Năm này đang ở đâu: đã điền, còn thiếu, còn lỗi, đã ký, đã lập báo cáo.", kind=True)
    says = "Trước khi gửi: danh sách những gì cấp trên sẽ xem, đã đủ hay chưa; số liệu so từ các tệp đã lập."
    verb("ready", asking.ready, says, kind=True)
    says = "Lập văn bản kèm theo báo cáo, để sửa trong Word: công văn, dự thảo quyết định, biên bản, phiếu thông tin."
    verb("papers", reporting.papers, says, kind=True)
    sent = verb("submit", reporting.submit, "Ghi nhận báo cáo chính thức đã nộp: giữ nguyên từng tệp, không bao giờ ghi đè.", kind=True)
    sent.add_argument("--sent", type=a_day, default=dt.date.today(), metavar="NGÀY", help="ngày gửi, ví dụ 05/02/2024 (mặc định: hôm nay)")
    opened = verb("lab", entering.lab, "Mở JupyterLab ở các sổ tính của một đơn vị, một năm.", kind=True)
    opened.add_argument("--no-browser", action="store_true", help="không mở trình duyệt, chỉ in địa chỉ")
    shown = verb("preview", entering.preview, "Xem báo cáo trong trình duyệt; trang tự lập lại mỗi khi lưu một tệp.", kind=True)
    shown.add_argument("--no-browser", action="store_true", help="không mở trình duyệt, chỉ in địa chỉ")
    changed = verb("diff", asking.diff, "Số nào thay đổi giữa hai năm, hai lần lập báo cáo của một năm, hoặc so với bản đã nộp.", kind=True)
    either = "năm (2023), bản đã nộp (so-12) hoặc lan-truoc"
    changed.add_argument("--from", dest="first", type=a_report, metavar="BẢN", help=f"bản trước: {either}")
    changed.add_argument("--to", dest="last", type=a_report, metavar="BẢN", help="bản sau, như --from; bỏ qua thì là bản đang có")
    changed.add_argument("--format", type=one_of("text", "csv"), metavar="text|csv", default="text")
    reviewed = verb("review", asking.review, "Ghi nhận xét và ký từng ô của bản thẩm tra.", kind=True)
    one_or_more = "ký ô này hoặc các ô này, ví dụ 01_review:6 hoặc 01_review:6-9"
    reviewed.add_argument("--sign", action="append", default=[], metavar="SỔ:Ô", help=one_or_more)
    reviewed.add_argument("--remark", nargs=2, action="append", default=[], metavar=("SỔ:Ô", "NHẬN XÉT"))
    reviewed.add_argument("--by", default="", metavar="CHỮ", help="chữ viết tắt của người thẩm tra, nếu muốn ghi")
    claims = verb("reconcile", asking.reconcile, "Tìm những số đã in không thể cùng đúng.", year=False)
    claims.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    claims.add_argument("--format", type=one_of("text", "csv", "json"), metavar="text|csv|json", default="text")
    claims.add_argument("--exported", type=Path, metavar="TỆP.docx", help="bản đã xuất, để tìm số đã sửa tay")
    claims.add_argument("--witness", type=Path, metavar="TỆP.csv", help="ghi ra bộ số khớp với mọi con số đã in")
    return main


def main(args: list[str] | None = None) -> int:
    if args is None:
        surroundings.start_clean()
    screen.speak_vietnamese()
    known = parser()
    given = known.read(args)
    if said := idle(given):
        known.verbs[given.verb].error(said)
    from giamngheo.run import ending  # `--help` and what is typed wrongly have ended by now

    lasting = given.verb in ("lab", "preview")  # what they start, a browser among it, is the user's
    warm = args is None and given.verb in EXECUTING and given.engine != "kernel"
    return ending.orderly(partial(answer, given, warm), doing(given), given.out / ending.LOGS, alone=not lasting)


def doing(given: argparse.Namespace) -> str:
    """What a command is about, for a message."""
    about = {"đơn vị": given.units if given.verb == "batch" else getattr(given, "unit", ""), "năm": getattr(given, "year", "")}
    return ", ".join([f"lệnh {given.verb}", *(f"{label} {value}" for label, value in about.items() if value)])


def answer(given: argparse.Namespace, warm: bool) -> int:
    """The exit code of a command; `warm`: it is all that this process does, and its notebooks are run in forks of it."""
    if given.verb in READING:
        surroundings.short()
    leaner = nullcontext() if given.verb == "lab" else surroundings.without_unused()  # JupyterLab is left as it is
    if warm:
        from giamngheo.run import forkserver

        forkserver.become_warm()
    from giamngheo.findings import DataError

    try:
        with leaner:
            given.unit = named(given)
            return given.run(given)
    except DataError as refused:
        print(refused, file=sys.stderr)
        return 1


EXECUTING = ("report", "verify")  # verbs that execute notebooks one by one
READING = ("check", "ready", "reconcile", "status", "why")  # verbs that write nothing, so that their folders do not matter
WITHOUT_DATA = ("new-unit", "reconcile", "simulate")  # that read none of a unit's: they may begin with no data folder


def named(given: argparse.Namespace) -> str:
    """The unit that is meant; raises DataError for what is no unit's name, and for data and results in one place."""
    from giamngheo.intake.unit import meant
    from giamngheo.store import beside, places, working_folder

    if given.verb == "init":
        return ""
    beside.require_own(given.data, Path.cwd())
    if given.verb != "reconcile":
        working_folder.require(given.data)
    if given.verb not in WITHOUT_DATA:
        places.require_data(given.data)
    unit = meant(given.data.resolve(), given.unit) if "unit" in given else ""
    if given.verb not in READING or getattr(given, "format", "") == "xlsx":
        places.require_apart(given.data, given.out, unit, getattr(given, "year", ""))
    return unit
