"""Visits at random: one visitor after another before a kiosk, with hands that touch anything, and trouble at every turn.

Each visit must end with a number that is on record, or with a reason on the screen; and then the kiosk must show what the
one beside it shows, which nobody has touched.
"""

from collections import Counter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from simulator.ends import BadEnd, check_on_record, left_behind
from simulator.hands import Hands
from simulator.programs import Made
from simulator.record import BrokenPromise
from simulator.scene import Scene
from simulator.trouble import Trouble
from simulator.visitor import Visitor
from simulator.witness import told

AT_REST_WITHIN_S = 240.0
"""After so long without trouble and without a touch, nothing of the visitor is left."""
QUIET_S = 4.0
OVERHEARD = ("said", "arrived")
"""Not told of a visit that went wrong: they are too many."""
SETTLES_S = 30.0
"""Within so long all that the kiosk has to say is said, heard and on record."""


class Visit(Struct, frozen=True):
    """How one visit went. `ended` is "number", "reason SCREEN" or "gave the number back"; `bad` what may not be, in lines."""

    place: int
    blows: tuple[str, ...]
    taps: int
    ended: str
    seconds: float
    bad: tuple[str, ...] = ()


class Visits:
    """The same seed is the same row of visits. `folder` takes what the programs write, and should be empty."""

    def __init__(self, seed: int, folder: Path, made: Made | None = None) -> None:
        self.ends: Counter[str] = Counter()
        self.screens: Counter[str] = Counter()
        self._seed = seed
        self._scene = Scene(seed, folder, made)
        self._scene.wait(20.0)

    def close(self) -> None:
        """Ends everything."""
        self._scene.close()

    def visit(self, place: int) -> Visit:
        """One visitor, from the first touch until nothing is left. What may not be is told, not raised."""
        scene = self._scene
        blows = scene.strike()
        began_s = scene.ground.now_s
        visitor = Visitor(scene, Hands(scene.luck))
        bad: tuple[str, ...] = ()
        try:
            visitor.go()
            self._leave(visitor)
            self._pass_the_time()
        except (BadEnd, BrokenPromise) as found:
            bad = self._told(found, place, began_s)
        self.ends[visitor.ended] += 1
        self.screens += visitor.screens
        return Visit(place, blows, visitor.taps, visitor.ended, scene.ground.now_s - began_s, bad)

    def _leave(self, visitor: Visitor) -> None:
        """The visitor walks away. All is mended; then the kiosk must come to rest, as if nobody had been there."""
        scene = self._scene
        scene.mend()
        deadline_s = scene.ground.now_s + AT_REST_WITHIN_S
        since_s: float | None = None
        left: tuple[str, ...] = ("it never came to rest",)
        while scene.ground.now_s < deadline_s:
            scene.step()
            if since_s is None:
                scene.mend()
            if scene.kiosk.running:
                kiosk, untouched = scene.kiosk.device.view(), scene.untouched.device.view()
                left = left_behind(kiosk, untouched, voice_failed=scene.voice_has_failed)
            since_s = None if left or not scene.kiosk.running else since_s or scene.ground.now_s
            if since_s is not None and scene.ground.now_s - since_s >= QUIET_S:
                break
        if left:
            raise BadEnd("something of the visitor stays: " + "; ".join(left[:6]))
        scene.wait(SETTLES_S)
        scene.witness.saw("at-rest")
        record, device = scene.promises.record, scene.kiosk.name
        check_on_record(visitor.numbers, visitor.giving, visitor.given_back, record, device)

    def _pass_the_time(self) -> None:
        """Some minutes until the next visitor; at night some hours, so that most come while the hall is open."""
        scene = self._scene
        hour = scene.ground.clock().hour
        night = hour >= 15 or hour < 7
        scene.ground.now_s += scene.luck.uniform(3600, 18000) if night else scene.luck.uniform(0, 600)
        scene.wait(20.0)

    def _told(self, found: Exception, place: int, began_s: float) -> tuple[str, ...]:
        scene = self._scene
        begins = scene.ground.hall.begins
        begins_s = begins.hour * 3600 + begins.minute * 60.0
        events = [event for event in scene.witness.history if event.at_s >= began_s and event.what not in OVERHEARD]
        plain = asdict(Trouble())
        struck = [name for name, value in asdict(scene.fate.trouble).items() if value != plain[name]]
        head = f"{found} (seed {self._seed}, visit {place}, {', '.join(sorted(struck))})"
        return (head, *(told(event, begins_s) for event in events[-60:]))
