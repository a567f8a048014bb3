"""argparse in Vietnamese: one message says what was typed, what may be typed and where more is told; exit code 2."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from giamngheo import private_names
from giamngheo.vietnamese.text import ask

# What argparse says by itself, as it looks it up with gettext. What a program's author alone can see is left out.
WORDS = {
    "usage: ": "cách ghi: ",
    "positional arguments": "phải ghi",
    "options": "tùy chọn",
    "show this help message and exit": "in các lời này",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "phải có một giá trị đi sau; giá trị bắt đầu bằng dấu - thì nối bằng dấu =",
    "expected at most one argument": "nhiều nhất một giá trị đi sau",
    "expected at least one argument": "phải có ít nhất một giá trị đi sau",
    "expected %s argument": "phải có %s giá trị đi sau",
    "expected %s arguments": "phải có %s giá trị đi sau",
    "ignored explicit argument %r": "không nhận giá trị, nhận được %r",
    "the following arguments are required: %s": "còn thiếu %s",
}
HELP = ("-h", "--help")
DASHES = ("-", "–", "—")  # Word makes the long ones of two short ones


class Parser(argparse.ArgumentParser):
    """A parser of which every message is one line, and no option is known by its first letters alone."""

    def __init__(self, *given, **named):
        super().__init__(*given, **{"allow_abbrev": False} | named)

    @property
    def options(self) -> list[str]:
        return private_names.options(self)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message.rstrip('.')}. Xem cách ghi: {self.prog} --help\n")


class Once(argparse.Action):
    """Keeps an option's value and refuses a second one; `namespace.told` has the options that were given."""

    def __call__(self, parser, namespace, value, option=None):
        told: frozenset[str] = getattr(namespace, "told", frozenset())
        if self.dest in told:
            parser.error(f"{option} có hai lần; chỉ ghi một lần")
        namespace.told = told | {self.dest}
        setattr(namespace, self.dest, value)


class Options(Parser):
    """The parser of one command: an option that is given twice is refused, not the first of two forgotten."""

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.register("action", None, Once)


class Commands(Parser):
    """The whole command line: first the name of one of its `verbs`, then what belongs to that."""

    verbs: Mapping[str, Options]

    def read(self, args: Sequence[str] | None) -> argparse.Namespace:
        """What was typed, `args` or else the process's own; whatever is wrong with it ends the process."""
        typed = list(sys.argv[1:] if args is None else args)
        if wrong := self.no_command(typed):
            self.error(wrong)
        with private_names.argparse_says(WORDS):
            parsed, extra = self.parse_known_args(typed)
        if extra:
            verb = self.verbs[parsed.verb]
            verb.error(unknown(extra[0], verb.options))
        return parsed

    def no_command(self, typed: Sequence[str]) -> str:
        """What is said where the first word names no command; "" where it does, or asks for help."""
        first = typed[0] if typed else ""
        if first in (*self.verbs, *HELP):
            return ""
        meant = next((word for word in typed if word in self.verbs), "")
        if meant and first.startswith(DASHES):
            return f"tên lệnh đứng trước mọi tùy chọn: {self.prog} {meant} {first} …"
        said = f"không có lệnh {first!r}{ask(first, self.verbs)}" if first and not first.startswith(DASHES) else "chưa ghi lệnh nào"
        return f"{said}; các lệnh: {', '.join(self.verbs)}"


def unknown(typed: str, options: Sequence[str]) -> str:
    """What is said of something that a command does not know: an option, or a word that belongs to none."""
    if not typed.startswith(DASHES):
        return f"thừa {typed!r}: giá trị đi sau tên tùy chọn{example(typed, options)}; tên có dấu cách thì đặt trong ngoặc kép"
    name = typed.partition("=")[0]
    return f"không có tùy chọn {name}{ask(name, options)}"


def example(typed: str, options: Sequence[str]) -> str:
    """How a word that stands alone may have been meant."""
    option = "--year" if typed.isdecimal() else "--unit"
    return f", ví dụ {option} {typed}" if option in options and typed.replace("-", "").isalnum() else ""
