"""Pictures: none where nothing is known, the same bytes every time, alternative text made of the data."""

import re
import struct
from fractions import Fraction
from html import unescape

import pandas as pd
import pytest
from matplotlib import font_manager
from matplotlib.textpath import text_to_path

from conftest import PROJECT, frame
from giamngheo.figures import budget, poverty
from giamngheo.present import charts, drawing
from giamngheo.writers import raster

OFFICIAL = {"status": "official", "standard": "ND07_2021"}
NAMES = {"water": "Nguồn nước", "toilet": "Nhà tiêu", "housing": "Nhà ở"}


def changes_of(after, before):
    years = (frame("review", OFFICIAL | after), frame("review", OFFICIAL | before))
    return charts.changes(poverty.changes(*years), 2022)


def changes():
    return changes_of(
        {"households": 2160, "poor_households": 242, "near_poor_households": 1324},
        {"households": 1162, "poor_households": 262, "near_poor_households": 321},
    )


def villages(whole=Fraction(1, 4), **last):
    rows = [
        {"village": "Mơ Tôn", "households": 120, "poor_households": 30, "near_poor_households": 20},
        {"village": "Đak Giang", "households": 80, "poor_households": 4, "near_poor_households": 8},
        {"village": "Kông <Bờ> La", "households": 60, "poor_households": 30, "near_poor_households": 15}
        | last,
    ]
    return charts.villages(poverty.rates(frame("review", *rows)), whole, 2022)


def deprivations(names=NAMES, counts=(90, 121, 12)):
    rows = [
        {"class": name, "indicator": indicator, "households": count}
        for name in ("poor", "near_poor")
        for indicator, count in zip(NAMES, counts, strict=True)
    ]
    review = frame("review", {"poor_households": 242, "near_poor_households": 324})
    shares = poverty.shares(frame("deprivations", *rows), "deprivations", "indicator", review)
    return charts.deprivations(shares, names, 2022)


STEPS = {
    "start": 262,
    "to_other_class": 21,
    "above_near_poor": 13,
    "other_decrease": 2,
    "from_other_class": 6,
    "relapsed": 3,
    "new": 5,
    "other_increase": 2,
    "end": 242,
}


def movements(**changed):
    rows = frame("movements", {"class": "poor", "measure": "households"} | STEPS | changed)
    return charts.movements(poverty.movements(rows), "poor", 2022)


def money(planned=148_300_000, disbursed=100_000_000):
    lines = frame(
        "budget",
        {"source": "nstw", "planned": planned, "disbursed": disbursed},
        {"source": "dan", "planned": 48_300_000},
    )
    rows = budget.breakdown(lines, ["source"]).assign(name=["Ngân sách trung ương", "Người dân"])
    return charts.money(rows, "h-sources", "Vốn theo nguồn")


PICTURES = {
    "changes": (changes, ["2021", "2022", "262", "242", "321", "1.324"]),
    "villages": (villages, ["3 thôn, làng", "Kông <Bờ> La: 75,00%", "Đak Giang: 15,00%", "toàn xã 25,00%"]),
    "deprivations": (deprivations, ["3 chỉ số", "Nhà tiêu 50,00%", "Nguồn nước 37,19%", "Nhà ở 4,96%"]),
    "movements": (movements, ["262", "21", "13", "6", "3", "5", "2", "242"]),
    "money": (money, ["148.300.000 đồng", "100.000.000 đồng", "48.300.000 đồng", "Người dân"]),
}


@pytest.fixture(scope="module", params=PICTURES)
def picture(request):
    """Each picture, drawn twice, with the words that its alternative text must have."""
    draw, words = PICTURES[request.param]
    return draw(), draw(), words


def test_the_alternative_text_is_made_of_the_data(picture):
    drawn, _, words = picture
    assert [word for word in words if word not in drawn.alt] == []
    assert drawn.alt.endswith(".")


def test_a_picture_drawn_again_has_the_same_bytes(picture):
    once, again, _ = picture
    assert once == again


def test_a_picture_asks_for_nothing_outside_itself(picture):
    svg = picture[0].svg
    allowed = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    declared = {"http://purl.org/dc/elements/1.1/", "http://creativecommons.org/ns#"}
    declared |= {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/dc/dcmitype/StillImage"}
    addresses = set(re.findall(r"https?://[^\"'<> ]+", svg)) - allowed - declared
    assert addresses == {"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"}
    assert [
        link
        for link in re.findall(r"href=\"([^\"]*)\"|url\(([^)]*)\)", svg)
        if not "".join(link).startswith("#")
    ] == []


def test_every_letter_stays_a_letter_in_the_typeface_of_the_text(picture):
    families = set(re.findall(r"font-family: ([^;\"]*)", picture[0].svg))
    assert families == {"'Times New Roman', 'Liberation Serif', serif"}
    assert picture[0].svg.count("<text") == len(re.findall(r">[^<>\n]+</text>", picture[0].svg)) > 5


def test_text_is_as_wide_as_matplotlib_measures_it(picture):
    prop = font_manager.FontProperties(family="Liberation Serif", size=11)
    for text in re.findall(r">([^<>\n]+)</text>", picture[0].svg):
        measured = text_to_path.get_text_width_height_descent(unescape(text), prop, ismath=False)[0]
        assert drawing.breadth(unescape(text)) * 11 == pytest.approx(measured, rel=0.03, abs=0.5)
    assert font_manager.findfont("Liberation Serif").startswith(
        str(PROJECT / "lib" / "giamngheo" / "writers" / "fonts")
    )


def test_the_png_is_the_same_picture_at_200_dots_an_inch(picture):
    drawn = picture[0]
    width, height = struct.unpack(">II", raster.pngs([(drawn.svg, drawn.width_mm)])[0][16:24])
    tall = float(re.search(r"<svg [^>]*?height=\"([\d.]+)pt\"", drawn.svg)[1])
    assert abs(width - drawn.width_mm / 25.4 * 200) <= 1
    assert abs(height - tall / 72 * 200) <= 1


def few_households():
    before = {"households": 10, "poor_households": 1, "near_poor_households": 2}
    after = {"households": 10, "poor_households": 2, "near_poor_households": 1}
    return changes_of(after, before)


def little_money():
    rows = budget.breakdown(frame("budget", {"source": "nstw", "planned": 1_500_000}), ["source"])
    return charts.money(rows.assign(name="Ngân sách trung ương"), "h-sources", "Vốn theo nguồn")


@pytest.mark.parametrize("draw", [changes, few_households, little_money], ids=lambda draw: draw.__name__)
def test_no_two_ticks_of_an_axis_are_written_with_the_same_number(draw):
    ticks = re.findall(r"<g id=\"xtick_\d+\">.*?>(\S+)</text>", draw().svg, re.DOTALL)
    assert len(set(ticks)) == len(ticks) > 1


def test_each_bar_has_its_own_number_also_where_another_ones_is_not_known():
    lines = frame(
        "budget", {"source": "nstw", "planned": 100}, {"source": "dan", "planned": 50, "disbursed": 30}
    )
    rows = budget.breakdown(lines, ["source"]).assign(name=["Ngân sách", "Người dân"])
    written = re.findall(r">(\d+) đồng</text>", charts.money(rows, "h-sources", "Vốn theo nguồn").svg)
    assert sorted(written) == ["100", "30", "50"]


def test_the_most_money_is_drawn_first_whatever_its_code():
    lines = frame("budget", {"source": "a", "planned": 5}, {"source": "b", "planned": 100}, {"source": "c", "planned": 30})
    rows = budget.breakdown(lines, ["source"]).assign(name=["Ngân sách xã", "Ngân sách trung ương", "Người dân"])
    assert charts.money(rows, "h-sources", "Vốn theo nguồn").alt == (
        "Biểu đồ cột ngang số vốn: Ngân sách trung ương: kế hoạch 100 đồng; Người dân: kế hoạch 30 đồng; Ngân sách xã: kế hoạch 5 đồng."
    )


@pytest.mark.parametrize("letter", ["W", "💧", "ế"])
def test_names_and_numbers_however_wide_leave_room_for_bars(letter):
    rows = budget.breakdown(frame("budget", {"source": "nstw", "planned": 999_999_999_999_999}), ["source"])
    drawn = charts.money(rows.assign(name=letter * 60), "h-sources", "Vốn theo nguồn")
    axis = re.search(r"<g id=\"patch_2\">\s*<path d=\"M ([\d.]+) [\d.]+ \nL ([\d.]+)", drawn.svg)
    assert float(axis[2]) - float(axis[1]) > 20 / 25.4 * 72


def test_a_name_with_angle_brackets_stays_a_name():
    page = villages()._repr_html_()
    assert "Kông &lt;Bờ&gt; La" in page
    assert "<Bờ>" not in page


NOTHING_TO_DRAW = {
    "last year's count is not known": lambda: changes_of(
        {"households": 9, "poor_households": 1, "near_poor_households": 1},
        {"households": 9, "poor_households": 1},
    ),
    "there is no last year": lambda: charts.changes(pd.DataFrame({"class": []}), 2022),
    "the commune's rate is not known": lambda: villages(whole=None),
    "one row for the whole commune": lambda: charts.villages(
        poverty.rates(frame("review", {"households": 9, "poor_households": 1, "near_poor_households": 1})),
        None,
        2022,
    ),
    "no deprivation was counted": lambda: deprivations(counts=(None, None, None)),
    "one step of the movements is blank": lambda: movements(relapsed=None),
    "no movements of this class": lambda: charts.movements(
        poverty.movements(frame("movements", {"class": "near_poor", "measure": "households"} | STEPS)),
        "poor",
        2022,
    ),
    "no money was planned": lambda: charts.money(
        budget.breakdown(frame("budget"), ["source"]).assign(name=""), "h-sources", ""
    ),
}


@pytest.mark.parametrize("draw", NOTHING_TO_DRAW.values(), ids=NOTHING_TO_DRAW)
def test_nothing_is_drawn_where(draw):
    assert draw() is None


def test_money_that_nobody_reported_as_paid_out_is_not_drawn_as_zero():
    assert "giải ngân" not in money(disbursed=None).alt


def test_a_village_whose_rate_is_not_known_is_not_drawn_as_zero():
    assert "Kông <Bờ> La" not in villages(poor_households=None).alt


def test_an_indicator_whose_name_is_not_confirmed_is_called_by_its_code():
    assert "housing" in deprivations(names={"water": "Nguồn nước", "toilet": "Nhà tiêu"}).alt
