"""A working folder for a library that was installed from a wheel: notebooks, law, an example, guides, a place for results.

`giamngheo init` lays it out from what `pyproject.toml` puts into the wheel. In the repository the project itself is one.
"""

from collections.abc import Iterator
from pathlib import Path

from giamngheo import shipped
from giamngheo.findings import DataError, Finding
from giamngheo.store import atomic
from giamngheo.store.belongings import readable

README = """\
# Sổ báo cáo giảm nghèo

Thư mục làm việc của `giamngheo`. Mọi lệnh gõ ở đây:

```
giamngheo report --unit kong-long-khong --year 2022    # lập báo cáo: xem outputs/kong-long-khong/2022/
giamngheo check --unit kong-long-khong --year 2022     # kiểm tra số liệu
giamngheo lab --unit kong-long-khong --year 2022       # mở JupyterLab ở các sổ tính
giamngheo template --unit xa-cua-toi --year 2025       # tệp Excel để nhập số liệu của một đơn vị
giamngheo new-year --unit kong-long-khong --year 2023  # mở năm mới
giamngheo --help                                       # mọi lệnh
```

| Thư mục | Có gì |
|---|---|
| `data/` | số liệu, mỗi đơn vị một thư mục (`kong-long-khong` là ví dụ, số liệu thật); các bảng luật: [data/README.md](data/README.md) |
| `notebooks/` | các sổ tính; sửa ở đây thì báo cáo lập ở đây đổi theo |
| `outputs/` | kết quả; làm lại được |
| `docs/` | [hướng dẫn](docs/huong-dan.md), [kiểm tra một con số](docs/thanh-tra.md), [từ điển dữ liệu](docs/tu-dien.md) |

Hướng dẫn viết `make report UNIT=… YEAR=…` thì ở đây gõ `giamngheo report --unit … --year …`; các lệnh khác cũng vậy. Có bản mới của chương
trình thì chạy lại `giamngheo init` ở đây: tệp còn thiếu được thêm, tệp đã có không bị ghi đè.
"""


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of a working folder: its path below the folder and what it holds."""
    for path in sorted(shipped.INSIDE.rglob("*")):
        if path.is_file():
            yield path.relative_to(shipped.INSIDE).as_posix(), path.read_bytes()
    yield "README.md", README.encode()


def lay_out(folder: Path) -> str:
    """Write into `folder` every file that it does not have yet, and say what was done; nothing there is changed.

    Raises DataError in the repository, which has nothing to lay out.
    """
    if not shipped.INSTALLED:
        rule, remedy = "chương trình này chạy từ kho mã, ở đó đã có thư mục làm việc", f"làm việc trong {readable(shipped.ROOT)}"
        raise DataError([Finding("giamngheo init", rule, remedy)])
    written, differing = 0, []
    for name, content in files():
        path = folder / name
        if not (path.exists() or path.is_symlink()):
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.put(path, content)
            written += 1
        elif not path.is_file() or path.read_bytes() != content:
            differing.append(name)
    kept = [f"Đã có, khác bản của chương trình, giữ nguyên: {name}" for name in differing]
    then = "Tiếp theo: vào thư mục ấy, đọc README.md, rồi chạy giamngheo report."
    return "\n".join([f"Thư mục làm việc: {readable(folder)}, ghi thêm {written} tệp.", *kept, then])


def require(data: Path) -> None:
    """Refuse, where the library is installed, a data folder that stands in no working folder."""
    folder = data.resolve().parent
    if shipped.INSTALLED and not shipped.is_workbook(folder):
        rule = "đây chưa phải thư mục làm việc, vì không có các sổ tính ở notebooks"
        remedy = "chạy giamngheo init THƯ-MỤC để lập một thư mục làm việc, rồi chạy lại lệnh này trong đó"
        raise DataError([Finding(readable(folder), rule, remedy)])


def data_of(here: Path) -> Path:
    """The data folder of one who works in the folder `here` and names none: that of the working folder.

    In the repository it is the project's own, wherever one works.
    """
    if not shipped.INSTALLED:
        return shipped.DATA
    data = (here.parent if here.name == "notebooks" else here) / "data"
    require(data)
    return data
