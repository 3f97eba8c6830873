"""Facts as lines of the log, for whoever reads along. The journal is the truth; this is only its echo."""

import logging

from hub.domain.facts import (
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
    StaffSummoned,
    Voided,
)
from hub.domain.hall import HallState

logger = logging.getLogger("hub.diary")


def write(fact: Fact, state: HallState) -> None:
    """One line for what people look for in a log; `state` has taken the fact in."""
    match fact:
        case HubStarted(boot=boot):
            logger.info("hub-started boot=%d", boot)
        case DayBegan(day=day) | DayClosed(day=day):
            logger.info("%s day=%s", fact.__struct_config__.tag, day)
        case Issued(number=number, service=service, device=device):
            logger.info("ticket-issued number=%s service=%s device=%s", number, service, device)
        case Called(ticket=ticket, counter=counter, repeat=repeat):
            logger.info("ticket-called number=%s counter=%s repeat=%d", state.tickets[ticket].number, counter, repeat)
        case Finished(ticket=ticket) | NoShow(ticket=ticket) | Voided(ticket=ticket):
            logger.info("ticket-%s number=%s", fact.__struct_config__.tag, state.tickets[ticket].number)
        case CounterOpened(counter=counter) | CounterClosed(counter=counter) | CounterTakenOver(counter=counter):
            logger.info("%s counter=%s", fact.__struct_config__.tag, counter)
        case CallWentUnspoken(call=call, why=why):
            logger.warning("call-went-unspoken call=%s why=%s", call, why)
        case StaffSummoned(device=device, where=where):
            logger.warning("staff-summoned device=%s where=%r", device, where)
        case _:
            pass
