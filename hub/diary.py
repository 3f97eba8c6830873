"""Facts as lines of the log, for whoever reads along. The journal is the truth; this is only its echo."""

import logging

from msgspec import Struct

from hub.domain.facts import (
    BlockLent,
    BlockRetired,
    Called,
    CallWentUnspoken,
    CounterClosed,
    CounterOpened,
    CounterTakenOver,
    DayBegan,
    DayClosed,
    Fact,
    Finished,
    HubStarted,
    Issued,
    NoShow,
    NoticeChanged,
    OfflineNumberRefused,
    StaffSummoned,
    Voided,
)
from hub.domain.hall import HallState

logger = logging.getLogger(__name__)


class Line(Struct, frozen=True):
    """A line to be logged once its fact is safe."""

    level: int
    text: str

    def write(self) -> None:
        logger.log(self.level, "%s", self.text)


def line_of(fact: Fact, state: HallState) -> Line | None:  # noqa: C901, PLR0911, PLR0912 - one return per kind
    """What people look for in a log; None for what they do not. `state` has just taken the fact in."""
    kind = fact.__struct_config__.tag
    match fact:
        case HubStarted(boot=boot):
            return Line(logging.INFO, f"{kind} boot={boot}")
        case DayBegan(day=day) | DayClosed(day=day):
            return Line(logging.INFO, f"{kind} day={day}")
        case Issued(number=number, service=service, device=device):
            return Line(logging.INFO, f"ticket-issued number={number} service={service} device={device}")
        case BlockLent(block=block, first=first, last=last, installation=installation):
            return Line(logging.INFO, f"{kind} block={block} first={first} last={last} installation={installation}")
        case BlockRetired(block=block, why=why):
            return Line(logging.INFO, f"{kind} block={block} why={why}")
        case OfflineNumberRefused(number=number, device=device, block=block, why=why):
            return Line(
                logging.ERROR,
                f"{kind} number={number} device={device} block={block!r} why={why}: somebody holds this paper",
            )
        case Called(ticket=ticket, counter=counter, repeat=repeat):
            number = state.tickets[ticket].number
            return Line(logging.INFO, f"ticket-called number={number} counter={counter} repeat={repeat}")
        case Finished(ticket=ticket) | NoShow(ticket=ticket) | Voided(ticket=ticket):
            return Line(logging.INFO, f"ticket-{kind} number={state.tickets[ticket].number}")
        case CounterOpened(counter=counter) | CounterClosed(counter=counter) | CounterTakenOver(counter=counter):
            return Line(logging.INFO, f"{kind} counter={counter}")
        case CallWentUnspoken(call=call, why=why):
            return Line(logging.WARNING, f"{kind} call={call} why={why}")
        case NoticeChanged(notice=notice):
            what = f"{notice.level} notice={notice.id} until={notice.until}" if notice else "none"
            return Line(logging.WARNING, f"{kind} level={what}")
        case StaffSummoned(device=device, where=where):
            return Line(logging.WARNING, f"{kind} device={device} where={where!r}")
        case _:
            return None
