"""A practice hall for the demo: a fresh hall directory, its devices, and its programs running, all ended together."""

import os
import re
import socket
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import tomlkit
from msgspec import Struct

from command.programs import Program, ProgramFailed, antrean, environment

PUBLIC_URL = "https://antrean.example"
"""A name that leads nowhere: `.example` is kept free for examples (RFC 2606)."""

START_S = 25
"""How long one program may take to get ready on a slow machine with a cold disk cache."""


class Geometry(Struct, frozen=True):
    """Where the windows stand, in pixels of the screen they are on."""

    screen_width: int
    screen_height: int
    kiosk_width: int
    kiosk_height: int
    display_width: int
    display_height: int

    @property
    def display_left(self) -> int:
        """The display stands to the right of the kiosk."""
        return self.kiosk_width


HEADLESS = Geometry(3000, 1920, 1080, 1920, 1920, 1080)
WINDOWED = Geometry(1600, 900, 450, 800, 1120, 630)


def free_port() -> int:
    """A TCP port of the loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PracticeHall:
    """The hall directory under `folder`. With `paper_out` the kiosk prints to a printer on the wire that leaves its paper there.

    `broker` are words for `hall new`: which broker it is to have.
    """

    def __init__(self, folder: Path, geometry: Geometry, paper_out: Path | None, broker: Sequence[str] = ()) -> None:
        self.folder = folder
        self.hall = folder / "hall"
        self.geometry = geometry
        self.paper_out = paper_out
        self._broker = broker
        self.kiosk_tells = folder / "kiosk.jsonl"
        self.display_tells = folder / "display.jsonl"
        self.loudspeaker = folder / "loudspeaker.raw"
        self.desk_address = ""
        self.display: str | None = None
        self.programs: dict[str, Program] = {}
        self._stack = ExitStack()

    def start(self, display: str | None) -> None:
        """Make the hall and start everything; returns when all is ready. `display`: the X display, None for this one."""
        self.display = display
        broker_port = free_port()
        _command("hall", "new", str(self.hall), "--always-open", "--port", str(broker_port), *self._broker)
        _command("device", "add", str(self.hall), "kiosk-1", "--role", "kiosk")
        _command("device", "add", str(self.hall), "display-1", "--role", "display", "--zones", "a,b,c")
        (self.hall / "hub.toml").write_text('[desk]\nhost = "127.0.0.1"\nport = 0\n')
        self._name_the_hall()
        self._write_device_sections()
        on_screen = environment(**({"DISPLAY": display} if display else {}))
        silent = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(self.loudspeaker)} if display else {}
        if self.paper_out is not None:
            words = ("printer", "--port", str(self.printer_port), "--out", str(self.paper_out))
            self._run("printer", antrean(*words), environment())
        self._run("serve", antrean("serve", str(self.hall)), environment())
        self._run(
            "display",
            antrean("display", str(self.hall / "devices/display-1.toml"), "--tell", str(self.display_tells)),
            {**on_screen, **silent},
        )
        self._run(
            "kiosk",
            antrean("kiosk", str(self.hall / "devices/kiosk-1.toml"), "--tell", str(self.kiosk_tells)),
            {**on_screen, **({"SDL_AUDIODRIVER": "dummy"} if display else {})},
        )
        for name in self.programs:
            line = self.programs[name].ready(START_S)
            if name == "serve":
                found = re.search(r"http://[^\s,]+", line)
                if found is None:
                    raise ProgramFailed(f"serve did not say where the desk is: {line}")
                self.desk_address = found.group()

    def _name_the_hall(self) -> None:
        """Give the hall the example public name, so that its tickets bear a QR code."""
        path = self.hall / "hall.toml"
        document = tomlkit.parse(path.read_text())
        document["rules"]["public_url"] = PUBLIC_URL
        path.write_text(tomlkit.dumps(document))

    def _write_device_sections(self) -> None:
        at = self.geometry
        with (self.hall / "devices/kiosk-1.toml").open("a") as file:
            file.write(
                f"\n[screen]\nwidth = {at.kiosk_width}\nheight = {at.kiosk_height}\ndiagonal_inch = 21.5\n"
                "fullscreen = false\nleft = 0\ntop = 0\n"
            )
            if self.paper_out is None:
                file.write('\n[printer]\nkind = "simulated"\n')
            else:
                self.printer_port = free_port()
                file.write(
                    f'\n[printer]\nkind = "network"\nhost = "127.0.0.1"\nport = {self.printer_port}\nshow_paper = true\n'
                )
        with (self.hall / "devices/display-1.toml").open("a") as file:
            file.write(
                f"\n[screen]\nwidth = {at.display_width}\nheight = {at.display_height}\ndiagonal_inch = 55\n"
                f"fullscreen = false\nleft = {at.display_left}\ntop = 0\n"
            )

    def _run(self, name: str, words: list[str], env: dict[str, str]) -> None:
        self.programs[name] = self._stack.enter_context(Program(name, words, self.folder / f"{name}.log", env))

    def check(self) -> None:
        """ProgramFailed if any program has ended by itself."""
        for program in self.programs.values():
            program.check()

    def wait_until_closed(self) -> None:
        """Until the kiosk's or the display's window is closed; ProgramFailed if the broker or hub ended instead."""
        while all(self.programs[name].process.poll() is None for name in ("kiosk", "display")):
            try:
                self.programs["serve"].process.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
            self.programs["serve"].check()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


def _command(*words: str) -> None:
    """One of our short commands, run to its end."""
    env = {**os.environ, **environment()}
    done = subprocess.run(antrean(*words), env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ProgramFailed(f"./antrean {' '.join(words)} failed with {done.returncode}\n{done.stdout}{done.stderr}")
