"""A ticket's life.

A ticket begins *waiting*. A counter calls it: it is *called*, and may be called again as often as the officer likes.
Its visitor comes: it is *serving*, and ends *served*. Nobody comes, and the officer says so: it ends a *no-show*; the
hub itself never finds that. The visitor was never told the number: it ends *voided*, unless somebody already stands at
the counter with it. The day closes while it waits: it ends *unserved*; a ticket in an officer's hands lives on until
the officer ends it, unless the hall has done away with the counter: then it ends *unserved* too. An end is an end: nothing happens to an ended ticket but reports on its paper and its calls.
"""

from hub.domain.facts import Arrived, Called, Finished, NoShow, Unserved, Voided
from hub.domain.things import TicketState

Step = Called | Arrived | Finished | NoShow | Voided | Unserved

LIFE: dict[tuple[TicketState, type[Step]], TicketState] = {
    ("waiting", Called): "called",
    ("waiting", Voided): "voided",
    ("waiting", Unserved): "unserved",
    ("called", Called): "called",
    ("called", Arrived): "serving",
    ("called", NoShow): "no-show",
    ("called", Voided): "voided",
    ("called", Unserved): "unserved",
    ("serving", Finished): "served",
    ("serving", Unserved): "unserved",
}

IN_HAND: frozenset[TicketState] = frozenset({"called", "serving"})
ENDED: frozenset[TicketState] = frozenset({"served", "no-show", "unserved", "voided"})
