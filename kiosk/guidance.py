"""Every face of the kiosk in words that are heard: what a screen says when it comes, and each thing that can be chosen on it.

`spoken` knows faces and words, no state, no voice and no finger. Pure. A face without a case here is a type error, so no
screen can be added that the blind do not hear.
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec import Struct

from assets.words import Words
from kiosk.aloud import aloud, place_aloud, sentences, spelled
from kiosk.choices import Choice, name_of
from kiosk.faces import (
    Button,
    Card,
    CheckedFace,
    CheckFace,
    Face,
    Fact,
    Frame,
    Line,
    ListFace,
    MessageFace,
    NeedsFace,
    NoticeFace,
    Pages,
    PriorityFace,
    SearchFace,
    ServiceFace,
    SetupFace,
    Stat,
    TicketFace,
    TicketsFace,
    Toggle,
    TouchFace,
    WaitFace,
    WelcomeFace,
)


class Item(Struct, frozen=True):
    """One thing on a screen that can be chosen, in words. `choice` None: it stands there and cannot be; the words say so."""

    name: str
    choice: Choice | None
    text: str


class Spoken(Struct, frozen=True):
    """`title` tells a screen from the next, `words` are all that it says, `items` what can be chosen in reading order."""

    title: str
    words: str
    items: tuple[Item, ...]

    def named(self, name: str) -> Item | None:
        """The item of this name, if it is there now."""
        return next((item for item in self.items if item.name == name), None)


def spoken(face: Face, words: Words) -> Spoken:
    """What is heard of a face, in the language of `words`. Shown text that no voice can read is put into words."""
    title, parts, items = _screen(face, words)
    every = tuple({item.name: item for item in (*items, *_frame(face.frame, words))}.values())
    said = sentences([aloud(title, words), *parts, _count(items or list(every), words)])
    return Spoken(title, said, every)


Screen = tuple[str, list[str], list[Item]]
"""A title, what else is said (ready to be heard), and what can be chosen."""


def _screen(face: Face, words: Words) -> Screen:  # noqa: C901, PLR0911, PLR0912 - one line or two for each face
    match face:
        case WelcomeFace():
            return _welcome(face, words)
        case ListFace():
            return _list(face, words)
        case SearchFace():
            return _search(face, words)
        case ServiceFace():
            return _service(face, words)
        case PriorityFace():
            return face.title, [aloud(face.service, words), aloud(face.text, words)], _buttons(face.options, words)
        case NeedsFace():
            items = [*(_toggle(option, words) for option in face.options), *_buttons((face.done,), words)]
            return face.title, [aloud(face.text, words)], items
        case WaitFace():
            return face.title, [aloud(face.text, words), aloud(face.note, words)], []
        case TicketsFace():
            return _tickets(face, words)
        case SetupFace():
            return face.title, [], _buttons((*(tab for tab in face.tabs if tab.choice), *face.buttons), words)
        case TouchFace():
            return face.text, [], []
        case CheckFace():
            keys = (*face.letters, *face.digits, face.rubout, face.check)
            # Of a PIN nobody hears what was typed.
            title = face.title if face.screen == "pin" else spelled(face.typed, words) or face.title
            return title, [aloud(face.text, words) if not face.typed else ""], _buttons(keys, words)
        case CheckedFace():
            return _checked(face, words)
        case TicketFace():
            return _ticket(face, words)
        case MessageFace():
            parts = [aloud(sentence, words) for sentence in face.sentences]
            return face.title, parts, _buttons(face.buttons, words)
        case NoticeFace():
            parts = [aloud(text, words) for text in (face.text, face.where, face.kept, face.staff)]
            return face.title, parts, _buttons((face.go_on,) if face.go_on else (), words)
        case _:
            assert_never(face)


def _welcome(face: WelcomeFace, words: Words) -> Screen:
    parts = [aloud(text, words) for text in (face.notice, face.left_note, face.right_note)]
    return face.title, parts, _buttons((face.start, *face.languages, *face.helps), words)


def _list(face: ListFace, words: Words) -> Screen:
    page = words.guidance.page.format(where=face.pages.where) if face.pages else ""
    parts = [aloud(text, words) for text in (face.above, page, face.nothing)]
    cards = [_card(card, words) for card in face.cards]
    first = _buttons((*((face.search,) if face.search else ()), *face.chips), words)
    return face.title, parts, [*first, *cards, *_pages(face.pages, words)]


def _search(face: SearchFace, words: Words) -> Screen:
    """What was found before the keys: who types listens for that."""
    page = words.guidance.page.format(where=face.pages.where) if face.pages else ""
    title = face.text.strip() or face.title
    parts = [aloud(text, words) for text in (page, face.note, face.note_more) if text != title]
    cards = [_card(card, words) for card in face.cards]
    keys = _buttons((key.button for key in face.keys), words)
    clear = _buttons((face.clear,), words) if face.clear.choice else []
    return title, parts, [*cards, *_pages(face.pages, words), *_buttons(face.helps, words), *keys, *clear]


def _service(face: ServiceFace, words: Words) -> Screen:
    here = next((tab.label for tab in face.tabs if tab.choice is None), "")
    page = words.guidance.page.format(where=face.pages.where) if face.pages else ""
    # Only which part is shown is new when it turns; the numbers and the reason stand on the first.
    parts = [
        aloud(face.agency, words),
        words.guidance.part.format(label=here) if here else page,
        *_stats(face.stats, words),
        aloud(face.cannot, words),
        aloud(face.cannot_when, words),
        *(aloud(warning, words) for warning in face.warnings),
        aloud(face.list_title, words),
        *(_line(line, words) for line in face.lines),
        *(_fact(fact, words) for fact in face.facts),
    ]
    items = [*(_tab(tab, words) for tab in face.tabs), *_pages(face.pages, words)]
    if face.take is not None:
        label = f"{face.take.label}, {face.take_small}" if face.take_small else face.take.label
        items += _buttons((Button(label, face.take.choice),), words)
    items += _buttons((one for one in (face.priority, face.add, face.needs) if one is not None), words)
    return face.title, parts, items


def _ticket(face: TicketFace, words: Words) -> Screen:
    """The number first, and all that stands on the paper. That somebody has priority, or why, stands on none."""
    parts = [
        f"{aloud(face.label, words)}: {aloud(face.number, words)}",
        aloud(face.text, words),
        aloud(face.service, words),
        place_aloud(face.where, words),
        *_stats(face.stats, words),
        aloud(words.paper.missed, words),
    ]
    return face.title, parts, _buttons((face.done, face.cancel), words)


def _tickets(face: TicketsFace, words: Words) -> Screen:
    """Each number with its service and its place; then what was not to be had."""
    parts = [aloud(face.text, words)]
    for row in face.rows:
        number = f"{aloud(words.kiosk.ticket_label, words)}: {aloud(row.number, words)}"
        parts += [number, aloud(row.service, words), place_aloud(row.where, words), aloud(row.when, words)]
    parts += [_line(line, words) for line in face.missed]
    return face.title, parts, _buttons((face.done, face.cancel), words)


def _checked(face: CheckedFace, words: Words) -> Screen:
    """What is said of it first, then which number that was."""
    parts = [
        aloud(face.text, words),
        f"{aloud(words.kiosk.ticket_label, words)}: {aloud(face.number, words)}",
        aloud(face.service, words),
        place_aloud(face.where, words),
        *_stats(face.stats, words),
    ]
    return face.title, parts, _buttons((face.done, *((face.cancel,) if face.cancel else ())), words)


# --- what screens are made of ------------------------------------------------------------------------------------------


def _frame(frame: Frame, words: Words) -> list[Item]:
    """The bar before the strip above it: who listens needs the way back and somebody to help before larger type."""
    return [*_buttons(frame.bar, words), *(_toggle(toggle, words) for toggle in frame.strip)]


def _buttons(buttons: Iterable[Button], words: Words) -> list[Item]:
    return [_item(button.choice, aloud(button.label, words), words) for button in buttons]


def _item(choice: Choice | None, text: str, words: Words) -> Item:
    if choice is None:
        return Item(f"cannot:{text}", None, words.guidance.cannot_be_chosen.format(label=text))
    return Item(name_of(choice), choice, text)


def _tab(tab: Button, words: Words) -> Item:
    """A part of a page; the one that is shown says so."""
    item = _item(tab.choice, aloud(tab.label, words), words)
    return item if tab.choice else Item(item.name, None, words.guidance.is_on.format(label=aloud(tab.label, words)))


def _card(card: Card, words: Words) -> Item:
    """Its name, what it is for, and how many wait or why there is no number; it can be looked at all the same."""
    remark = card.remark if card.can else words.guidance.no_number.format(why=card.remark)
    said = ", ".join(aloud(text, words) for text in (card.title, card.about, remark) if text)
    return _item(card.choice, said, words)


def _toggle(toggle: Toggle, words: Words) -> Item:
    form = words.guidance.is_on if toggle.on else words.guidance.is_off
    return _item(toggle.choice, form.format(label=aloud(toggle.label, words)), words)


def _pages(pages: Pages | None, words: Words) -> list[Item]:
    if pages is None:
        return []
    where = words.guidance.page.format(where=pages.where).rstrip(".")
    labels = [aloud(f"{button.label}, {where}", words) for button in (pages.previous, pages.next)]
    return [
        _item(button.choice, label, words) for button, label in zip((pages.previous, pages.next), labels, strict=True)
    ]


def _stats(stats: Iterable[Stat], words: Words) -> list[str]:
    return [f"{aloud(stat.label, words)}: {aloud(stat.value, words)}" for stat in stats]


def _line(line: Line, words: Words) -> str:
    text = words.guidance.step.format(mark=line.mark, text=line.text) if line.mark else line.text
    return aloud(f"{text}, {line.note}" if line.note else text, words)


def _fact(fact: Fact, words: Words) -> str:
    said = place_aloud(fact.text, words) if fact.label == words.kiosk.detail_counter else aloud(fact.text, words)
    return f"{aloud(fact.label, words)}: {said}" if said else ""


def _count(items: list[Item], words: Words) -> str:
    """How much there is to choose of the screen's own; bar and strip are the same everywhere."""
    choices, guidance = sum(item.choice is not None for item in items), words.guidance
    if choices == 0:
        return guidance.choices_none
    return guidance.choices_one if choices == 1 else guidance.choices_count.format(count=choices)
