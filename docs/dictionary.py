"""Write `tu-dien.md`, the data dictionary for people, from `data/dictionary.csv`: python docs/dictionary.py"""

from pathlib import Path

from giamngheo.law import dictionary
from giamngheo.vietnamese.terms import TITLES

PAGE = Path(__file__).with_name("tu-dien.md")
HEAD = """\
# Từ điển dữ liệu

Trang này do `docs/dictionary.py` viết ra từ `data/dictionary.csv`, tệp mà chương trình dùng để kiểm tra số liệu; muốn đổi thì
sửa tệp đó. Mỗi bảng là một tệp `data/<đơn vị>/<năm>/<bảng>.csv`, hoặc một trang tính của `so-lieu.xlsx`. Ô trống là chưa
biết, không phải là 0.

*Bắt buộc*: “cột” là phải có cột, được để ô trống; “giá trị” là mọi dòng phải có giá trị; “không” là có thể bỏ cả cột;
“bản chính thức” là thiếu thì chỉ lập được dự thảo. Mục `a.b` viết thụt vào dưới mục `a`.
Cột tính ra không nhập: chương trình tính theo công thức ghi ở đây, và chính công thức này in trong báo cáo.
"""
TYPES = {
    "count": "số đếm", "money": "tiền, đồng", "number": "số", "rate": "tỷ lệ", "points": "điểm phần trăm", "text": "chữ",
    "code": "mã", "date": "ngày", "month": "tháng", "year": "năm", "texts": "danh sách chữ", "entry": "nhóm mục", "entries": "danh sách nhóm mục",
}  # fmt: skip
REQUIRED = {"column": "cột", "value": "giá trị", "no": "không", "formula": "tính ra", "final": "bản chính thức"}
OTHERS = {
    "changes": "Thay đổi so với năm trước (chỉ gồm cột tính ra)",
    "unit.yml": "Tệp `data/<đơn vị>/unit.yml`: thể thức văn bản của đơn vị",
    "report.yml": "Tệp `data/<đơn vị>/<năm>/report.yml`: số, ngày của báo cáo, quyết định công nhận kết quả",
}


def page() -> str:
    """The dictionary in Markdown: a section for each table, a row for each column."""
    described = dictionary.frame()
    sections = [section(table, rows) for table, rows in described.groupby("table", sort=False)]
    return "\n".join([HEAD, *sections])


def section(table: str, rows) -> str:
    title = TITLES.get(table) or OTHERS[table]
    lines = [
        f"## `{table}`: {title}",
        "",
        "| Cột | Tên | Kiểu | Bắt buộc | Quy tắc, công thức | Ý nghĩa |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| `{row.column}` | {cell(row.label)} | {TYPES[row.type]} | {REQUIRED[row.required]} | {code(row.rule)} | {cell(row.meaning)} |"
        for row in rows.itertuples()
    ]
    return "\n".join([*lines, ""])


def code(rule: str) -> str:
    return f"`{cell(rule)}`" if rule else ""


def cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
