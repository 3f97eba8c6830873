"""What is on the paper: tickets of one visit, their hall and services become blocks from top to bottom. Pure.

It must never know a printer, a pixel or a clock. What each block says stands in saying.py; which of them, in which
order and how large is the layout's.
"""

from contract.halls import Hall
from contract.names import DeviceId
from kiosk.printing.blocks import Bar, Blank, Block, Checklist, Follow, Line, Numeral, Paper, Picture, Row, Rule
from kiosk.printing.layout import BlockName, Spot, TicketLayout
from kiosk.printing.saying import said_by
from kiosk.printing.wanted import Entry, Wanted, wanted_of

__all__ = ["OF_A_TICKET", "Entry", "paper_of", "sentences"]

OF_A_TICKET: frozenset[BlockName] = frozenset(
    {"caption", "number", "words", "service", "agency", "bar", "ahead", "about", "prepare", "follow"}
)
"""Blocks that each number of a paper has for itself."""


def paper_of(
    entries: tuple[Entry, ...],
    hall: Hall,
    *,
    kiosk: DeviceId,
    layout: TicketLayout,
    copy: int = 1,
) -> Paper:
    """The paper of one visit's tickets, at least one. `copy` 1 is the first.

    What the layout says between its first and its last block about a ticket is said for each of them, with a rule
    between; what stands around it is said once, and goes by the first.
    """
    wanted = [
        wanted_of(entry, hall, (at, len(entries)), kiosk=kiosk, layout=layout, copy=copy)
        for at, entry in enumerate(entries, 1)
    ]
    spots = layout.spots
    about = [at for at, spot in enumerate(spots) if spot.show in OF_A_TICKET]
    begin, end = (about[0], about[-1] + 1) if about else (0, 0)
    blocks = _made(spots[:begin], wanted[0])
    for at, each in enumerate(wanted):
        blocks += ((Rule(),) if at else ()) + _made(spots[begin:end], each)
    blocks += _made(spots[end:], wanted[0])
    return Paper(layout.width, layout.margin, _without_idle_rules(blocks))


def sentences(paper: Paper) -> tuple[str, ...]:
    """All that can be read on the paper, from top to bottom: for reading aloud and for tests."""
    lines: list[str] = []
    for block in paper.blocks:
        match block:
            case Line(text=text) | Bar(text=text):
                lines.append(text)
            case Numeral(number=number):
                lines.append(number)
            case Row(label=label, value=value):
                lines.append(f"{label}: {value}")
            case Checklist(title=title, items=items):
                lines += [title, *(f"{item.text} ({item.note})" if item.note else item.text for item in items)]
            case Follow(title=title, second=second, site=site, code=code):
                lines += [line for line in (title, second, site, code) if line]
            case Rule() | Blank() | Picture():
                pass
    return tuple(lines)


def _made(spots: tuple[Spot, ...], wanted: Wanted) -> tuple[Block, ...]:
    return tuple(block for spot in spots for block in said_by(spot, wanted))


def _without_idle_rules(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """No rule at the top, at the end, or next to another."""
    kept: list[Block] = []
    for block in blocks:
        if not (isinstance(block, Rule) and (not kept or isinstance(kept[-1], Rule))):
            kept.append(block)
    return tuple(kept[:-1] if kept and isinstance(kept[-1], Rule) else kept)
