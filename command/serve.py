"""`./antrean serve DIR`: broker and hub of a hall on one machine, each started again when it dies.

For small halls and trials; in production systemd does the same (broker_config/units). Waits for three things at once,
without threads: a child's line, a signal, the end of a pause.
"""

import argparse
import contextlib
import fcntl
import logging
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, TextIO

from broker_config.register import FOLDER_MODE
from broker_config.settings import BROKER_FOLDER, reached_by, read_broker_of_hall, url_of
from command.failing import CommandFailed, hall_folder, plainly
from command.programs import antrean, environment
from command.warden import Warden

logger = logging.getLogger("serve")

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 10.0
HEALTHY_AFTER_S = 30.0
"""A program that ran this long was well: its next pause is the first one again."""
GIVES_UP_AFTER = 8
"""A program that was well once and then says so many times running (over some 13 s) that it cannot start is not tried again:
its files are wrong, or something holds its port or its journal, and somebody must look."""

ENDS_WITHIN_S = 1.6
PREDECESSOR_ENDS_WITHIN_S = 3.0
MARK: Final = " ready"
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Kept:
    """One program that is kept running."""

    def __init__(self, name: str, hall: Path) -> None:
        self.name = name
        self._words = antrean(name, str(hall))
        self.process: subprocess.Popen[bytes] | None = None
        self.ready_line: str | None = None
        self.refusals = 0
        """How many times running it ended by itself, with an error, before it was ready."""
        self.due = 0.0
        self._pause_s = FIRST_PAUSE_S
        self._started = 0.0
        self._unread = b""
        self._is_ready = False
        self.listening = False

    def start(self, now: float) -> None:
        """Start it; its log goes where ours goes."""
        self._started, self._unread, self._is_ready, self.listening = now, b"", False, True
        self.process = subprocess.Popen(
            self._words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env={**os.environ, **environment()}
        )
        assert self.process.stdout is not None  # noqa: S101 - it was asked for
        os.set_blocking(self.process.stdout.fileno(), False)

    def output(self) -> int:
        """The descriptor of what it says; only while it has a process."""
        assert self.process is not None  # noqa: S101 - see above
        assert self.process.stdout is not None  # noqa: S101 - see above
        return self.process.stdout.fileno()

    def listen(self) -> bool:
        """Take in what it has said; whether that was its ready line."""
        said = b""
        with contextlib.suppress(BlockingIOError):
            said = os.read(self.output(), 65536)
            self.listening = said != b""
        *lines, self._unread = (self._unread + said).split(b"\n")
        ready = [line.decode(errors="replace") for line in lines if MARK.encode() in line]
        if ready:
            self.ready_line = ready[-1]
            self._is_ready, self.refusals = True, 0
        return bool(ready)

    @property
    def hopeless(self) -> bool:
        """Whether it has said itself that it cannot start, at its very first start or too often since. What was killed has not."""
        return self.refusals >= (1 if self.ready_line is None else GIVES_UP_AFTER)

    def ended(self, now: float) -> int | None:
        """Its exit code if it has ended; when it may start again is then `due`."""
        if self.process is None:
            return None
        code = self.process.poll()
        if code is None:
            return None
        if code > 0 and not self._is_ready:
            self.refusals += 1
        if now - self._started > HEALTHY_AFTER_S:
            self._pause_s = FIRST_PAUSE_S
        self.due = now + self._pause_s
        self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)
        return code


def run(words: list[str]) -> int:
    """The command. 0 when it was told to end; 1 if broker or hub cannot be started at all."""
    parser = argparse.ArgumentParser(
        prog="antrean serve", description="Keeps broker and hub of a hall running until it is told to end."
    )
    parser.add_argument("hall", metavar="DIR", help="the hall directory")
    hall = hall_folder(parser.parse_args(words).hall)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with plainly():
        settings = read_broker_of_hall(hall)
    lock = _only_one(hall)
    kept = [Kept(name, hall) for name in (["broker", "hub"] if settings.is_ours else ["hub"])]
    _lead_a_group()
    # Signals are heard from here on: whoever sees our first child may tell us to end.
    keeping = _Keeping(kept, url_of(reached_by(settings, "hub")))
    warden = Warden()
    try:
        keeping.go()
    finally:
        signal.set_wakeup_fd(-1)
        _end(kept)
        warden.dismiss()
        lock.close()
    return 0


class _Keeping:
    """The loop."""

    def __init__(self, kept: list[Kept], broker: str) -> None:
        self._kept = kept
        self._broker = broker
        self._said_ready = False
        self._selector = selectors.DefaultSelector()
        # Signals arrive as bytes on a socket, so that one wait hears them too.
        self._signals, write = socket.socketpair()
        self._write = write
        self._signals.setblocking(False)
        write.setblocking(False)
        signal.set_wakeup_fd(write.fileno(), warn_on_full_buffer=False)
        for number in (*STOPPING, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)
        self._selector.register(self._signals, selectors.EVENT_READ)

    def go(self) -> None:
        """Until one of STOPPING comes."""
        while True:
            now = time.monotonic()
            for one in self._kept:
                if one.process is None and one.due <= now:
                    one.start(now)
                    self._selector.register(one.output(), selectors.EVENT_READ, one)
            if self._wait(now):
                return
            for one in self._kept:
                self._look_at(one, time.monotonic())

    def _wait(self, now: float) -> bool:
        """Whether we are to end."""
        pauses = [max(0.0, one.due - now) for one in self._kept if one.process is None]
        for key, _ in self._selector.select(min(pauses, default=None)):
            if key.fileobj is self._signals:
                if any(number in STOPPING for number in self._signals.recv(4096)):
                    return True
            elif isinstance(key.data, Kept):
                self._hear(key.data)
        return False

    def _hear(self, one: Kept) -> None:
        heard = one.listen()
        if not one.listening:
            # It says no more, and would be "ready to be read" for ever.
            self._selector.unregister(one.output())
        if heard:
            logger.info("program-ready name=%s said=%r", one.name, one.ready_line)
            if not self._said_ready and all(each.ready_line for each in self._kept):
                self._said_ready = True
                hub = next(each.ready_line for each in self._kept if each.name == "hub")
                print(f"serve ready: {(hub or '').partition(': ')[2]}, broker at {self._broker}", flush=True)

    def _look_at(self, one: Kept, now: float) -> None:
        if one.process is None or one.process.poll() is None:
            return
        while one.listening:
            self._hear(one)
        code = one.ended(now)
        if one.process.stdout is not None:
            one.process.stdout.close()
        one.process = None
        if one.hopeless:
            raise CommandFailed(
                f"the {one.name} could not be started (it ended with {code}; what it said stands above)"
            )
        logger.warning("program-ended name=%s code=%d again_in_s=%.1f", one.name, code, one.due - now)


def _end(kept: list[Kept]) -> None:
    """End every child: the hub first, so that it can say good-bye to a broker that still listens."""
    until = time.monotonic() + ENDS_WITHIN_S
    for one in reversed(kept):
        if one.process is None:
            continue
        one.process.terminate()
        left_s = until - time.monotonic()
        try:
            # The broker ends in a tenth of a second; it gets its part even after a hub that would not end.
            one.process.wait(max(0.3, left_s - 0.4 if one.name == "hub" else left_s))
        except subprocess.TimeoutExpired:
            logger.warning("program-would-not-end name=%s", one.name)
            one.process.kill()
            one.process.wait()


def _only_one(hall: Path) -> TextIO:
    """Keep a second serve of this hall out. The warden holds the lock too, until nothing of a dead serve is left."""
    folder = hall / BROKER_FOLDER
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    file = (folder / "serve.lock").open("a")
    until = time.monotonic() + PREDECESSOR_ENDS_WITHIN_S
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                file.close()
                raise CommandFailed(f"{hall} is being served already; end that one first") from None
            time.sleep(0.05)
        else:
            return file


def _lead_a_group() -> None:
    """A process group of our own, so that everything in it can be ended together, and nothing else with it."""
    if os.getpgrp() == os.getpid():
        return
    at_terminal = sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    os.setpgid(0, 0)
    if at_terminal:
        # Ctrl+C goes to the group in front.
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(sys.stdin.fileno(), os.getpgrp())
