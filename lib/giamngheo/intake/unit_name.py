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
LONGEST = 200  # bytes
RULE = "mã đơn vị phải là tên một thư mục trong thư mục số liệu"
REMEDY = (
    "không để trống, không dùng đường dẫn, dấu / \\ : ; , * ? \" < > | # %, không bắt đầu bằng dấu chấm hay gạch ngang, "
    "không có khoảng trắng ở đầu, cuối hay dấu chấm ở cuối"
)


def is_plain(name: str) -> bool:
    """Whether a folder of this name can be a unit's.

    >>> [is_plain(name) for name in ("xã Bình Minh", "kong.long", "../xa-mau", "a/b", "", "..", " a", "a,b")]
    [True, True, False, False, False, False, False, False]
    """
    edges = name == name.strip() and not name.startswith((".", "-", "~")) and not name.endswith(".")
    return bool(name) and edges and not REFUSED.search(name) and len(name.encode()) <= LONGEST


def folded(name: str) -> str:
    """What two spellings of a name share: capitals and the Unicode form do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def resolved(given: str, names: Iterable[str]) -> str:
    """The one of `names` that is meant, or `given` itself where none is.

    Raises DataError where `given` is no plain name and where several of `names` differ from it in spelling only.

    >>> resolved("Xa-Mau", ["xa-mau", "xa-hai"]), resolved("xa-ba", ["xa-mau"])
    ('xa-mau', 'xa-ba')
    """
    there = list(dict.fromkeys(names))
    if not is_plain(given):
        remedy = f"{REMEDY}{ask(re.split(r'[/]', given.rstrip('/'))[-1], there)}"
        raise DataError([Finding(shown(given), RULE, remedy)])
    alike = [name for name in there if folded(name) == folded(given)]
    if given in alike or not alike:
        return given
    if len(alike) > 1:
        rule = f"có {len(alike)} thư mục chỉ khác nhau ở chữ hoa hoặc dạng Unicode: {', '.join(alike)}"
        raise DataError([Finding(given, rule, "đổi tên để mỗi đơn vị có một thư mục")])
    return alike[0]


def shown(given: str) -> str:
    """A name that is none, in quotation marks, as text that can be printed."""
    return f'"{given.encode("utf-8", "backslashreplace").decode()}"'
