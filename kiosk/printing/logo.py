"""A picture for the paper: an owner's PNG, or our own mark, as black dots. Reads files; it must never know a layout."""

import warnings
from functools import cache
from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from assets.fonts import path as font_path

LARGEST_PIXELS = 16_000_000
"""Of a picture that is read: a photograph of 4,000 by 4,000."""


class Dots(Struct, frozen=True):
    """A picture in black and white, row by row, 8 dots a byte, 1 is ink; each row begins with a new byte."""

    width: int
    height: int
    ink: bytes


def why_no_picture(file: Path) -> str:
    """Why a file cannot be printed; empty when it can."""
    try:
        _opened(file)
    except FileNotFoundError:
        return "there is no such picture"
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        return f"is no picture that can be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
    return ""


def picture_dots(file: Path | None, height: int, room: int) -> Dots:
    """The picture at most so high and so wide, in dots, dithered; our own mark where there is no file."""
    return _dots(own_mark(height) if file is None else _dithered(_opened(file), height, room))


def _opened(file: Path) -> Image.Image:
    """Grey on white paper, wholly read."""
    with warnings.catch_warnings(), Image.open(file) as opened:
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        if opened.width * opened.height > LARGEST_PIXELS:
            raise ValueError(f"it has more than {LARGEST_PIXELS:,} pixels")
        whole = opened.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("L")


def _dithered(grey: Image.Image, height: int, room: int) -> Image.Image:
    factor = min(height / grey.height, room / grey.width)
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey.resize(size, Image.Resampling.LANCZOS).convert("1", dither=Image.Dither.FLOYDSTEINBERG)


@cache
def own_mark(height: int) -> Image.Image:
    """A torn-off ticket with an A: mode "1", black is ink. Drawn four times as large and made smaller, for smooth edges."""
    fine = 4
    tall = height * fine
    wide = round(tall * 1.5)
    mark = Image.new("L", (wide, tall), 255)
    draw = ImageDraw.Draw(mark)
    draw.rounded_rectangle((0, 0, wide - 1, tall - 1), radius=tall // 8, fill=0)
    notch, seam = tall // 8, round(wide * 0.7)
    for middle in (0, tall):
        draw.ellipse((seam - notch, middle - notch, seam + notch, middle + notch), fill=255)
    dash = tall // 14
    for top in range(notch + dash, tall - notch - dash, 2 * dash):
        draw.rectangle((seam - dash // 3, top, seam + dash // 3, top + dash), fill=255)
    letter = ImageFont.truetype(str(font_path("Black")), round(tall * 0.95))
    draw.text((seam // 2, round(tall * 0.82)), "A", font=letter, fill=255, anchor="ms")
    return mark.resize((wide // fine, height), Image.Resampling.LANCZOS).point(
        [255 if grey >= 128 else 0 for grey in range(256)], "1"
    )


def _dots(picture: Image.Image) -> Dots:
    """Mode "1", black is ink."""
    return Dots(picture.width, picture.height, bytes(byte ^ 0xFF for byte in picture.tobytes()))
