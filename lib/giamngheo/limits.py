"""How much of anything is taken from a file, a cell or a command, and why no more.

Every limit is far above what a commune's year needs (a thousand communes were looked at in the made-up provinces) and far
below what would fill a laptop's memory. A message that refuses says which limit it was, how much there was and what to do.
"""

import errno
import os
import stat
from pathlib import Path

REMARK = 2_000  # characters of a remark or a name: half a page, what a cell of a printed list can show
JOBS = 512  # reports at once: twice the processors of the largest machine we heard of
COMMUNES = 20_000  # of a made-up province: Viet Nam had 11,162 of all kinds
VILLAGES = 5_000  # of a commune: the largest have some hundred
FIRST_YEAR, LAST_YEAR = 1990, 2099  # of any poverty standard; of the stamp that every page carries
PLANTED = 1_000_000  # errors in made-up data
TOLD = 100_000  # characters of what another machine says of a report
ADDRESSES = 1_000_000_000  # bytes of addresses that a command may use: the libraries of a report take 600 million
DOCUMENT = 200_000_000  # bytes of a finished file that came by mail: a province of a thousand communes has 20 million
REPORT = 1 << 30  # bytes of all files of a report that another machine sends

# Files of a year. A commune's largest table, a list of 5,000 households in 30 columns, has 1 MB as CSV and some 400,000
# elements of XML as a workbook.
TABLE = 20_000_000  # bytes of a CSV file
ROWS = 200_000  # lines of a table
COLUMNS = 2_000  # cells of a line
TEXT = 1_000_000  # bytes of a narrative file: 300 pages
OFFICE = 65_536  # bytes of unit.yml or report.yml
NESTING = 8  # lists within lists of unit.yml, which needs three
WORKBOOK = 50_000_000  # bytes of an .xlsx file
UNPACKED = 200_000_000  # bytes of all its parts
PARTS = 5_000  # files in it
SHEETS = 100
ELEMENTS = 1_500_000  # cells, rows and formats of all sheets: openpyxl needs 500 bytes for each, twice
MERGED = 200_000  # cells in merged ranges: openpyxl makes each of them
COLUMN_FORMATS = 2_000
DRAWINGS = 200  # pictures, charts and text boxes of a sheet: a page copied from the web brings hundreds
AREA = 5_000_000  # rows with something in them × columns up to the last one with something in it
CELL = 32_767  # characters, as in Excel

# What a cell says. The largest table of a report, a commune's calculations written out, is 1 MB of HTML and blocks.
PRINTED = 1_000_000  # characters that a cell prints
OUTPUT = 20_000_000  # characters of its tables and pictures
TRACEBACK = 200  # lines of an error
CAPTURED = 200_000_000  # bytes that a process may write to one file, its printed lines among them


def year(text: str) -> int:
    """The year that a text says; raises ValueError, in Vietnamese."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"năm phải là số nguyên, ví dụ 2022; nhận được {text!r}")
    if not (len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise ValueError(f"năm phải từ {FIRST_YEAR} đến {LAST_YEAR}, bốn chữ số; nhận được {text!r}")
    return int(text)


def head(path: Path, most: int) -> bytes:
    """A file's bytes, at most one more than `most`: enough to see that there are too many.

    Raises OSError for what is no file: a pipe would be waited for without end.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with path.open("rb") as file:
        return file.read(most + 1)
