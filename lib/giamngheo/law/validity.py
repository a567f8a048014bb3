"""Whether a dated row is in force: the one place that knows what `valid_from` and `valid_to` mean."""

import datetime as dt
from collections.abc import Mapping

EVER, FOREVER = "0000", "9999"  # what a blank beginning and a blank end mean


def in_force(row: Mapping[str, str], day: dt.date, until: dt.date | None = None) -> bool:
    """Whether `row` is in force on `day`; with `until`, on some day from `day` to `until`.

    Both days of the row are in force. They are written yyyy-mm-dd, so they compare as text.

    >>> decree = {"valid_from": "2022-01-01", "valid_to": "2025-12-31"}
    >>> [in_force(decree, dt.date(*day)) for day in ((2021, 12, 31), (2022, 1, 1), (2025, 12, 31), (2026, 1, 1))]
    [False, True, True, False]
    >>> in_force(decree, dt.date(2025, 1, 1), dt.date(2026, 12, 31)), in_force({"valid_from": "", "valid_to": ""}, dt.date(1, 1, 1))
    (True, True)
    """
    begins, ends = row["valid_from"] or EVER, row["valid_to"] or FOREVER
    return begins <= (until or day).isoformat() and day.isoformat() <= ends


def year_start(year: int) -> dt.date:
    return dt.date(int(year), 1, 1)


def year_end(year: int) -> dt.date:
    return dt.date(int(year), 12, 31)
