"""Decisions and documents that are dated after the report, or after today."""

import datetime as dt

import pytest

from giamngheo import checks, opened
from giamngheo.checks import later

UNIT, YEAR = "xa-mau", 2026
REVIEW = {"households": 100, "poor_households": 10, "near_poor_households": 5}
DECIDED = 'number: "12"\ndate: 15/12/2026\napproved_by:\n  number: 15/QĐ-UBND\n  date: {}\n  issuer: Chủ tịch\n'
MONEY = {"project": "ND1", "capital_type": "recurrent", "source": "nstw", "vintage": 2026, "execution_year": 2026,
         "planned": 5, "disbursed": 5, "as_of": "30/11/2026"}  # fmt: skip
OWN = (
    "kind,code,parent,name,value,unit,within,valid_from,valid_to,decree,article,source,confidence\n"
    "project,ND1,,Nội dung 1,,,,2026-01-01,2030-12-31,Quyết định 12/QĐ-UBND ngày {} của UBND tỉnh,,,\n"
)
LIST = (
    "standard,indicator,number,dimension,name,valid_from,valid_to,issuer,decree\n"
    "ND351_2025,bhyt,1,Y tế,Bảo hiểm y tế,,,Ủy ban nhân dân tỉnh,Quyết định 88/QĐ-UBND ngày {}\n"
)


@pytest.fixture
def year(write_year):
    """A function that writes a year whose report is of 15/12/2026, with every decision of the day it is given."""

    def write(day: str, decided: str = "", dated: bool = True):
        folder = write_year(
            UNIT, YEAR, review=[REVIEW], budget=[MONEY | {"reassigned_by": f"Quyết định 33/QĐ-UBND ngày {day}"}],
            documents=[{"number": "14/KH-UBND", "date": day, "issuer": "UBND xã", "kind": "Kế hoạch", "title": "rà soát", "use": "review"}],
            targets=[{"class": "poor", "reduction": 3, "origin": f"Kế hoạch 14/KH-UBND ngày {day} của UBND xã"}],
        )  # fmt: skip
        office = DECIDED.format(decided or day)
        (folder / "report.yml").write_text(office if dated else office.replace("date: 15/12/2026", 'date: ""'), encoding="utf-8")
        (write_year.root / "programme-local.csv").write_text(OWN.format(day), encoding="utf-8")
        (write_year.root / "indicators-local.csv").write_text(LIST.format(day), encoding="utf-8")
        return opened(UNIT, YEAR)

    return write


PLACES = [
    f'{UNIT}/{YEAR}/report.yml, dòng 5: giá trị "16/12/2026"',
    f'{UNIT}/{YEAR}/documents.csv, dòng 2, cột B (date): giá trị "16/12/2026"',
    f'{UNIT}/{YEAR}/budget.csv, dòng 2, cột J (reassigned_by): giá trị "Quyết định 33/QĐ-UBND ngày 16/12/2026"',
    f'{UNIT}/{YEAR}/targets.csv, dòng 2, cột D (origin): giá trị "Kế hoạch 14/KH-UBND ngày 16/12/2026 của UBND xã"',
    'data/programme-local.csv: giá trị "Nội dung 1: theo Quyết định 12/QĐ-UBND ngày 16/12/2026 của UBND tỉnh"',
    'data/indicators-local.csv: giá trị "do Ủy ban nhân dân tỉnh ban hành tại Quyết định 88/QĐ-UBND ngày 16/12/2026"',
]


def test_a_document_dated_after_the_report_keeps_a_final_back_wherever_it_is_named(year):
    decided_before = "16/12/2026", "14/12/2026"
    said = [str(one) for one in later.findings(year(*decided_before))]
    rule = "văn bản đề ngày 16/12/2026, sau ngày của báo cáo (15/12/2026). Cách sửa: đối chiếu với bản chính rồi sửa ngày."
    assert said == [f"[chỉ lập được DỰ THẢO] {place} — {rule}" for place in PLACES[1:]]
    assert set(later.findings(year(*decided_before))) <= set(checks.findings(year(*decided_before)))


def test_a_document_of_the_day_of_the_report_was_read_and_a_report_without_a_date_says_nothing_of_days(year):
    assert later.findings(year("15/12/2026")) == [] == later.findings(year("16/12/2026", dated=False))


def test_what_is_dated_after_today_is_told_for_information(year):
    this = year("16/12/2026", dated=False)
    said = [str(one) for one in later.not_yet(this, dt.date(2026, 11, 28))]
    rule = "văn bản đề ngày 16/12/2026, sau hôm nay (28/11/2026). Cách sửa: đối chiếu với bản chính rồi sửa ngày."
    assert said == [f"[lưu ý] {place} — {rule}" for place in PLACES]
    assert later.not_yet(this, dt.date(2026, 12, 16)) == []
