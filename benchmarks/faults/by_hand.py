"""Sentences of a report worked out again from its input files alone: nothing of the program is used here.

Counts are added over the villages, divided once, and rounded last, half up, as the report says it does.
"""

import csv
import html
import io
import re
import zipfile
from collections import Counter
from fractions import Fraction
from pathlib import Path


def sentences(review: bytes, last_review: bytes, budget: bytes, last_year: int) -> list[str]:
    """What the report must say, each with one to three figures."""
    now, before, money = totals(review), totals(last_review), totals(budget)
    poor, near, all_ = now["poor_households"], now["near_poor_households"], now["households"]
    fewer = before["poor_households"] - poor
    return [
        f"Tổng số hộ dân cư: {number(all_)} hộ",
        f"Hộ nghèo: {number(poor)} hộ, chiếm {share(poor, all_)}% tổng số hộ; nhân khẩu: {number(now['poor_persons'])} khẩu",
        f"Hộ cận nghèo: {number(near)} hộ, chiếm {share(near, all_)}% tổng số hộ; nhân khẩu: {number(now['near_poor_persons'])} khẩu",
        f"Hộ nghèo đa chiều (hộ nghèo và hộ cận nghèo): {number(poor + near)} hộ, chiếm {share(poor + near, all_)}% tổng số hộ",
        f"có mức sống trung bình: {number(now['average_living_households'])} hộ",
        f"Hộ nghèo so với năm {last_year}: {'giảm' if fewer > 0 else 'tăng'} {number(abs(fewer))} hộ",
        f"Tổng kế hoạch vốn: {number(money['planned'])} đồng; giải ngân: {number(money['disbursed'])} đồng; "
        f"tỷ lệ giải ngân: {share(money['disbursed'], money['planned'])}%",
        f"Tổng cộng {number(all_)} {number(now['persons'])} {number(poor)} {share(poor, all_)}",
    ]  # fmt: skip


def totals(table: bytes) -> Counter:
    """The sum of each column that holds numbers."""
    found: Counter = Counter()
    for row in csv.DictReader(io.StringIO(table.decode("utf-8-sig"))):
        found.update({name: int(cell) for name, cell in row.items() if (cell or "").isdecimal()})
    return found


def number(count: int) -> str:
    """A count as the report prints it: points between thousands, two digits at least."""
    return f"{count:02,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """Percent with two decimals, half up."""
    hundredths = int(Fraction(part, whole) * 10000 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02}".replace(".", ",")


def missing(folder: Path, wanted: list[str]) -> list[str]:
    """Sentences that an edition of the report does not have, with the edition; spaces do not count."""
    from pypdf import PdfReader

    page = re.sub(r"<(style|script|svg).*?</\1>", "", (folder / "bao-cao.html").read_text(encoding="utf-8"), flags=re.S)
    with zipfile.ZipFile(folder / "bao-cao.docx") as parts:
        word = parts.read("word/document.xml").decode()
    texts = {"html": plain(page), "docx": plain(word)}
    texts["pdf"] = squeezed("".join(one.extract_text() for one in PdfReader(folder / "bao-cao.pdf").pages))
    return [f"{kind}: {said}" for kind, text in texts.items() for said in wanted if squeezed(said) not in text]


def plain(marked_up: str) -> str:
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", marked_up)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("\u00ad", "")
