"""A paper for technicians: does it print, is it dark enough, is it straight, how much paper is left. Pure.

No number stands on it: nobody can take it for a ticket.
"""

from msgspec import Struct

from assets.words import PaperWords
from kiosk.printing.blocks import Bar, Blank, Block, Line, Paper, Row, Rule
from kiosk.printing.layout import CAPITAL_OF_TYPE, TicketLayout, Type

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,:;/-()"


class Told(Struct, frozen=True):
    """What the paper tells: the lines at the top, and captions with their values."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


def trial_paper(layout: TicketLayout, words: tuple[PaperWords, ...], told: Told) -> Paper:
    """`words`: of the hall's languages, the first first."""

    def kind(capital_mm: float, weight: str = "Regular") -> Type:
        return Type(round(capital_mm * layout.dots_per_mm / CAPITAL_OF_TYPE), weight)  # type: ignore[arg-type] # a literal below

    title = " / ".join(dict.fromkeys(each.trial for each in words))
    notes = dict.fromkeys(each.trial_note for each in words)
    blocks: list[Block] = [
        Line(title, kind(3.5, "Bold")),
        *(Line(note, kind(2.3)) for note in notes),
        *(Line(line, kind(2.3)) for line in told.lines),
        Rule(),
        *(Row(label, value, kind(2.2), kind(2.3, "Bold")) for label, value in told.rows),
        Rule(),
        Line(LETTERS, kind(1.6)),
        Line(LETTERS, kind(2.3), "left"),
        Line(LETTERS, kind(3.0, "Black"), "right"),
        Bar("69 96 08 BE", kind(3.0, "Bold")),
        Blank(round(2 * layout.dots_per_mm)),
    ]
    return Paper(layout.width, layout.margin, tuple(blocks))
