"""What a unit may be called: one plain name, that of its folder, by one rule for every command.

A name given in other capitals or in another Unicode form than its folder (Vietnamese letters whole or in parts, as some
systems write file names) is the folder's. Paths and whatever separates names elsewhere are refused.
"""

import re
import unicodedata
from collections.abc import Iterable

from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese.text import ask

REFUSED = re.compile(r'[\x00-\x1f\x7f/\\:;,*?"<>|#%\ud800-\udfff]')
# Names that Windows keeps for devices, whatever ends them, and those of what lies beside the units' folders.
TAKEN = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\..*)?|index\.html|nhat-ky|.*\.csv", re.IGNORECASE)
LONGEST = 200  # bytes
RULE = "mã đơn vị phải là tên một thư mục trong thư mục số liệu"
REMEDY = (
    "không để trống, không dùng đường dẫn, dấu / \\ : ; , * ? \" < > | # %, không bắt đầu bằng dấu chấm hay gạch ngang, "
    "không có khoảng trắng ở đầu, cuối hay dấu chấm ở cuối, không dùng tên riêng của Windows (con, nul, lpt1) hay của kết quả "
    "(index.html, nhat-ky, tên có đuôi .csv)"
)


def is_plain(name: str) -> bool:
    """Whether a folder of this name can be a unit's.

    >>> [is_plain(name) for name in ("xã Bình Minh", "kong.long", "../xa-mau", "a/b", "", "..", " a", "LPT1", "nul.txt", "index.html")]
    [True, True, False, False, False, False, False, False, False, False]
    """
    edges = name == name.strip() and not name.startswith((".", "-", "~")) and not name.endswith(".")
    return bool(name) and edges and not (REFUSED.search(name) or TAKEN.fullmatch(name)) and len(name.encode()) <= LONGEST


def folded(name: str) -> str:
    """What two spellings of a name share: capitals and the Unicode form do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def alike(given: str, names: Iterable[str]) -> list[str]:
    """Those of `names` that are `given` in another spelling or in its own, each once, in their order."""
    return [name for name in dict.fromkeys(names) if folded(name) == folded(given)]


def resolved(given: str, names: Iterable[str]) -> str:
    """The one of `names` that is meant, or `given` itself where none is.

    Raises DataError where `given` is no plain name and where several of `names` differ from it in spelling only.

    >>> resolved("Xa-Mau", ["xa-mau", "xa-hai"]), resolved("xa-ba", ["xa-mau"])
    ('xa-mau', 'xa-ba')
    """
    there = list(dict.fromkeys(names))
    if not is_plain(given):
        remedy = f"{REMEDY}{ask(given.rstrip('/').rpartition('/')[2], there)}"
        raise DataError([Finding(shown(given), RULE, remedy)])
    meant = alike(given, there)
    if given in meant or not meant:
        return given
    if len(meant) > 1:
        rule = f"có {len(meant)} thư mục chỉ khác nhau ở chữ hoa hoặc dạng Unicode: {', '.join(meant)}"
        raise DataError([Finding(given, rule, "đổi tên để mỗi đơn vị có một thư mục")])
    return meant[0]


def misnamed(folder: str) -> Finding:
    """What is wrong with a folder among the units' that no unit's can be, because of its name."""
    return Finding(shown(folder), RULE, f"đổi tên thư mục này: {REMEDY}")


class Spelling:
    """How each unit is spelled: as its folder is, else as it was first written where names of units are `written`.

    A name that several folders share in other capitals or another Unicode form is left as it is.

    >>> spelling = Spelling(["Xa-Mau"], ["xa-hai"])
    >>> spelling.of("xa-mau"), spelling.of("XA-HAI"), spelling.of("xa-ba")
    ('Xa-Mau', 'xa-hai', 'xa-ba')
    """

    def __init__(self, folders: Iterable[str], written: Iterable[str]):
        self._known: dict[str, list[str]] = {}
        for name in folders:
            self._known.setdefault(folded(name), []).append(name)
        for name in written:
            self._known.setdefault(folded(name), [name])

    def of(self, name: str) -> str:
        known = self._known.get(folded(name), [name])
        return known[0] if len(known) == 1 else name

    def row(self, row: dict[str, str]) -> dict[str, str]:
        """A row of the map with the names in it spelled so."""
        merged = (self.of(part.strip()) for part in row["predecessors"].split(";") if part.strip())
        parent = row["parent"] and self.of(row["parent"])
        return row | {"unit": self.of(row["unit"]), "parent": parent, "predecessors": ";".join(merged)}


def shown(given: str) -> str:
    """A name that is none, in quotation marks."""
    return f'"{printable(given)}"'


def printable(name: str) -> str:
    """A name as text that can be printed on one line.

    >>> print(printable("xã\\nA"))
    xã\\nA
    """
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in name)
