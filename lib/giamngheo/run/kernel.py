"""An IPython kernel without sockets: ipykernel's own shell, display hooks and requests over one pipe.

It lives in a process that was forked for one notebook. What a cell prints, shows or raises becomes the same
message that a kernel on sockets would send; only the transport differs.
"""

import asyncio
import atexit
import io
import logging
import os
import resource
import signal
import sys
import threading
import time
import warnings
from contextlib import suppress
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import cast

from ipykernel.eventloops import enable_gui
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.session import Session, extract_header
from tornado.ioloop import IOLoop
from traitlets import Type
from traitlets.config import Config

from giamngheo import limits, private_names
from giamngheo.run import output

IOPUB, SHELL = "iopub", "shell"
FLUSH_EVERY = 0.2  # seconds, as ipykernel's streams
INLINE = "module://matplotlib_inline.backend_inline"


class PipeSession(Session):
    """A session that puts whole messages on a pipe instead of signed parts on a socket."""

    pipe: Connection
    lock: threading.Lock  # one message at a time
    allowance = output.Allowance()

    def send(  # type: ignore[override]  # jupyter_client's other arguments are those of sockets
        self, stream, msg_or_type, content=None, parent=None, buffers=None, header=None, metadata=None, **_
    ):
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.msg(msg_or_type, content=content, parent=parent, header=header, metadata=metadata)
        content = self.allowance.allowed(message["header"]["msg_type"], message["content"])
        if content is None:
            return message
        message["content"], message["buffers"] = content, [bytes(part) for part in buffers or []]
        with self.lock:
            self.pipe.send((stream, message))
        return message


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a notebook: text becomes stream messages.

    The file descriptor under it leads to a file in memory, so that what subprocesses and C code write
    appears in the notebook too.
    """

    encoding = "UTF-8"

    def __init__(self, session: PipeSession, name: str, descriptor: int):
        self.session, self.name = session, name
        self.written: list[str] = []
        self.parent: dict = {}
        self.flushed, self.owner, self.lock, self.said = time.monotonic(), os.getpid(), threading.RLock(), 0
        self.descriptor, self.captured, self.taken = descriptor, os.memfd_create(name), 0
        os.dup2(self.captured, descriptor)

    def fileno(self) -> int:
        return self.descriptor

    def writable(self) -> bool:
        return True

    def set_parent(self, parent: dict) -> None:
        self.said = 0
        self.parent = extract_header(parent)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self.owner:
            return os.write(self.descriptor, text.encode(errors="replace"))
        with self.lock:
            self.said += len(text)
            if self.said > limits.PRINTED:
                raise output.TooMuchOutput(limits.PRINTED)
            self.written.append(text)
            if time.monotonic() - self.flushed > FLUSH_EVERY:
                self.flush()
        return len(text)

    def flush(self) -> None:
        if os.getpid() != self.owner:
            return
        with self.lock:
            raw = os.pread(self.captured, os.fstat(self.captured).st_size - self.taken, self.taken)
            self.taken += len(raw)
            text, self.written = "".join([*self.written, raw.decode(errors="replace")]), []
            self.flushed = time.monotonic()
            if text:
                self.session.send(IOPUB, "stream", {"name": self.name, "text": text}, parent=self.parent)


class PipeShell(ZMQInteractiveShell):
    """ipykernel's shell; `%matplotlib` finds its kernel without an application around it."""

    def enable_gui(self, gui=None):
        enable_gui(gui, self.kernel)
        self.active_eventloop = gui


class PipeKernel(private_names.Unqueued, IPythonKernel):
    """ipykernel's kernel with a pipe for its two channels and no debugger, heartbeat or history file.

    The client sends a cell when the one before is done, so nothing is ever queued.
    """

    session: PipeSession
    shell: PipeShell
    import_path: list[str]
    shell_class = Type(PipeShell)

    async def answer(self, request: dict) -> None:
        """Answer one request as ipykernel's dispatcher does, from busy to idle."""
        self.session.allowance = output.Allowance()
        self.set_parent([], request)
        self.tell("busy")
        self.pre_handler_hook()
        await self.shell_handlers[request["header"]["msg_type"]](SHELL, [], request)
        self.post_handler_hook()
        sys.stdout.flush()
        sys.stderr.flush()
        self.tell("idle")

    def tell(self, state: str) -> None:
        self.session.send(IOPUB, "status", {"execution_state": state}, parent=self.get_parent("shell"))


def prepared() -> PipeKernel:
    """A kernel that has executed nothing; made once in a warm process, used once in each fork of it."""
    settings = Config()
    settings.HistoryManager.hist_file = ":memory:"
    os.environ.setdefault("MPLBACKEND", INLINE)
    kernel = PipeKernel.instance(
        config=settings, session=PipeSession(key=b""), iopub_socket=IOPUB, log=logging.getLogger("ipykernel")
    )
    atexit.unregister(kernel.shell.atexit_operations)  # nothing was executed, and its folder may be gone by then
    sys.path[:] = filter(None, sys.path)
    InteractiveShellApp.init_path(cast(InteractiveShellApp, SimpleNamespace(ignore_cwd=False)))  # all that it asks of one
    kernel.import_path = sys.path.copy()
    return kernel


def surround(environ: dict[str, str], folder: str, memory: int) -> None:
    """Take on the caller's environment and folder, and refuse more `memory` (bytes; 0: no limit)."""
    os.environ.clear()
    os.environ.update({"MPLBACKEND": INLINE} | environ)
    PipeKernel.instance().shell.init_environment()
    time.tzset()
    os.chdir(folder)
    if memory:
        lower(resource.RLIMIT_AS, memory)
    lower(resource.RLIMIT_FSIZE, limits.CAPTURED)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def lower(kind: int, most: int) -> None:
    """Limit what this process and its children may use of something, where they may not use less already."""
    least = min([most, *(limit for limit in resource.getrlimit(kind) if limit >= 0)])
    resource.setrlimit(kind, (least, least))


def serve(pipe: Connection) -> None:
    """Answer requests from the pipe until it closes, in the one task and event loop that a kernel has."""
    kernel = PipeKernel.instance()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kernel.session.pipe, kernel.session.lock, kernel.session.pid = pipe, threading.Lock(), os.getpid()
    sys.stdin = open(os.devnull)  # noqa: SIM115 (as long as the process lives)
    sys.stdout, sys.stderr = Stream(kernel.session, "stdout", 1), Stream(kernel.session, "stderr", 2)
    sys.displayhook = kernel.shell.displayhook
    sys.path[:] = kernel.import_path
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
    # Also makes warnings that were given once before the fork be given again.
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    with suppress(EOFError):
        loop.run_until_complete(answers(kernel, pipe))


async def answers(kernel: PipeKernel, pipe: Connection) -> None:
    kernel.io_loop, asked = IOLoop.current(), asyncio.Event()
    asyncio.get_running_loop().add_reader(pipe.fileno(), asked.set)
    while True:
        while not pipe.poll():
            await asked.wait()
            asked.clear()
        await kernel.answer(pipe.recv())
