"""A ticket printer on a TCP port of this machine, down to the wire: real ESC/POS bytes in, paper as pictures out.

    python -m simulator.printer_emulator --port 9100 --out paper/ [--control 9101]

In a test: `with PrinterEmulator() as printer:` and its methods for faults. Each slip leaves `ticket-N.bin` and
`ticket-N.png` in the folder, and the last one also `ticket.bin` and `ticket.png`; a file is whole or not there.
On the control port a line is a method with dashes: `run-out-of-paper-after 2000`, `fill-paper`; the answer is ok or why not.
Like most real ones it serves one connection at a time, the next waits. It must never know who prints.
"""

import argparse
import contextlib
import queue
import selectors
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from simulator.printer_control import ControlPort
from simulator.printer_engine import PrinterEngine, Slip
from simulator.printer_line import PrinterLine
from simulator.printer_paper import HEAD_DOTS
from simulator.printer_tray import Tray

BUFFER_BYTES = 65_536
UNLIMITED = 1 << 30
TICK_S = 0.02


class PrinterEmulator:
    """One printer. All of it lives in one thread; a method returns when its change has been made there."""

    def __init__(
        self, *, port: int = 0, out: Path | None = None, buffer_bytes: int = BUFFER_BYTES, head_dots: int = HEAD_DOTS
    ) -> None:
        """Port 0: any free one, see `port`. Raises OSError when the port is taken."""
        self._tray = Tray(out)
        self._buffer_bytes = buffer_bytes
        self._engine = PrinterEngine(self._tray.take, head_dots)
        self._changes: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._ear, self._mouth = socket.socketpair()
        self._listener: socket.socket | None = _listener(port)
        self.port: int = self._listener.getsockname()[1]
        self._client: socket.socket | None = None
        self._rate: int | None = None
        self._allowance = 0.0
        self._power_until: int | None = None
        self._wire_until: int | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="printer-emulator", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- what came out -------------------------------------------------------------------------------------------

    @property
    def slips(self) -> tuple[Slip, ...]:
        """Pieces of paper that were cut off, oldest first."""
        return self._tray.slips

    def wait_for_slips(self, count: int, deadline_s: float = 5.0) -> tuple[Slip, ...]:
        """The slips, once there are `count`. Raises TimeoutError."""
        return self._tray.wait_for(count, deadline_s)

    @property
    def held_bytes(self) -> int:
        """What waits in the printer's memory."""
        return len(self._engine.buffer)

    # --- faults and their mending --------------------------------------------------------------------------------

    def run_out_of_paper(self) -> None:
        self._make(lambda: setattr(self._engine, "paper_out", True))

    def run_out_of_paper_after(self, size: int) -> None:
        """The paper ends when the head has dealt with so many more bytes."""
        self._make(lambda: setattr(self._engine, "paper_out_after", size))

    def fill_paper(self) -> None:
        """A new roll; what waits is printed at once."""
        self._make(self._engine.fill_paper)

    def come_near_the_end(self) -> None:
        self._make(lambda: setattr(self._engine, "near_end", True))

    def open_cover(self) -> None:
        self._make(lambda: setattr(self._engine, "cover_open", True))

    def open_cover_after(self, size: int) -> None:
        """Somebody opens it when the head has dealt with so many more bytes."""
        self._make(lambda: setattr(self._engine, "cover_open_after", size))

    def close_cover(self) -> None:
        self._make(lambda: setattr(self._engine, "cover_open", False))

    def jam_cutter(self) -> None:
        self._make(lambda: setattr(self._engine, "cutter_jammed", True))

    def clear_cutter(self) -> None:
        self._make(lambda: setattr(self._engine, "cutter_jammed", False))

    def fall_silent(self) -> None:
        """Prints, answers nothing."""
        self._make(lambda: setattr(self._engine, "talks", False))

    def talk_nonsense(self) -> None:
        self._make(lambda: setattr(self._engine, "nonsense", True))

    def talk(self) -> None:
        """Answers well again."""

        def change() -> None:
            self._engine.talks, self._engine.nonsense = True, False

        self._make(change)

    def drain(self, bytes_per_s: int) -> None:
        """How fast the head works; 0 is as fast as the machine can."""

        def change() -> None:
            self._rate, self._allowance = bytes_per_s or None, 0.0

        self._make(change)

    def lose_power(self) -> None:
        """The memory is lost, the connection reset, the port dead until `restore_power`."""
        self._make(self._go_dark)

    def lose_power_after(self, size: int) -> None:
        """The same, once the head has dealt with so many more bytes."""
        self._make(lambda: setattr(self, "_power_until", self._engine.consumed + size))

    def restore_power(self) -> None:
        self.plug_in()

    def unplug(self) -> None:
        """The network cable: the port refuses; memory and paper stay."""
        self._make(self._close_port)

    def drop_connection_after(self, size: int) -> None:
        """The connection is reset when so many more bytes have come in; memory and port stay."""
        self._make(lambda: setattr(self, "_wire_until", size))

    def plug_in(self) -> None:
        def change() -> None:
            if self._listener is None:
                self._listener = _listener(self.port)

        self._make(change)

    def stop(self) -> None:
        """End the thread and free the port. May be called twice."""
        if self._thread.is_alive():
            self._make(lambda: setattr(self, "_stopping", True))
            self._thread.join()
            self._ear.close()
            self._mouth.close()

    # --- the thread ----------------------------------------------------------------------------------------------

    def _make(self, change: Callable[[], None]) -> None:
        """Have the thread make a change, and wait for it."""
        done = threading.Event()

        def change_and_say() -> None:
            before = self._engine.automatic_status()
            change()
            after = self._engine.automatic_status()
            if after != before:
                self._answer(after)
            done.set()

        self._changes.put(change_and_say)
        self._mouth.send(b"!")
        if not done.wait(5.0):
            raise TimeoutError("the emulator's thread does not answer")

    def _serve(self) -> None:
        clock = time.monotonic()
        while not self._stopping:
            for ready in self._wait():
                if ready is self._ear:
                    self._ear.recv(4096)
                elif self._client is not None:
                    self._read(self._client)
                elif self._listener is not None:
                    self._client, _ = self._listener.accept()
                    self._client.setblocking(False)
            while not self._changes.empty():
                self._changes.get()()
            now = time.monotonic()
            if self._rate is not None:
                self._allowance = min(self._allowance + (now - clock) * self._rate, float(self._rate))
            clock = now
            self._print_some()
        self._close_port()

    def _wait(self) -> list[object]:
        """What can be read now. Waits for ever unless a slow head still has work."""
        working = bool(self._engine.buffer) and not self._engine.stopped and self._rate is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._ear, selectors.EVENT_READ)
            if self._client is None and self._listener is not None:
                selector.register(self._listener, selectors.EVENT_READ)
            if self._client is not None and self._room() > 0:
                selector.register(self._client, selectors.EVENT_READ)
            return [key.fileobj for key, _ in selector.select(TICK_S if working else None)]

    def _room(self) -> int:
        room = self._buffer_bytes - len(self._engine.buffer)
        return room if self._wire_until is None else min(room, self._wire_until)

    def _read(self, client: socket.socket) -> None:
        try:
            data = client.recv(self._room())
        except OSError:
            data = b""
        if not data:
            self._hang_up(reset=False)
            return
        self._answer(self._engine.receive(data))
        if self._wire_until is not None:
            self._wire_until -= len(data)
            if self._wire_until <= 0:
                self._wire_until = None
                self._hang_up(reset=True)

    def _print_some(self) -> None:
        budget = UNLIMITED if self._rate is None else int(self._allowance)
        if self._power_until is not None:
            budget = min(budget, self._power_until - self._engine.consumed)
        before, status_before = self._engine.consumed, self._engine.automatic_status()
        self._answer(self._engine.run(budget))
        if (status := self._engine.automatic_status()) != status_before and status_before:
            self._answer(status)
        if self._rate is not None:
            self._allowance -= self._engine.consumed - before
        if self._power_until is not None and self._engine.consumed >= self._power_until:
            self._go_dark()

    def _answer(self, replies: bytes) -> None:
        if self._client is not None and replies:
            with contextlib.suppress(OSError):  # nobody reads, or gone: a printer does not care
                self._client.send(replies)

    def _go_dark(self) -> None:
        self._close_port()
        self._engine.lose_power()
        self._power_until = None

    def _close_port(self) -> None:
        self._hang_up(reset=True)
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _hang_up(self, *, reset: bool) -> None:
        if self._client is None:
            return
        if reset:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._client.close()
        self._client = None


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    listener.listen(5)
    return listener


def main() -> int:
    """Run until SIGTERM or SIGINT; one line on stdout when ready."""
    parser = argparse.ArgumentParser(description="An ESC/POS ticket printer on a TCP port; its paper as pictures.")
    parser.add_argument("--port", type=int, default=9100, help="0: any free port; the ready line tells which")
    parser.add_argument("--out", type=Path, required=True, help="the folder for ticket.bin and ticket.png")
    parser.add_argument("--control", type=int, help="a port for faults, one command a line")
    parser.add_argument(
        "--dots", type=int, default=HEAD_DOTS, help="width of the print head: 576, or 384 on 58 mm paper"
    )
    parser.add_argument("--line", type=Path, help="also a serial line: a path that kiosks open as their device")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ended.set())
    with contextlib.ExitStack() as stack:
        printer = stack.enter_context(PrinterEmulator(port=chosen.port, out=chosen.out, head_dots=chosen.dots))
        words = f"printer ready: 127.0.0.1:{printer.port}"
        if chosen.line is not None:
            stack.enter_context(PrinterLine(printer.port, chosen.line.absolute()))
        if chosen.control is not None:
            control = stack.enter_context(ControlPort(printer, chosen.control))
            words += f" control: 127.0.0.1:{control.port}"
        print(words, flush=True)  # noqa: T201 - the line that says it is ready
        ended.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
