"""`unit.yml` and `report.yml`: YAML of a known form, every value as the text it is; anything else is refused with its line."""

import unicodedata

import yaml

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese.text import ask

TEXT, TEXTS = "text", "texts"
ENTRY = dict.fromkeys(
    ("from", "to", "superior", "place", "archive", "drafting_unit", "position", "signatory"), TEXT
) | dict.fromkeys(("issuer", "addressees", "recipients", "authority"), TEXTS)
FORMS = {
    "unit.yml": dict.fromkeys(("name", "issuer_name", "board_name", "synthetic"), TEXT) | {"letterhead": [ENTRY]},
    "report.yml": dict.fromkeys(("number", "date", "year"), TEXT),
}
DASHES = "ghi mỗi mục một dòng, bắt đầu bằng dấu gạch: - …"
AS_TEXT = 'đặt cả mục trong ngoặc kép, ví dụ "Lưu: VT"'


def read(content: bytes, file: str) -> dict:
    """What the file says; raises DataError with everything in it that is not of its form."""
    wrong: list[Finding] = []
    node = parsed(content, file)
    found = mapping(node, FORMS[file.rpartition("/")[2]], file, wrong) if node else {}
    if wrong:
        raise DataError(wrong)
    return found


def parsed(content: bytes, file: str) -> yaml.Node | None:
    """The file's nodes; None where it says nothing."""
    if len(content) > limits.OFFICE:
        raise refused(file, 0, f"tệp dài hơn {limits.OFFICE} byte", "xóa những gì không thuộc tệp này")
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
        depth(text, file)
        return yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = error.problem_mark.line + 1 if getattr(error, "problem_mark", None) else 0
        raise refused(file, line, "tệp không đúng cách viết YAML", "xem lại dấu hai chấm, dấu ngoặc ở dòng này") from error


def depth(text: str, file: str) -> None:
    """Refuse what unfolds: names for parts of the file (& and *), and lists within lists without end."""
    deep = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refused(file, line, "không dùng & và * để nhắc lại một phần của tệp", "ghi đầy đủ, hoặc đặt trong ngoặc kép")
        deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if deep > limits.NESTING:
            raise refused(file, line, f"lồng nhau quá {limits.NESTING} bậc", "xem tệp của đơn vị khác làm mẫu")


def mapping(node: yaml.Node, form: dict, file: str, wrong: list[Finding]) -> dict:
    if not isinstance(node, yaml.MappingNode):
        rule = "phải gồm các dòng `tên: giá trị`"
        wrong.append(finding(file, node, said(node), rule, "xem tệp của đơn vị khác làm mẫu"))
        return {}
    found = {}
    for key, value in node.value:
        name = said(key)
        if name in found:
            wrong.append(finding(file, key, name, "tên này có hai lần", "giữ một dòng"))
        elif name not in form:
            rule, remedy = "không có mục nào tên như vậy", f"dùng một trong các tên{ask(name, form)}: {', '.join(form)}"
            wrong.append(finding(file, key, name, rule, remedy))
        else:
            found[name] = value_of(value, form[name], file, wrong)
    return found


def value_of(node: yaml.Node, form: str | list, file: str, wrong: list[Finding]) -> str | list:
    if form == TEXT:
        return text(node, file, wrong)
    if isinstance(node, yaml.SequenceNode):
        return [text(one, file, wrong) if form == TEXTS else mapping(one, form[0], file, wrong) for one in node.value]
    if said(node) or isinstance(node, yaml.MappingNode):
        wrong.append(finding(file, node, said(node), "phải là danh sách", DASHES))
    return []


def text(node: yaml.Node, file: str, wrong: list[Finding]) -> str:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    colon = isinstance(node, yaml.MappingNode) and not node.flow_style
    rule = "mục có dấu hai chấm nên không còn là chữ" if colon else "phải là chữ, không phải danh sách"
    wrong.append(finding(file, node, said(node), rule, AS_TEXT if colon else "ghi trên một dòng"))
    return ""


def said(node: yaml.Node) -> str:
    """What a value says, in short; of one that is no text, its first text."""
    while not isinstance(node, yaml.ScalarNode):
        if not node.value:
            return ""
        node = node.value[0][0] if isinstance(node, yaml.MappingNode) else node.value[0]
    return node.value[:80]


def finding(file: str, node: yaml.Node, value: str, rule: str, remedy: str) -> Finding:
    return Finding(file, rule, remedy, row=node.start_mark.line + 1, value=value)


def refused(file: str, line: int, rule: str, remedy: str) -> DataError:
    return DataError([Finding(file, rule, remedy, row=line)])
