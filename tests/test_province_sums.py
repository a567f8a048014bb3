"""What a province prints is what its raw files add up to, added here with nothing but the csv module and whole numbers."""

import csv
import re
from collections import Counter
from fractions import Fraction
from html import unescape

import pytest

from provinces import UNITS, WHOLES, YEAR, root, undisturbed


def rows(table):
    """The lines of a table of every commune, a dictionary each."""
    for unit in UNITS:
        with (root() / unit / str(YEAR) / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def printed():
    """The text of the province's report, a line for each paragraph, point and row of a table, its cells parted by |."""
    page = (undisturbed() / WHOLES[1] / str(YEAR) / "bao-cao.html").read_text("utf-8")
    page = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", page, flags=re.DOTALL)
    lines = re.sub(r"</(?:p|li|tr|h\d|caption)>", "\n", re.sub(r"</t[dh]>\s*", "|", page.replace("\n", " ")))
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in lines.splitlines()]


def dotted(number):
    return f"{number:,}".replace(",", ".")


def percent(part, whole):
    """Half up, by whole numbers."""
    hundredths = Fraction(part * 10_000, whole)
    rounded = (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    return f"{rounded // 100},{rounded % 100:02d}"


def test_the_households_are_those_of_all_villages(printed):
    total = Counter()
    for row in (row for row in rows("review") if row["village"] != "Tổng cộng"):
        total.update({name: int(row[name]) for name in ("households", "poor_households", "near_poor_households")})
    poor, near, all_of_them = total["poor_households"], total["near_poor_households"], total["households"]
    for line in (
        f"Tổng số hộ dân cư: {dotted(all_of_them)} hộ.",
        f"Hộ nghèo: {dotted(poor)} hộ, chiếm {percent(poor, all_of_them)}% tổng số hộ.",
        f"Hộ cận nghèo: {dotted(near)} hộ, chiếm {percent(near, all_of_them)}% tổng số hộ.",
        f"Hộ nghèo đa chiều (hộ nghèo và hộ cận nghèo): {dotted(poor + near)} hộ, chiếm {percent(poor + near, all_of_them)}% tổng số hộ.",
    ):
        assert f"- {line}" in printed


@pytest.mark.parametrize("by", ["project", "source"])
def test_the_money_is_that_of_all_lines(by, printed):
    planned, disbursed = Counter(), Counter()
    for row in rows("budget"):
        planned[row[by]] += int(row["planned"])
        disbursed[row[by]] += int(row["disbursed"])
    whole, spent = sum(planned.values()), sum(disbursed.values())
    assert any(line.startswith("Tổng kế hoạch vốn") and f"{dotted(whole)} đồng" in line for line in printed)
    assert {row["as_of"] for row in rows("budget")} == {f"{YEAR}-12-15"}
    until = f"ngày 15 tháng 12 năm {YEAR}"
    assert f"Giải ngân tính đến {until}: {dotted(spent)} đồng, đạt {percent(spent, whole)}% kế hoạch." in printed
    tables = [line.split("|")[1:4] for line in printed if "|" in line]
    for code, money in planned.items():
        assert [dotted(money), dotted(disbursed[code]), percent(disbursed[code], money)] in tables, code
