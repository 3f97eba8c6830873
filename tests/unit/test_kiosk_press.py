"""The printer at work: every job ends, in its own thread as in the caller's."""

import threading
from functools import partial
from typing import Any

import pytest

from contract.names import DeviceId, RequestId
from contract.tickets import TicketIssued
from kiosk.press import LEAST_S, ImmediatePress, Job, Press, PressEvent, ThreadPress, carry_out
from kiosk.printing.layout import standard_layout
from kiosk.printing.simulated_printer import SimulatedPrinter
from tests.unit.kiosk_visit import AGENCY, HALL, SERVICES, ticket
from tests.waiting import wait_for

KIOSK = DeviceId("kiosk-1")


def test_the_press_in_its_thread_prints_and_looks_like_its_twin():
    from kiosk.happenings import PrintEnded, PrinterLooked
    from kiosk.press import PaperDrawn
    from kiosk.slips import paper_for
    from kiosk.state import State

    state = State(hall=HALL, agencies={AGENCY: SERVICES})
    paper = paper_for((ticket(),), state, KIOSK, standard_layout())
    assert paper is not None
    job = Job(RequestId("r-1"), (TicketIssued(RequestId("r-1"), ticket()),), paper)
    events: list[list[PressEvent]] = [[], []]
    presses: tuple[Press, ...] = (
        ImmediatePress(SimulatedPrinter(), events[0].append),
        ThreadPress(SimulatedPrinter(), events[1].append),
    )
    for press, seen in zip(presses, events, strict=True):
        press.open()
        press.look()
        press.print(job)
        wait_for(partial(_has_three, seen), "a look and a printed job")
        press.close()
    for seen in events:
        assert [type(event) for event in seen] == [PrinterLooked, PaperDrawn, PrintEnded]
    assert events[0] == events[1]


def test_a_printer_program_that_breaks_still_ends_every_job():
    from kiosk.happenings import PrintEnded
    from kiosk.slips import paper_for
    from kiosk.state import State

    class Broken(SimulatedPrinter):
        def print(self, *_: object) -> Any:
            raise RuntimeError("our own mistake")

    paper = paper_for((ticket(),), State(hall=HALL, agencies={AGENCY: SERVICES}), KIOSK, standard_layout())
    assert paper is not None
    seen: list[PressEvent] = []
    press = ThreadPress(Broken(), seen.append)
    press.open()
    press.print(Job(RequestId("r-1"), (TicketIssued(RequestId("r-1"), ticket()),), paper))
    press.print(Job(RequestId("r-2"), (TicketIssued(RequestId("r-2"), ticket()),), paper))
    ended = wait_for(
        lambda: [event for event in seen if isinstance(event, PrintEnded) and event.request == "r-2"],
        "the second job's end",
    )
    assert ended[0].result.outcome == "failed"
    assert [event.result.outcome for event in seen if isinstance(event, PrintEnded)] == ["unknown", "failed"]
    press.close()


def _has_three(seen: list[PressEvent]) -> bool:
    return len(seen) == 3


def test_a_printer_of_letters_gets_letters_and_the_screen_the_picture():
    from kiosk.press import PaperDrawn
    from kiosk.slips import paper_for
    from kiosk.state import State

    paper = paper_for((ticket(),), State(hall=HALL, agencies={AGENCY: SERVICES}), KIOSK, standard_layout())
    assert paper is not None
    seen: list[PressEvent] = []
    printer = SimulatedPrinter()
    press = ThreadPress(printer, seen.append, letter_columns=47)
    press.open()
    press.print(Job(RequestId("r-1"), (TicketIssued(RequestId("r-1"), ticket()),), paper))
    wait_for(lambda: len(seen) == 2, "a printed job")
    press.close()
    assert isinstance(seen[0], PaperDrawn)
    assert (seen[0].slip.width, len(printer.lettered), len(printer.slips)) == (576, 1, 0)


def test_a_number_that_was_given_back_while_its_job_waited_is_not_printed():
    from kiosk.happenings import PrintEnded
    from kiosk.slips import paper_for
    from kiosk.state import State

    class Slow(SimulatedPrinter):
        def print(self, *words: Any) -> Any:
            at_work.set()
            assert may_go_on.wait(10)
            return super().print(*words)

    at_work, may_go_on = threading.Event(), threading.Event()
    paper = paper_for((ticket(),), State(hall=HALL, agencies={AGENCY: SERVICES}), KIOSK, standard_layout())
    assert paper is not None
    printer, seen = Slow(), list[PressEvent]()
    press = ThreadPress(printer, seen.append)
    press.open()
    for name in ("r-1", "r-2", "r-3"):
        press.print(Job(RequestId(name), (TicketIssued(RequestId(name), ticket()),), paper))
    assert at_work.wait(10)
    press.withdraw(RequestId("r-2"))
    may_go_on.set()

    def ends() -> dict[str, str]:
        return {event.request: event.result.outcome for event in seen if isinstance(event, PrintEnded)}

    wait_for(lambda: len(ends()) == 3, "the end of every job")
    press.close()
    assert ends() == {"r-1": "printed", "r-2": "failed", "r-3": "printed"}
    assert len(printer.slips) == 2


class Timed(SimulatedPrinter):
    """Tells how long it was given for each paper."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[float] = []

    def print(self, ticket: Any, deadline_s: float = 6.0) -> Any:
        self.given.append(deadline_s)
        return super().print(ticket, deadline_s)


def job() -> Job:
    from kiosk.slips import paper_for
    from kiosk.state import State

    paper = paper_for((ticket(),), State(hall=HALL, agencies={AGENCY: SERVICES}), KIOSK, standard_layout())
    assert paper is not None
    return Job(RequestId("r-1"), (TicketIssued(RequestId("r-1"), ticket()),), paper)


def test_what_drawing_takes_is_taken_from_the_printers_time_so_that_the_truth_comes_within_six_seconds():
    from kiosk.printing.picture import draw

    now_s = [100.0]

    def drawn_on_a_slow_machine(paper: Any) -> Any:
        now_s[0] += 1.6
        return draw(paper)

    printer, seen = Timed(), list[PressEvent]()
    printer.open()
    carry_out(job(), printer, seen.append, drawn_on_a_slow_machine, clock=lambda: now_s[0])
    assert printer.given == [pytest.approx(4.0)]


def test_a_job_that_waited_behind_another_still_has_the_time_that_a_ticket_takes():
    printer, seen = Timed(), list[PressEvent]()
    printer.open()
    carry_out(job(), printer, seen.append, since=100.0, clock=lambda: 105.0)
    assert printer.given == [LEAST_S]


def test_the_time_runs_from_the_wish_for_a_paper_also_in_the_press_own_thread():
    now_s = [100.0]
    printer, seen = Timed(), list[PressEvent]()
    press = ThreadPress(printer, seen.append, clock=lambda: now_s[0])
    press.print(job())
    now_s[0] += 1.6
    press.open()
    wait_for(lambda: len(seen) == 2, "a printed job")
    press.close()
    assert printer.given == [pytest.approx(4.0)]
