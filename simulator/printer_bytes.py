"""ESC/POS from a printer's side: a stream of bytes cut into commands. Pure; it must never know who sends or what prints.

A command is given out as soon as it is whole; a raster picture row by row, because a printer prints it so, and stops
in the middle of it when the paper ends. What is not known is passed over the way printers do: by its length where that
is certain, by its first two bytes where it is not (the rest then comes out as text, which is what one sees in the field).
"""

from collections.abc import Callable

from msgspec import Struct


class Initialise(Struct, frozen=True):
    """ESC @."""


class Text(Struct, frozen=True):
    """Bytes to print in the current font and code page; never empty, no control bytes."""

    data: bytes


class LineFeed(Struct, frozen=True):
    """LF, or ESC d with 1."""

    lines: int = 1


class Feed(Struct, frozen=True):
    """ESC J: paper, in dots."""

    dots: int


class RasterRow(Struct, frozen=True):
    """One row of GS v 0: 8 dots a byte, 1 is ink. `wide` and `high`: each dot doubled."""

    data: bytes
    wide: bool = False
    high: bool = False


class Cut(Struct, frozen=True):
    """GS V. `feed_dots`: None cuts where the paper is; a number feeds the last row past the knife and so much more."""

    feed_dots: int | None = None


class CodePage(Struct, frozen=True):
    """ESC t n."""

    page: int


class PaperAsked(Struct, frozen=True):
    """GS r n: answered in order."""

    n: int


class EchoAsked(Struct, frozen=True):
    """GS ( H function 48: send these four characters back, in order."""

    token: bytes


class KindAsked(Struct, frozen=True):
    """GS I n: what printer is it? Answered in order."""

    n: int


class AutomaticStatus(Struct, frozen=True):
    """GS a n: tell by yourself when something changes; 0 stops it."""

    mask: int


class PassedOver(Struct, frozen=True):
    """Something that leaves no mark on the paper."""

    data: bytes


Mark = Text | LineFeed | Feed | RasterRow | Cut
"""What moves paper."""
Still = Initialise | CodePage | PassedOver
Question = PaperAsked | EchoAsked | KindAsked | AutomaticStatus
Command = Mark | Still | Question

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
WHOLE_LENGTHS: dict[tuple[int, int], int] = {
    **{(ESC, ord(letter)): 2 for letter in "@2<FS"},
    **{(ESC, ord(letter)): 3 for letter in "tdJ3aE-GM!R{V =ceTUkv"},
    **{(ESC, ord(letter)): 4 for letter in "$\\"},
    (ESC, ord("c")): 4,
    (ESC, ord("p")): 5,
    (ESC, ord("B")): 4,
    **{(FS, ord(letter)): 2 for letter in "&."},
    **{(FS, ord(letter)): 3 for letter in "!-CW"},
    **{(GS, ord(letter)): 3 for letter in "!BHarIbfhwT/"},
    **{(GS, ord(letter)): 4 for letter in "LWP\\$"},
    (DLE, 0x04): 3,
    (DLE, 0x05): 3,
    (DLE, 0x14): 5,
}
"""Length in bytes of commands that always have the same."""


class CommandReader:
    """Takes commands off the front of a buffer. Keeps only how much of a raster picture is still to come."""

    def __init__(self) -> None:
        self._rows_left = 0
        self._row_bytes = 0
        self._wide = False
        self._high = False

    @property
    def inside_picture(self) -> bool:
        """Rows of a raster picture are still to come: whatever comes next is dots."""
        return self._rows_left > 0

    def take(self, buffer: bytearray) -> tuple[bytes, Command] | None:
        """Remove the first command and give it with its bytes; None (and nothing removed) while it is not whole."""
        if self._rows_left:
            return self._take_row(buffer)
        if not buffer:
            return None
        size, command = self._first(buffer)
        if command is None:
            return None
        taken = bytes(buffer[:size])
        del buffer[:size]
        return taken, command

    def _take_row(self, buffer: bytearray) -> tuple[bytes, Command] | None:
        if len(buffer) < self._row_bytes:
            return None
        row = bytes(buffer[: self._row_bytes])
        del buffer[: self._row_bytes]
        self._rows_left -= 1
        return row, RasterRow(row, self._wide, self._high)

    def _first(self, buffer: bytearray) -> tuple[int, Command | None]:
        first = buffer[0]
        if first not in {DLE, ESC, FS, GS} or len(buffer) < 2:
            return (0, None) if first in {DLE, ESC, FS, GS} else _letters(buffer)
        match first, chr(buffer[1]):
            case 0x1D, "v":
                return self._raster(buffer)
            case 0x1D, "V":
                return _cut(buffer)
            case 0x1B, "*":
                return _column_picture(buffer)
            case _, "(":
                return _with_counted_length(buffer)
            case name:
                size = WHOLE_LENGTHS.get((first, ord(name[1])), 2)
                return (size, _plain(bytes(buffer[:size]))) if len(buffer) >= size else (0, None)

    def _raster(self, buffer: bytearray) -> tuple[int, Command | None]:
        """GS v 0 m xL xH yL yH, then the rows."""
        if len(buffer) < 8:
            return 0, None
        mode = buffer[3] & 0x03
        self._wide, self._high = bool(mode & 1), bool(mode & 2)
        self._row_bytes = buffer[4] | buffer[5] << 8
        self._rows_left = (buffer[6] | buffer[7] << 8) if self._row_bytes else 0
        return 8, PassedOver(bytes(buffer[:8]))


def _letters(buffer: bytearray) -> tuple[int, Command]:
    """A run of letters, a line feed, or one control byte that means nothing here (zeros too)."""
    if buffer[0] == 0x0A:
        return 1, LineFeed()
    size = next((at for at, byte in enumerate(buffer) if byte < 0x20), len(buffer))
    return (size, Text(bytes(buffer[:size]))) if size else (1, PassedOver(bytes(buffer[:1])))


def _cut(buffer: bytearray) -> tuple[int, Command | None]:
    """GS V m, and for 65 and 66 a byte of feed."""
    if len(buffer) < 3:
        return 0, None
    if buffer[2] not in {65, 66}:
        return 3, Cut()
    return (4, Cut(buffer[3])) if len(buffer) >= 4 else (0, None)


def _with_counted_length(buffer: bytearray) -> tuple[int, Command | None]:
    """ESC/FS/GS ( x pL pH and so many bytes."""
    if len(buffer) < 5:
        return 0, None
    size = 5 + (buffer[3] | buffer[4] << 8)
    if len(buffer) < size:
        return 0, None
    body = bytes(buffer[5:size])
    if buffer[0] == GS and buffer[2] == ord("H") and len(body) == 6 and body[0] == 48:
        return size, EchoAsked(body[2:])
    return size, PassedOver(bytes(buffer[:size]))


def _column_picture(buffer: bytearray) -> tuple[int, Command | None]:
    """ESC * m nL nH: known by its length only; its dots are not drawn."""
    if len(buffer) < 5:
        return 0, None
    size = 5 + (buffer[3] | buffer[4] << 8) * (3 if buffer[2] in {32, 33} else 1)
    return (size, PassedOver(bytes(buffer[:size]))) if len(buffer) >= size else (0, None)


def _plain(data: bytes) -> Command:
    """Commands of fixed length, by their first two bytes."""
    make = PLAIN.get(data[:2])
    return make(data[2]) if make and len(data) > 2 else Initialise() if data == b"\x1b@" else PassedOver(data)


PLAIN: dict[bytes, Callable[[int], Command]] = {
    b"\x1bd": LineFeed,
    b"\x1bJ": Feed,
    b"\x1bt": CodePage,
    b"\x1dr": PaperAsked,
    b"\x1dI": KindAsked,
    b"\x1da": AutomaticStatus,
}
