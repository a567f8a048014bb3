"""Poverty in the yearly household review: rates, changes, movements, deprivations, groups, causes.

Counts are households or persons, whole and nullable: a blank is not known, and a sum with an unknown
part is not known. Rates are exact shares (`fractions.Fraction`) in [0, 1]; only `present` rounds them.
Every frame keeps a column `found_at`: the file and the lines its counts stand in.
"""

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

from giamngheo.figures.trace import join_sources
from giamngheo.law import dictionary

CLASSES = ("poor", "near_poor")
OTHER_CLASS = {"poor": "near_poor", "near_poor": "poor"}


class NotComparable(ValueError):
    """Two results that must not be subtracted; the message is a sentence for the report, with the standards' codes."""

    def __init__(self, sentence: str, *standards: str):
        super().__init__(sentence.format(*standards))
        self.sentence, self.standards = sentence, standards

    def named(self, names: Mapping[str, str]) -> str:
        """The sentence with the official names of the standards."""
        return self.sentence.format(*(names[standard] for standard in self.standards))


def known(value: object) -> bool:
    return value is not None and not pd.isna(value)


def ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    """`part / whole`, exact, row by row; not known where either count is not known or the whole is 0.

    >>> ratio(pd.Series([242], dtype="Int64"), pd.Series([1160], dtype="Int64")).item()
    Fraction(121, 580)
    """
    exact = [
        Fraction(int(p), int(w)) if known(p) and known(w) and w else None
        for p, w in zip(part, whole, strict=True)
    ]
    return pd.Series(exact, index=part.index)


def counts(table: str, frame: pd.DataFrame) -> list[str]:
    """The columns of `frame` that the dictionary calls whole numbers of households, persons or đồng."""
    described = dictionary.columns()
    return [name for name in frame if described.get((table, name), {}).get("type") in ("count", "money")]


def add(frame: pd.DataFrame, table: str, by: list[str]) -> pd.DataFrame:
    """Counts of `frame` added up for each group in `by` ([] = one row for all).

    Counts are added before anything is divided; a group with an unknown count has an unknown sum, and so
    has no row at all: nothing is known, which is not 0.
    Adds `parts` ({column: what was added}) and joins `found_at`, and the cells of each column where they are known (`cells_at`).

    >>> two = pd.DataFrame({"village": ["A", "B"], "households": pd.array([200, None], "Int64"),
    ...                     "poor_households": pd.array([30, 5], "Int64"), "found_at": ["r.csv:2", "r.csv:3"]})
    >>> one = add(two, "review", [])
    >>> one["households"].item(), int(one["poor_households"].item()), one["found_at"].item()
    (<NA>, 35, 'r.csv:2-3')
    """
    lines = lines_by_group(frame, by)
    cells = {column: frame[column].array.tolist() for column in counts(table, frame)}
    parts = [{column: tuple(all_of[line] for line in own) for column, all_of in cells.items()} for own in lines.values()]
    sums = {column: pd.array([summed(added[column]) for added in parts], dtype="Int64") for column in cells}
    keys = {name: pd.array([key[place] for key in lines], dtype=frame[name].dtype) for place, name in enumerate(by)}
    found_at = list(frame["found_at"])
    places = [join_sources(found_at[line] for line in own) for own in lines.values()]
    added = pd.DataFrame(keys | sums | {"parts": parts, "found_at": places})
    if "cells_at" not in frame:
        return added
    # of lines of several files not every one tells its cells: of one that does not, the line itself
    told = [own if isinstance(own, dict) else dict.fromkeys(cells, at) for own, at in zip(frame["cells_at"], found_at, strict=True)]
    return added.assign(cells_at=[
        {name: join_sources(told[line][name] for line in own if name in told[line]) for name in cells} for own in lines.values()
    ])  # fmt: skip


def lines_by_group(frame: pd.DataFrame, by: list[str]) -> dict[tuple, list[int]]:
    """The lines of each group in `by`, the groups in the order in which they first appear; with none, all lines.

    >>> lines_by_group(pd.DataFrame({"class": ["poor", "near_poor", "poor"]}), ["class"])
    {('poor',): [0, 2], ('near_poor',): [1]}
    """
    if not by:
        return {(): list(range(len(frame)))}
    found: dict[tuple, list[int]] = {}
    for line, key in enumerate(frame[by].itertuples(index=False, name=None)):
        found.setdefault(key, []).append(line)
    return found


def summed(added: tuple) -> int:
    """Counts added up; not known where one of them is not known, or where there is none, which is not 0.

    >>> summed((200, 35)), summed((200, pd.NA)), summed(())
    (235, <NA>, <NA>)
    """
    return sum(added) if added else pd.NA


def total(review: pd.DataFrame) -> pd.DataFrame:
    """The commune's one row: the counts of all its villages added, its standard and status.

    Returns the columns of `review`; `village` is blank. One row or a refusal: a review under two
    standards or two statuses has no total.
    """
    kept = review[["status", "standard"]].drop_duplicates()
    if len(kept) != 1:
        raise NotComparable("Kết quả rà soát ghi nhiều chuẩn nghèo hoặc nhiều tình trạng nên không cộng được.")
    row = add(review, "review", [])
    return row.assign(village="", status=kept["status"].item(), standard=kept["standard"].item())


def fill(row: pd.DataFrame, inferred: pd.DataFrame) -> pd.DataFrame:
    """The commune's row with its blank counts filled from quantities that follow uniquely from printed ones.

    `inferred` has the columns indicator, value, derivation, lines (`reconcile.infer`). A count that was
    given is never replaced. Returns `row` with a column `derived`: {column: (derivation, lines)}; a row of which no count
    was given is found in the lines that its counts were inferred from.
    """
    filled = row.copy()
    nothing_given = row[counts("review", row)].isna().all(axis=None)
    derived = {}
    for quantity in inferred.itertuples():
        blank = quantity.indicator in filled and not known(filled[quantity.indicator].item())
        if blank and known(quantity.value):
            filled[quantity.indicator] = filled[quantity.indicator].fillna(int(quantity.value))
            derived[quantity.indicator] = (quantity.derivation, tuple(quantity.lines))
    if nothing_given and derived:
        filled["found_at"] = join_sources(line for _, lines in derived.values() for line in lines)
    return filled.assign(derived=[derived])


def rates(review: pd.DataFrame) -> pd.DataFrame:
    """Rates of each row of `review`, beside the counts they are made of.

        rate of poor households           = poor households / all households
        rate of multidimensional poverty  = (poor + near-poor households) / all households
        rate of poor persons              = persons in poor households / all persons
        rate of poor minority households  = poor minority households / all minority households

    Source: columns 4 = 3/1, 6 = 5/1, 8 = 7/1, 10 = 9/2, 12 = 11/2 of the summary form of the review.
    Returns one row for each row of `review`: its columns, the sums and the rates.

    >>> one = pd.DataFrame({c: pd.array([v], "Int64") for c, v in dict(
    ...     households=1160, persons=None, poor_households=242, poor_persons=922, near_poor_households=324,
    ...     near_poor_persons=1399, average_living_households=None, average_living_persons=None,
    ...     minority_households=None, minority_poor_households=None, minority_near_poor_households=None).items()})
    >>> rates(one)["multidimensional_poverty_rate"].item()  # (242 + 324) / 1160
    Fraction(283, 580)
    """
    both = review["poor_households"] + review["near_poor_households"]
    return review.assign(
        poor_rate=ratio(review["poor_households"], review["households"]),
        near_poor_rate=ratio(review["near_poor_households"], review["households"]),
        multidimensionally_poor_households=both,
        multidimensional_poverty_rate=ratio(both, review["households"]),
        average_living_rate=ratio(review["average_living_households"], review["households"]),
        poor_person_rate=ratio(review["poor_persons"], review["persons"]),
        near_poor_person_rate=ratio(review["near_poor_persons"], review["persons"]),
        average_living_person_rate=ratio(review["average_living_persons"], review["persons"]),
        minority_poor_rate=ratio(review["minority_poor_households"], review["minority_households"]),
        minority_near_poor_rate=ratio(review["minority_near_poor_households"], review["minority_households"]),
    )


def comparable(after: pd.DataFrame, before: pd.DataFrame) -> None:
    """Refuse to subtract results under two standards or of two statuses (two one-row frames)."""
    if after["standard"].item() != before["standard"].item():
        said = "Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau: {}; {}."
        raise NotComparable(said, before["standard"].item(), after["standard"].item())
    if after["status"].item() != before["status"].item():
        raise NotComparable("Không so sánh hai năm vì một kết quả là sơ bộ, một kết quả là chính thức.")


CHANGE = [
    "class", "households_before", "total_before", "households", "total", "rate_before", "rate", "change_households",
    "change_rate", "derived", "parts", "found_at",
]  # fmt: skip


def changes(after: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """How each class changed between two one-row results (`total`), in households and in rate.

        change in households = households now - households before
        change in rate       = rate now - rate before        (a difference of rates: percentage points)

    Raises NotComparable when standard or status differ. Returns one row per class: class, households_before,
    total_before, rate_before, households, total, rate, change_households, change_rate, derived, parts, found_at.
    """
    comparable(after, before)
    rows, inferred, parts = [], [], []
    for name in (*CLASSES, "multidimensionally_poor"):
        own = [f"{part}_households" for part in CLASSES if name in (part, "multidimensionally_poor")]
        then, now = (tuple(row[column].item() for column in own) for row in (before, after))
        rows.append([name, summed(then), before["households"].item(), summed(now), after["households"].item()])
        parts.append({"households_before": then, "households": now})
        said = (derivation(before, own), derivation(before, ["households"]), derivation(after, own), derivation(after, ["households"]))
        inferred.append({column: how for column, how in zip(COMPARED, said, strict=True) if how})
    frame = pd.DataFrame(rows, columns=["class", *COMPARED]).astype(dict.fromkeys(COMPARED, "Int64"))
    frame["rate_before"] = ratio(frame["households_before"], frame["total_before"])
    frame["rate"] = ratio(frame["households"], frame["total"])
    frame["change_households"] = frame["households"] - frame["households_before"]
    frame["change_rate"] = [
        now - then if known(now) and known(then) else None
        for now, then in zip(frame["rate"], frame["rate_before"], strict=True)
    ]
    return frame.assign(derived=inferred, parts=parts, found_at=join_sources([before["found_at"].item(), after["found_at"].item()]))


COMPARED = ("households_before", "total_before", "households", "total")


def derivation(row: pd.DataFrame, columns: list[str]) -> tuple[str, tuple[str, ...]] | None:
    """How a count of a one-row result, or the sum of two, was inferred, and from which lines; None where it was given."""
    inferred = row["derived"].item() if "derived" in row else {}
    known = [inferred[column] for column in columns if column in inferred]
    return ("; ".join(how for how, _ in known), tuple(line for _, lines in known for line in lines)) if known else None


def movements(rows: pd.DataFrame, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Movements added up by class and measure (and by `by`, for example ("village",)).

        end = start - to other class - above near-poor - other decrease
              + from other class + relapsed + new + other increase      (column 9 of the movement forms)

    Adds `left` (to other class + above near-poor), `entered` (from other class + relapsed + new) and
    `closing`, the right-hand side: it must equal `end`.
    """
    added = add(rows, "movements", [*by, "class", "measure"])
    left = added["to_other_class"] + added["above_near_poor"]
    entered = added["from_other_class"] + added["relapsed"] + added["new"]
    closing = added["start"] - left - added["other_decrease"] + entered + added["other_increase"]
    return added.assign(left=left, entered=entered, closing=closing)


def shares(rows: pd.DataFrame, table: str, code: str, review: pd.DataFrame, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Households with each `code` (indicator, group, cause) as a share of their class's households.

        share = households with the code / all households of the class

    Source: forms F5, F7 (deprivation rates), F8-F10. Codes overlap, so shares need not add up to 1.
    `review` has the class's households: the commune's one row, or with by=("village",) one row per village.
    Returns `by`, class, code, households, class_households, share, found_at.
    """
    added = add(rows, table, [*by, "class", code])
    wholes = {
        (*key, name): whole
        for name in CLASSES
        for *key, whole in review[[*by, f"{name}_households"]].itertuples(index=False)
    }
    whole = [wholes.get(tuple(key)) for key in added[[*by, "class"]].itertuples(index=False)]
    added = added.assign(class_households=pd.array(whole, dtype="Int64"))
    return added.assign(share=ratio(added["households"], added["class_households"]))


def deficits(rows: pd.DataFrame, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """All deprivations of a class counted together: cases, not households (column 2 of forms F4, F6)."""
    added = add(rows, "deprivations", [*by, "class"]).rename(columns={"households": "deficits"})
    return added.assign(parts=[{"deficits": parts["households"]} for parts in added["parts"]])
