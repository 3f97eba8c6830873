"""What the kiosk's flow keeps whatever happens, in whatever order: any happenings, then quiet, and the next visitor can begin."""

from hypothesis import given, settings
from hypothesis import strategies as some

from contract.names import AgencyId, Language, RequestId
from contract.tickets import TicketIssued
from kiosk import choices
from kiosk.happenings import Abandon, Ask, HubSaid, Kept, Print, PrintEnded, StaffTold, Ticked, Touched
from kiosk.looks import Looks
from kiosk.places import Waiting, Welcome
from kiosk.printing.printer import PrinterStatus, PrintResult
from tests.unit.kiosk_visit import AGENCY, HALL, SERVICE, SERVICES, Visit, queues, refused, ticket

CHOICES: tuple[choices.Choice, ...] = (
    choices.Start(),
    choices.ChooseAgency(AGENCY),
    choices.ChooseAgency(AgencyId("gone")),
    choices.ChooseService(SERVICE),
    choices.MoreErrands(),
    choices.NextPage(),
    choices.PreviousPage(),
    choices.AskPriority(),
    choices.Take("regular"),
    choices.Take("elderly"),
    choices.Done(),
    choices.Cancel(),
    choices.CancelForSure(),
    choices.Back(),
    choices.Home(),
    choices.ChooseLanguage(),
    choices.Speak(Language("en")),
    choices.ToggleContrast(),
    choices.ToggleLow(),
    choices.SetText("largest"),
    choices.CallStaff(),
    choices.Stay(),
)

TO_A_NUMBER = (
    choices.Home(),
    choices.Start(),
    choices.ChooseAgency(AGENCY),
    choices.ChooseService(SERVICE),
    choices.Take("regular"),
)

ACTIONS = some.one_of(
    some.tuples(some.just("whole-visit"), some.booleans()),
    some.tuples(some.just("choose"), some.sampled_from(CHOICES)),
    some.tuples(some.just("tap-twice"), some.sampled_from(CHOICES)),
    some.tuples(some.just("wait"), some.sampled_from((0.5, 3.0, 9.0, 13.0, 31.0))),
    some.tuples(some.just("answer"), some.booleans()),
    some.tuples(some.just("refuse"), some.just(None)),
    some.tuples(some.just("late-answer"), some.integers(0, 3)),
    some.tuples(some.just("print-ends"), some.sampled_from(("printed", "sent", "unknown", "failed"))),
    some.tuples(some.just("not-kept"), some.just(None)),
    some.tuples(some.just("hub"), some.booleans()),
    some.tuples(some.just("staff"), some.booleans()),
    some.tuples(some.just("hall-again"), some.booleans()),
)


class Life:
    """Plays the actions and counts taps."""

    def __init__(self) -> None:
        self.visit = Visit()
        self.hub = True
        self.taps_on_take = 0

    def play(self, action: tuple[str, object]) -> None:  # noqa: C901, PLR0912 - one line for each action
        visit = self.visit
        match action:
            case ("choose", choice):
                self._tap(choice, times=1)
            case ("whole-visit", bool(answered)):
                for choice in TO_A_NUMBER:
                    self._tap(choice, times=1)
                if answered and visit.asked():
                    self.play(("answer", True))
            case ("tap-twice", choice):
                self._tap(choice, times=2)
            case ("wait", float(seconds)):
                visit.wait(seconds, hub=self.hub)
            case ("answer", _) if visit.asked():
                visit.happen(HubSaid(TicketIssued(visit.asked()[-1].request, ticket(len(visit.asked())))))
            case ("late-answer", int(back)) if len(visit.asked()) > back:
                request = visit.asked()[-1 - back].request
                visit.happen(HubSaid(TicketIssued(request, ticket(len(visit.asked()) - back))))
            case ("refuse", _) if visit.asked():
                visit.happen(HubSaid(refused(visit.asked()[-1].request)))
            case ("print-ends", str(outcome)) if visit.did(Print):
                printed = visit.did(Print)[-1]
                result = PrintResult(outcome, "", PrinterStatus("paper-out"))  # type: ignore[arg-type]
                visit.happen(PrintEnded(printed.issued[0].request, printed.issued, result))
            case ("not-kept", _) if visit.asked():
                visit.happen(Kept(visit.asked()[-1].request, kept=False))
            case ("hub", bool(here)):
                self.hub = here
            case ("staff", bool(said)):
                visit.happen(StaffTold(said))
            case ("hall-again", bool(services)):
                visit.happen(HubSaid(HALL), *([HubSaid(SERVICES), HubSaid(queues(2))] if services else []))
            case _:
                pass

    def _tap(self, choice: object, times: int) -> None:
        if isinstance(choice, choices.Take):
            self.taps_on_take += 1
        turn = self.visit.state.turn
        for _ in range(times):
            self.visit.happen(Touched())
            self.visit.choose(choice, turn)  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(some.lists(ACTIONS, max_size=40))
def test_whatever_happens_a_minute_or_two_of_quiet_ends_at_the_welcome(actions):
    life = Life()
    for action in actions:
        life.play(action)
    timing = life.visit.state.timing
    life.visit.wait(timing.expires_s + timing.note_s + timing.still_there_s + 1, hub=life.hub)
    assert life.visit.state.trail == (Welcome(),)
    assert life.visit.state.language is None
    assert life.visit.state.looks == Looks()
    assert life.visit.state.told is None


@settings(max_examples=150, deadline=None)
@given(some.lists(ACTIONS, max_size=40))
def test_whatever_happens_one_tap_asks_at_most_once_and_no_request_is_asked_twice(actions):
    life = Life()
    for action in actions:
        life.play(action)
    asked = [request.request for request in life.visit.asked()]
    assert len(asked) <= life.taps_on_take
    assert len(set(asked)) == len(asked)


@settings(max_examples=150, deadline=None)
@given(some.lists(ACTIONS, max_size=40))
def test_whatever_happens_a_request_is_printed_once_or_never_and_never_after_it_was_abandoned(actions):
    life = Life()
    for action in actions:
        life.play(action)
    abandoned: set[RequestId] = set()
    printed: set[RequestId] = set()
    for effect in life.visit.effects:
        if isinstance(effect, Abandon):
            abandoned.add(effect.request)
        elif isinstance(effect, Print):
            requests = {issued.request for issued in effect.issued}
            assert requests
            assert not requests & printed
            assert not requests & abandoned
            printed |= requests


def test_the_actions_reach_paper_and_every_end_of_it():
    life = Life()
    for action in (("whole-visit", True), ("print-ends", "printed"), ("whole-visit", False), ("wait", 31.0)):
        life.play(action)
    assert life.visit.did(Print)
    assert life.visit.did(Abandon)


@settings(max_examples=100, deadline=None)
@given(some.lists(ACTIONS, max_size=40))
def test_whatever_happens_a_visitor_waits_only_while_something_is_asked_and_each_choice_begins_a_turn(actions):
    life = Life()
    for action in actions:
        life.play(action)
        state = life.visit.state
        assert isinstance(state.place, Waiting) == (state.asked is not None)
        if isinstance(state.place, Waiting):
            continue
        turn = state.turn
        life.visit.choose(choices.Back())
        assert life.visit.state.turn > turn


def test_time_never_goes_back():
    visit = Visit()
    visit.happen(Ticked(50.0))
    assert visit.state.at == 100.0
    assert not visit.did(Ask)
