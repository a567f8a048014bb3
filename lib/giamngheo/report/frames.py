"""A table that an analyst makes: a plain DataFrame as a block of the report, printed as it stands.

Whole numbers are grouped, other numbers get at most two decimals, what is not known is "…". Nothing is computed
and no way back to the data is kept: for that there is `present.table`.
"""

import datetime as dt
from fractions import Fraction
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
import pandas as pd

from giamngheo.present.phrases import as_given
from giamngheo.vietnamese.terms import GAP, UNKNOWN
from giamngheo.vietnamese.text import bare

YEARS = ("năm", "year")  # a column of years is not grouped: 2024, not 2.024


class NotPrintable(ValueError):
    """Something of a cell that the report has no form for; the message says what, and what to do."""


def block(frame: pd.DataFrame, caption: str, unit: str = "", wide: bool = False) -> dict:
    """The block of a frame: its named index and its columns, a line for each row.

    Raises NotPrintable where it has no caption, no column, headings of several levels, or a cell that is
    neither text, number nor date.
    """
    if not caption.strip():
        raise NotPrintable('bảng đưa vào báo cáo phải có tên. Cách sửa: viết report.table(bảng, caption="Tên bảng").')
    if frame.columns.nlevels > 1:
        raise NotPrintable(f"bảng “{caption}” có tiêu đề nhiều tầng. Cách sửa: đặt lại bảng.columns, mỗi cột một tên.")
    shown = with_index(frame)
    if not len(shown.columns):
        raise NotPrintable(f"bảng “{caption}” không có cột nào. Cách sửa: chọn ít nhất một cột.")
    columns = [[text(value, str(name), line) for line, value in enumerate(shown.iloc[:, place], start=1)]
               for place, name in enumerate(shown.columns)]  # fmt: skip
    return {
        "type": "table", "id": f"bang-{bare(caption)}", "caption": caption, "unit": unit,
        "header": [[{"runs": [{"text": str(name)}]} for name in shown.columns]],
        "align": ["right" if any(map(is_number, shown.iloc[:, place])) else "left"
                  for place in range(len(shown.columns))],
        "widths": [], "wide": wide,
        "rows": [[{"runs": [{"text": cell}]} for cell in row] for row in zip(*columns, strict=True)],
        "notes": [[{"text": f"Dấu “{GAP}”: {UNKNOWN}."}]] if any(GAP in column for column in columns) else [],
    }  # fmt: skip


def with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its index as first columns, but for one that only counts the rows.

    >>> with_index(pd.DataFrame({"Hộ": [3]}, index=pd.Index(["A"], name="Thôn"))).columns.tolist()
    ['Thôn', 'Hộ']
    """
    index = frame.index
    if index.nlevels == 1 and index.name is None and pd.api.types.is_integer_dtype(index):
        return frame
    named = [name if name is not None else "" for name in index.names]
    return pd.concat([index.to_frame(index=False).set_axis(named, axis=1), frame.reset_index(drop=True)], axis=1)


def is_number(value: object) -> TypeGuard[Any]:
    return isinstance(value, Real) and not isinstance(value, (bool, np.bool_)) and not pd.isna(value)


def text(value: object, column: str, line: int) -> str:
    """A cell as the report prints it.

    >>> [text(value, "Hộ", 1) for value in (1399, 78.5, None, "Mơ Tôn", dt.date(2024, 3, 5))]
    ['1.399', '78,5', '…', 'Mơ Tôn', '05/3/2024']
    >>> text(2024, "Năm", 1)
    '2024'
    """
    if isinstance(value, str):
        return value
    if value is None or pd.api.types.is_scalar(value) and pd.isna(value):
        return GAP
    if isinstance(value, dt.date):
        month = f"{value.month:02d}" if value.month < 3 else str(value.month)
        return f"{value.day:02d}/{month}/{value.year}"
    if is_number(value) and value not in (float("inf"), float("-inf")):
        is_year = column.casefold().startswith(YEARS) and value == int(value)
        return str(int(value)) if is_year else as_given(Fraction(value.item() if isinstance(value, np.generic) else value))
    kind = type(value).__name__
    raise NotPrintable(
        f"cột “{column}”, dòng {line}: giá trị {str(value)[:40]} (kiểu {kind}) không phải chữ, số hay ngày. "
        'Cách sửa: bỏ cột này, ví dụ report.table(bảng[["cột cần in"]], caption=…), hoặc đổi nó thành chữ.'
    )
