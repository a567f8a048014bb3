"""The values of options: what may be typed, and what is said of anything else."""

import argparse
import datetime as dt
import re
from contextlib import suppress

from giamngheo import limits
from giamngheo.vietnamese.text import ask


def idle(given: argparse.Namespace) -> str:
    """What is said of an option that means nothing beside the others; "" where there is none."""
    told: frozenset[str] = getattr(given, "told", frozenset())
    if given.verb == "batch" and "unit" in told:
        return "batch lập báo cáo của nhiều đơn vị: dùng --units, ví dụ --units xa-mau,xa-khac"
    if given.verb == "diff" and "year" in told and told & {"first", "last"}:
        return "--year so hai lần lập báo cáo của một năm, --from và --to so hai năm hoặc hai bản bất kỳ, kể cả bản đã nộp: chỉ dùng một cách"
    if given.verb == "verify" and given.file and told & {"unit", "year"}:
        return "tệp gửi đến tự ghi là của đơn vị nào, năm nào: bỏ --unit, --year"
    if given.verb == "review" and "by" in told and not (given.sign or given.remark):
        return "--by chỉ đi với --sign hoặc --remark"
    return ""


def year_number(text: str) -> int:
    try:
        return limits.year(text)
    except ValueError as refused:
        raise argparse.ArgumentTypeError(str(refused)) from None


def a_day(text: str) -> dt.date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return dt.datetime.strptime(text, form).date()
    raise argparse.ArgumentTypeError(f"phải là ngày, ví dụ 05/02/2024; nhận được {text!r}")


def one_of(*names: str):
    """The type of an option that takes one of these words."""

    def chosen(text: str) -> str:
        if text not in names:
            raise argparse.ArgumentTypeError(f"không có {text!r}{ask(text, names)}; có thể ghi: {', '.join(names)}")
        return text

    return chosen


def whole(least: int, most: int):
    """The type of an option that takes whole numbers from `least` to `most`."""

    def number(text: str) -> int:
        given = text.isascii() and text.isdigit() and len(text) < 10
        if not (given and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"phải là số nguyên từ {least} đến {most}; nhận được {text!r}")
        return int(text)

    return number


def a_report(text: str) -> str:
    """What one calls a report that is compared: `2023`, `so-12`, `2024-02-05-so-12`, `lan-truoc`."""
    if text.isdecimal():
        return str(year_number(text))
    if not re.fullmatch(r"(\d{4}-\d{2}-\d{2}-)?so-\d+[a-zđ]?|lan-truoc", text):
        raise argparse.ArgumentTypeError(f"phải là năm (2023), số của bản đã nộp (so-12) hoặc lan-truoc; nhận được {text!r}")
    return text


def unlike(first: str, last: str) -> str:
    """What is said of two reports that are not compared like this; "" where they are."""
    years = [name for name in (first, last) if name.isdecimal()]
    if (last and not first) or years == [first] or (len(years) == 2 and years[0] >= years[1]):
        return "So sánh hai năm cần cả --from và --to, năm trước rồi năm sau, ví dụ --from 2021 --to 2022."
    return ""


def not_blank(text: str) -> str:
    if not text.replace(",", " ").strip():
        raise argparse.ArgumentTypeError(f"không được để trống; nhận được {text!r}")
    return text


def pair(given: str) -> tuple[str, str]:
    name, mark, value = given.partition("=")
    if not (name and mark):
        raise argparse.ArgumentTypeError(f"-p cần TÊN=GIÁ TRỊ, ví dụ -p year=2022; nhận được {given!r}")
    return name, value


def twice(given: argparse.Namespace) -> str:
    """The parameter that was given two times, by -p or by an option of its own; "" where none was."""
    names = [*sorted(getattr(given, "told", ())), *(name for name, _ in given.parameter)]
    return next((name for name in ("unit", "year", "kind", *names) if names.count(name) > 1), "")


def answered(words: str) -> str:
    """What a person types after `words`; "" where nobody answers. Raises DataError for what is no text."""
    from giamngheo.findings import DataError, Finding  # slow to import

    try:
        return input(words)
    except EOFError:
        return ""
    except UnicodeDecodeError:
        remedy = "chọn bảng mã UTF-8 cho cửa sổ lệnh rồi gõ lại"
        raise DataError([Finding("câu trả lời", "có byte không phải chữ UTF-8", remedy)]) from None
