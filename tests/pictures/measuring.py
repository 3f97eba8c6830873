"""How tall a call's capitals really are: found in a picture by their ink alone. Knows the board's colours, none of its sizes."""

from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageChops

MM_PER_INCH = 25.4


class Tall(Struct, frozen=True):
    """Heights in pixels: of the first letter of the newest number, and of the last digit of its counter."""

    number: int
    counter: int


def millimetres(pixels: int, width: int, height: int, diagonal_inch: float) -> float:
    """Pixels of such a panel in millimetres."""
    return float(pixels * diagonal_inch * MM_PER_INCH / (width**2 + height**2) ** 0.5)


def newest(picture: Path, *, stacked: bool = False, sign: bool = False) -> Tall:
    """Measure the newest call: the first amber card from above. `stacked`: its counter stands below its number; `sign`: it
    has none, and both heights are the number's.
    """
    with Image.open(picture) as opened:
        card = _first_card(opened.convert("RGB"))
    if sign:
        first = _glyphs(card)[0]
        return Tall(first, first)
    if stacked:
        half = card.height // 2
        above, below = (card.crop((0, top, card.width, top + half)) for top in (0, half))
        return Tall(_glyphs(above)[0], _glyphs(below)[-1])
    # The last ink is the ring around the zone's letter.
    glyphs = _glyphs(card)
    return Tall(glyphs[0], glyphs[-2])


def _first_card(picture: Image.Image) -> Image.Image:
    """The ink of the first amber card: what is dark in it is white."""
    red, green, blue = picture.split()
    amber = _all(_between(red, 225, 255), _between(green, 150, 185), _between(blue, 0, 40))
    rows = _runs(amber.getprojection()[1])
    top, bottom = next(run for run in rows if run[1] - run[0] > picture.height / 20)
    left, _, right, _ = amber.crop((0, top, picture.width, bottom)).getbbox() or (0, 0, 0, 0)
    inset = (right - left) // 60
    box = (left + inset, top + 2, right - inset, bottom - 2)
    # The ground beside its round corners is dark, and no ink.
    dark = _all(_between(red, 0, 80), _between(green, 0, 80), _between(blue, 0, 80))
    return dark.crop(box)


def _glyphs(ink: Image.Image) -> list[int]:
    """The heights of what stands beside each other, from the left; corners and specks aside."""
    heights = []
    for left, right in _runs(ink.getprojection()[0]):
        box = ink.crop((left, 0, right, ink.height)).getbbox()
        if box is not None and right - left > ink.width / 200:
            heights.append(box[3] - box[1])
    return heights


def _between(band: Image.Image, least: int, most: int) -> Image.Image:
    return band.point([255 if least <= value <= most else 0 for value in range(256)])


def _all(*masks: Image.Image) -> Image.Image:
    found = masks[0]
    for mask in masks[1:]:
        found = ImageChops.darker(found, mask)
    return found


def _runs(projection: list[int]) -> list[tuple[int, int]]:
    """Where there is something: (begin, end) of each unbroken stretch."""
    runs, begin = [], None
    for index, there in enumerate([*projection, 0]):
        if there and begin is None:
            begin = index
        elif not there and begin is not None:
            runs.append((begin, index))
            begin = None
    return runs
