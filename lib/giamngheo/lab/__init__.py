"""JupyterLab as the analyst gets it: the project's own kernel, the notebooks, a start page, a menu *Báo cáo*.

The settings are the JSON files of this folder, the look of results is `custom/custom.css`. Nothing is fetched from the network and nothing of the
user's own Jupyter is changed.
"""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

from giamngheo import environment
from giamngheo.intake.unit import Year
from giamngheo.store import atomic

HERE = Path(__file__).parent
PATIENCE = 5  # seconds that what is at work has to end
START = Path("outputs", "bat-dau.md")
QUESTIONS = {
    "01_review.ipynb": "Bao nhiêu hộ nghèo, hộ cận nghèo; thay đổi ra sao; thiếu hụt những gì?",
    "02_budget.ipynb": "Vốn của Chương trình: kế hoạch, giải ngân, theo dự án và theo nguồn.",
    "03_checks.ipynb": "Các số liệu có thể cùng đúng không? Còn thiếu, còn mâu thuẫn ở đâu?",
    "04_report.ipynb": "Báo cáo chính thức, từng phần; từ sổ này xuất ra PDF, Word, HTML.",
    "05_rollup.ipynb": "Các xã cộng lại: toàn địa bàn bao nhiêu, xã nào cao, xã nào thấp, xã nào còn thiếu?",
}
PAGE = """\
# Bắt đầu

Đang mở: đơn vị `{unit}`, năm {year}. Muốn đổi: sửa ô đầu tiên của sổ, hoặc đóng rồi chạy lại
`make lab UNIT=… YEAR=…`.

| Sổ tính | Trả lời câu hỏi |
|---|---|
{notebooks}

1. Mở một sổ, chọn **Run ▸ Run All Cells**.
2. Xem từng bước: mỗi bảng có cột *Tệp: dòng* chỉ đến số liệu gốc; đưa con trỏ vào một số để xem phép tính.
3. Ở sổ `04_report`, chọn **Báo cáo ▸ Xuất PDF** (hoặc Word, HTML). Tệp PDF, Word nhận được giống hệt tệp của
   `make report`.

Kết quả chạy được giữ riêng trên máy này, không đưa vào kho mã; sửa ô tính hay lời văn của sổ thì có.

## Số liệu và báo cáo của đơn vị

{years}

Hướng dẫn: [trong năm làm gì](../docs/huong-dan.md) · [kiểm tra một con số](../docs/thanh-tra.md) ·
[từ điển dữ liệu](../docs/tu-dien.md)
"""


def serve(root: Path, this: Year, options: Iterable[str] = ()) -> None:
    """Open JupyterLab on the project below `root`, its notebooks set to `this` year; ends when it is closed.

    `options` are JupyterLab's own, for example `--no-browser`. Its kernels open the year by this process's environment.
    """
    from jupyterlab.labapp import LabApp

    from giamngheo.lab import contents, year_page
    from giamngheo.lab.desk import Desk

    names = contents.prepare(root, this.unit, this.year, this.kind)
    (root / START).parent.mkdir(exist_ok=True)
    atomic.put(root / START, start_page(root, this, names))
    os.environ.update(environment.of(this))
    ours = [str(HERE), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, ours))
    server = LabApp.initialize_server([
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.tornado_settings=static_custom_path={HERE / 'custom'}",
        f"--LabApp.default_url=/lab/tree/{START.as_posix()}",
        f"--LabApp.extra_labextensions_path={HERE / 'labextensions'}",
        *options,
    ])  # fmt: skip
    desk = Desk(this, root)
    year_page.add(server.web_app, desk)
    try:
        server.start()
    finally:
        desk.close()
        cancel_all(server.io_loop.asyncio_loop)


def cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    """End the tasks that a stop left waiting, a kernel's start among them: the thread that serves one would live for ever."""
    if waiting := asyncio.all_tasks(loop):
        for task in waiting:
            task.cancel()
        loop.run_until_complete(asyncio.wait(waiting, timeout=PATIENCE))


def start_page(root: Path, this: Year, names: Iterable[str]) -> str:
    """The start page in Markdown: the notebooks, what to do, and what there is of the unit."""
    notebooks = [f"| [{name}](../notebooks/{name}) | {QUESTIONS.get(name, '')} |" for name in names]
    years = [one_year(root, this.unit, one) for one in this.years] or [f"Chưa có thư mục số liệu của `{this.unit}`."]
    return PAGE.format(unit=this.unit, year=this.year, notebooks="\n".join(notebooks), years="\n".join(years))


def one_year(root: Path, unit: str, year: int) -> str:
    made = Path(unit, str(year), "bao-cao.pdf")
    there = (root / START.parent / made).exists()
    return f"- Năm {year}: " + (f"[báo cáo PDF]({made.as_posix()})" if there else "chưa lập báo cáo")
