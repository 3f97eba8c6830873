"""The inside of an ESC/POS printer: its buffer, its sensors, its faults, its paper. It must never know a socket or a clock.

Bytes come in and go through two doors. Questions in real time (DLE EOT) are answered as they arrive, even from within
a picture and with the paper out, as in a real printer. All else waits in the buffer until the head gets to it; with the
paper out or the cover open the head stops, and goes on by itself when all is well again.
"""

from collections.abc import Callable
from typing import assert_never

from msgspec import Struct
from PIL import Image

from simulator.printer_bytes import (
    AutomaticStatus,
    CodePage,
    Command,
    CommandReader,
    Cut,
    EchoAsked,
    Feed,
    Initialise,
    KindAsked,
    LineFeed,
    Mark,
    PaperAsked,
    PassedOver,
    RasterRow,
    Still,
    Text,
)
from simulator.printer_letters import Hand
from simulator.printer_paper import HEAD_DOTS, KNIFE_DOTS, Roll, paper_of

LONGEST_JOB_BYTES = 1_000_000
NONSENSE = bytes((0xFF, 0x80, 0xA5, 0x00, 0x90, 0x5A))
"""What a printer sends at a wrong baud rate. The zero among it looks like "paper is fine" to a careless reader."""


class Slip(Struct, frozen=True):
    """One piece of paper that was cut off. `data`: the bytes that made it, without the questions among them."""

    number: int
    data: bytes
    whole: Image.Image

    @property
    def printed(self) -> Image.Image:
        """What the head printed: the slip without the blank that every slip begins with."""
        return self.whole.crop((0, KNIFE_DOTS, self.whole.width, self.whole.height))

    @property
    def paper(self) -> Image.Image:
        """As it lies in the hand."""
        return paper_of(self.whole)


class PrinterEngine:
    """One printer's inside. `on_slip` hears of every piece that is cut off."""

    def __init__(self, on_slip: Callable[[Slip], None], head_dots: int = HEAD_DOTS) -> None:
        self.paper_out = False
        self.near_end = False
        self.cover_open = False
        self.cutter_jammed = False
        self.talks = True
        self.nonsense = False
        self.echoes = True
        """Whether it knows GS ( H; one that does not prints its bytes."""
        self.has_knife = True
        self.paper_out_after: int | None = None
        """So many more bytes until the paper ends."""
        self.cover_open_after: int | None = None
        """So many more bytes until somebody opens the cover."""
        self.consumed = 0
        """Bytes the head has dealt with since power came on."""
        self.buffer = bytearray()
        self._on_slip = on_slip
        self._roll = Roll(head_dots)
        self._count = 0
        self._reset()

    def _reset(self) -> None:
        self.buffer.clear()
        self._reader = CommandReader()
        self._tail = b""
        self._job = bytearray()
        self._automatic = False
        self._hand = Hand()

    def lose_power(self) -> None:
        """What was in the memory is gone; what stands on the paper stays there."""
        self._reset()
        self.consumed = 0

    @property
    def stopped(self) -> bool:
        """The head does not move."""
        return self.paper_out or self.cover_open or self.cutter_jammed

    def receive(self, data: bytes) -> bytes:
        """Bytes from the line into the buffer. Returns what is answered at once."""
        seen = self._tail + data
        self._tail = seen[-2:]
        replies = bytearray()
        at = seen.find(b"\x10\x04")
        while at >= 0 and at + 2 < len(seen):
            if seen[at + 2] in {1, 2, 3, 4}:
                replies += bytes((self.real_time_status(seen[at + 2]),))
            at = seen.find(b"\x10\x04", at + 2)
        self.buffer += data
        return self._said(bytes(replies))

    def run(self, budget: int) -> bytes:
        """Let the head deal with about `budget` bytes. Returns what is answered in order."""
        replies = bytearray()
        goal = self.consumed + budget
        while self.consumed < goal and not self.stopped:
            taken = self._reader.take(self.buffer)
            if taken is None:
                break
            data, command = taken
            self.consumed += len(data)
            replies += self._do(command, data)
            self._wear_on(len(data))
        return self._said(bytes(replies))

    def fill_paper(self) -> None:
        """A new roll; what waits is printed at once."""
        self.paper_out = self.near_end = False
        self.paper_out_after = None

    def _wear_on(self, size: int) -> None:
        if self.paper_out_after is not None:
            self.paper_out_after -= size
            if self.paper_out_after <= 0:
                self.paper_out_after, self.paper_out = None, True
        if self.cover_open_after is not None:
            self.cover_open_after -= size
            if self.cover_open_after <= 0:
                self.cover_open_after, self.cover_open = None, True

    def _said(self, replies: bytes) -> bytes:
        if not self.talks:
            return b""
        return NONSENSE[: len(replies) + 3] if self.nonsense and replies else replies

    def _do(self, command: Command, data: bytes) -> bytes:
        """Carry one command out; returns the answer if it wants one. Questions are no part of the job's bytes."""
        match command:
            case PaperAsked():
                return bytes(((0x03 if self.near_end else 0) | (0x0C if self.paper_out else 0),))
            case EchoAsked(token=token):
                return self._echo(token, data)
            case KindAsked(n=n):
                return bytes((0x02 if self.has_knife else 0,)) if n == 2 else b""
            case AutomaticStatus(mask=mask):
                self._automatic = mask != 0
                return self.automatic_status()
            case PassedOver() if data[:2] == b"\x10\x04":
                return b""  # was answered at the door
            case _:
                if len(self._job) < LONGEST_JOB_BYTES:
                    self._job += data
                self._move(command)
                return b""

    def _echo(self, token: bytes, data: bytes) -> bytes:
        if self.echoes:
            return b"\x37\x22" + token + b"\x00"
        self._roll.add_text(bytes(byte for byte in data if byte >= 0x20), self._hand.style)
        return b""

    def _move(self, command: Mark | Still) -> None:
        """What a command does to the paper."""
        match command:
            case Text(data=letters):
                self._roll.add_text(letters, self._hand.style)
            case LineFeed(lines=lines):
                self._roll.feed_lines(lines)
            case Feed(dots=dots):
                self._roll.end_line()
                self._roll.feed(dots)
            case RasterRow(data=row, wide=wide, high=high):
                self._roll.print_row(row, wide=wide, high=high)
            case Cut(feed_dots=feed_dots):
                self._cut(feed_dots)
            case Initialise():
                self._hand = Hand()
            case PassedOver(data=data):
                if (code := self._hand.note(data)) is not None:
                    self._roll.add_picture(code, self._hand.style.place)
            case CodePage():
                pass
            case _:
                assert_never(command)

    def _cut(self, feed_dots: int | None) -> None:
        if feed_dots is not None:
            self._roll.end_line()
            self._roll.feed(KNIFE_DOTS + feed_dots)
        self._count += 1
        slip = Slip(self._count, bytes(self._job), self._roll.cut())
        self._job.clear()
        self._on_slip(slip)

    def real_time_status(self, n: int) -> int:
        """The answer to DLE EOT n."""
        match n:
            case 1:
                return 0x16 | (0x08 if self.stopped else 0)  # 0x04: no cash drawer pulls its line down
            case 2:
                cover, ended = 0x04 if self.cover_open else 0, 0x20 if self.paper_out else 0
                return 0x12 | cover | ended | (0x40 if self.cutter_jammed else 0)
            case 3:
                return 0x12 | (0x08 if self.cutter_jammed else 0)
            case _:
                return 0x12 | (0x0C if self.near_end or self.paper_out else 0) | (0x60 if self.paper_out else 0)

    def automatic_status(self) -> bytes:
        """The frame that GS a asks for; empty while nobody asked."""
        if not self._automatic or not self.talks:
            return b""
        first = 0x10 | (0x08 if self.stopped else 0) | (0x20 if self.cover_open else 0)
        second = 0x08 if self.cutter_jammed else 0
        third = (0x03 if self.near_end or self.paper_out else 0) | (0x0C if self.paper_out else 0)
        return bytes((first, second, third, 0x0F))
