"""The roll in a printer: dots become rows, rows become slips with cut edges. It must never know a command or a socket."""

from PIL import Image, ImageChops, ImageDraw, ImageFont

HEAD_DOTS = 576
"""72 mm of print head at 203 dpi."""
PAPER_DOTS = 640
"""80 mm of paper."""
KNIFE_DOTS = 96
"""12 mm from the print head to the knife: so much blank paper stands over every ticket."""
TOOTH_DOTS = 8
BLANK = bytes(HEAD_DOTS // 8)
LETTER_WIDTH, LETTER_HEIGHT, LINE_HEIGHT = 12, 24, 30
LONGEST_SLIP = 20_000
"""Rows kept of a slip that is never cut (2.5 m); a printer would go on, a file should not."""


class Roll:
    """Paper from the knife on. The first KNIFE_DOTS rows had passed the head already when the last cut was made."""

    def __init__(self) -> None:
        self.rows: list[bytes] = [BLANK] * KNIFE_DOTS
        self._line = bytearray()
        self._font = ImageFont.load_default_imagefont()

    def print_row(self, data: bytes, *, wide: bool = False, high: bool = False) -> None:
        """One row of dots, from the left; what is wider than the head is lost."""
        self.end_line()
        if wide:
            dots = Image.frombytes("1", (len(data) * 8, 1), data)
            data = dots.resize((dots.width * 2, 1)).tobytes()
        self._add(data[: HEAD_DOTS // 8].ljust(HEAD_DOTS // 8, b"\0"), 2 if high else 1)

    def feed(self, dots: int) -> None:
        """Blank paper."""
        self._add(BLANK, dots)

    def add_text(self, data: bytes) -> None:
        """Letters into the line; a full line prints itself."""
        for byte in data:
            self._line.append(byte)
            if len(self._line) == HEAD_DOTS // LETTER_WIDTH:
                self.end_line()

    def end_line(self) -> None:
        """Print the line, if letters wait in it."""
        if not self._line:
            return
        words, self._line = bytes(self._line).decode("cp437"), bytearray()
        strip = Image.new("1", (HEAD_DOTS, LINE_HEIGHT), 0)
        for place, letter in enumerate(words):
            cell = Image.new("1", (6, 12), 0)
            ImageDraw.Draw(cell).text((0, 0), letter if letter.isascii() else "?", font=self._font, fill=1)
            strip.paste(cell.resize((LETTER_WIDTH, LETTER_HEIGHT)), (place * LETTER_WIDTH, 0))
        dots = strip.tobytes()
        for at in range(0, len(dots), HEAD_DOTS // 8):
            self._add(dots[at : at + HEAD_DOTS // 8], 1)

    def feed_lines(self, lines: int) -> None:
        """Print the line if one waits, and go on to so many lines further."""
        printed = 1 if self._line else 0
        self.end_line()
        self.feed((lines - printed) * LINE_HEIGHT)

    def cut(self) -> Image.Image:
        """The slip that falls, from edge to edge. The last KNIFE_DOTS rows under the head are not past the knife yet."""
        self.end_line()
        picture = picture_of(self.rows[:-KNIFE_DOTS])
        self.rows = self.rows[-KNIFE_DOTS:]
        return picture

    def _add(self, row: bytes, times: int) -> None:
        self.rows.extend([row] * min(times, LONGEST_SLIP - len(self.rows)))


def picture_of(rows: list[bytes]) -> Image.Image:
    """Rows as a picture, mode "1", black is ink."""
    dots = Image.frombytes("1", (HEAD_DOTS, len(rows)), b"".join(rows)) if rows else Image.new("1", (HEAD_DOTS, 1), 0)
    return ImageChops.invert(dots)


def paper_of(slip: Image.Image) -> Image.Image:
    """The slip as it lies in the hand: with its margins and both cut edges."""
    paper = Image.new("1", (PAPER_DOTS, slip.height + TOOTH_DOTS), 1)
    paper.paste(slip, ((PAPER_DOTS - HEAD_DOTS) // 2, 0))
    draw = ImageDraw.Draw(paper)
    half, bottom = TOOTH_DOTS // 2, paper.height - 1
    for x in range(0, PAPER_DOTS, TOOTH_DOTS):
        draw.polygon([(x, 0), (x + half, half), (x + TOOTH_DOTS, 0)], fill=0)
        draw.polygon([(x, bottom), (x + half, bottom - half), (x + TOOTH_DOTS, bottom)], fill=0)
    return paper
