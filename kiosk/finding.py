"""The search as a visitor meets it: letter by letter, and at once the services that may be meant. Pure.

What was found for a text is kept with it: while nobody types, nothing jumps.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from assets.words import Words
from contract.names import ServiceId
from kiosk import choices
from kiosk.faces import Button, Frame, Pages, SearchFace, SearchKey
from kiosk.keyboard import SPACE, Plan, fits, keys_for, plan_of
from kiosk.listing import paged, service_card
from kiosk.places import Choosing, Searching
from kiosk.room import LETTER
from kiosk.searching import LONGEST_TEXT, index_of, search
from kiosk.state import State
from kiosk.trail import go, home, instead, turned


def begin(state: State) -> State:
    """Nothing is typed yet."""
    return go(state, Searching())


def typed(state: State, letter: str) -> State:
    """One more letter. A space counts only between words, and nothing beyond the longest text."""
    place = state.place
    if not isinstance(place, Searching) or not _is_taken(place.text, letter):
        return turned(state)
    return _found(state, place.text + letter.lower())


def untyped(state: State, scanned: str) -> State:
    """A scan is over, whose keys came as letters before anybody knew that it was one: they are taken out again."""
    place = state.place
    if not isinstance(place, Searching):
        return state
    for kept in range(len(place.text)):
        text = place.text[:kept]
        for letter in scanned:
            text += letter.lower() if _is_taken(text, letter) else ""
        if text == place.text:
            return _found(state, place.text[:kept])
    return state


def rubbed_out(state: State) -> State:
    """The last letter goes."""
    return _found(state, state.place.text[:-1]) if isinstance(state.place, Searching) else turned(state)


def cleared(state: State) -> State:
    """All letters go."""
    return _found(state, "") if isinstance(state.place, Searching) else turned(state)


def to_agencies(state: State) -> State:
    """Back to the list that the search was begun from."""
    for count in range(len(state.trail), 0, -1):
        if isinstance(state.trail[count - 1], Choosing):
            return turned(replace(state, trail=state.trail[:count]))
    return home(state)


def search_face(state: State, place: Searching, frame: Frame, words: Words, now: datetime | None) -> SearchFace:
    """The keyboard, what is typed, and what it means; in words where that is nothing."""
    kiosk = words.kiosk
    keys = keys_for(frame.shape, kiosk.keyboard)
    plan = plan_of(frame.shape, keys, max(kiosk.next, kiosk.previous, kiosk.search_agencies, key=len))
    shown, pages = _page(place, plan, words, frame.shape.growth)
    cards = tuple(card for one in shown if (card := service_card(state, one, words, now, with_agency=True)))
    note, more = "", ""
    helps: tuple[Button, ...] = ()
    if not cards and place.text.strip():
        note, more = kiosk.search_nothing.format(text=place.text.strip()), kiosk.search_nothing_text
        helps = (
            Button(kiosk.search_agencies, choices.ShowAgencies(), "format-list-bulleted"),
            Button(kiosk.bar_staff, choices.CallStaff(), "account-group"),
        )[: 0 if not plan.pager.width else 1 if plan.one_button else 2]  # the bar leads there too
    elif not cards:
        note, more = kiosk.search_title, kiosk.search_text
    return SearchFace(
        frame=frame,
        title=kiosk.search_title,
        text=place.text,
        hint=_hint(frame, plan, words),
        keys=tuple(
            SearchKey(
                Button(
                    _label(key.letter, words),
                    key.choice,
                    "" if key.letter else "backspace-outline",
                ),
                key.row,
                key.column,
                key.span,
            )
            for key in keys
        ),
        plan=plan,
        clear=Button(
            kiosk.search_clear,
            choices.ClearText() if place.text and plan.field.top <= frame.shape.reach else None,
            "close-circle",
        ),
        cards=cards,
        pages=pages,
        note=note,
        note_more=more,
        helps=helps,
    )


def has_room(frame: Frame, words: Words) -> bool:
    """Whether a keyboard and what it finds have room in this look of this panel; if not there is no search."""
    return fits(frame.shape, keys_for(frame.shape, words.kiosk.keyboard))


def list_instead(state: State, place: Searching) -> Choosing:
    """What is shown of a search that has no room any more: the list that it was begun from."""
    known = next((one for one in reversed(state.trail) if isinstance(one, Choosing)), Choosing(()))
    return replace(known, page=place.page)


def _page(place: Searching, plan: Plan, words: Words, growth: int) -> tuple[Sequence[ServiceId], Pages | None]:
    """A page of what was found. A single button turns from the last page to the first."""
    size = plan.cells.count
    if not plan.pager.width:
        return place.found[:size], None
    count = max(1, -(-len(place.found) // size))
    page = place.page % count if plan.one_button else place.page
    wide = plan.pager.width * (2 if plan.one_button else 1)
    shown, pages = paged(place.found, size, page, words, width=wide, growth=growth)
    if pages is None or not plan.one_button:
        return shown, pages
    nothing = Button(pages.previous.label, None)
    return shown, Pages(nothing, pages.where, replace(pages.next, choice=choices.NextPage()))


def _hint(frame: Frame, plan: Plan, words: Words) -> str:
    """As much as the field has room for."""
    room = plan.field.width - 136 - plan.field.height
    hint = words.kiosk.search_hint
    return hint if len(hint) * LETTER * (40 + frame.shape.growth) <= room else words.kiosk.search_short


def _is_taken(text: str, letter: str) -> bool:
    if len(letter) != 1 or len(text) >= LONGEST_TEXT:
        return False
    return letter.isalnum() or (letter == SPACE and bool(text) and not text.endswith(SPACE))


def _found(state: State, text: str) -> State:
    if state.hall is None:
        return turned(state)
    index = index_of(state.hall, state.agencies, state.index)
    waiting = {queue.id: queue.waiting for queues in state.queues.values() for queue in queues.services}
    found = search(index, text, waiting)
    return instead(replace(state, index=index), Searching(text, 0, found))


def _label(letter: str, words: Words) -> str:
    if letter == SPACE:
        return words.kiosk.key_space
    return letter.upper() or words.kiosk.key_rubout
