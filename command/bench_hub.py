"""The hub beside the bare floor: how long an answer takes, and how many there are in a second.

Both answer the same clients through the same broker, one after the other, in several rounds, so that what else the
machine does falls on both.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from command.bench_figures import Figure, figure
from command.bench_floor import Job
from command.bench_hall import SERVICE, Asker, BenchHall

CLIENTS = 4
OUTSTANDING = 8
SLICE_S = 0.5
"""A rate is counted in slices of so many seconds."""
WARM_UP = 50
AT_REST_S = 0.02
"""After an officer's word the hub tells the hall; no officer says the next one before that is over."""


class HubSizes(Struct, frozen=True):
    """How much is measured: rounds, requests and calls in each, seconds of each rate."""

    rounds: int = 3
    requests: int = 700
    calls: int = 200
    seconds: float = 4.0


class _Samples(Struct):
    """What one hub (or the floor) reached over all rounds."""

    took_ms: list[float] = []
    rates: list[float] = []
    waiting_rates: list[float] = []
    next_ms: list[float] = []
    board_ms: list[float] = []


def measure(folder: Path, sizes: HubSizes) -> list[Figure]:
    """Figures: floor, issue, next, call-to-state and throughput, each with its floor."""
    floor, real = _Samples(), _Samples()
    with BenchHall(folder) as hall:
        for number in range(1, CLIENTS + 1):
            hall.add(f"kiosk-{number}", "kiosk")
        hall.add("pad-1", "counter", "--counter", "loket-1")
        hall.add("display-9", "display")
        hall.broker()
        kiosks = [hall.asker(f"kiosk-{number}", service=SERVICE) for number in range(1, CLIENTS + 1)]
        pad = hall.asker("pad-1", watch="display-9")
        for number in range(sizes.rounds):
            with hall.floor():
                _ask(kiosks, sizes, floor)
                _call(pad, sizes.calls, floor, boards=False, opens=False)
            with hall.hub():
                _ask(kiosks, sizes, real)
                _call(pad, sizes.calls, real, boards=True, opens=number == 0)
    return _figures(floor, real)


def _ask(kiosks: Sequence[Asker], sizes: HubSizes, into: _Samples) -> None:
    kiosks[0].work(Job("issue", count=WARM_UP))
    into.took_ms += [took * 1000 for took in kiosks[0].work(Job("issue", count=sizes.requests)).took_s]
    into.rates += _rates(kiosks, Job("issue", seconds=sizes.seconds, outstanding=OUTSTANDING))
    into.waiting_rates += _rates(kiosks, Job("issue", seconds=sizes.seconds / 2, outstanding=1))


def _rates(kiosks: Sequence[Asker], job: Job) -> list[float]:
    """Answers a second of all clients together, slice by slice, while all of them were asking."""
    for kiosk in kiosks:
        kiosk.begin(job)
    ended = [kiosk.end().ended for kiosk in kiosks]
    begin, end = max(each[0] for each in ended), min(each[-1] for each in ended)
    slices = max(1, int((end - begin) / SLICE_S))
    width = (end - begin) / slices
    counts = [0] * slices
    for moment in (moment for each in ended for moment in each):
        place = int((moment - begin) / width) if moment >= begin else -1
        if 0 <= place < slices:
            counts[place] += 1
    return [count / width for count in counts]


def _call(pad: Asker, calls: int, into: _Samples, *, boards: bool, opens: bool) -> None:
    pad.work(Job("next", count=5, opens=opens))
    result = pad.work(Job("next", count=calls, boards=boards, pause_s=AT_REST_S))
    into.next_ms += [took * 1000 for took in result.took_s]
    into.board_ms += [took * 1000 for took in result.board_s]


def _figures(floor: _Samples, real: _Samples) -> list[Figure]:
    least = figure("floor", "one request answered by the bare hub, one client", "ms", floor.took_ms)
    most = figure(
        "floor-throughput",
        f"requests answered by the bare hub, {CLIENTS} clients with {OUTSTANDING} outstanding each",
        "1/s",
        floor.rates,
        rate=True,
    )
    waiting = figure(
        "floor-throughput-waiting",
        f"the same, {CLIENTS} clients that wait for each answer",
        "1/s",
        floor.waiting_rates,
        rate=True,
    )
    view = figure("floor-next", "the same for the shape of an officer's action and its view", "ms", floor.next_ms)
    return [
        least,
        figure(
            "issue",
            "a kiosk's request until its ticket is told (journalled), one client",
            "ms",
            real.took_ms,
            floor=least,
        ),
        view,
        figure("next", "an officer's next until the counter's view is told", "ms", real.next_ms, floor=view),
        figure(
            "call-to-state",
            "an officer's next until a display hears the board with it",
            "ms",
            real.board_ms,
            floor=view,
        ),
        most,
        figure(
            "throughput",
            f"tickets, {CLIENTS} clients with {OUTSTANDING} outstanding each",
            "1/s",
            real.rates,
            floor=most,
            rate=True,
        ),
        waiting,
        figure(
            "throughput-waiting",
            f"tickets, {CLIENTS} clients that wait for each answer",
            "1/s",
            real.waiting_rates,
            floor=waiting,
            rate=True,
        ),
    ]
