"""What a visit over several services keeps whatever happens, in whatever order; checking, scanning and giving back in between."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as some

from contract.names import Number, RequestId
from contract.tickets import NumberTold, TicketIssued
from kiosk import choices
from kiosk.happenings import Abandon, HubSaid, Kept, Print, PrintEnded, Report, SayNumberAsked, Scanned
from kiosk.places import Seeking, Waiting, Welcome
from kiosk.printing.printer import PrinterStatus, PrintResult
from kiosk.visiting import MOST_SERVICES, wanted
from tests.unit.kiosk_services import FAMILY_CARD, PASSPORT, PERMIT, Visitor, ticket_for
from tests.unit.kiosk_visit import AGENCY, refused

CHOICES: tuple[choices.Choice, ...] = (
    choices.Start(),
    choices.ChooseAgency(AGENCY),
    choices.ChooseService(FAMILY_CARD),
    choices.ChooseService(PASSPORT),
    choices.ChooseService(PERMIT),
    choices.AddAnother(),
    choices.AskNeeds(),
    choices.ToggleNeed("escort"),
    choices.AskPriority(),
    choices.Take("regular"),
    choices.Take("pregnant"),
    choices.Done(),
    choices.Cancel(),
    choices.CancelForSure(),
    choices.CancelForSure(Number("K069")),
    choices.CheckNumber(),
    choices.Type("K"),
    choices.Type("6"),
    choices.Rubout(),
    choices.Check(),
    choices.Back(),
    choices.Home(),
    choices.CallStaff(),
    choices.Stay(),
)

ACTIONS = some.one_of(
    some.tuples(some.just("choose"), some.sampled_from(CHOICES)),
    some.tuples(some.just("visit"), some.permutations((FAMILY_CARD, PASSPORT, PERMIT))),
    some.tuples(some.just("wait"), some.sampled_from((0.5, 3.0, 9.0, 31.0))),
    some.tuples(some.just("answer"), some.integers(0, 4)),
    some.tuples(some.just("refuse"), some.just(None)),
    some.tuples(some.just("print-ends"), some.sampled_from(("printed", "unknown", "failed"))),
    some.tuples(some.just("not-kept"), some.integers(0, 2)),
    some.tuples(some.just("scan"), some.sampled_from(("K069", "https://a/7K3M", "nonsense"))),
    some.tuples(some.just("told"), some.sampled_from(("waiting", "called", None))),
)


def play(visitor: Visitor, action: tuple[str, object]) -> None:
    asked = visitor.asked()
    match action:
        case ("choose", choice):
            visitor.choose(choice)  # type: ignore[arg-type]
        case ("visit", services):
            visitor.choose(choices.Home())
            visitor.take(*services)  # type: ignore[misc]
        case ("wait", float(seconds)):
            visitor.wait(seconds)
        case ("answer", int(back)) if len(asked) > back:
            one = asked[-1 - back]
            visitor.happen(HubSaid(TicketIssued(one.request, ticket_for(one.service, one.visit))))
        case ("refuse", _) if asked:
            visitor.happen(HubSaid(refused(asked[-1].request)))
        case ("print-ends", str(outcome)) if visitor.did(Print):
            printed = visitor.did(Print)[-1]
            result = PrintResult(outcome, "", PrinterStatus("paper-out"))  # type: ignore[arg-type]
            visitor.happen(PrintEnded(printed.issued[0].request, printed.issued, result))
        case ("not-kept", int(back)) if len(asked) > back:
            visitor.happen(Kept(asked[-1 - back].request, kept=False))
        case ("scan", str(text)):
            visitor.happen(Scanned(text, RequestId(f"s-{len(visitor.effects)}")))
        case ("told", state) if visitor.did(SayNumberAsked):
            question = visitor.did(SayNumberAsked)[-1].asked
            told = NumberTold(question.request, Number("K069"), state)  # type: ignore[arg-type]
            visitor.happen(HubSaid(told))
        case _:
            pass


LIVES = some.lists(ACTIONS, max_size=30)


@settings(max_examples=120, deadline=None)
@given(LIVES)
def test_whatever_happens_a_number_is_printed_once_or_never_and_no_request_is_asked_twice(actions):
    visitor = Visitor()
    for action in actions:
        play(visitor, action)
    requests = Counter(asked.request for asked in visitor.asked())
    printed = Counter(each.request for paper in visitor.did(Print) for each in paper.issued)
    assert all(count == 1 for count in requests.values())
    assert all(count == 1 for count in printed.values())
    assert set(printed) <= set(requests)


@settings(max_examples=120, deadline=None)
@given(LIVES)
def test_whatever_happens_nothing_is_printed_after_it_was_given_up_and_what_is_printed_is_of_one_visit(actions):
    visitor = Visitor()
    for action in actions:
        play(visitor, action)
    given_up: set[str] = set()
    for effect in visitor.effects:
        if isinstance(effect, Abandon):
            given_up.add(effect.request)
        elif isinstance(effect, Print):
            assert not given_up & {each.request for each in effect.issued}
            assert len(effect.issued) <= MOST_SERVICES
            head = effect.issued[0].ticket.id
            assert {each.ticket.visit for each in effect.issued[1:]} <= {head}
        elif isinstance(effect, Report):
            assert effect.request in {each.request for paper in visitor.did(Print) for each in paper.issued}


@settings(max_examples=120, deadline=None)
@given(LIVES)
def test_whatever_happens_every_request_ends_told_given_up_or_refused_once_it_is_quiet(actions):
    visitor = Visitor()
    for action in actions:
        play(visitor, action)
    timing = visitor.state.timing
    visitor.wait(timing.expires_s + timing.note_s + timing.still_there_s + 1)
    assert visitor.state.trail == (Welcome(),)
    assert (visitor.state.visit, visitor.state.asked, visitor.state.told) == (None, None, None)
    assert visitor.state.needs == ()
    assert wanted(visitor.state.trail) == ()


@settings(max_examples=120, deadline=None)
@given(LIVES)
def test_whatever_happens_a_visitor_waits_only_while_a_visit_is_asked_for_and_no_longer_than_eight_seconds(actions):
    visitor = Visitor()
    for action in actions:
        play(visitor, action)
        state = visitor.state
        waits = isinstance(state.place, Waiting)
        assert waits == (state.asked is not None) == (state.visit is not None)
        if isinstance(state.place, Seeking):
            assert state.at < state.place.ends_at + 0.2
        if state.visit is not None:
            assert state.visit.ends_at - state.at <= state.timing.expires_s
