"""Carries out what the flow wishes for at the set-up page: hands slow things to the technician's thread, plays, notes, asks the hub.

Everything happens in the kiosk's own thread. Knows no Kivy: the loudspeaker is behind voice's protocol.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import assert_never

from msgspec.structs import replace

from contract.catalogue import Message
from contract.names import Number, RequestId
from contract.tickets import NumberAsked, NumberTold, Refused
from kiosk.happenings import Tended
from kiosk.paperwork import Paperwork
from kiosk.technician import Technician
from kiosk.tending import (
    EndToStartAnew,
    FindPrinters,
    HubAnswered,
    JudgePin,
    LookAround,
    LookedAround,
    Note,
    PlaySide,
    PrintTrial,
    PutNewRoll,
    Side,
    SoundTried,
    Wish,
)

logger = logging.getLogger(__name__)

PROBE = Number("A000")
"""A number that no hall gives (they begin with 001): asking about it changes nothing, and the answer times the way there and back."""

Loudspeaker = Callable[[Side, float], bool]
"""Plays a chime from one side or both at a volume of 0 to 1; False where there is no loudspeaker."""


def no_loudspeaker(_side: Side, _volume: float) -> bool:
    """For a kiosk that has none."""
    return False


class Attendant:
    """`carry_out` a wish, `hear` what the hub says, `listen` to what came. `ending`: the program is to end and start anew."""

    def __init__(
        self,
        technician: Technician | None,
        *,
        say: Callable[[Message], bool],
        new_id: Callable[[], RequestId],
        clock: Callable[[], datetime],
        loudspeaker: Loudspeaker,
        print_trial: Callable[[], object],
        paperwork: Paperwork,
    ) -> None:
        self.ending = False
        self._technician = technician
        self._say = say
        self._new_id = new_id
        self._clock = clock
        self._loudspeaker = loudspeaker
        self._print_trial = print_trial
        self._paperwork = paperwork
        self._probe: tuple[RequestId, datetime] | None = None
        self._came: list[Tended] = []

    def carry_out(self, wish: Wish) -> None:
        """Some of it takes a while; what comes of it is heard later."""
        match wish:
            case JudgePin() | FindPrinters():
                self._wish(wish)
            case LookAround():
                self._wish(wish)
                self._ask_hub()
            case PlaySide(side=side, volume=volume):
                self._came.append(Tended(SoundTried(self._loudspeaker(side, volume))))
            case PrintTrial():
                logger.info("setup-test-print")
                self._print_trial()
            case PutNewRoll():
                self._paperwork.new_roll()
            case EndToStartAnew():
                logger.warning("setup-restart: a technician wants the program started anew")
                self.ending = True
            case Note(what="unreachable"):
                logger.warning("setup-unreachable: no PIN is set (./antrean device pin)")
            case Note(what=what):
                logger.info("setup-%s", what)
            case _:
                assert_never(wish)

    def hear(self, message: Message) -> bool:
        """Whether it was an answer to a question of ours."""
        if not isinstance(message, NumberTold | Refused) or self._probe is None or message.request != self._probe[0]:
            return False
        self._came.append(Tended(HubAnswered((self._clock() - self._probe[1]) / timedelta(milliseconds=1))))
        self._probe = None
        return True

    def listen(self) -> tuple[Tended, ...]:
        """What came since the last look."""
        came, self._came = tuple(self._came), []
        if self._technician is None:
            return came
        learned = (
            replace(what, paper_left_m=self._paperwork.roll.left_m) if isinstance(what, LookedAround) else what
            for what in self._technician.listen()
        )
        return (*came, *map(Tended, learned))

    def _wish(self, wish: JudgePin | LookAround | FindPrinters) -> None:
        if self._technician is not None:
            self._technician.wish(wish)

    def _ask_hub(self) -> None:
        request = self._new_id()
        if self._say(NumberAsked(request, PROBE)):
            self._probe = (request, self._clock())
