"""Sections of the report that follow a table of the year: results, board, models, training, targets, annexes."""

from dataclasses import replace

import pandas as pd

from giamngheo import present
from giamngheo.checks import placeholders
from giamngheo.figures import budget, poverty, results, trace
from giamngheo.figures.trace import Figure
from giamngheo.intake import office
from giamngheo.intake.unit import Year
from giamngheo.law.dated import Law
from giamngheo.present.tables import Cell
from giamngheo.report import forms
from giamngheo.report.annex_rows import in_words
from giamngheo.report.former_units import last_year_by_unit
from giamngheo.report.names import Names
from giamngheo.report.passages import Named, annex, items, parts, plain_items, plain_paragraph, sentence, stated, table
from giamngheo.report.passages import figure as drawn
from giamngheo.report.standing import approved, indicator_list
from giamngheo.report.stored import Passage
from giamngheo.report.two_standards import announced, first_of_two, objects
from giamngheo.vietnamese.terms import CLASSES, UNITS, capital
from giamngheo.vietnamese.text import appended


def available(figures: Named) -> Names:
    """The names that sentences and narrative may use, with what they print."""
    header = [[{"text": text} for text in ("Tên", "Số liệu", "In ra")]]
    rows: list[list[Cell]] = [[f"{{{name}}}", label, said] for name, label, said in placeholders.listed(figures)]
    sources = [getattr(figure, "sources", "") for figure in figures.values()]
    return Names("names", "Tên các số liệu", header, rows, sources, figures_and_words=figures)


def called(rows: pd.DataFrame) -> dict[str, str]:
    """The word that a sentence puts behind “rà soát” where the result, or one of several, is not official yet.

    >>> called(pd.DataFrame({"status": ["official", "preliminary"]})), called(pd.DataFrame({"status": ["official"]}))
    ({'preliminary': ' sơ bộ'}, {'preliminary': ''})
    """
    return {"preliminary": f" {results.STATUS_NAMES['preliminary']}" * bool((rows["status"] == "preliminary").any())}


def result(rows: pd.DataFrame, *following: Passage, standard: str = "") -> Passage:
    """Passages about a result: the names of their tables and pictures, and the words that stand for a picture, say where
    it, or one of several, is not official yet, and under which `standard` it is (`under`).
    """
    made, more = parts(*following), standard + present.early(rows)
    said = [{name: appended(own[name], more) for name in ("caption", "alt") if name in own} for own in made.blocks]
    return replace(made, blocks=[own | new for own, new in zip(made.blocks, said, strict=True)])


SECOND = [
    "households", "poor_households", "poor_rate", "near_poor_households", "near_poor_rate",
    "multidimensionally_poor_households", "multidimensional_poverty_rate",
]  # fmt: skip


def main_result(this: Year, row: pd.DataFrame, counted: list[str], figures: Named) -> Passage:
    """The year's result in the sentences `counted`: under which standard, its counts, what was derived, who approved it;
    where last year's is the sum of former units, of which.
    """
    return parts(
        first_of_two(this, row, called(row)["preliminary"]),
        items([*counted, *objects(this, row)], figures),
        inferred(row, "review"),
        approved(this),
        indicator_list(this, row),
        last_year_by_unit(this, row, figures),
    )


def second_result(this: Year, counted: list[str], compared: list[str], figures: Named) -> Passage:
    """The other result of a year that is reviewed under two standards, whole and by itself; nothing in a year with one.

    It is said in the sentences of the main result, with its own figures, `other_review.…`; it is compared with last
    year's result under its own standard alone.
    """
    row = results.second(this)
    if row is None:
        return Passage([])
    standard, comparison, villages = results.under(this, row), results.comparison(this, row), results.reviewed(this, row)
    own = trace.named(
        trace.figures(poverty.rates(row).assign(group_name=standard.strip()), "other_review"),
        trace.figures(comparison.changes, "changes", "class", present.CLASS_NAMES, called="other_changes"),
    )
    words: Named = {**figures, "standard": standard, **own}
    lines = [line.replace("{review.", "{other_review.") for line in (*counted, *objects(this, row))]
    without = f"Chưa có kết quả năm {this.year - 1}{standard}{results.missing(this, row)} để so sánh."
    changed = [line.replace("{changes.", "{other_changes.") for line in compared]
    by_village = poverty.rates(villages).assign(group_name=standard.strip())
    whole = poverty.rates(row)["multidimensional_poverty_rate"].item()
    shown = present.table(
        by_village, "other_review", SECOND, key="village", first=capital(UNITS["villages"]), id="second-result",
        caption="Kết quả rà soát theo thôn, làng",
    )  # fmt: skip
    return parts(
        announced(this, row, called(row)["preliminary"]),
        items(lines, words),
        inferred(row, "other_review"),
        approved(this, office.DECISIONS[1]),
        Passage([]) if comparison.refusal else last_year_by_unit(this, row, words, "other_former"),
        items([without] if comparison.refusal else changed, words),
        result(row, table(shown), drawn(present.charts.villages(by_village, whole, this.year, "other_review")), standard=standard),
        indicator_list(this, row),
        result(row, *lacking(this, row, standard), standard=standard),
        plain_paragraph("Hai kết quả theo hai chuẩn nghèo khác nhau: không cộng, không trừ cho nhau."),
    )


def lacking(this: Year, row: pd.DataFrame, standard: str) -> list[Passage]:
    """What the households of the other result lack, by the list of its own standard; nothing where nobody counted it."""
    counted = results.rows(this, "deprivations", row)
    if counted.empty:
        return []
    shares = poverty.shares(counted, "deprivations", "indicator", row).assign(group_name=standard.strip())
    return [table(present.by_class(
        shares, "deprivations", "indicator", this.law.indicators(row["standard"].item()), first="Chỉ số", called="other_deprivations",
        caption="Thiếu hụt dịch vụ xã hội cơ bản của hộ nghèo, hộ cận nghèo",
    ))]  # fmt: skip


def reassigned(lines: pd.DataFrame) -> Passage:
    """Budget lines of capital that was assigned anew after a merger, by decision; nothing where there is none."""
    own = lines[lines["reassigned_by"] != ""]
    if own.empty:
        return Passage([])
    return table(present.table(
        budget.breakdown(own, ["reassigned_by"]), "budget", ["planned", "disbursed", "disbursement_rate"],
        key="reassigned_by", first="Quyết định giao lại", id="reassigned", caption="Vốn giao lại sau sáp nhập",
        unit="Đơn vị tính: đồng",
    ))  # fmt: skip


def board(rows: pd.DataFrame) -> Passage:
    """The management board by role; positions, never names."""
    if rows.empty:
        return sentence(f"Thành phần Ban quản lý: {present.UNKNOWN}.", {})
    roles = rows.groupby("role", sort=False)["position"].agg("; ".join)
    return plain_items(f"{role}: {positions}." for role, positions in roles.items())


def inferred(row: pd.DataFrame, name: str) -> Passage:
    """A note for each figure that was not given: how it follows from printed figures."""
    notes = Passage([])
    for figure in trace.figures(row, name)[""].values():
        if figure.derivation:
            said = f"Ghi chú: {figure.label.lower()} {{{figure.name}}} là số suy ra: {figure.derivation}."
            notes += sentence(said, {figure.name: figure}, "note")
    return notes


def before_figures(comparison: results.Comparison) -> dict[str, dict[str, Figure]]:
    """Last year's figures by the names `before.…`; none where last year is not known."""
    if comparison.before is None:
        return {}
    return trace.figures(poverty.rates(comparison.before), "review", called="before")


def before(comparison: results.Comparison, law: Law) -> list[str]:
    """Last year's result by itself, where it stands beside this year's but must not be subtracted from it."""
    if comparison.before is None:
        return []
    standard = law.standard_names()[comparison.before["standard"].item()]
    word = called(comparison.before)["preliminary"]
    return [
        f"Kết quả{word} năm {{last_year}} ({standard}): hộ nghèo {{before.poor_households}}, {{before.poor_rate}}; "
        "hộ cận nghèo {before.near_poor_households}, {before.near_poor_rate}."
    ]


def apart(changes: pd.DataFrame) -> tuple[str, ...]:
    """A note where the printed change of a rate is not the difference of the two printed rates, by class."""
    rows = zip(changes["class"], changes["rate_before"], changes["rate"], strict=True)
    found = [present.CLASS_NAMES[name] for name, before, now in rows if poverty.known(before) and poverty.known(now) and present.apart(before, now)]
    return (f"{present.ABOUT_APART.removeprefix('(*) ')[:-1]}: {', '.join(found).lower()}.",) if found else ()


def doubts(this: Year) -> Passage:
    """A note for each printed figure that is in doubt, with the reason the data give."""
    claims = results.claims(this)
    doubted = claims[claims["doubt"] != ""]
    places = [in_words(file.removeprefix(f"{this.unit}/")) for file in doubted["file"]]
    notes = [
        f"Ghi chú: số đã in “{row.printed}” (bảng {place}, dòng {row.line}) đang có nghi vấn: {row.doubt}."
        for place, row in zip(places, doubted.itertuples(), strict=True)
    ]
    return Passage([{"type": "paragraph", "style": "note", "runs": [{"text": note}]} for note in notes])


MODEL = (
    "Số hộ tham gia: {models.N.members}, trong đó {models.N.poor_members} nghèo, {models.N.near_poor_members} "
    "cận nghèo; hộ nghèo, hộ cận nghèo chiếm {models.N.target_share}, hộ dân tộc thiểu số chiếm "
    "{models.N.minority_share}.",
    "Tổng kinh phí: {models.N.cost}, gồm ngân sách hỗ trợ {models.N.supported} ({models.N.support_share}) và nhân dân "
    "đối ứng {models.N.contributed} ({models.N.contribution_share}); bình quân {models.N.cost_per_household} một hộ "
    "tham gia.",
    "Lợi nhuận dự kiến: {models.N.expected_profit} sau {models.N.expected_years}, bình quân "
    "{models.N.profit_per_year} một năm.",
)
CARRIED = "Trong tổng kinh phí, vốn các năm trước chuyển sang thực hiện trong năm: {models.N.carried}."
IN_PART = "Ngân sách hỗ trợ: {models.N.supported}; nhân dân đối ứng: {models.N.contributed}."
NO_COST = f"Tổng kinh phí: {present.UNKNOWN}."
NO_PROFIT = f"Lợi nhuận dự kiến: {present.UNKNOWN}."


def models(rows: pd.DataFrame, figures: Named) -> Passage:
    """Each livelihood model: who takes part, what it costs, when it runs."""
    if rows.empty:
        return sentence(f"Mô hình sinh kế: {present.UNKNOWN}.", {})
    passage = Passage([])
    for row in rows.itertuples():
        founded = "" if pd.isna(row.founded) else f", thành lập {present.day(row.founded)}"
        until = "" if pd.isna(row.end) else f" đến {present.day(row.end)}"
        begun = "" if pd.isna(row.start) else f", thực hiện từ tháng {row.start:%m/%Y}{until}"
        vintage = "" if pd.isna(row.vintage) else f" (nguồn vốn năm {row.vintage})"
        title = {"type": "paragraph", "style": "body", "runs": [{"text": f"{row.model}{vintage}{founded}{begun}."}]}
        members, _, profit = MODEL
        profit = NO_PROFIT if pd.isna(row.expected_profit) and pd.isna(row.expected_years) else profit
        lines = [line.replace(".N.", f".{row.number}.") for line in (members, *cost_of(row), profit)]
        passage += Passage([title]) + items(lines, figures)
    return passage


def cost_of(row) -> list[str]:
    """What a model costs, in lines: all of it, and what of the money of earlier years is still to be spent.

    Where not all of it is known, the part that is, and once that the rest is not.
    """
    if not pd.isna(row.cost):
        return [MODEL[1]] + [CARRIED] * (not pd.isna(row.carried))
    return [NO_COST if pd.isna(row.supported) and pd.isna(row.contributed) else IN_PART]


SET = {
    "reduction": "{name}{standard}: chỉ tiêu giảm {targets.CLASS.reduction}, thực hiện: {changes.CLASS.change_households}",
    "rate_reduction": "Tỷ lệ {named}{standard}: chỉ tiêu giảm {targets.CLASS.rate_reduction}, thực hiện: {changes.CLASS.change_rate}",
}
OF_PLAN = {"reduction": ", đạt {targets.CLASS.reached} kế hoạch", "rate_reduction": ", đạt {targets.CLASS.rate_reached} kế hoạch"}


def targets(rows: pd.DataFrame, comparison: results.Comparison, figures: Named) -> Passage:
    """What was set for the year and what was reached of it, a line for each; nothing where nothing was set."""
    shares = {"reduction": "reached", "rate_reduction": "rate_reached"}
    said = []
    for row in trace.records(rows):
        name = CLASSES[row["class"]]
        for column in (column for column in SET if not pd.isna(row[column])):
            reached = not pd.isna(row[shares[column]])
            line = SET[column] + OF_PLAN[column] * reached if not comparison.refusal else SET[column].partition(",")[0]
            said.append((line + ".").replace("CLASS", row["class"]).replace("{named}", name).replace("{name}", capital(name)))
    return items(said, {"standard": "", **figures}) if said else Passage([])


def training(rows: pd.DataFrame, figures: Named) -> Passage:
    """Who was trained: the total, then each group, posts × villages where it is counted that way."""
    passage = stated("Tập huấn", "Tổng số người tham gia tập huấn: {training.participants}.", figures)
    for row in rows.itertuples():
        made = " ({training.N.posts} × {training.N.villages})" if not pd.isna(row.expected) else ""
        group = {"text": f"{row.group}: "}
        counted = items([("{training.N.participants}" + made + ".").replace(".N.", f".{row.number}.")], figures)
        passage += Passage([{"type": "list", "items": [[group, *counted.blocks[0]["items"][0]]]}], counted.figures)
    return passage


def annexes(this: Year, figures: Named) -> Passage:
    """The result tables of the official forms, as far as the data reach."""
    tables = forms.tables(this)
    missing = [title for title in forms.titles(this) if title not in {shown.caption for shown in tables}]
    note = f"Các biểu chưa có số liệu: {'; '.join(title.lower() for title in missing)}."
    commune = results.of(this)
    head = annex("CÁC BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT" + called(commune)["preliminary"].upper(), figures) + (
        sentence(note, {}, "note") if missing else Passage([])
    )
    second = results.second(this)
    shown = [] if second is None else [table(one) for _, one in forms.of_second(this)]
    other = Passage([]) if second is None else result(second, *shown, standard=results.under(this, second))
    return head + result(commune, *map(table, tables), standard=results.under(this, commune)) + other
