"""Pictures with their alternative text: what a reader would rather look at than read.

One look everywhere: two tones that stay apart in grey (dark = poor, light = near-poor), the numbers
written on the marks, Vietnamese notation. The alternative text is made from the same frame as the marks.
"""

import textwrap
from dataclasses import replace
from fractions import Fraction
from itertools import chain

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter, MaxNLocator

from giamngheo.figures import trace
from giamngheo.figures.poverty import CLASSES, known
from giamngheo.figures.trace import Figure
from giamngheo.present.drawing import (
    BESIDE_NAMES,
    MOST_LEFT,
    TALLEST,
    Pages,
    Picture,
    canvas,
    drawn_bars,
    lay_out,
    look,
    picture,
    widest,
)
from giamngheo.present.phrases import amount, as_given, percent, whole
from giamngheo.present.tables import CLASS_NAMES, MOVEMENT_NAMES
from giamngheo.store.cache import kept
from giamngheo.vietnamese import terms

BACKGROUND = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # keeps a number readable where a line crosses it
MILLION = 1_000_000
LINE_LENGTH = 30  # characters of an axis label
AXIS = 28  # mm of it for the axis below the bars, its label and the legend
MOST_BARS = 28  # villages on one page
MOST_LINES = 8  # of a village's name beside its bar; the table has a longer one in full
VILLAGE_SIZE = 9  # points of a village's name
DARK, LIGHT, LINE = "#1f3f66", "#a9c4de", "#b3261e"
AS_WRITTEN = FuncFormatter(lambda x, _: as_given(x))  # 2,5 and 1.000 on an axis, as everywhere in the report


def labels(rows: pd.DataFrame, table: str, key: str, called: dict[str, str], columns: list[str]) -> tuple[Figure, ...]:
    """The figures that a chart of `rows` has written on it: those of `columns` that are known; none where `rows` lacks what they are made of."""
    if not all(traceable(rows, table, name) for name in columns):
        return ()
    made = trace.figures(rows, table, key, called, columns)
    return tuple(one for row in made.values() for one in row.values() if one.value is not None)


def traceable(rows: pd.DataFrame, table: str, name: str) -> bool:
    """Whether `rows` has a column and all that it is computed from."""
    row = trace.column(table, name)
    operands = trace.operand_names(row["rule"]) if row["required"] == "formula" else ()
    return name in rows and all(traceable(rows, table, one) for one in operands)


def short(name: str) -> str:
    """A name on at most two lines of an axis; the table beside the chart has it in full.

    >>> short("Ngân sách nhà nước hỗ trợ (chưa rõ cấp)")
    'Ngân sách nhà nước hỗ trợ\\n(chưa rõ cấp)'
    """
    return "\n".join(textwrap.wrap(name, LINE_LENGTH, max_lines=2, placeholder="…"))


def in_full(name: str) -> str:
    """A village's name on as many lines as it needs, none wider than there is room for; cut after the last that is drawn.

    >>> in_full("Khu dân cư thủy điện Vĩnh Sơn thuộc nông trường Sơn Lang cũ điểm số 4").splitlines()
    ['Khu dân cư thủy điện Vĩnh Sơn', 'thuộc nông trường Sơn Lang cũ', 'điểm số 4']
    >>> [len(line) for line in in_full("W" * 50).splitlines()]
    [25, 25]
    """
    tried = (textwrap.wrap(name, most) for most in range(LINE_LENGTH, 0, -1))
    lines = next(lines for lines in tried if widest(lines, VILLAGE_SIZE) <= MOST_LEFT - BESIDE_NAMES)
    return "\n".join(lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + "…"])


def on_pages(count: int, most: int) -> list[range]:
    """`count` bars on as few pages as hold `most` each, as evenly as they go.

    >>> on_pages(28, 28), on_pages(40, 28)
    ([range(0, 28)], [range(0, 20), range(20, 40)])
    >>> [len(page) for page in on_pages(80, 28)]
    [26, 27, 27]
    """
    pages = -(-count // most)
    edges = [page * count // pages for page in range(pages + 1)]
    return [range(first, end) for first, end in zip(edges, edges[1:], strict=False)]


def bars(
    rows: pd.DataFrame, *, of: str, value: str, group: str, unit: str, label: str, height: float
) -> tuple[Canvas, Axes]:
    """Horizontal bars of `value` for each `of`, one tone per `group`, each with its number at its end."""
    page, axes = canvas(height)
    groups = rows[group].nunique()
    sns.barplot(
        rows, y=of, x=value, hue=group, palette=[LIGHT, DARK][-groups:], edgecolor="#333333", linewidth=0.6,
        saturation=1, errorbar=None, ax=axes, orient="h", legend=groups > 1,
    )  # fmt: skip
    written = []
    for drawn in drawn_bars(axes):
        counts = [int(bar.get_width()) for bar in drawn]
        written.append([amount(count, unit) if unit == "dong" else whole(count) for count in counts])
        axes.bar_label(drawn, labels=written[-1], padding=3, fontsize=10)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_formatter(AS_WRITTEN)
    if legend := axes.get_legend():
        legend.remove()
    lay_out(page, axes, rows[of], chain(*written), label)
    return page, axes


@kept
def changes(changes: pd.DataFrame, year: int) -> Picture | None:
    """Poor and near-poor households last year and this year; None where a count is not known."""
    rows = changes[changes["class"].isin(CLASSES)]
    if rows.empty:
        return None
    if rows[["households", "households_before"]].isna().any(axis=None):
        return None
    names = [CLASS_NAMES[name] for name in rows["class"]]
    long = pd.DataFrame({
        "name": names * 2,
        "year": [f"Năm {year - 1}"] * len(rows) + [f"Năm {year}"] * len(rows),
        "households": [*rows["households_before"].astype(int), *rows["households"].astype(int)],
    })
    with look():
        page, axes = bars(long, of="name", value="households", group="year", unit="households", label="Số hộ", height=58)
        alt = f"Biểu đồ cột ngang, năm {year - 1} và năm {year}: " + "; ".join(
            f"{name.lower()} {whole(before)} và {whole(now)} hộ"
            for name, before, now in zip(names, rows["households_before"], rows["households"], strict=True)
        )
        shown = labels(rows, "changes", "class", CLASS_NAMES, ["households_before", "households"])
        return picture(page, "h-changes", f"Số hộ nghèo, hộ cận nghèo năm {year - 1} và năm {year}", alt + ".", shown)


@kept
def villages(rates: pd.DataFrame, commune: Fraction | None, year: int, table: str = "review") -> Picture | Pages | None:
    """Poor and near-poor rates of each village, sorted, with the commune's multidimensional rate as a line.

    Villages that one page has no room for stand on the next, on the same scale. `table` is what the figures' names begin with.
    """
    rows = rates[rates["multidimensional_poverty_rate"].notna() & (rates["village"] != "")]
    if len(rows) < 2 or commune is None:
        return None
    rows = rows.sort_values(["multidimensional_poverty_rate", "village"], ascending=[False, True], kind="stable")
    rows = rows.assign(name=[in_full(name) for name in rows["village"]])
    lines = 1 + max(name.count("\n") for name in rows["name"])
    step = 6.2 if lines == 1 else 4 * lines  # mm from bar to bar
    pages = on_pages(len(rows), MOST_BARS if lines <= 2 else int((TALLEST - AXIS) / step))
    step = min(step, (TALLEST - AXIS) / max(map(len, pages)))
    drawn = [
        replace(
            villages_on(page, rows, commune, year, step, number, len(pages)),
            figures=labels(rows.iloc[page.start : page.stop], table, "village", {}, ["multidimensional_poverty_rate"]),
        )
        for number, page in enumerate(pages, 1)
    ]
    return drawn[0] if len(drawn) == 1 else Pages(drawn)


def villages_on(
    page: range, rows: pd.DataFrame, commune: Fraction, year: int, step: float, number: int, pages: int
) -> Picture:
    """One page, the `number`-th of so many, of the villages sorted in `rows`; a bar every `step` mm."""
    whole_rate, highest = percent(commune), float(rows["multidimensional_poverty_rate"].iloc[0] * 100)
    count, rows = len(rows), rows.iloc[page.start : page.stop]
    with look():
        drawing, axes = canvas(AXIS + step * len(rows))
        left = [0.0] * len(rows)
        for column, tone, name in (("poor_rate", DARK, CLASS_NAMES["poor"]), ("near_poor_rate", LIGHT, CLASS_NAMES["near_poor"])):
            widths = [float(rate * 100) for rate in rows[column]]
            axes.barh(range(len(rows)), widths, left=left, color=tone, edgecolor="#333333", linewidth=0.6, label=name)
            left = [a + b for a, b in zip(left, widths, strict=True)]
        written = [percent(rate) for rate in rows["multidimensional_poverty_rate"]]
        axes.bar_label(drawn_bars(axes)[-1], labels=written, padding=3, fontsize=9, bbox=BACKGROUND)
        axes.set_yticks(range(len(rows)), rows["name"], fontsize=VILLAGE_SIZE)
        axes.axvline(float(commune * 100), color=LINE, linestyle="--", linewidth=1.2, label=f"Toàn xã {whole_rate}%")
        axes.invert_yaxis()
        axes.margins(y=0.01)
        if pages > 1:
            axes.set_xlim(0, 1.05 * highest or 1)
            axes.xaxis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 5, 10]))  # however wide the page's axis
        axes.xaxis.set_major_formatter(AS_WRITTEN)
        lay_out(drawing, axes, rows["name"], written, "Tỷ lệ trên tổng số hộ (%)", size=VILLAGE_SIZE)
    first, last = (f"{rows['village'].iloc[place]}: {written[place]}%" for place in (0, -1))
    sorted_from = f"Biểu đồ thanh {count} thôn, làng xếp từ tỷ lệ nghèo đa chiều cao nhất"
    place = f", phần {number}/{pages}: từ thứ {page.start + 1} ({first}) đến thứ {page.stop} ({last})"
    alt = f"{sorted_from}{place}" if pages > 1 else f"{sorted_from} ({first}) đến thấp nhất ({last})"
    caption = f"Tỷ lệ hộ nghèo, hộ cận nghèo theo thôn, làng năm {year}" + f" ({number}/{pages})" * (pages > 1)
    with look():
        own = "h-villages" + f"-{number}" * (number > 1)
        return picture(drawing, own, caption, f"{alt}; toàn xã {whole_rate}%.")


@kept
def deprivations(shares: pd.DataFrame, names: dict[str, str], year: int) -> Picture | None:
    """Deprivation rates of poor against near-poor households: a dot for each class on each indicator's line."""
    rows = shares[shares["share"].notna()]
    if rows.empty:
        return None
    with look():
        names = names | {code: code for code in rows["indicator"] if code not in names}
        page, axes = canvas(110)
        for name, tone, mark in (("near_poor", LIGHT, "s"), ("poor", DARK, "o")):
            of_class = rows[rows["class"] == name].set_index("indicator").reindex(list(names))
            found = of_class[of_class["share"].notna()]
            axes.scatter(
                [float(share * 100) for share in found["share"]], [names[code] for code in found.index],
                s=46, marker=mark, color=tone, edgecolor="#222222", linewidth=0.7, zorder=3, label=CLASS_NAMES[name],
            )  # fmt: skip
        axes.set_yticks(list(names.values()))
        axes.invert_yaxis()
        axes.grid(axis="y", color="#dddddd")
        axes.set(xlim=(-2, None))
        axes.xaxis.set_major_formatter(AS_WRITTEN)
        lay_out(page, axes, names.values(), [], "Tỷ lệ hộ thiếu hụt trong từng loại hộ (%)")
        worst = rows[rows["class"] == "poor"].sort_values("share", ascending=False, kind="stable").head(3)
        alt = f"Biểu đồ điểm {rows['indicator'].nunique()} chỉ số; hộ nghèo thiếu hụt nhiều nhất: " + "; ".join(
            f"{names[row.indicator]} {percent(row.share)}%" for row in worst.itertuples()
        )
        caption = f"Tỷ lệ thiếu hụt các dịch vụ xã hội cơ bản của hộ nghèo, hộ cận nghèo năm {year}"
        called = {f"{group}.{code}": f"{terms.CLASSES[group]}, {name}" for group in CLASSES for code, name in names.items()}
        return picture(page, "h-deprivations", caption, alt + ".", labels(rows, "deprivations", "class indicator", called, ["share"]))


FLOW = (
    ("start", "Đầu kỳ", 1), ("to_other_class", "Chuyển sang loại kia", -1),
    ("above_near_poor", "Vượt chuẩn cận nghèo", -1), ("other_decrease", "Giảm khác", -1),
    ("from_other_class", "Từ loại kia chuyển sang", 1), ("relapsed", "Tái nghèo, tái cận nghèo", 1),
    ("new", "Phát sinh mới", 1), ("other_increase", "Tăng khác", 1), ("end", "Cuối kỳ", 1),
)  # fmt: skip


@kept
def movements(movements: pd.DataFrame, name: str, year: int) -> Picture | None:
    """One class's movements of households as steps from the opening to the closing count."""
    rows = movements[(movements["class"] == name) & (movements["measure"] == "households")]
    if rows.empty or rows[[column for column, _, _ in FLOW]].isna().any(axis=None):
        return None
    row = rows.iloc[0]
    with look():
        page, axes = canvas(66)
        level, written = 0, []
        for place, (column, _, sign) in enumerate(FLOW):
            size, is_end = int(row[column]), column in ("start", "end")
            begin = 0 if is_end else level - (size if sign < 0 else 0)
            axes.barh(place, size, left=begin, color=DARK if is_end else LIGHT, edgecolor="#333333", linewidth=0.6,
                      hatch="///" if sign < 0 else None)  # fmt: skip
            written.append(f"{'+' if sign > 0 else '-'}{whole(size)}" if size and not is_end else whole(size))
            axes.annotate(written[-1], (begin + size, place), (3, 0), textcoords="offset points", va="center", fontsize=10)
            level = size if is_end else level + sign * size
        axes.set_yticks(range(len(FLOW)), [label for _, label, _ in FLOW])
        axes.invert_yaxis()
        axes.xaxis.set_major_formatter(AS_WRITTEN)
        axes.set_xlim(0, 1.04 * max(one.get_x() + one.get_width() for group in drawn_bars(axes) for one in group) or 1)
        lay_out(page, axes, [label for _, label, _ in FLOW], written, "Số hộ")
        parts = "; ".join(f"{label} {whole(int(row[column]))}" for column, label, _ in FLOW)
        title = terms.CLASSES[name]
        alt = f"Biểu đồ bậc thang {title}: {parts} hộ."
        shown = labels(rows, "movements", "class measure", MOVEMENT_NAMES, [column for column, _, _ in FLOW])
        return picture(page, f"h-movements-{name}", f"Diễn biến {title} năm {year}", alt, shown)


@kept
def money(rows: pd.DataFrame, id: str, caption: str) -> Picture | None:
    """Planned against disbursed money for each row's `name`, most planned first, in million đồng; disbursed only where known."""
    rows = rows[rows["planned"].notna()].sort_values("planned", ascending=False, kind="stable")
    if rows.empty:
        return None
    with look():
        groups = [("planned", "Kế hoạch")] + ([("disbursed", "Giải ngân")] if rows["disbursed"].notna().any() else [])
        long = pd.concat(
            pd.DataFrame({"name": rows["name"].map(short), "group": label, "dong": rows[column].astype("Float64")})
            for column, label in groups
        ).dropna().astype({"dong": float}).reset_index(drop=True)
        millions = long["dong"].max() >= MILLION
        unit, height = ("triệu " if millions else "") + terms.UNITS["dong"], 34 + 12 * len(rows)
        page, axes = bars(long, of="name", value="dong", group="group", unit="dong", label=terms.capital(unit), height=height)
        if millions:
            axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: as_given(x / MILLION)))
        alt = "Biểu đồ cột ngang số vốn: " + "; ".join(
            f"{row.name}: " + ", ".join(
                f"{label.lower()} {amount(getattr(row, column), 'dong')}"
                for column, label in groups if known(getattr(row, column))
            )
            for row in rows.itertuples(index=False)
        )
        key = next((name for name in ("source", "project") if name in rows), "")
        called = dict(zip(rows[key], rows["name"], strict=True)) if key else {}
        shown = labels(rows, "budget", key, called, [column for column, _ in groups]) if key else ()
        return picture(page, id, caption, alt + ".", shown)
