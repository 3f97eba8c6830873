"""Somebody before a kiosk: reads what is on the screen, lets the hands act, and knows when there is a number or a reason.

What is read are texts and the public names of screens and choices; no rule of the kiosk is known.
"""

from collections import Counter

from kiosk import choices
from kiosk.choices import name_of
from kiosk.faces import screen_name
from simulator.ends import BadEnd, check_reason, is_refusal
from simulator.eyes import numbers_told
from simulator.hands import Act, Hands
from simulator.scene import STEP_S, Scene
from simulator.witness import Event

PATIENCE_S = 400.0
"""A visitor who has neither a number nor a reason after so long before a kiosk that has power has been let down."""
WAITS_S = 25.0
"""So long a visitor waits before a machine that says it is not ready."""
MAY_PASS = ("starting", "out-of-order")


class Visitor:
    """Somebody before the kiosk. `ended` says how it went; `numbers` are those that were read, `given_back` some of them."""

    def __init__(self, scene: Scene, hands: Hands) -> None:
        self.ended = "nothing"
        self.numbers: set[str] = set()
        self.giving: set[str] = set()
        self.given_back: set[str] = set()
        self.taps = 0
        self.screens: Counter[str] = Counter()
        """On which screens there was something to be read, in half seconds."""
        self._scene = scene
        self._hands = hands
        self._waited_s = 0.0
        self._wanted = 0
        self._added = 0
        self._asked: set[str] = set()
        self._shown: list[str] = []
        self._unready, self._unready_s = "", 0.0
        scene.witness.listeners.append(self._hear)

    def go(self) -> None:
        """Until there is a number or a reason; then perhaps some touches more. BadEnd where neither comes."""
        try:
            self._go()
        finally:
            self._scene.witness.listeners.remove(self._hear)

    def _go(self) -> None:
        scene = self._scene
        patience_s = PATIENCE_S + 40 * self._hands.wanders
        after = 0 if scene.luck.random() < 0.6 else scene.luck.randint(1, 6)
        while self._waited_s < patience_s:
            act = self._look_and_act()
            for _ in range(max(1, round(act.rest_s / STEP_S))):
                scene.step()
                self._waited_s += STEP_S * scene.kiosk.running
                self._read()
            if self.ended != "nothing" and self._hands.acts >= self._hands.wanders:
                after -= 1
                if after < 0:
                    return
        raise BadEnd(f"neither a number nor a reason after {PATIENCE_S:.0f} s and {self.taps} touches")

    def _read(self) -> None:
        """What stands on the screen now."""
        scene = self._scene
        if not scene.kiosk.running:
            return
        face = scene.kiosk.device.view()
        self.screens[screen_name(face)] += 1
        if numbers := numbers_told(face):
            self._shown = numbers
            self.numbers |= set(numbers)
            self.ended = "number"
        elif screen_name(face) == "cancelled" and self.giving:
            self.given_back |= self.giving
            self.ended = "gave the number back"
        elif is_refusal(face) and not self.numbers:
            check_reason(face, scene.ground.hall.book, scene.ground.clock())
            self._hear_reason(screen_name(face))

    def _hear_reason(self, screen: str) -> None:
        """Who reads that the machine is not ready waits a little before that is an answer."""
        now_s = self._scene.ground.now_s
        if screen not in MAY_PASS:
            self.ended = f"reason: {screen}"
        elif screen != self._unready:
            self._unready, self._unready_s = screen, now_s
        elif now_s - self._unready_s >= WAITS_S:
            self.ended = f"reason: {screen}"

    def _look_and_act(self) -> Act:
        scene = self._scene
        if not scene.kiosk.running:
            return Act("dark", 1.0)
        self._read()
        face = scene.kiosk.device.view()
        after_all = self.ended != "nothing" and self._hands.acts >= self._hands.wanders
        act = self._hands.wander(face) if after_all else self._hands.next(face)
        scene.witness.saw(
            "acted",
            screen=screen_name(face),
            kind=act.kind,
            choice=name_of(act.choice) if act.choice is not None else act.text,
            times=act.times,
            stale=act.stale,
        )
        scene.fate.people(scene.kiosk, lambda: self._do(act))
        scene.look()
        self._read()
        return act

    def _do(self, act: Act) -> None:
        device = self._scene.kiosk.device
        turn = device.turn - 1 if act.stale else device.turn
        self.taps += act.kind == "touch"
        match act.kind:
            case "scan":
                device.scanned(act.text)
            case "key":
                self._note(device.guided[1] if act.text == "choose" else None)
                device.press(act.text)  # type: ignore[arg-type]  # one of hands.KEYS
            case "type":
                device.typed(act.text)
            case "break":
                device.broke()
            case "feel":
                device.feel(turn, act.choice, "")
            case _:
                self._note(act.choice)
                for _ in range(act.times):
                    device.touched()
                    if act.choice is not None:
                        device.choose(turn, act.choice)

    def _note(self, choice: choices.Choice | None) -> None:
        """What the judges must know of a touch beforehand. However often one taps in a row: it is one touch."""
        match choice:
            case choices.AddAnother():
                self._added += 1
            case choices.Take():
                self._wanted += 1 + self._added
            case choices.CancelForSure(number=number):
                meant = self._shown if number is None else [str(number)]
                self.giving |= set(meant)
                self._scene.witness.saw("gave-back", device=self._scene.kiosk.name, numbers=meant)
            case _:
                pass

    def _hear(self, event: Event) -> None:
        """One tap, one ticket: no more is asked for than was touched."""
        if event.what != "said" or event.facts["by"] != self._scene.kiosk.name:
            return
        if event.facts["topic"].endswith("/ticket-requested"):
            body = event.facts["body"]
            if not (body.get("offline") or {}).get("instead_of"):
                self._asked.add(body["request"])
            if len(self._asked) > self._wanted:
                raise BadEnd(f"{len(self._asked)} numbers were asked for, and {self._wanted} were wanted by touches")
