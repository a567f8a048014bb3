"""Vietnamese notation, and rounding at the door: half away from zero, once, in one place."""

import ast
import datetime as dt
import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PROJECT
from giamngheo.figures.trace import Figure
from giamngheo.present import UNKNOWN, amount, arithmetic, day, formula, plain, prose
from giamngheo.present.phrases import percent, whole
from giamngheo.vietnamese.numbers import decimals_in, number, read, rounded

AMOUNTS = {
    "thousands have a point": (1399, "persons", "1.399 khẩu"),
    "a rate has two decimals after a comma": (Fraction(242, 1160), "rate", "20,86%"),
    "a whole rate keeps its decimals": (Fraction(1), "rate", "100,00%"),
    "no rate at all is zero, said in full": (Fraction(0), "rate", "0,00%"),
    "money is whole đồng": (148_300_000, "dong", "148.300.000 đồng"),
    "money that does not divide is rounded to đồng": (Fraction(148_300_000, 7), "dong", "21.185.714 đồng"),
    "half a đồng is rounded up": (Fraction(3, 2), "dong", "2 đồng"),
    "households below ten have a leading zero": (3, "households", "03 hộ"),
    "ten households have none": (10, "households", "10 hộ"),
    "no household has none": (0, "households", "0 hộ"),
    "people below ten have a leading zero": (2, "people", "02 người"),
    "villages below ten have a leading zero": (9, "villages", "09 thôn, làng"),
    "posts below ten have a leading zero": (7, "posts", "07 chức danh"),
    "years have none": (3, "years", "3 năm"),
    "persons have none": (5, "persons", "5 khẩu"),
    "points are named in full": (Fraction(169, 10_000), "points", "1,69 điểm phần trăm"),
    "a price names what it is for": (800_000, "dong_per_m3", "800.000 đồng/m³"),
    "a percentage that was given stays whole": (78, "percent", "78%"),
    "a percentage that was given keeps its decimals": (Fraction(785, 10), "percent", "78,5%"),
    "a count that is no whole number is not cut to a fraction": (Fraction(5, 2), "households", "2,5 hộ"),
    "a million households": (1_234_567, "households", "1.234.567 hộ"),
}


@pytest.mark.parametrize(("value", "unit", "printed"), AMOUNTS.values(), ids=AMOUNTS)
def test_amount(value, unit, printed):
    assert amount(value, unit) == printed


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (Fraction(-169, 10_000), "points", "giảm 1,69 điểm phần trăm"),
        (Fraction(31, 10_000), "points", "tăng 0,31 điểm phần trăm"),
        (-20, "households", "giảm 20 hộ"),
        (3, "households", "tăng 03 hộ"),
        (-3, "households", "giảm 03 hộ"),
        (0, "households", "không thay đổi"),
        (None, "households", "chưa có số liệu"),
    ],
)
def test_a_change_says_whether_it_went_up_or_down(value, unit, printed):
    assert prose(Figure("changes.x", "", value, unit, signed=True)) == printed


def test_an_unknown_figure_is_said_to_be_unknown_never_zero():
    assert (prose(Figure("x", "", None, "households")), plain(Figure("x", "", None, "rate"))) == (
        UNKNOWN,
        "…",
    )
    assert UNKNOWN == "chưa có số liệu"


def test_a_figure_that_is_not_exact_says_so():
    assert prose(Figure("x", "", 78, "percent", qualifier="hơn")) == "hơn 78%"


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        (3, "households", "3"),
        (1160, "households", "1.160"),
        (Fraction(242, 1160), "rate", "20,86"),
        (Fraction(-169, 10_000), "points", "-1,69"),
        (-20, "households", "-20"),
    ],
)
def test_a_table_cell_has_the_number_alone(value, unit, printed):
    assert plain(Figure("x", "", value, unit)) == printed


HALVES = {
    "half a hundredth up": (Fraction(57, 20_000), "0,29"),  # 0,285 %
    "half a hundredth down, away from zero": (Fraction(-57, 20_000), "-0,29"),
    "just below the half": (Fraction(57, 20_000) - Fraction(1, 10**12), "0,28"),
    "an even half too": (Fraction(5, 100_000) * 25, "0,13"),  # 0,125 %
    "a half that no float holds": (Fraction(1005, 100_000), "1,01"),  # 1,005 %
    "an odd half": (Fraction(15, 100_000), "0,02"),  # 0,015 %
}


@pytest.mark.parametrize(("share", "printed"), HALVES.values(), ids=HALVES)
def test_exact_halves_go_away_from_zero(share, printed):
    assert percent(share) == printed


@pytest.mark.parametrize(
    ("money", "printed"), [(Fraction(25, 2), "13"), (Fraction(-25, 2), "-13"), (Fraction(1, 2), "1")]
)
def test_half_a_dong_goes_away_from_zero(money, printed):
    assert whole(money) == printed


@given(st.fractions(max_denominator=10**30), st.integers(0, 4))
def test_rounding_is_that_of_excel_for_any_fraction(value, decimals):
    with localcontext(prec=400, rounding=ROUND_DOWN):  # more digits than any half of such a fraction has
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        expected = quotient.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert rounded(value, Fraction(1, 10**decimals)) == Fraction(expected)


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_printed_with_all_its_digits(value):
    assert int(whole(value).replace(".", "")) == value


@given(st.fractions(min_value=-1, max_value=1))
def test_a_printed_rate_is_never_further_than_half_a_hundredth(share):
    printed = Fraction(percent(share).replace(".", "").replace(",", "."))
    assert abs(printed - share * 100) <= Fraction(1, 200)


@given(st.fractions(max_denominator=10**6), st.integers(0, 4))
def test_what_is_written_is_read_back_and_is_the_rounded_value(value, decimals):
    written = number(abs(value), decimals)
    assert read(written) == rounded(abs(value), Fraction(1, 10**decimals))
    assert decimals_in(written) == decimals


DAYS = {
    "day and month below their limits": (dt.date(2023, 2, 8), "ngày 08 tháng 02 năm 2023"),
    "January": (dt.date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
    "March has no zero": (dt.date(2024, 3, 28), "ngày 28 tháng 3 năm 2024"),
    "June has no zero": (dt.date(2023, 6, 29), "ngày 29 tháng 6 năm 2023"),
    "October": (dt.date(2022, 10, 6), "ngày 06 tháng 10 năm 2022"),
}


@pytest.mark.parametrize(("date", "printed"), DAYS.values(), ids=DAYS)
def test_days_are_written_as_decree_30_2020_asks(date, printed):
    assert day(date) == printed


POOR, ALL = Figure("r.poor", "Hộ nghèo", 242, "households"), Figure("r.all", "Tổng số hộ", 1160, "households")
RATE = Figure("r.rate", "Tỷ lệ", Fraction(242, 1160), "rate", "poor / all", (POOR, ALL))
POSTS, VILLAGES = (
    Figure("t.posts", "Chức danh", 7, "posts"),
    Figure("t.villages", "Thôn, làng", 9, "villages"),
)
ARITHMETIC = {
    "a rate from its two counts": (RATE, "242 / 1.160 = 20,86%"),
    "a product": (
        Figure("t.all", "Người", 63, "people", "posts * villages", (POSTS, VILLAGES)),
        "7 × 9 = 63",
    ),
    "a sum from its parts": (Figure("t.all", "Người", 70, "people", parts=(2, 5, 63)), "2 + 5 + 63 = 70"),
    "a change of rates in points": (
        Figure(
            "c.change",
            "",
            Fraction(242, 1160) - Fraction(262, 1162),
            "points",
            "poor / all - before / total",
            (POOR, ALL, Figure("c.before", "", 262, ""), Figure("c.total", "", 1162, "")),
            signed=True,
        ),
        "242 / 1.160 - 262 / 1.162 = -1,69 điểm phần trăm",
    ),
    "a count that was derived says how": (
        Figure("r.all", "", 1160, "", derivation="242 / 20,86%"),
        "242 / 20,86%",
    ),
    "a count that was given needs none": (POOR, ""),
    "what is made of something unknown has none": (
        Figure("r.rate", "", None, "rate", "poor / all", (POOR, Figure("r.all", "", None, ""))),
        "",
    ),
    "a sum with an unknown part has none": (Figure("t.all", "", None, "people", parts=(2, None)), ""),
}


@pytest.mark.parametrize(("figure", "made"), ARITHMETIC.values(), ids=ARITHMETIC)
def test_arithmetic_by_hand(figure, made):
    assert arithmetic(figure) == made


def test_a_formula_in_words():
    assert formula(RATE) == "Hộ nghèo / Tổng số hộ"


# nobody else rounds -------------------------------------------------------------------------------

ROUNDING = {"round", "floor", "ceil", "trunc", "quantize", "format", "format_decimal", "format_percent"}
DATE = re.compile(r"(%[dmYHMS][-/.:TZ ]?)+")
LIBRARY = PROJECT / "lib" / "giamngheo"
# Rooms that print no figure: they measure paper and time, read files, make up data.
NO_FIGURES = ("writers", "intake", "simulate", "vietnamese")
PAPER_AND_TIME = ("batch.py", "shown.py")
WHOLE_NUMBERS_IN_AN_INTERVAL = {"ceil()", "floor()"}


def rounded_or_formatted(code):
    """Calls that round, and numbers formatted by a format specification or by `%`."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in ROUNDING:
                yield f"{name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in ROUNDING - {"format"}:
                yield f"{name}()"
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=parts)):
                spec = "".join(part.value if isinstance(part, ast.Constant) else "…" for part in parts)
                if not DATE.fullmatch(spec) and set(spec) & set(".,%feg"):
                    yield f":{spec}"
            case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()):
                yield "%"


def test_nothing_but_the_notation_rounds_or_formats_a_figure():
    found = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        room, *_ = path.relative_to(LIBRARY).parts
        if room not in NO_FIGURES and path.name not in PAPER_AND_TIME:
            calls = set(rounded_or_formatted(path.read_text(encoding="utf-8")))
            found[path.name] = calls - (WHOLE_NUMBERS_IN_AN_INTERVAL if room == "reconcile" else set())
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_the_search_for_rounding_finds_it():
    code = 'round(x, 2); f"{x:.2f}"; f"{x:,}"; "%.2f" % x; x.quantize(y); f"{day:%d/%m/%Y}"; f"{n:02d}"'
    assert sorted(rounded_or_formatted(code)) == ["%", ":,", ":.2f", "quantize()", "round()"]
