"""How a command ends: with its answer, after Ctrl-C, or by an error nobody expected; never with a process left behind.

It is loaded before anything else, so it needs the standard library alone.
"""

import logging
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from giamngheo import limits
from giamngheo.run import descendants

LOGS = "nhat-ky"  # the folder of error logs below the outputs
STOPS = {"SIGINT": "theo yêu cầu (Ctrl-C)", "SIGTERM": "vì được yêu cầu kết thúc", "SIGHUP": "vì cửa sổ lệnh đã đóng"}
CLEANING = 5  # seconds after a stop in which another one does not disturb the cleaning up


def orderly(command: Callable[[], int], doing: str, logs: Path, alone: bool = True) -> int:
    """The exit code of `command`, whatever happens in it: 0, 1, 2 are its own, 130 is Ctrl-C, 143 SIGTERM.

    `doing` says in a message what it was about; an error that nobody expected leaves its traceback below `logs`.
    With `alone` every process that the command started, and theirs, has ended when this returns.
    """
    if said := short_of_memory():
        say(f"Không xong: {doing}. {said}")
        return 1
    with stops() as heard, descendants.none_left() if alone else nullcontext():
        try:
            code = command()
            sys.stdout.flush()
        except BrokenPipeError:  # `| head` has seen enough; what is still to be printed has nowhere to go
            nowhere()
            code = 1
        except SystemExit:
            raise
        except BaseException as error:  # a panic of the typesetter is none of Exception
            if heard or isinstance(error, KeyboardInterrupt):  # a stop within an import comes out as its ImportError
                return stopped(heard, doing)
            code = 1
            say(f"Không xong: {doing}. {cause(error, doing, logs)}")
            nowhere(only_broken=True)
    return 128 + heard[-1][0] if heard and code == 130 else code


def stopped(heard: list[tuple[int, float]], doing: str) -> int:
    """The exit code of a command that somebody stopped, which is said."""
    logging.getLogger("asyncio").disabled = True  # what a stop left undone would each be told as an error
    number = heard[-1][0] if heard else signal.SIGINT
    say(f"Đã dừng {STOPS[signal.Signals(number).name]}: {doing}.")
    return 128 + number


def short_of_memory() -> str:
    """Why no command can be run, said before libraries fail in the middle, each in its own words; "" where one can."""
    with suppress(ImportError):
        import resource  # not on Windows

        allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
        if 0 <= allowed < limits.ADDRESSES:
            found = f"giới hạn bộ nhớ đang đặt là {allowed // 10**6} MB, cần ít nhất {limits.ADDRESSES // 10**6} MB"
            return f"Nguyên nhân: {found}. Cách sửa: nâng giới hạn (ulimit -v unlimited) rồi chạy lại."
    return ""


def cause(error: BaseException, doing: str, logs: Path) -> str:
    """Why something stopped, in one line; where nobody could expect it, with the log that has its traceback."""
    if isinstance(error, MemoryError):
        return "Nguyên nhân: hết bộ nhớ. Cách sửa: đóng bớt chương trình, hoặc tăng giới hạn bộ nhớ, rồi chạy lại."
    with suppress(MemoryError, ImportError, OSError):  # nothing more can be loaded
        from giamngheo.findings import SYSTEM, unusable

        if isinstance(error, OSError) and error.errno in SYSTEM:
            return f"Nguyên nhân: {unusable(error)}"
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return f"Nguyên nhân: lỗi không lường trước, {said}. {logged(error, doing, logs)}"


def logged(error: BaseException, doing: str, logs: Path) -> str:
    """Write the traceback of an error below `logs`, else in the user's folder of temporary files; say where it is."""
    text = f"{doing}\nCó thể có giá trị lấy từ số liệu: xem lại trước khi gửi cho ai.\n\n"
    text += "".join(traceback.format_exception(error))
    name = f"loi-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    for folder in (lambda: logs, lambda: Path(tempfile.gettempdir(), "giamngheo")):
        with suppress(OSError):
            folder().mkdir(parents=True, exist_ok=True)
            (folder() / name).write_text(text, encoding="utf-8", errors="backslashreplace")
            return f"Nhật ký cho người phụ trách phần mềm: {folder() / name}"
    return f"Không ghi được nhật ký ở {logs}."


def say(line: str) -> None:
    """One line for whoever started the command, if anybody still reads."""
    with suppress(OSError, ValueError):
        print(line, file=sys.stderr, flush=True)


def nowhere(only_broken: bool = False) -> None:
    """Let what is still to be printed go nowhere; `only_broken`: where it could not be printed."""
    try:
        if only_broken:
            sys.stdout.flush()
            return
    except (OSError, ValueError):
        pass
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def stops() -> Iterator[list[tuple[int, float]]]:
    """Make every way to stop a command a KeyboardInterrupt; yields the signals that came, with their times."""
    heard: list[tuple[int, float]] = []

    def stop(number, _frame):
        disturbs = heard and time.monotonic() - heard[0][1] < CLEANING
        if not disturbs:
            heard[:] = [(number, time.monotonic())]
            raise KeyboardInterrupt

    def once_more(lost):
        """A stop that came where Python can raise nothing, as in the call for a weak reference, comes again."""
        if not (heard and issubclass(lost.exc_type, KeyboardInterrupt) and hasattr(signal, "pthread_kill")):  # not on Windows
            return told(lost)
        threading.Timer(0.01, signal.pthread_kill, [threading.main_thread().ident, heard.pop()[0]]).start()

    told, sys.unraisablehook = sys.unraisablehook, once_more
    numbers = [getattr(signal, name) for name in STOPS if hasattr(signal, name)]
    listening = threading.current_thread() is threading.main_thread()
    before = {number: signal.getsignal(number) for number in numbers if listening}
    kept = {number: old for number, old in before.items() if old != signal.SIG_IGN}  # nohup, background: as before
    for number in kept:
        signal.signal(number, stop)
    try:
        yield heard
    finally:
        sys.unraisablehook = told
        for number, old in kept.items():
            signal.signal(number, old)
