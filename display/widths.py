"""How wide a text is in the type that numbers are set in (Black), in shares of the type size. Pure: no font is opened.

The advances are the font's own, in thousandths; a test measures them against the file. What is not in the table is taken
as wide as the widest letters, so that it is drawn too small rather than cut off.
"""

import unicodedata
from functools import lru_cache

_ADVANCES = {
    200: " ",
    288: "i",
    290: "j",
    298: "l",
    316: "I",
    320: "',.:;",
    334: "/",
    340: "-",
    360: "f!()",
    400: "t",
    418: "r",
    452: "s",
    472: "c*",
    474: "z",
    478: "?",
    480: "–",
    500: "_",
    520: "J",
    526: "e",
    530: "L",
    536: "Fa",
    540: "0123456789x#+×",
    542: "Zy",
    544: "Yv",
    546: "g",
    556: "E",
    560: "o",
    564: "ST",
    568: "k",
    572: "V",
    578: "u",
    580: 'bdpq"',
    582: "hn",
    584: "A",
    586: "C",
    588: "X",
    608: "P",
    612: "B",
    628: "K",
    630: "R",
    642: "D",
    646: "G",
    672: "NU",
    682: "H",
    690: "&",
    692: "OQ",
    776: "M",
    798: "w",
    824: "W",
    868: "m",
    870: "%",
    924: "@",
}
_WIDTHS = {character: thousandths / 1000 for thousandths, every in _ADVANCES.items() for character in every}
_UNKNOWN = 0.93

CAPITAL = 0.634
"""The height of the lowest digits (1, 4, 7), as a share of the type size; capitals have 0.65. Measured in the font."""


@lru_cache(maxsize=512)
def width_of(text: str) -> float:
    """The width of a text; 0.01 for none, so that one can divide by it."""
    plain = (unicodedata.normalize("NFKD", character)[0] for character in text)
    return max(0.01, sum(_WIDTHS.get(character, _UNKNOWN) for character in plain))
