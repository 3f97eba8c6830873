"""The kiosk's behaviour: what happened and what was, into what is and what is to be done. Pure.

`step(state, happening)` knows no Kivy, link, printer, disk or clock. Time comes with `Ticked`, ids with `Chose`.
A choice counts only in the turn that it was shown in, so one tap is one happening; a number is asked for once.
"""

from typing import assert_never

from msgspec.structs import replace

from contract.calls import Board, Notice
from contract.catalogue import Message
from contract.halls import AgencyServices, Hall, HubHeartbeat, Queues
from contract.names import RequestId
from contract.tickets import NumberTold, OfflineNumbers, Refused, TicketIssued
from kiosk import asking, cancelling, checking, choices, finding, guiding, notices, offline, setup, summoning, visiting
from kiosk.asking import Step
from kiosk.happenings import (
    Chose,
    Felt,
    Happening,
    Hear,
    HubSaid,
    Kept,
    KeyPressed,
    LinkTurned,
    NotSaid,
    PrintEnded,
    PrinterLooked,
    SayStatus,
    Scanned,
    ScreenBroke,
    StaffTold,
    Tended,
    Ticked,
    Touched,
    VoicesKnown,
)
from kiosk.leaving import broke
from kiosk.looks import Looks
from kiosk.places import (
    AllErrands,
    AskingNeeds,
    AskingPriority,
    AtService,
    Checked,
    Checking,
    Choosing,
    ChoosingLanguage,
    InAgency,
    InErrand,
    Seeking,
    SettingUp,
    StillThere,
    Taking,
    Waiting,
    Welcome,
)
from kiosk.standing import away_by, busiest_first
from kiosk.state import HubPulse, State, now_of
from kiosk.trail import back, go, home, instead, page, turned


def step(state: State, happening: Happening) -> Step:
    """The one rule of the kiosk: what is now, and what is to be done. Last comes what the hall says to everybody."""
    before = state
    state, effects = _step(state, happening)
    state, last = notices.settled(state)
    return guiding.speak(before, state, (*effects, *last))


def _step(state: State, happening: Happening) -> Step:  # noqa: C901, PLR0911, PLR0912 - one line for each happening
    match happening:
        case Ticked(at=at):
            return _tick(replace(state, at=max(at, state.at)))
        case Touched(corner=corner):
            return setup.touched(replace(state, touched_at=state.at), corner)
        case Tended(what=what):
            return setup.learned(state, what)
        case Chose(turn=turn, choice=choice, request=request):
            if turn != state.turn or (isinstance(state.place, Waiting) and not isinstance(choice, choices.CallStaff)):
                return state, ()
            state = replace(state, touched_at=state.at)
            if state.covered is not None:
                return _under_notice(state, choice, request)
            return _choose(state, choice, request)
        case KeyPressed(key=key, request=request):
            state, effects, choice = guiding.pressed(replace(state, touched_at=state.at), key)
            return (state, effects) if choice is None else _step(state, Chose(state.turn, choice, request))
        case Felt(turn=turn, choice=choice, text=text):
            return guiding.felt(state, choice, text) if turn == state.turn else (state, ())
        case VoicesKnown(languages=languages):
            return guiding.voices_known(state, languages), ()
        case NotSaid():
            return guiding.cannot_speak(state), ()
        case LinkTurned(connected=connected, has_network=has_network):
            return replace(state, connected=connected, has_network=has_network), ()
        case ScreenBroke():
            return broke(state)
        case HubSaid(message=message, retained=retained):
            return _hear(state, message, retained=retained)
        case Kept(request=request, kept=kept):
            return asking.kept(state, request, safely=kept)
        case PrintEnded():
            return asking.print_ended(state, happening)
        case PrinterLooked(status=status):
            return replace(state, printer=status.state, paper_left=status.paper), ()
        case Scanned(text=text, request=request):
            engaged = state.covered is not None or isinstance(state.place, SettingUp)
            return (state, ()) if engaged else checking.scanned(finding.untyped(state, text), text, request)
        case StaffTold(said=said):
            return summoning.told(state, said=said), ()
        case _:
            assert_never(happening)


def _under_notice(state: State, choice: choices.Choice, request: RequestId) -> Step:
    """What can be done while the hall speaks to everybody: read on, or call somebody."""
    if isinstance(choice, choices.CallStaff):
        return summoning.call(state, request)
    return (notices.read(state) if isinstance(choice, choices.ReadNotice) else state), ()


def _choose(state: State, choice: choices.Choice, request: RequestId) -> Step:  # noqa: PLR0911 - one line for each kind
    """Every choice that counts begins a new turn."""
    match choice:
        case choices.Take(visitor=visitor):
            return asking.ask(state, visitor, request)
        case choices.CancelForSure(number=number):
            return cancelling.cancel(state, number)
        case choices.Tend():
            return setup.tend(state, choice)
        case choices.Check():
            return checking.ask(state, request)
        case choices.Louder() | choices.Softer():
            return guiding.turn_volume(turned(state), +1 if isinstance(choice, choices.Louder) else -1)
        case choices.CallStaff():
            return summoning.call(state, request)
        case choices.Search() | choices.Type() | choices.Rubout() | choices.ClearText() | choices.ShowAgencies():
            return _type(state, choice), ()
        case _:
            return _move(state, choice), ()


def _type(state: State, choice: choices.Choice) -> State:
    """Keyboards: one finds a service, the other takes a number that is asked about."""
    checks = isinstance(state.place, Checking)
    match choice:
        case choices.Search():
            return finding.begin(state)
        case choices.Type(letter=letter):
            return checking.typed(state, letter) if checks else finding.typed(state, letter)
        case choices.Rubout():
            return checking.rubbed_out(state) if checks else finding.rubbed_out(state)
        case choices.ClearText():
            return finding.cleared(state)
        case _:
            return finding.to_agencies(state)


def _move(state: State, choice: choices.Choice) -> State:  # noqa: C901, PLR0911, PLR0912 - one line for each choice
    """Choices that only lead somewhere."""
    match choice:
        case choices.Start():
            return go(state, Choosing(busiest_first(state, now_of(state))))
        case choices.ChooseErrand(errand=errand):
            return go(state, InErrand(errand))
        case choices.MoreErrands():
            return go(state, AllErrands())
        case choices.ChooseAgency(agency=agency):
            return go(state, InAgency(agency))
        case choices.ChooseService(service=service):
            return go(cancelling.out_of_reach(state), AtService(service))
        case choices.NextPage():
            return page(state, +1)
        case choices.PreviousPage():
            return page(state, -1)
        case choices.ShowPart(part=part):
            return (
                instead(state, replace(state.place, part=part)) if isinstance(state.place, AtService) else turned(state)
            )
        case choices.AskPriority():
            return (
                go(state, AskingPriority(state.place.service)) if isinstance(state.place, AtService) else turned(state)
            )
        case choices.AddAnother():
            more = isinstance(state.place, AtService) and visiting.may_add(state.trail)
            return go(state, Choosing(busiest_first(state, now_of(state)))) if more else turned(state)
        case choices.AskNeeds():
            return go(state, AskingNeeds()) if isinstance(state.place, AtService) else turned(state)
        case choices.ToggleNeed(need=need) if isinstance(state.place, AskingNeeds):
            return turned(replace(state, needs=visiting.toggled(state.needs, need)))
        case choices.CheckNumber():
            return checking.begin(state)
        case choices.Cancel():
            return cancelling.begin(state)
        case choices.Done() | choices.Home():
            return home(state)
        case choices.Back() | choices.Stay():
            return back(state)
        case choices.ChooseLanguage():
            return go(state, ChoosingLanguage())
        case choices.Speak(language=language):
            spoken = replace(state, language=language)
            return back(spoken) if isinstance(state.place, ChoosingLanguage) else turned(spoken)
        case choices.ToggleGuidance():
            return turned(guiding.toggle(state))
        case choices.SetText(text=text):
            return turned(replace(state, looks=replace(state.looks, text=text)))
        case choices.ToggleContrast():
            return turned(replace(state, looks=replace(state.looks, contrast=not state.looks.contrast)))
        case choices.ToggleLow():
            return turned(replace(state, looks=replace(state.looks, low=not state.looks.low)))
        case _:
            return turned(state)


# --- time --------------------------------------------------------------------------------------------------------------


def _tick(state: State) -> Step:  # noqa: PLR0911 - one line for each place
    """What time alone brings: asking again, giving up, asking whether somebody is there, going home."""
    if state.asked is not None and state.visit is not None:
        return asking.wait(state, state.asked, state.visit)
    timing, idle = state.timing, state.at - state.touched_at
    match state.place:
        case StillThere(until=until):
            return (home(state) if state.at >= until else state), ()
        case SettingUp():
            return setup.idle(state, state.place)
        case Seeking():
            return checking.wait(state, state.place)
        case Checked() if state.told is None and not visiting.wanted(state.trail):  # nothing waits behind it
            return (home(state) if idle >= timing.ticket_s else state), ()
        case Welcome():
            changed = (
                state.language is not None or state.looks != Looks() or state.notice_read is not None or state.guided
            )
            return (home(state) if changed and idle >= timing.idle_s else state), ()
        case Taking() if state.told is None or not state.told.must_be_noted:
            return (home(state) if idle >= timing.ticket_s else state), ()
        case Taking():
            return (_ask_still_there(state) if idle >= timing.note_s else state), ()
        case _:
            return (_ask_still_there(state) if idle >= timing.idle_s else state), ()


def _ask_still_there(state: State) -> State:
    return go(state, StillThere(until=state.at + state.timing.still_there_s))


# --- the hub -----------------------------------------------------------------------------------------------------------


def _hear(state: State, message: Message, *, retained: bool) -> Step:  # noqa: C901, PLR0911 - one line for each message
    match message:
        case HubHeartbeat():
            return _pulse(state, message, retained=retained)
        case Hall():
            known = tuple(agency.id for agency in message.agencies)
            state = replace(
                state,
                hall=message,
                agencies={agency: services for agency, services in state.agencies.items() if agency in known},
                queues={agency: queues for agency, queues in state.queues.items() if agency in known},
            )
            return state, (Hear(known),)
        case AgencyServices(agency=agency):
            return replace(state, agencies=state.agencies | {agency: message}), ()
        case Queues(agency=agency) if agency is not None:
            if _is_old(state, message, state.queues.get(agency)):
                return state, ()
            return replace(state, queues=state.queues | {agency: message}), ()
        case TicketIssued(request=request):
            return asking.issued(offline.answered(state, request, message), message)
        case OfflineNumbers():
            return offline.lent(state, message)
        case NumberTold():
            return checking.told(state, message), ()
        case Refused(request=request):
            state, lost = offline.refused(state, message)
            state, effects = asking.refused(checking.refused(state, request), message)
            return state, (*lost, *effects)
        case Board():
            away = away_by(message)
            return (state if away == state.away else replace(state, away=away)), ()
        case Notice():
            return notices.heard(state, message), ()
        case _:
            return state, ()


def _is_old(state: State, message: Queues, known: Queues | None) -> bool:
    """A hub whose journal was set up anew counts its starts from the beginning: its live pulse tells which is now."""
    if known is None or (message.boot, message.seq) >= (known.boot, known.seq):
        return False
    return state.pulse is None or message.boot == known.boot or message.boot != state.pulse.boot


def _pulse(state: State, beat: HubHeartbeat, *, retained: bool) -> Step:
    """Only a live pulse tells the time and that the hub is here; a will of an earlier start tells nothing.

    A live pulse counts whatever its boot: a hub whose journal was set up anew begins to count again.
    """
    before = state.pulse
    if retained:
        return state, ()
    if beat.state == "lost":
        over = before is not None and beat.boot >= before.boot
        return (replace(state, pulse=replace(before, lost=True)) if before and over else state), ()
    new = before is None or before.boot != beat.boot
    pulse = HubPulse(beat.boot, beat.at, state.at, spoken=beat.spoken)
    state, effects = offline.looked_again(replace(state, pulse=pulse))
    return state, ((SayStatus(), *effects) if new else effects)
