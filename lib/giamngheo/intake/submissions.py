"""What was sent: each submission a folder of its own beside the data, never written again, with a plain record in it.

    data/<unit>/da-nop/<year>/2024-02-05-so-12/ban-nop.yml    number, date, who it went to, the sha256 of each file
    data/<unit>/da-nop/<year>/2024-02-05-so-12/…              every file of the final, byte for byte

A kind of report that is not the year's main one has a folder of its own, `da-nop/<year>-<kind>/`; which kind it is of
says the record, so that a submission is found wherever among the year's it stands, whatever is the main kind today.
It stands outside the year's folder: what was sent is no data of the report. `year.submit` alone makes one.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from giamngheo import limits
from giamngheo.findings import DataError, Finding, unusable
from giamngheo.intake import kinds, office
from giamngheo.intake.office_form import date_of
from giamngheo.intake.unit import Year
from giamngheo.law import kinds as law_kinds
from giamngheo.store.belongings import MANIFEST
from giamngheo.store.manifest import sha256

FOLDER, RECORD = "da-nop", "ban-nop.yml"
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-so-(\d+)([a-zđ]?)")
ABOUT = """\
# Bản đã nộp: chương trình ghi khi nộp, không sửa. Muốn sửa báo cáo đã nộp thì lập báo cáo thay thế.
"""


@dataclass(frozen=True)
class Submission:
    """A report as it was sent: `number` as printed (05), `date` of the report, `sent` on which day, `key` of its manifest.

    `kind` of report, "" for the one there is; `replaces` is the name of the submission whose place it takes, "" for none;
    `files` has the sha256 of each.
    """

    folder: Path
    kind: str
    number: str
    date: dt.date
    sent: dt.date
    replaces: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    key: str
    files: dict[str, str]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def short(self) -> str:
        """What one calls it on the command line: `so-12`."""
        return f"so-{self.number}"

    def __str__(self) -> str:
        return f"Báo cáo số {self.number}/BC-UBND ngày {self.date:%d/%m/%Y}"

    def record(self) -> str:
        """The text of `ban-nop.yml`."""
        told = asdict(self) | {"date": self.date.isoformat(), "sent": self.sent.isoformat()}
        told |= {name: list(getattr(self, name)) for name in ("addressees", "recipients")}
        del told["folder"]
        return ABOUT + yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)

    def altered(self) -> list[str]:
        """Its files that are no longer as they were sent."""
        return [name for name, digest in self.files.items() if digest != hash_of(self.folder / name)]

    def content(self, name: str) -> bytes:
        """One of its files; raises DataError where it is not the one that was sent."""
        path = self.folder / name
        if self.files.get(name) != hash_of(path):
            raise broken(path, "không còn như khi nộp", "lấy lại tệp này từ kho git hoặc bản sao lưu")
        return path.read_bytes()


def hash_of(path: Path) -> str:
    """sha256 of a file; "" where there is none that can be read."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def place(this: Year) -> Path:
    """Where the submissions of a year stand."""
    return this.root / this.unit / FOLDER / kinds.place(this)


def number(given: str) -> str:
    """A report's number as it is printed.

    >>> number("5"), number("115"), number("5a")
    ('05', '115', '5a')
    """
    return given.strip().zfill(2)


def name(given: str, date: dt.date) -> str:
    """The folder of the report of that number and date.

    >>> name("5", dt.date(2023, 6, 5))
    '2023-06-05-so-05'
    """
    return f"{date.isoformat()}-so-{number(given)}"


def named(given: dict) -> str:
    """The submission that a number and date name; "" as long as one of them is not filled in."""
    date = office.as_date(given.get("date"))
    return name(given["number"], date) if given.get("number") and date else ""


def of(this: Year) -> list[Submission]:
    """The submissions of a year and kind of report in the order of their dates and numbers; DataError as `of_every_kind`."""
    return [one for one in of_every_kind(this) if kind(this, one) == office.kind(this)]


def of_every_kind(this: Year) -> list[Submission]:
    """The submissions of a year, whatever they are; DataError where a record cannot be read."""
    return this.once("submissions", lambda: list(map(read, folders(this))))


def kind(this: Year, one: Submission) -> str:
    """The code of the kind that a submission of the year is of; where its record does not say, its place does."""
    return one.kind or one.folder.parent.name.removeprefix(f"{this.year}").removeprefix("-") or office.main_kind(this)


def everywhere(this: Year) -> list[Submission]:
    """The submissions of every year of the unit, those of the kind that the year is opened for first."""
    above = place(this).parent
    years = sorted({path.name[:4] for path in above.glob("[0-9]*") if path.name[:4].isdecimal()})
    found = [(other, one) for year in years for other in [this.other(year=int(year))] for one in of_every_kind(other)]
    return [one for _, one in sorted(found, key=lambda pair: kind(*pair) != office.kind(pair[0]))]


def folders(this: Year) -> list[Path]:
    """The folders of a year's submissions, in the order of their dates and numbers."""
    above = place(this).parent
    among = [*above.glob(f"{this.year}/[!.]*"), *above.glob(f"{this.year}-*/[!.]*")]
    found = [(match, path) for path in among if (match := NAME.fullmatch(path.name)) and path.is_dir()]
    return [path for _, path in sorted(found, key=lambda one: (one[0][1], int(one[0][2]), one[0][3], one[1]))]


def records(submissions: Iterable[Submission]) -> list[Path]:
    return [one.folder / RECORD for one in submissions]


def read_again(this: Year) -> list[Path]:
    """The files of what was sent that a later report of the year reads: of each its record, its manifest, the report's notebook."""
    return [path for folder in folders(this) for name in (RECORD, MANIFEST, "*.ipynb") for path in sorted(folder.glob(name))[-1:]]


def in_force(submissions: Iterable[Submission]) -> list[Submission]:
    """Those whose place no other has taken."""
    found = list(submissions)
    replaced = {one.replaces for one in found}
    return [one for one in found if one.name not in replaced]


def told(one: Submission, every: Iterable[Submission]) -> str:
    """One of the submissions of a year in a line: when it was sent, what took its place, what of it is not as it was sent."""
    later = next((other for other in every if other.replaces == one.name), None)
    replaced = f"; đã thay thế bằng {later}" if later else ""
    altered = f"; KHÔNG còn như khi nộp: {', '.join(one.altered())}" if one.altered() else ""
    return f"{one}, gửi ngày {one.sent:%d/%m/%Y}{replaced}{altered}"


def lines(this: Year) -> list[str]:
    """Each submission of a year and kind in a line (`told`); of a record that cannot be read, why not."""
    try:
        every = of(this)
    except DataError as unreadable:
        return [str(unreadable)]
    return [told(one, every) for one in every]


def lines_of_other_kinds(this: Year) -> list[str]:
    """`lines` of what was sent of the year's other kinds of report, each behind what its kind is called."""
    try:
        codes = dict.fromkeys(kind(this, one) for one in of_every_kind(this))
    except DataError:  # which `lines` says
        return []
    known = law_kinds.known(this.law, this.year)
    named = {code: known[code].name if code in known else code for code in codes if code != office.kind(this)}
    return [f"{name}: {line}" for code, name in named.items() for line in lines(this.of_kind(code))]


def read(folder: Path) -> Submission:
    """The submission in a folder; raises DataError for a record that is none."""
    path = folder / RECORD
    try:
        told = yaml.load(limits.head(path, limits.OFFICE), Loader=yaml.BaseLoader)
        found = Submission(
            folder=folder, kind=told["kind"], number=told["number"], date=day(told["date"]), sent=day(told["sent"]),
            replaces=told["replaces"], addressees=tuple(told["addressees"]), recipients=tuple(told["recipients"]),
            key=told["key"], files=dict(told["files"]),
        )  # fmt: skip
    except FileNotFoundError:
        raise broken(path, "hồ sơ của bản đã nộp không còn", "lấy lại tệp này từ kho git hoặc bản sao lưu") from None
    except OSError as error:
        raise unusable(error) from None
    except (KeyError, TypeError, ValueError, yaml.YAMLError):
        raise broken(path, "không phải hồ sơ của bản đã nộp", "lấy lại tệp này từ kho git hoặc bản sao lưu") from None
    if name(found.number, found.date) != folder.name:
        raise broken(path, f"ghi số, ngày khác với tên thư mục {folder.name}", "lấy lại tên thư mục và tệp này như khi nộp")
    return found


def day(text: str) -> dt.date:
    found = date_of(text)
    if found is None:
        raise ValueError(text)
    return found


def broken(path: Path, rule: str, remedy: str) -> DataError:
    """A finding of a file in a submission's folder, named from the unit on."""
    return DataError([Finding("/".join(path.parts[-5:]), rule, remedy)])
