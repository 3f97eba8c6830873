"""The kiosk on other panels and in other looks: each screen lying, small, in large letters, in high contrast, within low reach.

The first gallery is of one panel in the looks that a visit begins with. Here any two of a screen, a panel, a size of
type, contrast, reach and a language meet; the drawing's pixels are the window's, so a small panel takes a part of it.
"""

import math
from functools import cache
from typing import Any

from msgspec.structs import replace

from assets.words import Words, words_of
from contract.names import Language
from kiosk.faces import Face
from kiosk.looks import TEXT_SIZES, Looks, Panel
from kiosk.state import State, now_of
from kiosk.views import view_of
from tests.pairwise import pairwise_rows
from tests.pictures import kiosk_gallery
from ui.window import PORTRAIT, ScreenSettings, in_drawing

PANELS = {
    "21-lying": ScreenSettings(1920, 1080, 21.5),
    "15-lying": ScreenSettings(1280, 800, 15.6),
    "15-upright": ScreenSettings(1080, 1920, 15.6),
}
HANGS_MM = 850.0

SHOWN = (
    "welcome",
    "errands-1",
    "agency",
    "search",
    "service",
    "service-late",
    "priority",
    "needs",
    "ticket",
    "no-paper",
    "tickets",
    "check",
    "checked-waiting",
    "notice",
    "confirm-cancel",
    "signs",
)
"""One of each kind of screen, by its name in the first gallery."""

WIDE, HIGH = 1920, 1400
DRAWING = PORTRAIT
SCREEN = ScreenSettings(
    WIDE, HIGH, PORTRAIT.diagonal_inch * math.hypot(WIDE, HIGH) / math.hypot(PORTRAIT.width, PORTRAIT.height)
)
"""Large enough for every panel, with a pixel of the drawing for each of the window."""


TONGUES = {
    "jv": "Basa Jawa",
    "su": "Basa Sunda",
    "bjn": "Bahasa Banjar",
    "vkt": "Bahasa Kutai",
    "ban": "Basa Bali",
    "min": "Baso Minangkabau",
    "bug": "Basa Ugi",
    "ms": "Bahasa Melayu",
}
"""More languages than the product comes with, by their own names; their texts are the hall's first language's."""


def words_in(language: Language) -> Words:
    """Words of a language of the pictures."""
    if language not in TONGUES:
        return words_of(language)
    known = words_of(Language("id"))
    return replace(known, language=replace(known.language, code=str(language), name=TONGUES[language]))


def many_languages() -> dict[str, State]:
    """The welcome and the choice of a language in a hall of ten languages."""
    known = kiosk_gallery.states()
    hall = kiosk_gallery.hall().hall
    tongues = replace(hall, languages=(*hall.languages, *(Language(code) for code in TONGUES)))
    return {
        f"{name}-many": replace(known[name], hall=tongues, language=Language("id")) for name in ("welcome", "languages")
    }


@cache
def states() -> dict[str, State]:
    """Each picture's name and its state; those of one look stand together, because screens are made anew for another."""
    rows = pairwise_rows(
        {
            "name": SHOWN,
            "panel": list(PANELS),
            "text": TEXT_SIZES,
            "contrast": [False, True],
            "low": [False, True],
            "language": list(kiosk_gallery.hall().hall.languages),
        }
    )
    known = kiosk_gallery.states()
    found: dict[str, State] = {}
    for row in sorted(rows, key=lambda row: (row["text"], row["contrast"], row["low"])):
        width, height = in_drawing(PANELS[row["panel"]], DRAWING)
        looks = Looks(row["contrast"], row["text"], row["low"])
        traits = (row["panel"], row["text"], "contrast" * row["contrast"], "low" * row["low"])
        state = known[row["name"]]
        found["-".join(filter(None, (row["name"], *traits)))] = replace(
            state,
            panel=Panel(math.floor(width), math.floor(height), HANGS_MM),
            looks=looks,
            language=state.language or Language(row["language"]),
        )
    for name, state in many_languages().items():
        for panel in ("21-lying", "15-upright"):
            width, height = in_drawing(PANELS[panel], DRAWING)
            found[f"{name}-{panel}"] = replace(state, panel=Panel(math.floor(width), math.floor(height), HANGS_MM))
    return found


def views() -> dict[str, Face]:
    """Each picture's name and the face that it shows."""
    return {name: view_of(state, words_in, now_of(state)) for name, state in states().items()}


def sizes() -> dict[str, tuple[float, float]]:
    """How much of the window each picture takes, from its lower left corner; pixels."""
    return {name: (state.panel.width, state.panel.height) for name, state in states().items()}


def stage() -> Any:
    """The kiosk's own stage, on a part of the window."""
    return kiosk_gallery.stage()
