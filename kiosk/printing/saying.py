"""What each block of a ticket says; nothing where the ticket has nothing for it. Pure.

Texts stand in three ways: captions in two languages (the hall's first, and the visitor's or the hall's second); what
officers and signs say in the hall's first; sentences to the visitor in the visitor's. Priority and its reason are never
printed (UU 27/2022). It must never know a pixel or a clock.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from assets.dates import clock, clock_span, short_date, weekday_name, zone_name
from assets.phrases import number_words
from assets.places import counters_phrase, said
from assets.words import PaperWords, words_of
from contract.names import Language, Number, Text
from kiosk.printing.blocks import Bar, Blank, Block, Checklist, Follow, Item, Line, Numeral, Picture, Row, Rule
from kiosk.printing.layout import BlockName, Spot, Type
from kiosk.printing.wanted import Wanted

ROUNDED_MINUTES = 5
"""Expected times are told in steps of so many minutes: early ends down, late ends up."""


def said_by(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    """What stands at this spot of the layout."""
    return MAKERS[spot.show](spot, wanted)


def _copy(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    return _line(f"{_caption(wanted, lambda words: words.copy)} {wanted.copy}", spot) if wanted.copy > 1 else ()


def _logo(spot: Spot, _: Wanted) -> tuple[Block, ...]:
    dots = spot.picture
    return (Picture(dots.width, dots.height, dots.ink, spot.align),) if dots else ()


def _hall(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    return _line(said(wanted.hall.name, wanted.first), spot)


def _place(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    return _line(said(wanted.hall.place, wanted.first), spot)


def _rule(_: Spot, __: Wanted) -> tuple[Block, ...]:
    return (Rule(),)


def _space(spot: Spot, _: Wanted) -> tuple[Block, ...]:
    return (Blank(spot.height),)


def _number_caption(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    """On a paper with several numbers with which one it is."""
    at, all_of_them = wanted.place
    which = f" ({at}/{all_of_them})" if all_of_them > 1 else ""
    return _line(_caption(wanted, lambda words: words.your_number) + which, spot)


def _number(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    return (Numeral(Number(wanted.ticket.number), spot.type, spot.align),)


def _words(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    """As it is called: in the hall's first language, and in the ticket's own where that is another."""
    spoken = dict.fromkeys((wanted.first, wanted.visitor))
    lines = dict.fromkeys(" · ".join(number_words(wanted.ticket.number, language)) for language in spoken)
    return tuple(block for line in lines for block in _line(line, spot))


def _service(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    name, known_as = _both(wanted, wanted.service.name)
    own = (Line(_clean(known_as), spot.small, spot.align),) if known_as.strip() else ()
    return (*_line(name, spot), *own)


def _agency(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    names = [name for name in _both(wanted, wanted.entry.agency.name) if name]
    return _line(" / ".join(names), spot)


def _zone_text(wanted: Wanted) -> str:
    words = words_of(wanted.visitor)
    zone = next((zone for zone in wanted.hall.zones if zone.id == wanted.ticket.zone), None)
    return words.paper.zone.format(letter=zone.letter) if zone else ""


def _counters_text(wanted: Wanted) -> str:
    counters = [each for each in wanted.hall.counters if wanted.service.id in each.services]
    return counters_phrase(counters, words_of(wanted.visitor))


def _bar(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    pieces = (_zone_text(wanted), _counters_text(wanted))
    text = " · ".join(piece for piece in pieces if piece)
    return (Bar(_clean(text), spot.type),) if text else ()


def _ahead(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    if not wanted.entry.ahead_known:
        return _line(words_of(wanted.visitor).paper.own, spot)
    return (_row(spot, _caption(wanted, lambda words: words.ahead), str(wanted.ticket.ahead)),)


def _about(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    span = _about_text(wanted)
    return (_row(spot, _caption(wanted, lambda words: words.called_about), span),) if span else ()


def _about_text(wanted: Wanted) -> str:
    wait = wanted.ticket.wait_min
    if wait is None or not wanted.entry.ahead_known:
        return ""
    early = _rounded(wanted.at + timedelta(minutes=wait.low), up=False)
    late = _rounded(wanted.at + timedelta(minutes=wait.high), up=True)
    return clock_span(max(early, wanted.at), late, wanted.first)


def _prepare(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    items = tuple(
        Item(
            _clean(said(each.text, wanted.visitor, wanted.first)), _clean(said(each.note, wanted.visitor, wanted.first))
        )
        for each in wanted.service.requirements
    )
    if not items:
        return ()
    title = _caption(wanted, lambda words: words.prepare)
    return (Checklist(title, items, spot.type, Type(spot.type.size, "Regular"), spot.small),)


def _follow(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    """Only where a phone can open it: the hub tells an address when the hall has set its `public_url`."""
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
            title_type=spot.type,
            text_type=spot.small,
            module=spot.module,
        ),
    )


def _day_text(wanted: Wanted) -> str:
    return f"{weekday_name(wanted.at.date(), wanted.first)} {short_date(wanted.at.date(), wanted.first)}"


def _time_text(wanted: Wanted) -> str:
    return f"{clock(wanted.at, wanted.first)} {zone_name(wanted.at)}"


def _when(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    """In the hall's first language: officers read it too."""
    return _line(f"{_day_text(wanted)} · {_time_text(wanted)} · {wanted.kiosk}", spot)


def _missed(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    return _line(words_of(wanted.visitor).paper.missed, spot)


def _free(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    return _line(words_of(wanted.visitor).paper.free, spot)


def _footer(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    """The hall's own sentence, unless the ticket says the same already."""
    text = said(wanted.hall.ticket_footer, wanted.visitor, wanted.first)
    paper = words_of(wanted.visitor).paper
    return () if text in {paper.free, paper.missed} else _line(text, spot)


def _text(spot: Spot, wanted: Wanted) -> tuple[Block, ...]:
    """The owner's own words, in the visitor's language; layout files are checked for what may stand in braces."""
    text = said({Language(code): words for code, words in spot.text.items()}, wanted.visitor, wanted.first)
    return _line(text.format_map({name: fill(wanted) for name, fill in PLACEHOLDERS.items()}), spot)


PLACEHOLDERS: dict[str, Callable[[Wanted], str]] = {
    "number": lambda wanted: wanted.ticket.number,
    "service": lambda wanted: said(wanted.service.name, wanted.visitor, wanted.first),
    "agency": lambda wanted: said(wanted.entry.agency.name, wanted.visitor, wanted.first),
    "hall": lambda wanted: said(wanted.hall.name, wanted.visitor, wanted.first),
    "zone": _zone_text,
    "counters": _counters_text,
    "ahead": lambda wanted: str(wanted.ticket.ahead) if wanted.entry.ahead_known else "-",
    "about": lambda wanted: _about_text(wanted) or "-",
    "date": _day_text,
    "time": _time_text,
    "kiosk": lambda wanted: wanted.kiosk,
}
"""What may stand in braces in an owner's own words."""

MAKERS: dict[BlockName, Callable[[Spot, Wanted], tuple[Block, ...]]] = {
    "copy": _copy,
    "logo": _logo,
    "hall": _hall,
    "place": _place,
    "rule": _rule,
    "space": _space,
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
    "text": _text,
}


def _line(text: str, spot: Spot) -> tuple[Block, ...]:
    return (Line(_clean(text), spot.type, spot.align),) if text.strip() else ()


def _row(spot: Spot, label: str, value: str) -> Row:
    return Row(label, value, spot.small, spot.type)


def _caption(wanted: Wanted, word: Callable[[PaperWords], str]) -> str:
    """As in "Nomor antrean / Your number"."""
    said_in = [language for language in (wanted.first, wanted.second) if language]
    return " / ".join(dict.fromkeys(word(words_of(language).paper) for language in said_in))


def _both(wanted: Wanted, name: Text) -> tuple[str, str]:
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
