"""Officers: at a page of the desk, or with a counter pad on the wire. They open, call, wait, serve, go away and close.

An officer acts on what was last seen of the counter, tries the very same press again until something answers, and
sometimes presses twice. They know the desk's words and nothing of the queue's rules.
"""

from random import Random
from typing import Any

from contract.desk import Action, DeskAction, DeskView
from contract.names import CounterId, RequestId
from contract.tickets import Refused
from hub.desk.door import Act, CounterDesk, DeskAnswer, DeskAsked, Look
from link.inbox import Inbox
from link.link import Connected, Heard
from link.memory_link import MemoryLink
from link.topics import topics_of
from simulator.hall import HALL, PAD
from simulator.programs import Ground, HubProgram
from simulator.witness import Witness

ANSWER_S = 3.0
"""So long an officer waits for something to happen before the same press is tried again."""
DOUBLE_PRESS = 0.15

PLANS: dict[str, tuple[tuple[Action | None, float], ...]] = {
    "closed": (("open", 10), (None, 3)),
    "open": (("next", 20), ("pause", 0.5), ("close", 0.3), ("arrive", 0.2)),
    "paused": (("open", 3), (None, 10)),
    "called": (("arrive", 14), ("recall", 3), ("no-show", 2), ("next", 0.4), ("finish", 0.5), ("close", 0.2)),
    "serving": (("finish", 3), ("next", 12), ("call", 0.2), ("recall", 0.2)),
}
"""What comes to an officer's mind in each state of the counter (also what cannot be done), and how often. None: nothing."""

THINKS_S: dict[str, tuple[float, float]] = {
    "closed": (5, 60),
    "open": (1, 8),
    "paused": (10, 60),
    "called": (4, 30),
    "serving": (20, 240),
}
"""How long it takes until something is done."""


class Officer:
    """What both kinds share: a plan, a pause, a press that is repeated. `press` and `seen` are theirs."""

    def __init__(self, name: str, counter: CounterId, ground: Ground, witness: Witness, luck: Random) -> None:
        self.name = name
        self.counter = counter
        self.state = "closed"
        self.revision: int | None = None
        self.pressed: DeskAction | None = None
        self._ground = ground
        self._witness = witness
        self._luck = luck
        self._acts_s = luck.uniform(0, 30)

    def step(self, now_s: float, *, still: bool) -> None:
        """Hear, and perhaps press something. `still`: nothing new is begun."""
        self.hear()
        if now_s < self._acts_s:
            return
        if self.pressed is None and not still:
            self.pressed = self._think()
        if self.pressed is None:
            self._acts_s = now_s + self._luck.uniform(*THINKS_S[self.state])
            return
        self._acts_s = now_s + ANSWER_S
        for _ in range(2 if self._luck.random() < DOUBLE_PRESS else 1):
            self.press(self.pressed)

    def hear(self) -> None:
        """What came in since."""

    def press(self, action: DeskAction) -> None:
        """Let the hub know."""

    def answered(self, what: str) -> None:
        """The press has its answer, whatever it is."""
        if self.pressed is not None:
            self._witness.saw("desk", who=self.name, action=self.pressed.action, answer=what)
        self.pressed = None
        self._acts_s = self._ground.now_s + self._luck.uniform(*THINKS_S[self.state])

    def _think(self) -> DeskAction | None:
        actions, weights = zip(*PLANS[self.state], strict=True)
        [action] = self._luck.choices(actions, weights)
        if action is None:
            return None
        seen = self.revision if self._luck.random() < 0.9 else None
        reason = "istirahat" if action == "pause" else None
        request = RequestId(f"{self.name}-{self._ground.new_id('press')}")
        return DeskAction(request, action, reason=reason, seen=seen)


class OfficerAtDesk(Officer):
    """Works with a page: asks through the hub's own inbox, as the desk's server does."""

    def __init__(self, hub: HubProgram, counter: CounterId, ground: Ground, witness: Witness, luck: Random) -> None:
        super().__init__(f"officer-{counter}", counter, ground, witness, luck)
        self._hub = hub

    def press(self, action: DeskAction) -> None:
        """See Officer.press. Where no hub is the page says so, and nothing happens."""

        def answer(said: DeskAnswer) -> None:
            self._take(said, action)

        self._hub.ask(DeskAsked(Act(self.counter, self.name, action), answer))

    def _take(self, said: DeskAnswer, action: DeskAction) -> None:
        mine = self.pressed is not None and self.pressed.request == action.request
        if isinstance(said, CounterDesk):
            self._see(said)
            if mine:
                self.answered(said.state)
        elif mine:
            self.answered(getattr(said, "reason", "unknown"))
            self._hub.ask(DeskAsked(Look(self.counter), self._look))

    def _look(self, said: DeskAnswer) -> None:
        if isinstance(said, CounterDesk):
            self._see(said)

    def _see(self, desk: CounterDesk) -> None:
        self.state, self.revision = desk.state, desk.revision
        number = None if desk.ticket is None else desk.ticket.number
        self._witness.saw("page", counter=self.counter, state=desk.state, number=number)


class OfficerWithPad(Officer):
    """Works with a pad of another maker: small, and all over the wire."""

    def __init__(self, name: str, counter: CounterId, ground: Ground, witness: Witness, luck: Random) -> None:
        super().__init__(name, counter, ground, witness, luck)
        self._inbox: Inbox[Any] = Inbox()
        self._link = MemoryLink(ground.broker, ground.settings(PAD), self._inbox, None)
        self._link.subscribe(topics_of("counter", HALL, PAD))
        self._link.open()

    def hear(self) -> None:
        """See Officer.hear."""
        for event in self._inbox.drain():
            message = event.message if isinstance(event, Heard) else None
            if isinstance(message, DeskView):
                self.state, self.revision = message.state, message.revision
            if isinstance(event, Connected):
                self.revision = None
            if isinstance(message, DeskView | Refused) and self.pressed is not None:
                self._take(message, self.pressed)

    def press(self, action: DeskAction) -> None:
        """See Officer.press."""
        self._link.say(action)

    def _take(self, said: DeskView | Refused, pressed: DeskAction) -> None:
        if said.request == pressed.request:
            self.answered(said.reason if isinstance(said, Refused) else said.state)
