"""Buttons from page to page, in words that have room: in large letters or on a small panel they are short. Pure."""

from assets.kiosk_words import KioskWords
from kiosk.choices import Choice
from kiosk.furniture import Button, Pages

LETTER = 0.53
SIZE = 36
ICON = 56


def pages_of(
    page: int, count: int, words: KioskWords, *, to: tuple[Choice | None, Choice | None], width: float, growth: int
) -> Pages:
    """`page` counts from 0; `to` is what leads back and on; `width` is the pager's, in pixels of the drawing."""
    size = SIZE + growth
    where = words.page_of.format(page=page + 1, pages=count)
    names = (words.previous, words.next)
    if not _fit(names, where, size, width, ICON):
        where, names = f"{page + 1}/{count}", (words.previous_short, words.next_short)
    icons = _fit(names, where, size, width, ICON)
    return Pages(
        Button(names[0], to[0], "arrow-left" if icons else ""),
        where,
        Button(names[1], to[1], "chevron-right" if icons else ""),
    )


def where_wide(where: str, growth: int) -> float:
    """The room between the two buttons."""
    return len(where) * LETTER * (SIZE + growth) + 24


def _fit(names: tuple[str, str], where: str, size: float, width: float, icon: float) -> bool:
    each = (width - len(where) * LETTER * size - 24) / 2
    return max(len(name) for name in names) * LETTER * size + 24 + icon <= each
