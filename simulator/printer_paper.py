"""The roll in a printer: dots and letters become rows, rows become slips with cut edges. It must never know a command or a socket."""

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw, ImageFont

HEAD_DOTS = 576
"""72 mm of print head at 203 dpi, on 80 mm paper; on 58 mm paper it is 384."""
PAPER_DOTS = {576: 640, 384: 464}
"""The paper is wider than the head."""
KNIFE_DOTS = 96
"""12 mm from the print head to the knife: so much blank paper stands over every ticket."""
TOOTH_DOTS = 8
LETTER_WIDTH, LETTER_HEIGHT, LINE_GAP = 12, 24, 6
LONGEST_SLIP = 20_000
"""Rows kept of a slip that is never cut (2.5 m); a printer would go on, a file should not."""


class Style(Struct, frozen=True):
    """How letters look. `wide` and `high`: times of a letter's size. `place`: 0 left, 1 middle, 2 right."""

    wide: int = 1
    high: int = 1
    bold: bool = False
    white: bool = False
    place: int = 0


PLAIN = Style()


class Roll:
    """Paper from the knife on. The first KNIFE_DOTS rows had passed the head already when the last cut was made."""

    def __init__(self, head_dots: int = HEAD_DOTS) -> None:
        self._head_dots = head_dots
        self._blank = bytes(head_dots // 8)
        self.rows: list[bytes] = [self._blank] * KNIFE_DOTS
        self._line: list[tuple[int, Style]] = []
        self._font = ImageFont.load_default_imagefont()

    def print_row(self, data: bytes, *, wide: bool = False, high: bool = False) -> None:
        """One row of dots, from the left; what is wider than the head is lost."""
        self.end_line()
        if wide:
            dots = Image.frombytes("1", (len(data) * 8, 1), data)
            data = dots.resize((dots.width * 2, 1)).tobytes()
        self._add(data[: self._head_dots // 8].ljust(self._head_dots // 8, b"\0"), 2 if high else 1)

    def feed(self, dots: int) -> None:
        """Blank paper."""
        self._add(self._blank, dots)

    def add_text(self, data: bytes, style: Style = PLAIN) -> None:
        """Letters into the line; a full line prints itself."""
        for byte in data:
            if self._width() + style.wide * LETTER_WIDTH > self._head_dots:
                self.end_line()
            self._line.append((byte, style))
        if self._width() >= self._head_dots:
            self.end_line()

    def add_picture(self, picture: Image.Image, place: int) -> None:
        """A picture that the printer made itself (mode "1", 1 is ink), at its place across the paper."""
        self.end_line()
        strip = Image.new("1", (self._head_dots, picture.height), 0)
        strip.paste(picture, (_left(self._head_dots - picture.width, place), 0))
        self._add_strip(strip)

    def end_line(self) -> None:
        """Print the line, if letters wait in it."""
        if not self._line:
            return
        line, width, self._line = self._line, self._width(), []
        tallest = max(style.high for _, style in line) * LETTER_HEIGHT
        strip = Image.new("1", (self._head_dots, tallest + LINE_GAP), 0)
        left = _left(self._head_dots - width, line[0][1].place)
        for byte, style in line:
            cell = self._cell(byte, style)
            strip.paste(cell, (left, tallest - cell.height))
            left += cell.width
        self._add_strip(strip)

    def feed_lines(self, lines: int) -> None:
        """Print the line if one waits, and go on to so many lines further."""
        printed = 1 if self._line else 0
        self.end_line()
        self.feed((lines - printed) * (LETTER_HEIGHT + LINE_GAP))

    def cut(self) -> Image.Image:
        """The slip that falls, from edge to edge. The last KNIFE_DOTS rows under the head are not past the knife yet."""
        self.end_line()
        picture = picture_of(self.rows[:-KNIFE_DOTS], self._head_dots)
        self.rows = self.rows[-KNIFE_DOTS:]
        return picture

    def _width(self) -> int:
        return sum(style.wide for _, style in self._line) * LETTER_WIDTH

    def _cell(self, byte: int, style: Style) -> Image.Image:
        letter = bytes((byte,)).decode("cp437")
        cell = Image.new("1", (6, 12), 0)
        ImageDraw.Draw(cell).text((0, 0), letter if letter.isascii() else "?", font=self._font, fill=1)
        large = cell.resize((LETTER_WIDTH * style.wide, LETTER_HEIGHT * style.high))
        if style.bold:
            large = ImageChops.logical_or(large, ImageChops.offset(large, 1, 0))
        return ImageChops.invert(large) if style.white else large

    def _add_strip(self, strip: Image.Image) -> None:
        dots, wide = strip.tobytes(), self._head_dots // 8
        for at in range(0, len(dots), wide):
            self._add(dots[at : at + wide], 1)

    def _add(self, row: bytes, times: int) -> None:
        self.rows.extend([row] * min(times, LONGEST_SLIP - len(self.rows)))


def _left(room: int, place: int) -> int:
    return max(0, room * place // 2)


def picture_of(rows: list[bytes], head_dots: int) -> Image.Image:
    """Rows as a picture, mode "1", black is ink."""
    size = (head_dots, len(rows))
    dots = Image.frombytes("1", size, b"".join(rows)) if rows else Image.new("1", (head_dots, 1), 0)
    return ImageChops.invert(dots)


def paper_of(slip: Image.Image) -> Image.Image:
    """The slip as it lies in the hand: with its margins and both cut edges."""
    wide = PAPER_DOTS.get(slip.width, slip.width + 64)
    paper = Image.new("1", (wide, slip.height + TOOTH_DOTS), 1)
    paper.paste(slip, ((wide - slip.width) // 2, 0))
    draw = ImageDraw.Draw(paper)
    half, bottom = TOOTH_DOTS // 2, paper.height - 1
    for x in range(0, wide, TOOTH_DOTS):
        draw.polygon([(x, 0), (x + half, half), (x + TOOTH_DOTS, 0)], fill=0)
        draw.polygon([(x, bottom), (x + half, bottom - half), (x + TOOTH_DOTS, bottom)], fill=0)
    return paper
