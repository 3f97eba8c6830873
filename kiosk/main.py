"""The kiosk, put together: the only file here that names concrete classes. Read it as a recipe.

The window is made ready before Kivy is imported, hence the late import.
"""

import fcntl
import logging
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TextIO, assert_never

from assets.device_file import DeviceFile
from contract.devices import DeviceStatus
from contract.names import HallId, RequestId
from kiosk.config import KioskConfig, KioskSection, VoiceSection, read_config
from kiosk.device import KioskDevice
from kiosk.gate import Gate
from kiosk.identity import Identity, Surroundings
from kiosk.keys import keys_of
from kiosk.ledger import Ledger
from kiosk.looks import Panel
from kiosk.narrator import MuteNarrator, Narrator
from kiosk.pin import fits
from kiosk.press import PressEvent, ThreadPress
from kiosk.printing.abilities import identity_of
from kiosk.printing.cups_printer import CupsPrinter
from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.file_wire import FileWire
from kiosk.printing.layout import TicketLayout
from kiosk.printing.letters import columns_of
from kiosk.printing.printer import Printer
from kiosk.printing.section import PrinterSection, form_of, layout_of, named, profile_of
from kiosk.printing.serial_wire import SerialWire
from kiosk.printing.simulated_printer import SimulatedPrinter
from kiosk.printing.usb_wire import UsbWire
from kiosk.printing.wire import NetworkWire, Reach
from kiosk.spool import Spool
from kiosk.state import Timing
from kiosk.technician import Technician, ThreadTechnician
from kiosk.tending import Around
from kiosk.voice_narrator import VoiceNarrator
from link.inbox import Inbox
from link.link import LinkEvent
from link.outbox import Outbox
from link.paho_link import PahoLink
from link.settings import settings_of
from ui.folders import own_folder
from ui.machine import MachineWatch, has_network, machine_boot
from ui.sides import Sides
from ui.starts import Start, count_start
from ui.telling import Teller
from ui.window import PORTRAIT, ScreenSettings, in_drawing, prepare
from voice.player import Player
from voice.pyttsx3_speaker import Pyttsx3Speaker
from voice.worker import ThreadWorker, VoiceEvent

logger = logging.getLogger(__name__)

VERSION = "0.1.0"
OUTBOX_LIMIT = 1000
"""Entries that must still be said; a day without the hub has far fewer, and a full one makes the kiosk refuse."""


def run(file: Path, tell: Path | None = None) -> int:
    """Run the kiosk of a device file until SIGTERM or until its window is closed; the exit code.

    assets.reading.BadFile where the file is wrong. 1 where another program runs as this kiosk.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    device_file, config = read_config(file)
    name = device_file.device.id
    data = file.parent / config.kiosk.data
    layout = layout_of(config.printer, file.parent)
    with alone(data / f"{name}.lock") as is_alone, own_folder("kiosk") as home:
        if not is_alone:
            logger.error("already-running kiosk=%s: another program runs as this kiosk on this machine", name)
            return 1
        prepare(_screen(config), PORTRAIT, home)
        start = count_start(data / f"{name}.starts", lambda: uuid.uuid4().hex[:12])
        outbox = Outbox(data / f"{name}.outbox.sqlite", OUTBOX_LIMIT)
        with Teller(tell) as teller:
            device, watch = _device(file, device_file, config, start, outbox, layout=layout, teller=teller, home=home)
            code = _run_app(device, teller, name, watch.frame_drawn, config=config)
        outbox.close()
    return code


def _run_app(
    device: KioskDevice, teller: Teller, name: str, frame_drawn: Callable[[], None], *, config: KioskConfig
) -> int:
    from kiosk.app import KioskApp  # noqa: PLC0415 - imports Kivy

    keypad = keys_of(config.keypad)
    app = KioskApp(device, teller, name, frame_drawn, locked=config.screen.fullscreen, keypad=keypad)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.stop())
    app.run()
    return app.exit_code


def _device(
    file: Path,
    device_file: DeviceFile,
    config: KioskConfig,
    start: Start,
    outbox: Outbox,
    *,
    layout: TicketLayout,
    teller: Teller,
    home: Path,
) -> tuple[KioskDevice, MachineWatch]:
    from ui.waking import wake  # noqa: PLC0415 - imports Kivy

    inbox: Inbox[LinkEvent] = Inbox(came=wake)
    press_inbox: Inbox[PressEvent] = Inbox(came=wake)
    watch = MachineWatch(time.monotonic)
    kiosk, printer = config.kiosk, config.printer
    ledger = Ledger(outbox)
    identity = _identity(device_file, config, start, ledger.recall.installation(lambda: uuid.uuid4().hex[:12]))
    will = DeviceStatus("lost", "kiosk", identity.boot, identity.installation, identity.version)
    spool = Spool(file.parent / kiosk.data, device_file.device.id)
    device = KioskDevice(
        identity,
        link=PahoLink(settings_of(file, device_file), inbox, will),
        inbox=inbox,
        press=ThreadPress(
            _printer(printer, spool),
            press_inbox.put,
            columns_of(printer.width_dots) if form_of(printer) == "text" else None,
        ),
        press_inbox=press_inbox,
        ledger=ledger,
        layout=layout,
        surroundings=Surroundings(
            new_id=lambda: RequestId(uuid.uuid4().hex),
            wall_clock=lambda: datetime.now(UTC),
            readings=watch.read,
            tell=teller.tell,
            network=has_network,
        ),
        now_s=time.monotonic(),
        spool=spool,
        narrator=_narrator(config.voice),
        timing=_timing(kiosk),
        panel=_panel(config),
        technician=_technician(file, device_file, config, identity, wake),
        loudspeaker=Sides(home).play,
    )
    return device, watch


def _identity(device_file: DeviceFile, config: KioskConfig, start: Start, installation: str) -> Identity:
    kiosk, printer = config.kiosk, config.printer
    return Identity(
        hall=HallId(device_file.hall),
        device=device_file.device.id,
        boot=start.boot,
        installation=installation,
        machine_boot=machine_boot(),
        version=VERSION,
        show_paper=printer.kind == "simulated" if printer.show_paper is None else printer.show_paper,
        health_s=kiosk.health_s,
        look_s=kiosk.look_s,
        scans=kiosk.scanner,
        roll_m=printer.roll_m,
        loudest=config.voice.volume,
    )


def _technician(
    file: Path, device_file: DeviceFile, config: KioskConfig, identity: Identity, wake: Callable[[], None]
) -> Technician | None:
    """None where no PIN is set: then nobody reaches the set-up page."""
    pin, broker, data = config.setup.pin, device_file.broker, file.parent / config.kiosk.data
    if pin is None:
        return None
    screen = config.screen
    about = Around(
        device=identity.device,
        hall=identity.hall,
        installation=identity.installation,
        version=identity.version,
        boot=identity.boot,
        broker=f"{broker.host}:{broker.port}",
        tls=broker.tls,
        printer=named(config.printer),
        at=datetime.now(UTC),
        screen=f"{screen.width} x {screen.height}, {screen.diagonal_inch:g} inch",
    )
    return ThreadTechnician(
        Gate(partial(fits, pin), data / f"{identity.device}.tries"),
        about,
        broker=(broker.host, broker.port),
        data=data,
        clock=lambda: datetime.now(UTC),
        came=wake,
    )


def _timing(kiosk: KioskSection) -> Timing:
    return Timing(idle_s=kiosk.idle_s, still_there_s=kiosk.still_there_s, ticket_s=kiosk.ticket_s, note_s=kiosk.note_s)


def _narrator(voice: VoiceSection) -> Narrator:
    """Neither the voice's process nor the sound device is there before somebody is to be spoken to."""
    if voice.engine == "none":
        return MuteNarrator()
    from ui.waking import wake  # noqa: PLC0415 - imports Kivy

    inbox: Inbox[VoiceEvent] = Inbox(came=wake)

    def player() -> Player:
        from ui.sound import KivyPlayer  # noqa: PLC0415 - opens the sound device

        return KivyPlayer()

    return VoiceNarrator(
        lambda: ThreadWorker(Pyttsx3Speaker(voice.languages, deadline_s=voice.deadline_s, kept=voice.kept), inbox.put),
        player,
        inbox,
    )


def _printer(printer: PrinterSection, spool: Spool) -> Printer:
    width, profile = printer.width_dots, profile_of(printer)
    match printer.kind:
        case "cups":
            return CupsPrinter(printer.queue or "", width_dots=width, profile=profile)
        case "simulated":
            return SimulatedPrinter(width_dots=width)
        case "network" | "usb" | "serial" | "file":
            name = identity_of(printer)
            return EscposPrinter(
                _reach(printer),
                width_dots=width,
                profile=profile,
                fence=printer.fence,
                abilities=spool.abilities(name),
                learnt=partial(spool.learn, name),
            )
        case _:
            assert_never(printer.kind)


def _reach(printer: PrinterSection) -> Reach:
    """How a conversation with it begins. What a kind needs was asked for when the settings were read."""
    device = printer.device or ""
    match printer.kind:
        case "usb":
            return partial(UsbWire, printer.vendor or 0, printer.product or 0, printer.serial_number)
        case "serial":
            return partial(SerialWire, device, printer.baudrate, printer.flow)
        case "file":
            return partial(FileWire, device)
        case _:
            return partial(NetworkWire, printer.host, printer.port)


def _screen(config: KioskConfig) -> ScreenSettings:
    screen = config.screen
    return ScreenSettings(
        width=screen.width,
        height=screen.height,
        diagonal_inch=screen.diagonal_inch,
        fullscreen=screen.fullscreen,
        left=screen.left,
        top=screen.top,
        frames_per_s=screen.frames_per_s,
    )


def _panel(config: KioskConfig) -> Panel:
    width, height = in_drawing(_screen(config), PORTRAIT)
    return Panel(width, height, config.screen.hangs_mm)


def _opened(lock: Path) -> TextIO:
    """Also on a disk that takes nothing any more, as after a fault: a lock writes nothing."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        return lock.open("w")
    except OSError:
        return lock.open()


@contextmanager
def alone(lock: Path) -> Iterator[bool]:
    """Whether nobody else holds this lock; it is held for the block, and let go by the system if we die."""
    with _opened(lock) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
