"""The kiosk at work: hears the link and the press, keeps the state, carries out what the flow decides.

It acts and decides nothing: flow.py and views.py decide. Everything happens in the thread that calls `pump`; link and
printer work in their own and put what they have into inboxes. Knows no Kivy. Before a number is shown it is on disk.
"""

import logging
from collections import deque
from typing import assert_never

from msgspec.structs import replace

from assets.tongues import in_known_languages, known_words
from contract.devices import DeviceCommand
from contract.halls import HubHeartbeat
from contract.names import AgencyId, RequestId
from contract.tickets import Refused, TicketIssued
from kiosk.attending import Attendant, Loudspeaker, no_loudspeaker
from kiosk.choices import Choice, Type
from kiosk.faces import Face, Slip
from kiosk.flow import step
from kiosk.guide import Key
from kiosk.guiding import focused
from kiosk.hands import Hands, Tools
from kiosk.happenings import (
    Chose,
    Felt,
    Happening,
    HubSaid,
    KeyPressed,
    LinkTurned,
    PrintEnded,
    PrinterLooked,
    Scanned,
    ScreenBroke,
    Ticked,
    Touched,
)
from kiosk.identity import Identity, Surroundings
from kiosk.ledger import Ledger
from kiosk.looks import Panel
from kiosk.narrator import MuteNarrator, Narrator
from kiosk.paperwork import Paperwork
from kiosk.places import Searching
from kiosk.press import PaperDrawn, Press, PressEvent
from kiosk.printing.layout import TicketLayout
from kiosk.reporter import Reporter
from kiosk.round_trip import RoundTrip
from kiosk.speech import Speech
from kiosk.spool import Spool
from kiosk.state import State, Timing, hub_is_here, now_of
from kiosk.technician import Technician
from kiosk.tending import Corner, Setup
from kiosk.views import view_of
from kiosk.vitals import health_of, status_of
from link.inbox import Inbox
from link.link import Broken, Connected, Disconnected, Heard, Link, LinkEvent
from link.topics import topics_of

logger = logging.getLogger(__name__)


class KioskDevice:
    """`pump(now_s)` does all there is to do at that moment; `view()` is what is to be seen, in turn `turn`."""

    def __init__(
        self,
        identity: Identity,
        *,
        link: Link,
        inbox: Inbox[LinkEvent],
        press: Press,
        press_inbox: Inbox[PressEvent],
        ledger: Ledger,
        layout: TicketLayout,
        surroundings: Surroundings,
        now_s: float,
        narrator: Narrator | None = None,
        timing: Timing | None = None,
        panel: Panel | None = None,
        spool: Spool | None = None,
        technician: Technician | None = None,
        loudspeaker: Loudspeaker = no_loudspeaker,
    ) -> None:
        self._identity = identity
        self._link = link
        self._inbox = inbox
        self._press = press
        self._press_inbox = press_inbox
        self._ledger = ledger
        self._world = surroundings
        self._state = State(
            timing=timing or Timing(), panel=panel or Panel(), at=now_s, touched_at=now_s, scans=identity.scans
        )
        self._speech = Speech(narrator or MuteNarrator(), identity.loudest, surroundings.tell)
        self._happened: deque[Happening] = deque()
        self._topics: tuple[str, ...] = ()
        self._connected = False
        self._slip: tuple[RequestId, Slip] | None = None
        self._round_trip = RoundTrip()
        self._reporter = Reporter(ledger, link, now_s)
        self._state = ledger.remembered(self._state, identity.installation, identity.machine_boot)
        self.paperwork = Paperwork(
            spool or Spool(),
            identity.device,
            layout,
            roll_m=identity.roll_m,
            say=link.say,
            report=self._reporter.printed,
        )
        self.attendant = self._attendant(technician, loudspeaker)
        self._hands = Hands(
            Tools(link, press, ledger, self._reporter, self.paperwork, self._speech, self.attendant, self._round_trip),
            self._happen,
            self,
        )
        self._health_due_s = now_s + identity.health_s
        self._look_due_s = now_s

    def _attendant(self, technician: Technician | None, loudspeaker: Loudspeaker) -> Attendant:
        """Without a technician the set-up page cannot be reached. Wrong PINs of the last start are waited for anew."""
        if technician is not None:
            locked_until = self._state.at + technician.wait_s
            setup = Setup(can=True, wrong=technician.wrong, locked_until=locked_until)
            self._state = replace(self._state, setup=setup)
        return Attendant(
            technician,
            say=self._link.say,
            new_id=self._world.new_id,
            clock=self._world.wall_clock,
            loudspeaker=loudspeaker,
            print_trial=self.test_print,
            paperwork=self.paperwork,
        )

    def open(self) -> None:
        """Take the printer into use, connect. Returns at once. What the last start left open is closed already."""
        self._press.open()
        self.subscribe(())
        self._link.open()

    def pump(self, now_s: float) -> bool:
        """Take what came in, let time pass. Call it for every frame. Whether what is to be seen may have changed."""
        before = self._state
        self._happen(Ticked(now_s))
        for event in self._inbox.drain():
            self._take(event)
        if lost := self._inbox.lost():
            logger.error("inbox-full lost=%d: the hub's state is asked for once more", lost)
            self._link.subscribe(self._topics)
        for result in self._press_inbox.drain():
            self._take_press(result)
        self._happened.extend((*self._speech.listen(), *self.attendant.listen()))
        self._work_off()
        self._do_what_is_due(now_s)
        return replace(self._state, at=before.at) != before

    def touched(self, corner: Corner | None = None) -> None:
        """A finger, anywhere on the screen; in one of its upper corners it may be a technician's."""
        self._happen(Touched(corner))

    def broke(self) -> None:
        """A screen broke: whoever stood before it is sent to the start, and what was told stays told."""
        self._happen(ScreenBroke())

    def typed(self, letter: str) -> None:
        """A letter of a keyboard that somebody has connected: what its key on the screen would do, and nothing else."""
        if isinstance(self._state.place, Searching):
            self.choose(self._state.turn, Type(letter))

    def choose(self, turn: int, choice: Choice) -> None:
        """A choice was touched while `turn` was shown."""
        self._happen(Chose(turn, choice, self._world.new_id()))
        self._work_off()

    def scanned(self, text: str) -> None:
        """A scanner read this off a paper."""
        self._happen(Scanned(text, self._world.new_id()))
        self._work_off()

    def press(self, key: Key) -> None:
        """A key of the keypad; "choose" also for a double tap of who explores by touch."""
        self._happen(KeyPressed(key, self._world.new_id()))
        self._work_off()

    def feel(self, turn: int, choice: Choice | None, text: str) -> None:
        """An exploring finger came onto this while `turn` was shown."""
        self._happen(Felt(turn, choice, text))
        self._work_off()

    @property
    def guided(self) -> tuple[bool, Choice | None]:
        """Whether fingers explore instead of choosing, and what was spoken last."""
        return self._state.guided, focused(self._state)

    def view(self) -> Face:
        """What is to be seen now."""
        return view_of(self._state, known_words, now_of(self._state), self._shown_slip())

    @property
    def scans(self) -> bool:
        """Whether this kiosk has a scanner."""
        return self._state.scans

    @property
    def turn(self) -> int:
        """Rises whenever a choice may be made anew."""
        return self._state.turn

    def close(self) -> None:
        """Say goodbye, let go of the printer; within 2 s."""
        self._link.close(status_of(self._identity, "offline", now_of(self._state)))
        self._press.close()
        self._speech.close()

    # --- what comes in -------------------------------------------------------------------------------------------------

    def _take(self, event: LinkEvent) -> None:
        match event:
            case Heard(message=DeviceCommand() as command):
                self._obey(command)
            case Heard(message=message, retained=retained):
                self._round_trip.heard(message, self._state.at)
                self.attendant.hear(message)
                if isinstance(message, TicketIssued | Refused):
                    self._reporter.answered(message)
                if isinstance(message, HubHeartbeat) and not retained:
                    self._reporter.hear(message)
                self._happen(HubSaid(in_known_languages(message), retained))
            case Connected(broker=broker, protocol=protocol):
                logger.info("connected broker=%s protocol=%s", broker, protocol)
                self._connected = True
                self._happen(LinkTurned(connected=True))
                self._reporter.connected()
                self.say_status()
            case Disconnected(why=why):
                logger.warning("disconnected why=%s", why)
                self._connected = False
                self._happen(LinkTurned(connected=False, has_network=self._world.network()))
            case Broken(topic=topic, why=why):
                logger.warning("broken-message topic=%s why=%s", topic, why)
            case _:
                assert_never(event)

    def _take_press(self, event: PressEvent) -> None:
        match event:
            case PaperDrawn(request=request, slip=slip):
                self._slip = (request, slip)
            case PrintEnded(issued=issued, result=result):
                for each in issued:
                    self._world.tell("paper", number=each.ticket.number, outcome=result.outcome)
                self._happen(self.paperwork.heard(event))
            case PrinterLooked():
                self._happen(self.paperwork.heard(event))
            case _:
                assert_never(event)

    def _obey(self, command: DeviceCommand) -> None:
        self._hands.print_or(self.paperwork.obey(command, self._state), self._link.say)

    def test_print(self) -> None:
        """A paper for technicians, from the set-up page, one at a time; what becomes of it is seen at the printer."""
        if (job := self.paperwork.page_trial(self._state)) is not None:
            self._press.print(job)

    # --- happenings and effects ----------------------------------------------------------------------------------------

    def _happen(self, happening: Happening) -> None:
        self._happened.append(happening)

    def _work_off(self) -> None:
        """One happening after another; carrying one out may make the next happen."""
        while self._happened:
            self._state, effects = step(self._state, self._happened.popleft())
            for effect in effects:
                self._hands.carry_out(effect, self._state)

    def _shown_slip(self) -> Slip | None:
        told = self._state.told
        if not self._identity.show_paper or told is None or self._slip is None or self._slip[0] != told.request:
            return None
        return self._slip[1]

    # --- the hub -------------------------------------------------------------------------------------------------------

    def _do_what_is_due(self, now_s: float) -> None:
        if hub_is_here(self._state):
            self._reporter.say(now_s)
            self._ledger.recall.keep_pulse(self._state.pulse, self._identity.machine_boot)
        if now_s >= self._health_due_s:
            self._health_due_s = now_s + self._identity.health_s
            readings = self._world.readings()
            self._world.tell("health", frames_per_s=readings.frames_per_s, memory_mb=readings.memory_mb)
            health = health_of(self._state, readings, self._round_trip.ms, self._world.wall_clock())
            self._link.say(replace(health, paper_left_m=self.paperwork.roll.left_m))
        if now_s >= self._look_due_s:
            self._look_due_s = now_s + self._identity.look_s
            if not self._connected:
                self._happen(LinkTurned(connected=False, has_network=self._world.network()))
            self._press.look()

    def subscribe(self, agencies: tuple[AgencyId, ...]) -> None:
        """Hear what is said of these agencies too."""
        topics = topics_of("kiosk", self._identity.hall, self._identity.device, agencies)
        if topics != self._topics:
            self._topics = topics
            self._link.subscribe(topics)

    def say_status(self) -> None:
        """Who and how this kiosk is."""
        if self._connected:
            self._link.say(status_of(self._identity, "online", now_of(self._state)))
