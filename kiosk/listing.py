"""Faces with cards to choose from: errands and agencies, all errands, an agency's or an errand's services. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from assets.kiosk_words import KioskWords
from assets.words import Words
from contract.halls import AgencyOfHall, Errand
from contract.names import AgencyId, ErrandId, ServiceId
from kiosk import choices, notices, room
from kiosk.faces import Button, Card, Frame, ListFace, Pages
from kiosk.keyboard import fits, keys_for
from kiosk.paging import pages_of
from kiosk.places import Choosing
from kiosk.shape import Shape, is_brief
from kiosk.standing import Standing, agency_standing, standing_of
from kiosk.state import State, errand_of, service_of
from kiosk.visiting import wanted
from kiosk.wording import names_of, said, waiting, why_and_when

Item = TypeVar("Item")

LONGEST_NEWS = 60
"""Letters of a notice that stand on one line above the agencies; a longer one is read on the welcome."""


def choosing_face(state: State, place: Choosing, frame: Frame, words: Words, now: datetime | None) -> ListFace:
    """The errand is asked for before the agency."""
    hall = state.hall
    errands = hall.errands if hall else ()
    most = room.chips(frame.shape)
    chips = [_chip(errand, words) for errand in errands]
    if len(chips) > most.count:
        chips = [*chips[: most.count - 1], Button(words.kiosk.more_errands, choices.MoreErrands(), "dots-horizontal")]
    can_search = fits(frame.shape, keys_for(frame.shape, words.kiosk.keyboard))
    has_field = can_search and room.has_room(frame.shape, chip_rows=-(-len(chips) // most.columns), search=True)
    if can_search and not has_field:
        # Where height is dear the search is a chip among the others.
        more = [Button(words.kiosk.more_errands, choices.MoreErrands(), "dots-horizontal")] if errands else []
        field = Button(words.kiosk.search_short, choices.Search(), "magnify")
        few = [chip for chip in chips if chip.choice != choices.MoreErrands()][: most.count - 1 - len(more)]
        chips = [field, *few, *more]
    chip_rows = -(-len(chips) // most.columns)
    beside_pager = frame.shape.landscape and is_brief(frame.shape)  # no room for a heading there
    has_heading = not beside_pager and room.has_room(frame.shape, chip_rows=chip_rows, search=has_field)
    if not has_heading and not room.has_room(frame.shape, chip_rows=chip_rows, search=has_field, heading=False):
        chips, chip_rows = [], 0  # within reach there is room for agencies alone
    has_heading = has_heading and bool(chips)
    every = {one.id: _agency_card(state, one, now, words) for one in hall.agencies} if hall else {}
    told = tuple((card.title, card.remark) for card in every.values())
    cells = room.cards(frame.shape, told, chip_rows=chip_rows, search=has_field, heading=has_heading)
    so_far = names_of(state, wanted(state.trail), words)
    news = notices.line(state, words)
    news = news if len(news) <= LONGEST_NEWS else ""
    cards, pages = paged(
        [every[agency] for agency in place.agencies if agency in every],
        cells.count,
        place.page,
        words,
        width=room.pager_wide(frame.shape, words.kiosk.or_agency if has_heading else ""),
        growth=frame.shape.growth,
    )
    return ListFace(
        frame=frame,
        screen="errands",
        title=words.kiosk.ask_more if so_far else words.kiosk.ask_errand,
        above=words.kiosk.chosen_so_far.format(services=so_far) if so_far else news,
        above_icon="ticket-confirmation" if so_far else "bullhorn" if news else "",
        chips=tuple(chips),
        heading=words.kiosk.or_agency if has_heading else "",
        cards=tuple(cards),
        columns=cells.columns,
        rows=cells.rows,
        pages=pages,
        nothing="" if cards else words.kiosk.nothing_here,
        chip_columns=most.columns,
        search=Button(_search_label(frame.shape, words), choices.Search(), "magnify") if has_field else None,
    )


def _agency_card(state: State, agency: AgencyOfHall, now: datetime | None, words: Words) -> Card:
    standing = agency_standing(state, agency.id, now)
    return Card(
        choices.ChooseAgency(agency.id),
        agency.icon,
        said(agency.name, words),
        said(agency.about, words),
        _remark(standing, now, words),
        standing.open,
    )


def _search_label(shape: Shape, words: Words) -> str:
    """As much as the field has room for."""
    field = shape.body.width * (room.SEARCH_SHARE if room.search_beside(shape) else 1) - 140
    hint = words.kiosk.search_hint
    return hint if len(hint) * room.LETTER * (40 + shape.growth) <= field else words.kiosk.search_short


def all_errands_face(state: State, page: int, frame: Frame, words: Words) -> ListFace:
    """Every errand, two beside each other."""
    errands = state.hall.errands if state.hall else ()
    title = words.kiosk.all_errands
    cells = room.cards(frame.shape, title=title)
    shown, pages = paged(
        errands, cells.count, page, words, width=room.pager_wide(frame.shape, title=title), growth=frame.shape.growth
    )
    cards = tuple(
        Card(choices.ChooseErrand(errand.id), errand.icon, said(errand.name, words), "", "") for errand in shown
    )
    return _list(frame, "all-errands", title, cards, pages, words=words.kiosk, cells=cells)


def errand_face(
    state: State, errand: ErrandId, page: int, *, frame: Frame, words: Words, now: datetime | None
) -> ListFace:
    """The services that do an errand, whichever agency gives them."""
    found = errand_of(state, errand)
    services = found.services if found else ()
    title = said(found.name, words) if found else words.kiosk.choose_of_errand
    every = tuple(card for service in services if (card := service_card(state, service, words, now, with_agency=True)))
    cells = room.services(frame.shape, tuple((card.title, card.remark) for card in every), above=True, title=title)
    wide = room.pager_wide(frame.shape, title=title)
    cards, pages = paged(every, cells.count, page, words, width=wide, growth=frame.shape.growth)
    return _list(
        frame,
        "errand",
        title,
        cards,
        pages,
        words=words.kiosk,
        cells=cells,
        above=words.kiosk.choose_of_errand,
        icon=found.icon if found else "",
    )


def agency_face(
    state: State, agency: AgencyId, page: int, *, frame: Frame, words: Words, now: datetime | None
) -> ListFace:
    """An agency's services."""
    services = state.agencies[agency].services if agency in state.agencies else ()
    title = words.kiosk.choose_service
    every = tuple(
        card for service in services if (card := service_card(state, service.id, words, now, with_agency=False))
    )
    cells = room.services(frame.shape, tuple((card.title, card.remark) for card in every), above=True, title=title)
    wide = room.pager_wide(frame.shape, title=title)
    cards, pages = paged(every, cells.count, page, words, width=wide, growth=frame.shape.growth)
    known = next((one for one in state.hall.agencies if one.id == agency), None) if state.hall else None
    return _list(
        frame,
        "agency",
        title,
        cards,
        pages,
        words=words.kiosk,
        cells=cells,
        above=said(known.name, words) if known else "",
        icon=known.icon if known else "",
    )


def _list(
    frame: Frame,
    screen: str,
    title: str,
    cards: Sequence[Card],
    pages: Pages | None,
    *,
    words: KioskWords,
    cells: room.Cells,
    above: str = "",
    icon: str = "",
) -> ListFace:
    return ListFace(
        frame=frame,
        screen=screen,
        title=title,
        above=above,
        above_icon=icon,
        chips=(),
        heading="",
        cards=tuple(cards),
        columns=cells.columns,
        rows=cells.rows,
        pages=pages,
        nothing="" if cards else words.nothing_here,
    )


def _chip(errand: Errand, words: Words) -> Button:
    return Button(said(errand.name, words), choices.ChooseErrand(errand.id), errand.icon)


def service_card(
    state: State, service: ServiceId, words: Words, now: datetime | None, *, with_agency: bool
) -> Card | None:
    found = service_of(state, service)
    if found is None or state.hall is None:
        return None
    agency, known = found
    of = next((one for one in state.hall.agencies if one.id == agency), None)
    standing = standing_of(state, agency, known, now)
    icon = known.icon or (of.icon if of else "file-document")
    about = said(of.name, words) if with_agency and of else ""
    return Card(
        choices.ChooseService(service),
        icon,
        said(known.name, words),
        about,
        _remark(standing, now, words),
        standing.open,
    )


def _remark(standing: Standing, now: datetime | None, words: Words) -> str:
    if not standing.open:
        return why_and_when(standing, now, words)
    line = words.kiosk.why_system if standing.away == "system" else ""
    return " ".join(filter(None, (line, waiting(standing.waiting, words.kiosk))))


def paged(
    items: Sequence[Item], size: int, page: int, words: Words, *, width: float, growth: int
) -> tuple[Sequence[Item], Pages | None]:
    """A page of a list and the buttons to its neighbours; no buttons where one page holds everything."""
    count = max(1, -(-len(items) // size))
    page = min(page, count - 1)
    shown = items[page * size : (page + 1) * size]
    if count == 1:
        return shown, None
    before = choices.PreviousPage() if page > 0 else None
    after = choices.NextPage() if page < count - 1 else None
    return shown, pages_of(page, count, words.kiosk, to=(before, after), width=width, growth=growth)
