"""Cells as no spreadsheet program writes them, which each program would read in its own way: a cell twice, a number like 1_3.

They are looked for while a workbook's parts are counted (`unpacking`), element by element.
"""

import re
from xml.etree.ElementTree import Element

NUMBER = re.compile(r"\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")
ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
NUMERIC = (None, "n")  # what a cell of numbers says of its type
REMEDY = "mở tệp trong Excel, để Excel sửa, kiểm tra lại ô này rồi lưu"


class Disorder(ValueError):
    """What is wrong with a row or cell, in words."""


class Cells:
    """The rows and cells of one sheet, in the order in which its part has them; raises Disorder for what nobody writes."""

    def __init__(self):
        self.row, self.place = 0, (0, "")

    def begin_row(self, row: Element) -> None:
        before, said = self.row, row.get("r") or ""
        self.row, self.place = (int(said) if said.isdecimal() else before + 1), (0, "")
        if self.row <= before:
            raise Disorder(f"dòng {self.row} có hai lần hoặc đứng sai thứ tự trong tệp")

    def end_cell(self, cell: Element) -> None:
        name = cell.get("r") or ""
        found = ADDRESS.fullmatch(name)
        place = (len(found[1]), found[1]) if found else self.place
        if name and not (found and int(found[2]) == self.row and place > self.place):
            raise Disorder(f"ô {name[:40]} có hai lần hoặc đứng sai thứ tự trong tệp")
        self.place = place
        values = [one for one in cell if one.tag.rpartition("}")[2] in ("v", "is")]
        if len(values) > 1:
            raise Disorder(f"ô {name} có hai giá trị")
        said = (values[0].text or "") if values else ""
        if cell.get("t") in NUMERIC and said.strip() and not NUMBER.fullmatch(said):
            raise Disorder(f"ô {name} ghi là số nhưng giữ “{said[:40]}”")
