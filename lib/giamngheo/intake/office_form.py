"""`unit.yml` and `report.yml`: YAML of the form that the dictionary gives them, every value as the text it is.

Anything else is a finding with its line: a name there is not, a name twice, a list where a text belongs, no date.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import zip_longest

import yaml

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.intake import narrative_file
from giamngheo.law.dictionary import Column, fields
from giamngheo.vietnamese import glyphs
from giamngheo.vietnamese.text import ask

DASHES = "ghi mỗi mục một dòng, bắt đầu bằng dấu gạch: - …"
AS_TEXT = 'đặt cả mục trong ngoặc kép, ví dụ "Lưu: VT"'
PATTERN = "xem tệp của đơn vị khác làm mẫu"
ON_ONE_LINE = "ghi trên một dòng"
REMARK = 'là chữ cần in thì đặt cả mục trong ngoặc kép, ví dụ "32 #8"; là ghi chú thì chuyển xuống một dòng riêng, bắt đầu bằng dấu #'
A_DATE = "ghi ngày dạng 05/06/2023 hoặc 2023-06-05"
NUMBERED = re.compile(r"0*[1-9][0-9]*[a-zđ]?")  # 15, 15a
NOTHING = re.compile(r"~|null", re.IGNORECASE)
YEARS = range(1990, 2101)  # what is no slip of the finger


@dataclass
class Said:
    """What an office file says, and what is wrong with it.

    values    text, list of texts, or {name: value}, by name
    lines     the line of each value and of each part of it: `letterhead.0.place`
    """

    file: str
    values: dict = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether no report can be made of what it says."""
        return any(finding.level == "refuse" for finding in self.findings)

    def wrong(self, line: int, value: str, rule: str, remedy: str) -> None:
        self.findings.append(Finding(self.file, rule, remedy, row=line, value=value))


def read(content: bytes, file: str) -> dict:
    """What the file says; raises DataError with everything in it that is not of its form."""
    said = told(content, file)
    if said.findings:
        raise DataError(said.findings)
    return said.values


def told(content: bytes, file: str) -> Said:
    """What the file says, with everything in it that is not of its form."""
    said = Said(file)
    try:
        node = parsed(content, file)
    except DataError as error:
        said.findings += error.findings
        return said
    said.values = mapping(node, "", said) if node else {}
    beside = dict(remarks_beside(narrative_file.as_text(content, file)))
    said.findings = [finding for finding in said.findings if finding.value or finding.row not in beside]
    for line, remark in beside.items():
        said.wrong(line, remark, "chữ sau dấu # bị bỏ, không đọc, không in", REMARK)
    return said


def parsed(content: bytes, file: str) -> yaml.Node | None:
    """The file's nodes; None where it says nothing."""
    if len(content) > limits.OFFICE:
        raise refused(file, 0, f"tệp dài hơn {limits.OFFICE} byte", "xóa những gì không thuộc tệp này")
    text = narrative_file.as_text(content, file)
    try:
        plain(text, file)
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        at = line_of(error)
        tab = "\t" in "".join(text.split("\n")[at - 1 : at])
        remedy = "thay dấu Tab ở dòng này bằng dấu cách" if tab else "xem lại dấu hai chấm, dấu ngoặc ở dòng này"
        raise refused(file, at, "tệp không đúng cách viết YAML", remedy) from error


def remarks_beside(text: str) -> list[tuple[int, str]]:
    """Remarks that stand on the line of something else, with their lines: a person may have meant them as part of it.

    What stands in quotation marks is whole, and a remark may follow it.

    >>> remarks_beside('number: 32 #8\\nname: "xã A" # như con dấu\\n# một dòng riêng')
    [(1, '#8')]
    """
    tokens = [token for token in yaml.scan(text, Loader=yaml.BaseLoader) if token.end_mark.pointer > token.start_mark.pointer]
    found = []
    for token, next_ in zip_longest(tokens, tokens[1:]):
        between = text[token.end_mark.pointer : next_.start_mark.pointer if next_ else None].partition("\n")[0].strip()
        if between.startswith("#") and not getattr(token, "style", None):
            found.append((token.end_mark.line + 1, between[:80]))
    return found


def line_of(error: yaml.YAMLError) -> int:
    """The line at which YAML gave up, 0 where it does not say."""
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 0


def plain(text: str, file: str) -> None:
    """Refuse what unfolds or changes its kind: names for parts of the file (& and *), kinds (!), lists within lists without end."""
    deep = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refused(file, line, "không dùng & và * để nhắc lại một phần của tệp", "ghi đầy đủ, hoặc đặt trong ngoặc kép")
        if getattr(event, "tag", None):
            raise refused(file, line, "không dùng ! để ghi kiểu của giá trị", "bỏ phần bắt đầu bằng !, hoặc đặt trong ngoặc kép")
        deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if deep > limits.NESTING:
            raise refused(file, line, f"lồng nhau quá {limits.NESTING} bậc", PATTERN)


def form(file: str, above: str) -> dict[str, Column]:
    """The fields that may stand directly below the field `above` of a file ("" for its top), by their own names."""
    parts = ((one.name.rpartition("."), one) for one in fields(file.rpartition("/")[2]))
    return {name: one for (parent, _, name), one in parts if parent == above}


def mapping(node: yaml.Node, place: str, said: Said) -> dict:
    """The values of a mapping at `place`, "" for the whole file, else `letterhead.0`."""
    if not isinstance(node, yaml.MappingNode):
        said.wrong(line(node), shown(node), "phải gồm các dòng `tên: giá trị`", PATTERN)
        return {}
    found, known = {}, form(said.file, re.sub(r"\.\d+", "", place))
    for key, value in node.value:
        name = shown(key)
        if name in found:
            said.wrong(line(key), name, "tên này có hai lần", "giữ một dòng")
        elif name not in known or not isinstance(key, yaml.ScalarNode):
            rule, remedy = "không có mục nào tên như vậy", f"dùng một trong các tên{ask(name, known)}: {', '.join(known)}"
            said.wrong(line(key), name, rule, remedy)
        else:
            within = f"{place}.{name}" if place else name
            said.lines[within] = line(key)
            found[name] = value_of(value, known[name], within, said)
    return found


def value_of(node: yaml.Node, column: Column, place: str, said: Said) -> str | list | dict:
    blank = isinstance(node, yaml.ScalarNode) and not node.value
    if column.type == "entry":
        return {} if blank else mapping(node, place, said)
    if column.type not in ("texts", "entries"):
        return single(node, column, said)
    if isinstance(node, yaml.SequenceNode):
        return [part(one, column, f"{place}.{at}", said) for at, one in enumerate(node.value)]
    if not blank:
        said.wrong(line(node), shown(node), "phải là danh sách", DASHES)
    return []


def part(node: yaml.Node, column: Column, place: str, said: Said) -> str | dict:
    """One line of a list: a text, or a mapping."""
    said.lines[place] = line(node)
    if column.type == "entries":
        return mapping(node, place, said)
    found = text(node, said)
    if isinstance(node, yaml.ScalarNode) and not found.strip():
        said.wrong(line(node), "", f"danh sách {column.label} có một dòng trống", "ghi chữ vào dòng này, hoặc xóa dòng")
    return found


def single(node: yaml.Node, column: Column, said: Said) -> str:
    """A value on one line, held against its kind."""
    found = text(node, said)
    if column.type == "date" and found and not date_of(found):
        said.wrong(line(node), found, "không phải là ngày", A_DATE)
    if column.type == "year" and found and found not in map(str, YEARS):
        said.wrong(line(node), found, "không phải là năm", "ghi năm bằng bốn chữ số, ví dụ 2023")
    if "a number" in column.rules and found and not NUMBERED.fullmatch(found):
        said.wrong(line(node), found, f"{column.label} chỉ là con số", "ghi số, ví dụ 15: phần /BC-UBND đã in sẵn; chưa có thì để trống")
    for rule in column.rules:
        allowed = rule.removeprefix("one of ").split("|")
        if rule.startswith("one of ") and found and found not in allowed:
            said.wrong(line(node), found, f"{column.label} phải là một trong: {', '.join(allowed)}", "sửa lại")
    return found


def text(node: yaml.Node, said: Said) -> str:
    """A text that stands on one line and prints as it is written."""
    if not isinstance(node, yaml.ScalarNode):
        colon = isinstance(node, yaml.MappingNode) and not node.flow_style
        rule = "mục có dấu hai chấm nên không còn là chữ" if colon else "phải là chữ, không phải danh sách"
        said.wrong(line(node), shown(node), rule, AS_TEXT if colon else ON_ONE_LINE)
        return ""
    if node.style is None and NOTHING.fullmatch(node.value):
        said.wrong(line(node), node.value, "trong YAML chữ này nghĩa là để trống", 'để trống thì ghi ""; nếu đúng là chữ thì đặt trong ngoặc kép')
    elif node.end_mark.line > node.start_mark.line or "\n" in node.value:
        said.wrong(line(node), shown(node), "chữ nằm trên nhiều dòng", ON_ONE_LINE)
    elif code := coded(node):
        said.wrong(line(node), code, "trong ngoặc kép, dấu \\ mở đầu mã của một ký tự", "gõ thẳng ký tự ấy; muốn in dấu \\ thì ghi \\\\")
    elif brace := re.search(r"\{[^{}]*\}?|\}", node.value):
        said.wrong(line(node), brace[0], "tệp này không dùng tên trong ngoặc nhọn", "ghi chữ cần in")
    elif letter := glyphs.box(node.value):
        said.wrong(line(node), node.value, glyphs.rule(letter[0]), glyphs.remedy(letter[0]))
    return node.value


def coded(node: yaml.ScalarNode) -> str:
    """The first code of a character within double quotes: `\\x35` reads 5; "" where every letter is seen as it is."""
    whole = str(node.start_mark.buffer)
    written = whole[node.start_mark.pointer : node.end_mark.pointer] if node.style == '"' else ""
    return next((found for found in re.findall(r"\\(?:x..|u.{4}|U.{8}|.)", written) if found not in ('\\"', "\\\\", "\\/")), "")


def date_of(text: str) -> dt.date | None:
    """The day that is written yyyy-mm-dd or dd/mm/yyyy; None where there is no such day, or none of our time.

    >>> date_of("5/6/2023"), date_of("31/02/2023"), date_of("0203-01-01")
    (datetime.date(2023, 6, 5), None, None)
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if day.year in YEARS else None
    return None


def blank(file: str, given: dict[str, str], above: str = "") -> str:
    """The file as it is handed out: every field with what it means, blank but for what is `given`.

    >>> print(blank("report.yml", {"year": "2025"}).splitlines()[6:8])
    ['# Năm ghi trên báo cáo: Năm ở dòng địa danh, ngày tháng khi chưa có ngày; để trống thì văn thư điền.', 'year: 2025']
    """
    lines, indent = [], "  " * bool(above)
    for name, column in form(file, above).items():
        value = given.get(column.name, '""')
        lines += [f"{indent}# {column.label}: {column.meaning}.", f"{indent}{name}:" + f" {value}" * (column.type != "entry")]
        lines += [blank(file, given, column.name).rstrip("\n")] if column.type == "entry" else []
    return "\n".join(lines) + "\n"


def line(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def shown(node: yaml.Node) -> str:
    """What a value says, in short; of one that is no text, its first text."""
    while not isinstance(node, yaml.ScalarNode):
        if not node.value:
            return ""
        node = node.value[0][0] if isinstance(node, yaml.MappingNode) else node.value[0]
    return node.value[:80]


def refused(file: str, line: int, rule: str, remedy: str) -> DataError:
    return DataError([Finding(file, rule, remedy, row=line)])
