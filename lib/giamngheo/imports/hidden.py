"""Which rows and columns of .xls, .xlsb and .ods are hidden, which python-calamine does not say: read from the files' own records.

Sources: [MS-XLS] Row, ColInfo, BoundSheet8 and [MS-CFB] for the file around them; [MS-XLSB] BrtRowHdr, BrtColInfo, BrtBundleSh;
OpenDocument 1.3, table:visibility.
"""

import struct
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from giamngheo.intake import unpacking

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
LISTED, END = 109, 0xFFFFFFFA  # sectors of the table that a header lists; the first number that is no sector's
MOST = 1_048_576  # rows of a sheet
SMALL = 4096  # bytes below which a stream lies in the stream of small ones


class Hidden(NamedTuple):
    """The numbers of hidden rows, counted from 1, and the positions of hidden columns, from 0."""

    rows: set[int]
    positions: set[int]


def of_file(data: bytes, suffix: str) -> dict[str, Hidden] | None:
    """What is hidden by the names of sheets; None where the file's records cannot be followed."""
    try:
        return {".xls": of_xls, ".xlsb": of_xlsb, ".ods": of_ods}[suffix](data)
    except (struct.error, LookupError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile):
        return None


def nothing() -> Hidden:
    return Hidden(set(), set())


def of_ods(data: bytes) -> dict[str, Hidden]:
    found: dict[str, Hidden] = defaultdict(nothing)
    root = etree.fromstring(unpacking.part(data, "content.xml"), etree.XMLParser(resolve_entities=False, no_network=True))
    for table in root.iter(f"{TABLE}table"):
        hidden = found[table.get(f"{TABLE}name", "")]
        for kind, base, into in (("row", 1, hidden.rows), ("column", 0, hidden.positions)):
            at = base
            for one in table.iter(f"{TABLE}table-{kind}"):
                many = int(one.get(f"{TABLE}number-{kind}s-repeated", "1"))
                if one.get(f"{TABLE}visibility", "visible") != "visible":
                    into.update(range(at, at + min(many, MOST)))
                at += many
    return found


def of_xlsb(data: bytes) -> dict[str, Hidden]:
    related = etree.fromstring(unpacking.part(data, "xl/_rels/workbook.bin.rels"))
    parts = {one.get("Id"): one.get("Target") for one in related.iter(RELATION)}
    found: dict[str, Hidden] = defaultdict(nothing)
    for kind, body in binary_records(unpacking.part(data, "xl/workbook.bin")):
        if kind == 156:  # BrtBundleSh
            relation, after = wide_text(body, 8)
            name, _ = wide_text(body, after)
            hidden = found[name]
            for inner, record in binary_records(unpacking.part(data, f"xl/{parts[relation]}")):
                if inner == 0 and record[11] & 0x10:  # BrtRowHdr
                    hidden.rows.add(struct.unpack_from("<I", record)[0] + 1)
                elif inner == 60 and record[16] & 1:  # BrtColInfo
                    hidden.positions.update(columns(*struct.unpack_from("<II", record)))
    return found


def binary_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part of a binary workbook: kind, content."""
    at = 0
    while at < len(data):
        kind, at = variable(data, at, 2)
        size, at = variable(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def variable(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number of seven bits in each byte, and where it ends."""
    value = 0
    for place in range(longest):
        value |= (data[at + place] & 0x7F) << 7 * place
        if not data[at + place] & 0x80:
            return value, at + place + 1
    return value, at + longest


def wide_text(body: bytes, at: int) -> tuple[str, int]:
    many = struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : at + 4 + 2 * many].decode("utf-16-le"), at + 4 + 2 * many


def of_xls(data: bytes) -> dict[str, Hidden]:
    stream = workbook_stream(data)
    found: dict[str, Hidden] = defaultdict(nothing)
    sheets = [(struct.unpack_from("<I", body)[0], short_text(body)) for kind, body in records(stream, 0) if kind == 0x85]
    for start, name in sheets:
        hidden = found[name]
        for kind, body in records(stream, start):
            if kind == 0x208 and struct.unpack_from("<H", body, 12)[0] & 0x20:
                hidden.rows.add(struct.unpack_from("<H", body)[0] + 1)
            elif kind == 0x7D and struct.unpack_from("<H", body, 8)[0] & 1:
                hidden.positions.update(columns(*struct.unpack_from("<HH", body)))
    return found


def columns(first: int, last: int) -> range:
    return range(first, min(last, 16383) + 1)


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, or of the workbook, from its first to that which ends it."""
    while True:
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == 0x0A:
            return
        at += 4 + size


def short_text(body: bytes) -> str:
    many, wide = body[6], body[7] & 1
    return body[8 : 8 + many * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def workbook_stream(data: bytes) -> bytes:
    """The stream of a compound file in which a workbook lies."""
    size = {9: 512, 12: 4096}[struct.unpack_from("<H", data, 30)[0]]
    first_directory, first_small = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 60)[0]
    listed = [number for number in struct.unpack_from(f"<{LISTED}I", data, 76) if number < END]

    def sector(number: int) -> bytes:
        return data[(number + 1) * size :][:size]

    following = [number for table in listed for number in struct.unpack(f"<{size // 4}I", sector(table))]
    directory = chained(first_directory, following, sector)
    entries = {}
    for at in range(0, len(directory), 128):
        entry = directory[at : at + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le")
        entries[name] = (struct.unpack_from("<I", entry, 116)[0], struct.unpack_from("<I", entry, 120)[0])
    start, length = entries.get("Workbook") or entries["Book"]
    if length >= SMALL:
        return chained(start, following, sector)[:length]
    small, table = chained(entries["Root Entry"][0], following, sector), chained(first_small, following, sector)
    following_small = struct.unpack(f"<{len(table) // 4}I", table)
    return chained(start, following_small, lambda number: small[number * 64 :][:64])[:length]


def chained(number: int, following: Sequence[int], sector: Callable[[int], bytes]) -> bytes:
    """The sectors that follow each other from one on."""
    found: list[bytes] = []
    while number < END:
        found.append(sector(number))
        if len(found) > len(following):
            raise ValueError("a chain that runs in a circle")
        number = following[number]
    return b"".join(found)
