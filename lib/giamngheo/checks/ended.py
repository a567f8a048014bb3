"""A year of a unit that is no more at its end: the map says into which units it was merged."""

from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.intake.unit import Year
from giamngheo.law.validity import year_end


def findings(this: Year) -> Iterator[Finding]:
    if now := this.law.ended(this.unit, year_end(this.year)):
        listed = "; ".join(f"{row['name']}: giamngheo new-unit --unit {row['unit']} --year {this.year}" for row in now)
        rule = f"đơn vị này không còn vào ngày 31/12/{this.year}, đã nhập vào {', '.join(row['name'] for row in now)}"
        remedy = f"mở năm cho đơn vị mới ({listed}), hoặc sửa units.csv nếu bản đồ sai"
        yield Finding(this.place, rule, remedy, level="draft")
