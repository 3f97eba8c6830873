"""What is on the paper: a ticket, its hall and its service become blocks from top to bottom. Pure.

It must never know a printer, a pixel or a clock. Texts stand in three ways: captions in two languages (the hall's
first, and the visitor's or the hall's second); what officers and signs say in the hall's first; sentences to the
visitor in the visitor's. Priority and its reason are never printed (UU 27/2022; field.md).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.dates import clock, clock_span, short_date, weekday_name, zone_name
from assets.phrases import number_words
from assets.places import counters_phrase, said
from assets.words import PaperWords, languages, words_of
from contract.halls import AgencyOfHall, Hall, ServiceOfAgency
from contract.names import DeviceId, Language, Number, Text
from contract.tickets import IssuedTicket
from kiosk.printing.blocks import Bar, Block, Checklist, Follow, Item, Line, Numeral, Paper, Row, Rule
from kiosk.printing.layout import BlockName, TicketLayout, Type

ROUNDED_MINUTES = 5
"""Expected times are told in steps of so many minutes: early ends down, late ends up."""


class Entry(Struct, frozen=True):
    """A ticket, and what the hall says of its service."""

    ticket: IssuedTicket
    agency: AgencyOfHall
    service: ServiceOfAgency


class _Wanted(Struct, frozen=True):
    """All that a block may need to know. `place`: which number of the paper it is about, and of how many."""

    ticket: IssuedTicket
    hall: Hall
    agency: AgencyOfHall
    service: ServiceOfAgency
    place: tuple[int, int]
    kiosk: DeviceId
    copy: int
    ahead_known: bool
    layout: TicketLayout
    at: datetime
    first: Language
    second: Language | None
    visitor: Language


def paper_of(
    entries: tuple[Entry, ...],
    hall: Hall,
    *,
    kiosk: DeviceId,
    layout: TicketLayout,
    copy: int = 1,
    ahead_known: bool = True,
) -> Paper:
    """The paper of one visit's tickets, at least one. `copy` 1 is the first.

    `ahead_known` is False for a number given while the hub was away. What the layout says between its first and its
    last block about a ticket is said for each of them, with a rule between; what stands around it is said once, and
    goes by the first.
    """
    wanted = [
        _wanted(entry, hall, (at, len(entries)), kiosk=kiosk, layout=layout, copy=copy, ahead_known=ahead_known)
        for at, entry in enumerate(entries, 1)
    ]
    names = layout.paper.blocks
    about = [at for at, name in enumerate(names) if name in OF_A_TICKET] if len(entries) > 1 else []
    begin, end = (about[0], about[-1] + 1) if about else (0, len(names))
    blocks = _made(names[:begin], wanted[0]) if about else ()
    for at, each in enumerate(wanted):
        blocks += (Rule(),) if at else ()
        blocks += _made(names[begin:end], each)
        if not about:
            break
    blocks += _made(names[end:], wanted[0])
    return Paper(layout.paper.width, layout.paper.margin, _without_idle_rules(blocks))


def _wanted(
    entry: Entry,
    hall: Hall,
    place: tuple[int, int],
    *,
    kiosk: DeviceId,
    layout: TicketLayout,
    copy: int,
    ahead_known: bool,
) -> _Wanted:
    ticket = entry.ticket
    spoken = tuple(language for language in hall.languages if language in languages())
    first = spoken[0] if spoken else languages()[0]
    visitor = ticket.language if ticket.language in languages() else first
    others = (visitor, *spoken[1:2])
    return _Wanted(
        ticket=ticket,
        hall=hall,
        agency=entry.agency,
        service=entry.service,
        place=place,
        kiosk=kiosk,
        copy=copy,
        ahead_known=ahead_known,
        layout=layout,
        at=ticket.issued_at.astimezone(ZoneInfo(hall.time_zone)),
        first=first,
        second=next((language for language in others if language != first), None),
        visitor=visitor,
    )


def _made(names: tuple[BlockName, ...], wanted: _Wanted) -> tuple[Block, ...]:
    return tuple(block for name in names for block in MAKERS[name](wanted))


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
            case Rule():
                pass
    return tuple(lines)


def _without_idle_rules(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """No rule at the top, at the end, or next to another."""
    kept: list[Block] = []
    for block in blocks:
        if not (isinstance(block, Rule) and (not kept or isinstance(kept[-1], Rule))):
            kept.append(block)
    return tuple(kept[:-1] if kept and isinstance(kept[-1], Rule) else kept)


# --- the blocks, each empty where the ticket has nothing for it ------------------------------------------------------


def _copy(wanted: _Wanted) -> tuple[Block, ...]:
    if wanted.copy < 2:
        return ()
    return (Line(f"{_caption(wanted, lambda words: words.copy)} {wanted.copy}", wanted.layout.type.copy),)


def _hall(wanted: _Wanted) -> tuple[Block, ...]:
    return _line(said(wanted.hall.name, wanted.first), wanted.layout.type.hall)


def _place(wanted: _Wanted) -> tuple[Block, ...]:
    return _line(said(wanted.hall.place, wanted.first), wanted.layout.type.place)


def _rule(_: _Wanted) -> tuple[Block, ...]:
    return (Rule(),)


def _number_caption(wanted: _Wanted) -> tuple[Block, ...]:
    """On a paper with several numbers with which one it is."""
    at, all_of_them = wanted.place
    which = f" ({at}/{all_of_them})" if all_of_them > 1 else ""
    return _line(_caption(wanted, lambda words: words.your_number) + which, wanted.layout.type.caption)


def _number(wanted: _Wanted) -> tuple[Block, ...]:
    return (Numeral(Number(wanted.ticket.number), wanted.layout.type.number),)


def _words(wanted: _Wanted) -> tuple[Block, ...]:
    """As it will be called, hence in the hall's first language."""
    return _line(" · ".join(number_words(wanted.ticket.number, wanted.first)), wanted.layout.type.words)


def _service(wanted: _Wanted) -> tuple[Block, ...]:
    name, known_as = _both(wanted, wanted.service.name)
    return (*_line(name, wanted.layout.type.service), *_line(known_as, wanted.layout.type.agency))


def _agency(wanted: _Wanted) -> tuple[Block, ...]:
    names = [name for name in _both(wanted, wanted.agency.name) if name]
    return _line(" / ".join(names), wanted.layout.type.agency)


def _bar(wanted: _Wanted) -> tuple[Block, ...]:
    words = words_of(wanted.visitor)
    zone = next((zone for zone in wanted.hall.zones if zone.id == wanted.ticket.zone), None)
    counters = [each for each in wanted.hall.counters if wanted.service.id in each.services]
    pieces = [words.paper.zone.format(letter=zone.letter) if zone else "", counters_phrase(counters, words)]
    text = " · ".join(piece for piece in pieces if piece)
    return (Bar(_clean(text), wanted.layout.type.bar),) if text else ()


def _ahead(wanted: _Wanted) -> tuple[Block, ...]:
    if not wanted.ahead_known:
        return ()
    return (_row(wanted, _caption(wanted, lambda words: words.ahead), str(wanted.ticket.ahead)),)


def _about(wanted: _Wanted) -> tuple[Block, ...]:
    wait = wanted.ticket.wait_min
    if wait is None or not wanted.ahead_known:
        return ()
    early = _rounded(wanted.at + timedelta(minutes=wait.low), up=False)
    late = _rounded(wanted.at + timedelta(minutes=wait.high), up=True)
    caption = _caption(wanted, lambda words: words.called_about)
    return (_row(wanted, caption, clock_span(max(early, wanted.at), late, wanted.first)),)


def _prepare(wanted: _Wanted) -> tuple[Block, ...]:
    items = tuple(
        Item(
            _clean(said(each.text, wanted.visitor, wanted.first)), _clean(said(each.note, wanted.visitor, wanted.first))
        )
        for each in wanted.service.requirements
    )
    if not items:
        return ()
    types = wanted.layout.type
    title = _caption(wanted, lambda words: words.prepare)
    return (Checklist(title, items, types.prepare, types.item, types.note),)


def _follow(wanted: _Wanted) -> tuple[Block, ...]:
    if not wanted.ticket.follow_url:
        return ()
    url = urlsplit(wanted.ticket.follow_url)
    rest = url._replace(scheme="", netloc="").geturl()
    path, _, code = url.path.strip("/").rpartition("/")
    return (
        Follow(
            address=f"{url.scheme}://{url.netloc}".upper() + rest,
            title=words_of(wanted.first).paper.follow,
            second=words_of(wanted.second).paper.follow if wanted.second else "",
            site=_clean("/".join(piece for piece in (url.netloc.lower(), path) if piece)),
            code=_clean(code),
            title_type=wanted.layout.type.follow,
            text_type=wanted.layout.type.site,
            module=wanted.layout.qr.module,
        ),
    )


def _when(wanted: _Wanted) -> tuple[Block, ...]:
    """In the hall's first language: officers read it too."""
    at, first = wanted.at, wanted.first
    day = f"{weekday_name(at.date(), first)} {short_date(at.date(), first)}"
    text = f"{day} · {clock(at, first)} {zone_name(at)} · {wanted.kiosk}"
    return _line(text, wanted.layout.type.footer)


def _missed(wanted: _Wanted) -> tuple[Block, ...]:
    return _line(words_of(wanted.visitor).paper.missed, wanted.layout.type.footer)


def _free(wanted: _Wanted) -> tuple[Block, ...]:
    return _line(words_of(wanted.visitor).paper.free, wanted.layout.type.footer)


def _footer(wanted: _Wanted) -> tuple[Block, ...]:
    """The hall's own sentence, unless the ticket says the same already."""
    text = said(wanted.hall.ticket_footer, wanted.visitor, wanted.first)
    paper = words_of(wanted.visitor).paper
    return () if text in {paper.free, paper.missed} else _line(text, wanted.layout.type.footer)


OF_A_TICKET: frozenset[BlockName] = frozenset(
    {"caption", "number", "words", "service", "agency", "bar", "ahead", "about", "prepare", "follow"}
)
"""Blocks that each number of a paper has for itself."""

MAKERS: dict[BlockName, Callable[[_Wanted], tuple[Block, ...]]] = {
    "copy": _copy,
    "hall": _hall,
    "place": _place,
    "rule": _rule,
    "caption": _number_caption,
    "number": _number,
    "words": _words,
    "service": _service,
    "agency": _agency,
    "bar": _bar,
    "ahead": _ahead,
    "about": _about,
    "prepare": _prepare,
    "follow": _follow,
    "when": _when,
    "missed": _missed,
    "free": _free,
    "footer": _footer,
}


def _line(text: str, kind: Type) -> tuple[Block, ...]:
    return (Line(_clean(text), kind),) if text.strip() else ()


def _row(wanted: _Wanted, label: str, value: str) -> Row:
    return Row(label, value, wanted.layout.type.label, wanted.layout.type.value)


def _caption(wanted: _Wanted, word: Callable[[PaperWords], str]) -> str:
    """As in "Nomor antrean / Your number"."""
    said_in = [language for language in (wanted.first, wanted.second) if language]
    return " / ".join(dict.fromkeys(word(words_of(language).paper) for language in said_in))


def _both(wanted: _Wanted, name: Text) -> tuple[str, str]:
    """A name in the hall's first language, and in the visitor's where that is another name."""
    first = said(name, wanted.first)
    other = said(name, wanted.visitor, wanted.first)
    return first, "" if other == first else other


def _rounded(at: datetime, *, up: bool) -> datetime:
    """To whole steps of ROUNDED_MINUTES."""
    over = timedelta(minutes=at.minute % ROUNDED_MINUTES, seconds=at.second, microseconds=at.microsecond)
    down = at - over
    return down + timedelta(minutes=ROUNDED_MINUTES) if up and over else down


def _clean(text: str) -> str:
    """One line, without control bytes: whatever stands in a name is only ever letters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
