"""One counter's own sign: its number in hand, as large as the panel allows, and whether somebody is there. Pure.

Knows what the board says of this counter and the words for it. Boxes are in units (display.sight).
"""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from assets.board_lines import reason_of
from assets.dates import clock
from assets.phrases import is_spelled
from assets.places import counter_name, said
from assets.words import DisplayWords, words_of
from contract.calls import CounterOnBoard
from contract.halls import CounterOfHall, Hall
from contract.names import CallId, CounterId, Language
from display.board import Knowledge, calls_of, notice_for, silent_s, time_of_hub
from display.layout import LEFT
from display.lines import pages_of
from display.sharing import GAP, Box
from display.sight import Panel
from display.widths import CAPITAL, width_of

Look = Literal["called", "serving", "open", "away", "closed", "old", "warning"]

NUMBER_HIGH, NUMBER_WIDE = 0.9, 0.92
"""The number's type is at most so much of its box's height, and the number so much of its width."""

NAME_HIGH = 0.2
"""The name above takes so much of the panel's height, the words below the number as much."""


class CounterSignView(Struct, frozen=True):
    """The sign. `number` is what it stands for now, or empty; `title` and `text` say what the counter is doing.

    Look `old`: nothing has been heard of the hub for a while. `call` is the call that is lit here, for the record. Type sizes in units, of the number and of the title alone.
    """

    word: str
    name: str
    agency: str
    letter: str
    colour: str
    look: Look
    number: str
    title: str
    text: str
    clock: str
    call: CallId | None
    counter: CounterId
    across: float
    down: float
    top: Box
    middle: Box
    below: Box
    number_type: float


def counter_sign(
    known: Knowledge,
    panel: Panel,
    counter: CounterId,
    now_s: float,
    *,
    silence: tuple[float, float],
    language: Language,
) -> CounterSignView:
    """What stands at this counter now. `silence` of the hub, in seconds: from when it tells its age, and shows no number.

    A hall must be known: ValueError. A counter that it does not have is shown by its id.
    """
    hall = known.hall
    if hall is None:
        raise ValueError("no counter before the hall is known")
    words = words_of(language).display
    here = next((each for each in hall.counters if each.id == counter), None)
    name = counter_name(here, language) if here else str(counter)
    state = next((each for each in known.board.counters if each.id == counter), None) if known.board else None
    now = time_of_hub(known, now_s)
    zone = ZoneInfo(hall.time_zone)
    look, number, title, text = _state(state, words, zone, language)
    notice = notice_for(known, (here.zone,) if here else (), now_s)
    if notice is not None and notice.level == "evacuate":
        look, number, title, text = "warning", "", said(notice.text, language), ""
    elif silent_s(known, now_s) >= silence[1]:
        look, number, title, text = "warning", "", words.lost_title, ""
    elif silent_s(known, now_s) >= silence[0]:
        look, text = "old", pages_of(known, (), now_s, stale=True)[0].line.alert
        title = "" if number else title
    top, middle, below = boxes(panel, numbered=bool(number))
    letter = next((each for each in hall.zones if here and each.id == here.zone), None)
    return CounterSignView(
        word=words.counter if is_spelled(name) else "",
        name=name,
        agency=_agency(known, hall, here, language),
        letter=letter.letter if letter else "",
        colour=(letter.colour or "") if letter else "",
        look=look,
        number=number,
        title=title,
        text=text,
        clock=clock(now.astimezone(zone), language) if now else "",
        call=next((call.call for call in calls_of(known, ()) if number and call.number == number), None),
        counter=counter,
        across=panel.across,
        down=panel.down,
        top=top,
        middle=middle,
        below=below,
        number_type=number_type(number, middle),
    )


def boxes(panel: Panel, *, numbered: bool) -> tuple[Box, Box, Box]:
    """The places of the counter's name, of its number (or what it is doing), and of the words below."""
    wide, high = panel.across - 2 * LEFT, panel.down
    name = NAME_HIGH * min(high, SQUARE * panel.across)
    words = name if numbered else 0.62 * name
    top = Box(LEFT, 0, wide, name)
    below = Box(LEFT, high - words, wide, words)
    return top, Box(LEFT, name, wide, high - name - words - (0 if numbered else GAP)), below


SQUARE = 1.0
"""Above this height in widths a panel only gets a larger middle."""


def number_type(number: str, box: Box) -> float:
    """The largest type with which a number keeps inside its box, in units; 0 for none."""
    return min(NUMBER_HIGH * box.height, NUMBER_WIDE * box.width / width_of(number)) if number else 0.0


def capital(panel: Panel) -> float:
    """The height of a number of four places on such a sign, in units."""
    return CAPITAL * number_type("K069", boxes(panel, numbered=True)[1])


def _state(
    state: CounterOnBoard | None, words: DisplayWords, zone: ZoneInfo, language: Language
) -> tuple[Look, str, str, str]:
    if state is None:
        return "closed", "", words.sign_closed, ""
    until = words.until.format(time=_time(state.until, zone, language)) if state.until else ""
    match state.state:
        case "called":
            return "called", state.number or "", words.sign_come, _again(state, words)
        case "serving":
            return "serving", state.number or "", words.sign_serving, ""
        case "open":
            return "open", "", words.sign_open, words.sign_wait
        case "paused":
            reason = reason_of(state, words) or words.sign_away
            return "away", "", reason[:1].upper() + reason[1:], until
        case "closed":
            return "closed", "", words.sign_closed, reason_of(state, words)


def _again(state: CounterOnBoard, words: DisplayWords) -> str:
    return words.again.format(count=state.calls) if state.calls > 1 else ""


def _time(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    return clock(moment.astimezone(zone), language)


def _agency(known: Knowledge, hall: Hall, counter: CounterOfHall | None, language: Language) -> str:
    """Whose counter it is, where it serves one agency alone."""
    served = set(counter.services) if counter else set()
    agencies = [
        agency
        for agency in hall.agencies
        if agency.id in known.agencies and served & {service.id for service in known.agencies[agency.id].services}
    ]
    return said(agencies[0].name, language) if len(agencies) == 1 else ""
