"""Who dies, what breaks, and when it is mended: luck and a Trouble, applied to a hall step by step.

In a calm everything is mended at once and nothing new happens.
"""

from collections.abc import Callable
from random import Random

from kiosk.printing.simulated_printer import SimulatedPrinter
from link.memory_link import Faults
from simulator.perils import SuddenDeath
from simulator.programs import DisplayProgram, Ground, HubProgram, KioskProgram, Program
from simulator.trouble import CALM_S, HUB_AWAY_S, TROUBLE_S, Trouble
from simulator.witness import Witness
from voice.simulated_player import SimulatedPlayer

HOUR_S = 3600.0

Body = SimulatedPrinter | SimulatedPlayer
"""What can break: the twins' own attributes are their bodies."""


def in_turns(now_s: float) -> bool:
    """Whether it is calm at this moment: trouble and calm take turns."""
    return now_s % (TROUBLE_S + CALM_S) >= TROUBLE_S


class Fate:
    """`strikes(p)` is luck that knows whether it is calm. `step` is called before anything else of a step.

    `trouble` may be another at any time; `calm_at` says when it is calm.
    """

    def __init__(
        self,
        ground: Ground,
        trouble: Trouble,
        witness: Witness,
        luck: Random,
        calm_at: Callable[[float], bool] = in_turns,
    ) -> None:
        self.calm = False
        self.trouble = trouble
        self._calm_at = calm_at
        self._ground = ground
        self._witness = witness
        self._luck = luck
        self._down: dict[str, tuple[float, Callable[[], None]]] = {}
        """What is dead or broken: when it is mended, and how."""

    def strikes(self, probability: float) -> bool:
        """Whether something of this probability happens now; never in a calm."""
        return not self.calm and probability > 0 and self._luck.random() < probability

    def step(
        self, passed_s: float, hub: HubProgram, kiosks: list[KioskProgram], displays: list[DisplayProgram]
    ) -> None:
        """Trouble and calm take turns; what is due dies, breaks or is mended."""
        self._turn(first=self._ground.now_s <= passed_s)
        self._mend_what_is_due(float("inf") if self.calm else self._ground.now_s)
        trouble = self.trouble

        def hourly(rate: float) -> bool:
            return self.strikes(rate * passed_s / HOUR_S)

        machine_dies = hourly(trouble.machine_dies)
        if machine_dies or hourly(trouble.broker_dies):
            self.kill_broker()
        if machine_dies or hourly(trouble.hub_dies):
            self.kill(hub)
        if hourly(trouble.hub_away):
            self.kill(hub, HUB_AWAY_S)
        for kiosk in kiosks:
            self._strike_kiosk(kiosk, hourly)
            self._break_printer(kiosk, hourly)
        for display in displays:
            if hourly(trouble.display_dies):
                self.kill(display)
            if hourly(trouble.loudspeaker_away):
                self._break(display.name, display.player, "deaf", broken=True)

    def _turn(self, *, first: bool) -> None:
        calm = self._calm_at(self._ground.now_s)
        if calm != self.calm or first:
            self.calm = calm
            self._ground.broker.faults = Faults() if calm else self.trouble.faults
            self._witness.saw("calm" if calm else "trouble")

    def run(self, program: Program, action: Callable[[], None]) -> None:
        """Lets a living program act, unless it is busy with something else or dies of it."""
        if not program.running or self.strikes(self.trouble.slow):
            return
        try:
            action()
        except SuddenDeath:
            self.kill(program)

    def people(self, program: Program, action: Callable[[], None]) -> None:
        """Lets people act at a program, which may die of what they do."""
        try:
            action()
        except SuddenDeath:
            self.kill(program)

    def start(self, program: Program) -> None:
        """Starts a program. It may die of its first write."""
        try:
            program.start()
            self._witness.saw("started", who=program.name)
        except SuddenDeath:
            self.kill(program)

    def kill(self, program: Program, longest_s: float | None = None) -> None:
        """Suddenly. It comes back later, within `longest_s` if that is another time than for all others."""
        if program.running:
            program.kill()
            self._witness.saw("died", who=program.name)
            self._later(program.name, lambda: self.start(program), longest_s)

    def kill_broker(self) -> None:
        """Suddenly, with all that it kept."""
        broker = self._ground.broker
        if broker.up:
            broker.stop()
            self._witness.saw("died", who="broker")
            self._later("broker", broker.start)

    def _strike_kiosk(self, kiosk: KioskProgram, hourly: Callable[[float], bool]) -> None:
        if hourly(self.trouble.kiosk_dies):
            self.kill(kiosk)
        if hourly(self.trouble.kiosk_swapped):
            self.kill(kiosk)
            kiosk.swap()
            self._witness.saw("swapped", device=kiosk.name)

    def _break_printer(self, kiosk: KioskProgram, hourly: Callable[[float], bool]) -> None:
        trouble, printer = self.trouble, kiosk.printer
        if hourly(trouble.paper_ends):
            self._break(kiosk.name, printer, "paper", broken="out", mend=printer.fill_paper)
        if hourly(trouble.paper_ends_midway):
            how = self._luck.choice(("paper-runs-out", "power-fails", "crawls"))

            def mend() -> None:
                printer.midway, printer.reachable = "goes-well", True
                printer.fill_paper()

            self._break(kiosk.name, printer, "midway", broken=how, mend=mend)
        if hourly(trouble.cover_opens):
            self._break(kiosk.name, printer, "cover_open", broken=True)
        if hourly(trouble.printer_away):
            self._break(kiosk.name, printer, "reachable", broken=False)
        if hourly(trouble.printer_mute):
            self._break(kiosk.name, printer, "talks", broken=False)

    def _break(
        self, who: str, thing: Body, what: str, *, broken: bool | str, mend: Callable[[], None] | None = None
    ) -> None:
        """A part breaks, and is as it was (or as `mend` makes it) later."""
        whole = not broken
        setattr(thing, what, broken)
        self._witness.saw("broke", who=who, what=what, how=broken)
        self._later(f"{who} {what}", mend or (lambda: setattr(thing, what, whole)))

    def _later(self, what: str, mend: Callable[[], None], longest_s: float | None = None) -> None:
        away_s = self._luck.uniform(1, longest_s or self.trouble.longest_away_s)
        self._down[what] = (self._ground.now_s + away_s, mend)

    def _mend_what_is_due(self, now_s: float) -> None:
        for what, (due_s, mend) in list(self._down.items()):
            if due_s <= now_s:
                del self._down[what]
                mend()
