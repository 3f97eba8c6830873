"""A hall for the bench: a fresh directory, its devices, its broker and its programs, and the bare clients that ask them.

Everything that is started ends with the `with` block.
"""

import contextlib
import io
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from assets.device_file import read_device_file
from broker_config.register import device_path, hub_file
from command import device, hall
from command.bench_floor import Account, ClientSpec, HubSpec, Job, Result
from command.finger import until
from command.practice import free_port
from command.programs import Program, ProgramFailed, antrean, environment

START_S = 40
"""How long one program may take to get ready on a busy machine."""

CONNECTED = "connected broker="
"""What a program logs when its broker has taken it in."""

SERVICE = "kartu-keluarga"
"""The service that everybody asks for; counters 1 to 4 take it."""


class Asker:
    """One bare client in a process of its own."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def begin(self, job: Job) -> None:
        """Start a job; its result is waited for with `end`."""
        stdin = self._program.process.stdin
        assert stdin is not None  # noqa: S101 - askers are started with one
        stdin.write(msgspec.json.encode(job) + b"\n")
        stdin.flush()

    def end(self, deadline_s: float = 180) -> Result:
        """The result of the job that was begun; ProgramFailed if it failed."""
        result = msgspec.json.decode(self._program.ready(deadline_s, mark="{"), type=Result)
        if result.failed:
            raise ProgramFailed(f"{self._program.name}: {result.failed}")
        return result

    def work(self, job: Job) -> Result:
        """A job from beginning to end."""
        self.begin(job)
        return self.end()


class BenchHall:
    """A hall that is always open, under `folder`; `start` what is to run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hall = folder / "hall"
        self._started = 0
        self._stack = ExitStack()
        hall.make(self.hall, free_port(), always_open=True)
        # A bare client stands for a hall's crowd: it has numbers as fast as it can ask for them.
        crowd = "[tickets]\nper_minute = 1000000\nburst = 1000000\n"
        (self.hall / "hub.toml").write_text(f'[desk]\nhost = "127.0.0.1"\nport = 0\n{crowd}')

    def add(self, name: str, role: str, *more: str, sections: str = "") -> Path:
        """Let a device in; its file, with more sections of its own."""
        with contextlib.redirect_stdout(io.StringIO()):
            device.run(["add", str(self.hall), name, "--role", role, *more])
        path = device_path(self.hall, name)
        with path.open("a") as file:
            file.write(sections)
        return path

    def broker(self) -> Program:
        """The hall's broker, running."""
        return self.start("broker", antrean("broker", str(self.hall)))

    def hub(self) -> Program:
        """The hall's hub, running and connected: its ready line comes as soon as the officers' page is there."""
        program = self.start("hub", antrean("hub", str(self.hall)))
        until(lambda: CONNECTED in program.log.read_text() or None, "the hub's connection", START_S, program.check)
        return program

    def floor(self) -> Program:
        """The bare floor in the hub's place."""
        spec = HubSpec(self._account("hub"), str(self.folder / "floor.sqlite"))
        return self.start("floor", module("command.bench_floor", "hub", msgspec.json.encode(spec).decode()))

    def asker(self, name: str, *, service: str = "", watch: str | None = None) -> Asker:
        """A bare client that signs in as a device of the hall."""
        spec = ClientSpec(self._account(name), service, None if watch is None else self._account(watch))
        words = module("command.bench_floor", "client", msgspec.json.encode(spec).decode())
        return Asker(self.start(f"client-{name}", words, speaks=True))

    def start(
        self, name: str, words: list[str], env: Mapping[str, str] | None = None, *, speaks: bool = False
    ) -> Program:
        """Any program, once it is ready."""
        self._started += 1
        log = self.folder / f"{name}-{self._started}.log"
        program = self._stack.enter_context(Program(name, words, log, environment(**(env or {})), speaks=speaks))
        program.ready(START_S)
        return program

    def _account(self, name: str) -> Account:
        path = device_path(self.hall, name) if name != "hub" else hub_file(self.hall)
        file = read_device_file(path)
        return Account(file.hall, file.device.id, file.device.password, file.broker.host, file.broker.port)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def module(name: str, *words: str) -> list[str]:
    """The command line of one of our modules, run by the Python that runs this."""
    return [sys.executable, "-P", "-m", name, *words]
