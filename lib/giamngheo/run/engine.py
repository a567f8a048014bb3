"""Two papermill engines: `warm`, a process forked from a warm one for each run, and `kernel`, papermill's own.

Both are papermill's client, so cells, outputs, time-outs and errors are treated alike; the warm one talks
through a pipe to a forked process (`kernel.serve`) where the other starts a kernel and talks to its sockets.
A run that loses its process fails like one whose cell raised: with an error output at that cell.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import uuid
from contextlib import contextmanager
from queue import Empty
from types import SimpleNamespace

import nbformat
from nbclient import client as listener
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

from giamngheo import environment, limits, private_names
from giamngheo.intake.unit import Year
from giamngheo.run import forkserver, output
from giamngheo.run.own_kernel import OwnManager
from giamngheo.surroundings import cleaned

# nbclient looks for the last carriage return of a line from every place in it, a million times for a line of a million
# letters. This expression finds the same, once a line.
private_names.replace_carriage_returns(listener, re.compile(r"(?m)^.*\r(?=[^\n])"))

CELL_TIME = 600  # seconds
MEMORY = 4 << 30  # bytes of address space; 0 sets no limit
LAST_WORDS = 5  # seconds a process has to end after it closed its pipe
DEFAULT = "warm" if sys.platform == "linux" else "kernel"


def execute(pipe, parent, settings: dict, opened: Year | None) -> None:
    """What a forked process does: take on the caller's surroundings and the year that it has opened, answer its requests."""
    parent.close()
    from giamngheo.run import kernel

    forkserver.detach()
    kernel.surround(**settings)
    if opened:
        environment.inherit(opened)
    kernel.serve(pipe)


class Forked:
    """A forked process as papermill's client sees a kernel: manager and client in one."""

    allow_stdin = False

    def __init__(self, memory: int, environ: dict[str, str], opened: Year | None = None):
        forked = forkserver.context()
        inherited = opened if forked.get_start_method() == "fork" else None  # a year is handed down in memory or not at all
        self.pipe, theirs = forked.Pipe()
        settings = {"environ": environ, "folder": os.getcwd(), "memory": memory}
        self.process = forked.Process(target=execute, args=(theirs, self.pipe, settings, inherited))
        forkserver.start(self.process)
        theirs.close()
        self.channels: dict[str, asyncio.Queue] = {name: asyncio.Queue() for name in ("iopub", "shell")}
        self.iopub_channel, self.shell_channel = (
            SimpleNamespace(get_msg=lambda timeout=None, name=name: self.next(name, timeout)) for name in self.channels
        )
        self.loop: asyncio.AbstractEventLoop | None = None
        self.lost = False

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        content = {"code": code, "store_history": store_history, "allow_stdin": False, "stop_on_error": stop_on_error}
        return self.request("execute_request", content)

    def kernel_info(self) -> str:
        return self.request("kernel_info_request", {})

    def request(self, kind: str, content: dict) -> str:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind}
        try:
            self.pipe.send({"header": header, "parent_header": {}, "metadata": {}, "content": content})
        except OSError as lost:
            raise DeadKernelError("Kernel died") from lost
        return header["msg_id"]

    async def next(self, channel: str, timeout: float | None) -> dict:
        """The next message of a channel; raises Empty after `timeout` seconds, DeadKernelError if there is no process."""
        if not self.loop:
            self.loop = asyncio.get_running_loop()
            self.loop.add_reader(self.pipe.fileno(), self.receive)
        try:
            message = await asyncio.wait_for(self.channels[channel].get(), timeout)
        except TimeoutError:
            raise Empty from None
        if message is None:
            raise DeadKernelError("Kernel died")
        return message

    def receive(self) -> None:
        try:
            channel, message = self.pipe.recv()
            self.channels[channel].put_nowait(message)
        except (EOFError, OSError):
            if self.loop:
                self.loop.remove_reader(self.pipe.fileno())
            self.lost = True
            for waiting in self.channels.values():
                waiting.put_nowait(None)

    def is_alive(self) -> bool:
        return self.process.is_alive()

    def interrupt_kernel(self) -> None:
        os.kill(self.process.pid, signal.SIGINT)

    def stop(self) -> None:
        """End the process; `exitcode` says how it ended if it did so by itself."""
        if self.lost:
            self.process.join(LAST_WORDS)
        self.exitcode = self.process.exitcode
        forkserver.end(self.process)
        if self.loop:
            self.loop.remove_reader(self.pipe.fileno())
        if self.loop and not self.loop.is_running():  # after a failure nbclient still waits for messages
            waiting = asyncio.all_tasks(self.loop)
            for task in waiting:
                task.cancel()
            if waiting:  # of nothing asyncio would make a future of the thread's own loop, which may have none
                self.loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
        self.pipe.close()


class Client(private_names.TimedOut, PapermillNotebookClient):
    """papermill's client, which interrupts a cell that takes too long and gives up if that does not help."""

    opened: Year | None = None  # the year that its notebook is about, where the caller has it
    interrupted: nbformat.NotebookNode | None = None  # the cell that was asked to end
    speaking: nbformat.NotebookNode | None = None  # the cell whose outputs come

    def process_message(self, msg, cell, cell_index):
        """Take what a cell says as far as it may go; a cell that says more has failed."""
        if cell is not self.speaking:
            self.speaking, self.allowance = cell, output.Allowance()
        try:
            content = self.allowance.allowed(msg["msg_type"], msg["content"])
            cut = content is not msg["content"] and msg["msg_type"] in output.SPOKEN
            much = output.TooMuchOutput(limits.PRINTED) if cut else None
        except output.TooMuchOutput as wrong:
            content, much = None, wrong
        if much and not any(one.output_type == "error" for one in cell.outputs):
            said = str(much)
            cell.outputs.append(nbformat.v4.new_output("error", ename="TooMuchOutput", evalue=said, traceback=[said]))
        return super().process_message(msg | {"content": content}, cell, cell_index) if content is not None else None

    def overtime(self, timeout, cell):
        if self.interrupted is cell and cell is not None:
            raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)
        self.interrupted = cell


class ForkedClient(Client):
    """The same client, whose kernel is a forked process."""

    memory = MEMORY

    @contextmanager
    def setup_kernel(self, env: dict[str, str], **_):
        self.km = self.kc = Forked(self.memory, env, self.opened)
        try:
            yield
        finally:
            self.km.stop()


class KernelEngine(NBClientEngine):
    """papermill's own engine: a kernel of its own for every run, over sockets of the file system where it has them."""

    client = Client
    transport = "ipc" if os.name == "posix" else "tcp"
    settings = {"config": Config({"KernelManager": {"transport": transport}}), "kernel_manager_class": OwnManager, "shell_timeout_interval": 1}

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, execution_timeout=CELL_TIME, memory=MEMORY, environ=None, opened=None, **options):
        known = {name: options[name] for name in ("log_output", "stdout_file", "stderr_file") if name in options}
        client = cls.client(
            nb_man, kernel_name=kernel_name, timeout=execution_timeout, startup_timeout=options.get("start_timeout", 60),
            record_timing=False, coalesce_streams=True, interrupt_on_timeout=True, **known, **cls.settings,
        )  # fmt: skip
        client.memory, client.opened = memory, opened
        try:
            with tempfile.TemporaryDirectory(prefix="giamngheo-") as unsettled:  # no settings of the user's own IPython
                env = cleaned(os.environ) | {"IPYTHONDIR": unsettled} | (environ or {})
                return client.execute(env=env, stderr=subprocess.DEVNULL)  # what a kernel says of its end
        except (DeadKernelError, CellTimeoutError) as lost:
            blame(nb_man, type(lost).__name__, cause(client, lost))


class WarmEngine(KernelEngine):
    """Each run in a process forked from a warm one."""

    client = ForkedClient
    settings = {}


def cause(client: Client, lost: Exception) -> str:
    """Why the process of a run is gone, in one line."""
    if isinstance(lost, CellTimeoutError):
        return f"the cell took more than twice {client.timeout} s and did not heed an interrupt"
    code = getattr(client.km, "exitcode", None)
    if code is None:
        return "the process of the run died"
    return f"the process of the run ended by {signal.Signals(-code).name}" if code < 0 else f"the process of the run left with code {code}"


def blame(nb_man, name: str, cause: str) -> None:
    """Give the cell that was running when its process was lost an error output, as if it had raised."""
    place = max(n for n, cell in enumerate(nb_man.nb.cells) if cell.metadata.papermill["status"] != nb_man.PENDING)
    cell = nb_man.nb.cells[place]
    cell.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=cause, traceback=[f"{name}: {cause}"]))
    nb_man.cell_exception(cell, cell_index=place)


papermill_engines.register("warm", WarmEngine)
papermill_engines.register("kernel", KernelEngine)
