"""Reads an assignment of values back: does every claim print as it stands, and does every identity hold?

Nothing of the reconciliation's reading of figures, bounds or search is used here, only the table of what the
indicators are: what the search finds counts as a proof only when this code, which knows nothing of it, agrees."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from giamngheo.reconcile.indicators import (
    CLASSES,
    DEPRIVED,
    FLOW_RATES,
    INDICATORS,
    LEFT,
    MEANS,
    MEMBERS,
    OF_WHOLE,
    POOR_MOVEMENTS,
    RATIOS,
    REACHES,
    RELATIVES,
    SHARES,
    STATES,
    SUBSETS,
)
from giamngheo.vietnamese.numbers import Exact

FIGURE = re.compile(r"(\d+(?:\.\d{3})*)(?:,(\d+))? ?%?(?: ?(nghìn tỷ|ngàn tỷ|nghìn tỉ|ngàn tỉ|tỷ|tỉ|triệu|nghìn|ngàn)\b)?")
POWERS = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
FALL = re.compile(r"giảm|^[-−–]")
BELOW = re.compile(r"\b(gần|ngót|chưa đến|chưa tới) ?\d")
ABOVE = re.compile(r"\b(hơn|trên|quá) ?\d")
ABOUT = re.compile(r"(\b(khoảng|xấp xỉ|chừng|ước tính|ước đạt|ước)|[≈~]) ?\d")
MOST = re.compile(r"(\b(dưới|không quá|tối đa)|[<≤]) ?\d|trở xuống")
LEAST = re.compile(r"(\b(ít nhất|tối thiểu|không dưới)|[>≥]) ?\d|trở lên")


class Key(NamedTuple):
    """What a value is of."""

    place: str
    part_of: str
    year: int | str
    standard: str
    status: str
    indicator: str

    def of(self, **changed) -> "Key":
        return self._replace(**changed)


def unlike(rows: Iterable[tuple[Key, str, str]], values: Mapping[Key, Exact]) -> list[str]:
    """What is wrong with an assignment: claims (key, partition, printed text) that print otherwise, and
    identities that do not hold; nothing where it is a proof."""
    rows = list(rows)
    texts = {key: text for key, _, text in rows}
    wrong = [
        f"{key.place} {key.year} {key.indicator}: {text}"
        for key, _, text in rows
        if key not in values or not (prints(text, key.indicator, values[key]) or _customary(key, text, texts, values))
    ]
    return [*wrong, *_broken(values, texts), *_unmade(values), *_uneven(rows, values)]


def prints(text: str, indicator: str, value: Exact) -> bool:
    """Whether a value, rounded or cut to the figure's last digit, or as its word allows, is printed so.

    >>> prints("20,86%", "poor_rate", Fraction(242, 1160)), prints("20,85%", "poor_rate", Fraction(242, 1160))
    (True, False)
    >>> prints("giảm gần 2.000 hộ", "change_poor_households", -1964), prints("1,97 triệu hộ", "households", 1964999)
    (True, False)
    """
    text = re.split(r" so với |/năm|/hộ| h[ằà]ng năm| mỗi năm| kế hoạch", " ".join(text.casefold().split()))[0]
    kind = INDICATORS[indicator].unit
    whole = kind != "%" and indicator not in MEANS
    if kind == "%" and not isinstance(value, Fraction | int) or whole and value != int(value):
        return False
    found = FIGURE.findall(text)
    if not found:
        return value == 0
    figures = [_figure(*one) for one in found]
    scale = Fraction(1, 100) if kind == "%" else 1
    size, step = abs(Fraction(value)), figures[-1][1] * scale
    if "change_" in indicator and not indicator.startswith("plan_") and value and bool(FALL.search(text)) != (value < 0):
        return any(shown == 0 for shown, _ in figures) and size < step
    if re.search(r"\d ?%? ?(-|–|đến) ?\d", text):
        unit = _figure("1", "", found[-1][2])[0]
        low, high = (shown if found[at][2] else shown * unit for at, (shown, _) in enumerate(figures[:2]))
        return low * scale <= size <= high * scale
    shown = (sum(shown for shown, _ in figures) + 100 * text.startswith("vượt")) * scale
    room = step * 10 ** _zeros(found[-1][0]) if not found[-1][1] else step
    under = room / 10 if room == shown and step <= room / 10 else room
    if MOST.search(text):
        return size <= shown
    if LEAST.search(text):
        return size >= shown
    if ABOUT.search(text):
        return shown - under <= size <= shown + under
    if BELOW.search(text):
        return shown - under <= size <= shown
    if ABOVE.search(text):
        return shown <= size < shown + room
    if step == 1 and whole:
        return size == shown
    return _prints_as(size, Fraction(shown), step)


def ends(key: Key) -> tuple[int, int] | None:
    """The years between which the change of a year, or of a period, lies."""
    first, _, last = str(key.year).rpartition("-")
    if not (last.isdecimal() and (first.isdecimal() or not first)):
        return None
    return (int(first) if first else int(last) - 1), int(last)


def _figure(whole: str, decimals: str, word: str) -> tuple[Fraction, Fraction]:
    """The size of a figure and one step of its last digit."""
    step = Fraction(10 ** sum(POWERS[part] for part in word.split()), 10 ** len(decimals))
    return int(whole.replace(".", "") + decimals) * step, step


def _zeros(digits: str) -> int:
    digits = digits.replace(".", "")
    return len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0


def _customary(key: Key, text: str, texts: Mapping[Key, str], values: Mapping[Key, Exact]) -> bool:
    """Whether a rate is printed as the sum, a change of rates as the difference, of printed rates."""
    if key.indicator in CLASSES and INDICATORS[key.indicator].unit == "%":
        parts = [texts.get(key.of(indicator=part)) for part in CLASSES[key.indicator]]
        return None not in parts and sum(_plain(part) for part in parts if part) == _plain(text)
    rate = key.indicator.removeprefix("change_")
    if key.indicator in REACHES:
        done, plan = (texts.get(key.of(indicator=REACHES[key.indicator], status=one)) for one in (key.status, "kế hoạch"))
        if not (done and plan and _plain(plan)):
            return False
        return prints(text, key.indicator, _plain(done) / _plain(plan))
    years = ends(key)
    if rate == key.indicator or rate not in INDICATORS or INDICATORS[rate].unit != "%" or not years:
        return False
    first, last = years
    later, earlier = key.of(indicator=rate, year=last), key.of(indicator=rate, year=first)
    now, before = texts.get(later), texts.get(earlier)
    if now and before and prints(text, key.indicator, (_plain(now) - _plain(before)) / 100):
        return True
    size, step = _figure(*FIGURE.findall(text)[0])
    change = -size if FALL.search(text) else size
    beside = [_figure(*FIGURE.findall(one)[0]) for one in (now, before) if one]
    if all(step < its_step and size % its_step for _, its_step in beside):
        prints_now, prints_before = (_printings(values[one] * 100, step) for one in (later, earlier))
        return any(first - second == change for first in prints_now for second in prints_before)
    if len(beside) > 1:
        return False
    [(shown, its_step)] = beside
    other, meant = (earlier, shown - change) if now else (later, shown + change)
    return size % its_step == 0 and _prints_as(values[other] * 100, meant, its_step)


def _plain(text: str) -> Fraction:
    return _figure(*FIGURE.findall(text)[0])[0]


def _signed(text: str | None, indicator: str) -> Fraction | None:
    """The figure of a printed change, below zero for a fall."""
    if not text or not FIGURE.search(text):
        return None
    size = _plain(text) / (100 if INDICATORS[indicator].unit == "%" else 1)
    return -size if FALL.search(text.casefold()) else size


def _prints_as(size: Exact, shown: Fraction, step: Fraction) -> bool:
    return shown in _printings(size, step)


def _printings(size: Exact, step: Fraction) -> tuple[Fraction, Fraction]:
    """A size cut and rounded to the step."""
    return size // step * step, (size + step / 2) // step * step


def _broken(values: Mapping[Key, Exact], texts: Mapping[Key, str]) -> Iterator[str]:
    """The identities within a place that do not hold."""
    for key in dict.fromkeys(key.of(indicator="") for key in values):

        def of(indicator: str, key=key, **changed):
            return values.get(key.of(indicator=indicator, **changed))

        def known(*these) -> bool:
            return all(one is not None for one in these)

        for rate, (part, whole) in RATIOS.items():
            if known(of(rate), of(part), of(whole)) and of(rate) * of(whole) != of(part):
                yield f"{key.place} {key.year}: {rate} × {whole} ≠ {part}"
        for prefix in ("", "change_"):
            for whole, parts in CLASSES.items():
                both = [of(prefix + part) for part in parts]
                if known(of(prefix + whole), *both) and sum(both) != of(prefix + whole):
                    yield f"{key.place} {key.year}: {prefix}{whole} ≠ {both}"
        for inside, whole in (*SUBSETS, *(((households,), persons) for households, persons in MEMBERS)):
            counts = [of(part) or 0 for part in inside]
            if known(of(whole)) and sum(counts) > of(whole):
                yield f"{key.place} {key.year}: {counts} > {whole}"
        first, last = ends(key) or (0, 0)
        for one in STATES:
            now, before = of(one, year=last), of(one, year=first)
            if known(of("change_" + one), now, before) and of("change_" + one) != now - before:
                yield f"{key.place} {key.year}: change_{one}"
            average = of("average_change_" + one)
            made_of = (of("change_" + one), _signed(texts.get(key.of(indicator="change_" + one)), one))
            if known(average, made_of[0]) and average * (last - first) not in made_of:
                yield f"{key.place} {key.year}: average_change_{one}"
        moves = [name for name, _ in POOR_MOVEMENTS]
        if all(key.of(indicator=name) in texts for name in ("change_poor_households", *moves)) and of(
            "change_poor_households"
        ) != sum(sign * of(name) for name, sign in POOR_MOVEMENTS):
            yield f"{key.place} {key.year}: movements"
        for one, origin in LEFT:
            before = of(origin, year=key.year - 1) if isinstance(key.year, int) else None
            if known(of(one), before) and of(one) > before:
                yield f"{key.place} {key.year}: {one} > {origin}"


def _unmade(values: Mapping[Key, Exact]) -> Iterator[str]:
    """The shares, rates of flows and averages that are the quotient of none of what they may be made of."""
    places = {(key.place, *key[2:]): value for key, value in values.items()}
    for key, value in values.items():
        pairs = [(places.get((part.place, *part[2:])), places.get((whole.place, *whole[2:]))) for part, whole in _made_of(key)]
        made = [Fraction(part) / whole for part, whole in pairs if part is not None and whole]
        if made and value not in made:
            yield f"{key.place} {key.year}: {key.indicator}"


def _made_of(key: Key) -> Iterator[tuple[Key, Key]]:
    """What a figure may be the quotient of: its place's own figures, those of the year before, or of what it is part of."""
    name = key.indicator
    last = key.of(year=(ends(key) or (key.year, 0))[0])
    if name in SHARES:
        yield key.of(indicator=SHARES[name]), key.of(indicator=SHARES[name], place=key.part_of)
    if name in DEPRIVED or name in OF_WHOLE:
        part, whole = DEPRIVED.get(name) or RATIOS[OF_WHOLE[name]]
        yield key.of(indicator=part), key.of(indicator=whole, place=key.part_of)
    if name in FLOW_RATES:
        flow, origin = FLOW_RATES[name]
        for base in (key.of(indicator="households"), last.of(indicator="households"), last.of(indicator=origin)):
            yield key.of(indicator=flow), base
    if name in RELATIVES:
        yield key.of(indicator=f"change_{RELATIVES[name]}"), last.of(indicator=RELATIVES[name])
    if name in REACHES:
        yield key.of(indicator=REACHES[name]), key.of(indicator=REACHES[name], status="kế hoạch")


def _uneven(rows: Iterable[tuple[Key, str, str]], values: Mapping[Key, Exact]) -> Iterator[str]:
    """The parts that are more than their whole, and the partitions that do not add up to it."""
    members, above = defaultdict(set), defaultdict(set)
    for key, partition, _ in rows:
        above[key.place].add(key.part_of)
        if partition and key.part_of:
            members[key.part_of, partition].add(key.place)
    for key, value in values.items():
        if INDICATORS[key.indicator].unit == "%" or not key.part_of or len(above[key.part_of]) != 1:
            continue
        whole = values.get(key.of(place=key.part_of, part_of=min(above[key.part_of])))
        state = not key.indicator.startswith("change_")
        if state and whole is not None and value > whole and key.place != key.part_of:
            yield f"{key.place} {key.year} {key.indicator} > {key.part_of}"
    for (place, partition), names in members.items():
        for key in [key for key in values if key.place == place and INDICATORS[key.indicator].unit != "%"]:
            parts = [values.get(key.of(place=name, part_of=place)) for name in names]
            if len(above[place]) == 1 and None not in parts and sum(part for part in parts if part) != values[key]:
                yield f"{place} {key.year} {key.indicator} ≠ {partition}"
