"""Faults for an emulated printer over TCP, one command a line: for demos and for tests of whole programs.

It knows the printer only as something whose methods are faults; it must never know what they do.
"""

import contextlib
import socketserver
import threading
from typing import Protocol, Self

SWITCHES = (
    "run_out_of_paper",
    "fill_paper",
    "come_near_the_end",
    "open_cover",
    "close_cover",
    "jam_cutter",
    "clear_cutter",
    "fall_silent",
    "talk_nonsense",
    "talk",
    "lose_power",
    "restore_power",
    "unplug",
    "plug_in",
)
AMOUNTS = ("run_out_of_paper_after", "open_cover_after", "lose_power_after", "drop_connection_after", "drain")
LONGEST_LINE = 200


class Faulty(Protocol):
    """A printer with the methods named above; all live in simulator.printer_emulator.PrinterEmulator."""

    def talk(self) -> None: ...


def obey(printer: Faulty, line: str) -> str:
    """Carry one line out. Returns "ok", or what is wrong with it."""
    word, _, rest = line.strip().partition(" ")
    name = word.replace("-", "_")
    if name in SWITCHES and not rest:
        getattr(printer, name)()
        return "ok"
    if name in AMOUNTS and rest.isdecimal():
        getattr(printer, name)(int(rest))
        return "ok"
    known = ", ".join([*SWITCHES, *(f"{name} N" for name in AMOUNTS)]).replace("_", "-")
    return f"not understood: {word[:40]!r}; there are: {known}"


class ControlPort:
    """Listens on 127.0.0.1 until the `with` ends. Port 0: any free one."""

    def __init__(self, printer: Faulty, port: int) -> None:
        class Visit(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):  # whoever asked is gone
                    while line := self.rfile.readline(LONGEST_LINE):
                        self.wfile.write(f"{obey(printer, line.decode('ascii', 'replace'))}\n".encode())

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", port), Visit)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
