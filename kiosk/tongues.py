"""The choice of languages, each by its own name for itself, any number of them. Pure.

Up to MOST_AT_ONCE stand on the welcome and on one screen, fewer on a small panel or in large type; of more the welcome shows
the first ones and the way to all.
"""

from collections.abc import Callable

from assets.words import Words
from kiosk import choices, room
from kiosk.calls import note_on_all
from kiosk.faces import Button, Card, Frame, ListFace, MessageFace
from kiosk.framing import WordsOf, language_button
from kiosk.listing import paged
from kiosk.places import ChoosingLanguage
from kiosk.state import State

MOST_AT_ONCE = 8


def language_buttons(
    state: State, words_of: WordsOf, words: Words, fit: Callable[[tuple[str, ...]], bool]
) -> tuple[Button, ...]:
    """What the welcome offers, as many as `fit`, two at the least; nothing where there is no choice."""
    languages = state.hall.languages if state.hall else ()
    if len(languages) < 2:
        return ()
    named = tuple(Button(words_of(one).language.name, choices.Speak(one)) for one in languages)

    def first(most: int) -> tuple[Button, ...]:
        return named if len(named) <= most else (*named[: most - 1], language_button(words))

    fitting = (most for most in range(MOST_AT_ONCE, 2, -1) if fit(tuple(button.label for button in first(most))))
    return first(next(fitting, 2))


def languages_face(
    state: State, place: ChoosingLanguage, words_of: WordsOf, frame: Frame, words: Words
) -> MessageFace | ListFace:
    """All of them; pages where they are many. And which of them calls are spoken in, where that is not all."""
    languages = state.hall.languages if state.hall else ()
    note = note_on_all(state, languages, words, words_of)
    title = words.kiosk.language_title
    if len(languages) <= MOST_AT_ONCE:
        offered = tuple(Button(words_of(one).language.name, choices.Speak(one)) for one in languages)
        return MessageFace(frame, "languages", "translate", title, (note,) if note else (), offered)
    cells = room.cards(frame.shape, above=bool(note), title=title)
    shown, pages = paged(
        languages,
        cells.count,
        place.page,
        words,
        width=room.pager_wide(frame.shape, title=title),
        growth=frame.shape.growth,
    )
    return ListFace(
        frame=frame,
        screen="languages",
        title=title,
        above=note,
        above_icon="volume-high" if note else "",
        chips=(),
        heading="",
        cards=tuple(Card(choices.Speak(one), "translate", words_of(one).language.name, "", "") for one in shown),
        columns=cells.columns,
        rows=cells.rows,
        pages=pages,
    )
