"""A made-up commune's year, as CSV files or as one workbook, with something wrong in it where asked."""

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook

REVIEW = """\
village,households,persons,poor_households,poor_persons,near_poor_households,near_poor_persons,\
average_living_households,average_living_persons,minority_households,minority_persons,\
minority_poor_households,minority_near_poor_households,status,standard
Mơ Tôn,120,500,30,130,20,90,,,100,420,25,15,official,ND07_2021
Đak Giang,1399,5600,40,170,25,110,0,0,70,300,35,20,official,ND07_2021
"""
MOVEMENTS = """\
village,class,measure,start,to_other_class,above_near_poor,other_decrease,from_other_class,relapsed,new,\
other_increase,end
Mơ Tôn,poor,households,33,4,1,0,1,0,1,0,30
Mơ Tôn,near_poor,households,18,1,1,0,4,0,0,0,20
Đak Giang,poor,households,42,3,0,0,0,0,1,0,40
Đak Giang,near_poor,households,22,0,0,0,3,0,0,0,25
"""
BUDGET = """\
project,capital_type,source,vintage,execution_year,planned,disbursed,as_of,model,note
DA2,recurrent,nstw,2022,2023,100000000,90000000,31/12/2023,Nuôi bò,
DA2,recurrent,nsdp_tinh,2022,2023,12000000,,,Nuôi bò,
DA7.1,recurrent,nguoi_dan,2022,2022,5000000,6000000,2022-12-31,,dân góp thêm
"""
MODELS = """\
model,project,village,vintage,founded,start,end,members,poor_members,near_poor_members,other_members,minority_members
Nuôi bò,DA2,Mơ Tôn,2022,28/02/2023,05/2023,31/12/2023,7,4,3,0,7
"""
LAST_REVIEW = """\
village,households,persons,poor_households,poor_persons,near_poor_households,near_poor_persons,\
average_living_households,average_living_persons,minority_households,minority_persons,\
minority_poor_households,minority_near_poor_households,status,standard
Mơ Tôn,118,,33,,18,,,,,,,,official,ND07_2021
Đak Giang,1390,,42,,22,,,,,,,,official,ND07_2021
"""
UNIT, YEAR = "xa-mau", 2022


def write(root: Path, files: dict[str, str | bytes], year: int = YEAR) -> Path:
    """Write the files of a year below `root`; returns the year's folder."""
    folder = root / UNIT / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with each (old, new) replaced; an old part that is not there is an error of the test."""
    for old, new in changes:
        if old not in text:
            raise KeyError(old)
        text = text.replace(old, new, 1)
    return text


def grid(text: str) -> list[list]:
    """A CSV text as the cells an officer would type into Excel: whole numbers as numbers, blanks as None."""
    rows = [line.split(",") for line in text.splitlines()]
    return [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in rows]


def workbook(**sheets: list[list]) -> Workbook:
    """A workbook with a sheet of cells for each table."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook, results: dict[str, str] | None = None) -> bytes:
    """The bytes of a workbook; `results` are the values Excel would have kept beside its formulas.

    Keys are "sheet number!cell", for example "1!B4"; openpyxl itself writes formulas without results.
    """
    plain = io.BytesIO()
    book.save(plain)
    if not results:
        return plain.getvalue()
    calculated = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(calculated, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            for place, result in results.items():
                sheet, _, cell = place.partition("!")
                if item.filename == f"xl/worksheets/sheet{sheet}.xml":
                    wanted = rf'(<c r="{cell}"[^>]*>)(<f>.*?</f>)<v ?/?>(</v>)?'
                    text, times = re.subn(wanted, rf"\g<1>\g<2><v>{result}</v>", content.decode())
                    if not times:
                        raise KeyError(place)
                    content = text.encode()
            if item.filename == "xl/workbook.xml":
                content = content.replace(b' fullCalcOnLoad="1"', b"")  # Excel has worked everything out
            target.writestr(item.filename, content)
    return calculated.getvalue()
