"""What a worker of another machine sends back, held against what it was asked for before anything of it is written."""

import dataclasses
import json
import re

from giamngheo import limits
from giamngheo.run.processes import Outcome, Task
from giamngheo.store import manifest

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[a-z]+)+")  # names of a report's files: no folders, nothing hidden


class Untrusted(ValueError):
    """A result that is not the report that was asked for, and why."""


def checked(result: object, task: Task, asked: dict) -> tuple[Outcome, dict[str, bytes]]:
    """The outcome and the files of `task`, as far as they are what was asked for; `asked`: its manifest before it is made.

    Raises Untrusted for another unit, year or key, a name that is not plain, and a file that the manifest does not
    list or lists with another hash.
    """
    if not (isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], dict)):
        raise Untrusted("không phải là một kết quả và các tệp của nó")
    outcome, files = plain_outcome(result[0], task), plain_files(result[1])
    if outcome.cause:
        return outcome, {name: content for name, content in files.items() if name.endswith(".ipynb")}
    listed = outputs(files, asked)
    for name in sorted(listed.keys() | files.keys() - {manifest.FILE}):
        if name not in listed or name not in files:
            raise Untrusted(f"tệp {name} không khớp với {manifest.FILE}: {'thừa' if name in files else 'thiếu'}")
        if manifest.sha256(files[name]) != listed[name]:
            raise Untrusted(f"tệp {name} có nội dung khác với {manifest.FILE}")
    absent = [kind for kind in task.formats if manifest.files(asked)[kind] not in listed]
    if absent:
        raise Untrusted(f"thiếu dạng {', '.join(absent)}")
    return outcome, files


def plain_outcome(outcome: object, task: Task) -> Outcome:
    """The outcome, every part of the type it should have, of the unit and year that were asked for."""
    if type(outcome) is not Outcome or (outcome.unit, outcome.year) != (task.unit, task.year):
        raise Untrusted("kết quả của đơn vị hoặc năm khác")
    texts = (outcome.notebook, outcome.cause, outcome.lines, *outcome.kept)
    if type(outcome.cell) is not int or not all(type(text) is str and len(text) <= limits.TOLD for text in texts):
        raise Untrusted("lời báo không phải là chữ, hoặc quá dài")
    return dataclasses.replace(outcome, kept=tuple(outcome.kept))


def plain_files(files: dict) -> dict[str, bytes]:
    for name, content in files.items():
        if not (type(name) is str and len(name) <= 100 and PLAIN.fullmatch(name)):
            raise Untrusted(f"tên tệp {str(name)[:100]!r} không phải là tên của một tệp báo cáo")
        if type(content) is not bytes:
            raise Untrusted(f"tệp {name} không phải là dãy byte")
    size = sum(len(content) for content in files.values())
    if size > limits.REPORT:
        raise Untrusted(f"các tệp lớn {size} byte, giới hạn {limits.REPORT}")
    return files


def outputs(files: dict[str, bytes], asked: dict) -> dict[str, str]:
    """The hashes that the manifest among the files lists; it must say of all that was asked what we say of it."""
    try:
        record = json.loads(files[manifest.FILE])
        listed, same = record["outputs"], {name: record[name] for name in asked} == asked
    except (KeyError, ValueError, TypeError, RecursionError):
        raise Untrusted(f"không có {manifest.FILE} đọc được") from None
    if not same:
        raise Untrusted(f"{manifest.FILE} của báo cáo khác, không phải {asked['key']}")
    good = isinstance(listed, dict) and all(isinstance(digest, str) for digest in listed.values())
    if not good or not any(name.endswith(".ipynb") for name in listed):
        raise Untrusted(f"{manifest.FILE} không liệt kê các tệp")
    return listed
