"""The hall display, put together: the only file here that names concrete classes. Read it as a recipe.

The window is made ready before Kivy is imported, hence the late imports.
"""

import logging
import signal
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from assets.device_file import DeviceFile
from contract.devices import DeviceStatus
from contract.names import HallId
from display import turns, views
from display.config import DisplayConfig, first_language, panel_of, read_config
from display.device import DisplayDevice
from display.furnishing import care_of, media_of
from display.identity import Identity, Surroundings
from display.limits import remarks
from link.inbox import Inbox
from link.link import LinkEvent, LinkSettings
from link.paho_link import PahoLink
from link.settings import settings_of
from ui.folders import own_folder
from ui.machine import MachineWatch
from ui.starts import Start, count_start
from ui.telling import Teller
from ui.window import Drawing, ScreenSettings, prepare
from voice.worker import VoiceEvent

logger = logging.getLogger(__name__)

VERSION = "0.1.0"


def run(file: Path, tell: Path | None = None) -> int:
    """Run the display of a device file until SIGTERM or until its window is closed; the exit code.

    assets.reading.BadFile where the file is wrong.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    device_file, config = read_config(file)
    with own_folder("display") as folder, Teller(tell) as teller:
        _prepare_window(config, folder)
        data = file.parent / config.display.data / f"{device_file.device.id}.starts"
        start = count_start(data, lambda: uuid.uuid4().hex[:12])
        settings = settings_of(file, device_file)
        return _run_app(file, device_file, config, settings, folder, (start, teller))


def _prepare_window(config: DisplayConfig, home: Path) -> None:
    screen = config.screen
    prepare(
        ScreenSettings(
            width=screen.width,
            height=screen.height,
            diagonal_inch=screen.diagonal_inch,
            fullscreen=screen.fullscreen,
            left=screen.left,
            top=screen.top,
            frames_per_s=screen.frames_per_s,
        ),
        # The board fills its panel whatever its size: its sizes follow the window, not millimetres.
        Drawing(screen.width, screen.height, screen.diagonal_inch),
        home,
    )


def _run_app(  # noqa: PLR0917 - everything that was read, on its way to where it is put together
    file: Path,
    device_file: DeviceFile,
    config: DisplayConfig,
    settings: LinkSettings,
    folder: Path,
    told: tuple[Start, Teller],
) -> int:
    from display.app import DisplayApp  # noqa: PLC0415 - imports Kivy
    from display.sounding import loudspeaker_of  # noqa: PLC0415 - imports Kivy
    from ui.waking import wake  # noqa: PLC0415 - imports Kivy

    start, teller = told
    inbox: Inbox[LinkEvent] = Inbox(came=wake)
    voice_inbox: Inbox[VoiceEvent] = Inbox(came=wake)
    identity = _identity(device_file, config, start)
    watch = MachineWatch(time.monotonic)
    device = DisplayDevice(
        identity,
        _views_manner(device_file, config),
        _speaking_manner(device_file, config),
        link=PahoLink(settings, inbox, will=_will(identity)),
        inbox=inbox,
        loudspeaker=loudspeaker_of(file, config, folder, voice_inbox),
        surroundings=Surroundings(lambda: datetime.now(UTC), watch.read, teller.tell),
        now_s=time.monotonic(),
        media=media_of(file, device_file.device.id, config, wake),
    )
    app = DisplayApp(
        device, teller, identity.device, watch.frame_drawn, care_of(config), locked=config.screen.fullscreen
    )
    _end_by_signals(app.stop)
    app.run()
    return app.exit_code


def _identity(device_file: DeviceFile, config: DisplayConfig, start: Start) -> Identity:
    return Identity(
        hall=HallId(device_file.hall),
        device=device_file.device.id,
        boot=start.boot,
        installation=start.installation,
        version=VERSION,
        attention_s=config.display.attention_s,
        health_s=config.display.health_s,
        volume=config.voice.volume,
        quiet=config.voice.quiet,
        hours=config.sound.hours,
    )


def _will(identity: Identity) -> DeviceStatus:
    return DeviceStatus("lost", "display", identity.boot, identity.installation, identity.version)


def _views_manner(device_file: DeviceFile, config: DisplayConfig) -> views.Manner:
    panel = panel_of(config)
    for remark in remarks(panel, config.layout.kind):
        logger.warning("layout remark=%s", remark)
    return views.Manner(
        device=device_file.device.id,
        language=first_language(config),
        zones=device_file.device.zones,
        panel=panel,
        kind=config.layout.kind,
        counter=device_file.device.counter,
        hub_silent_s=config.display.hub_silent_s,
        heed_after_s=config.display.heed_after_s,
        page_s=config.display.page_s,
        card_s=config.display.card_s,
        care=care_of(config),
    )


def _speaking_manner(device_file: DeviceFile, config: DisplayConfig) -> turns.Manner:
    return turns.Manner(
        me=device_file.device.id,
        chime=config.sound.chime,
        say_times=config.voice.say_times,
        one_language_from=config.voice.one_language_from,
        once_from=config.voice.once_from,
        short_from=config.voice.short_from,
    )


def _end_by_signals(stop: Callable[[], object]) -> None:
    """SIGTERM and SIGINT end the program in good order."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())
