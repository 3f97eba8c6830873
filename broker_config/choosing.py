"""Which program is the hall's broker on this machine: a mosquitto where there is one, else the nats-server of our own packages.

Looks at the machine; starts nothing.
"""

import shutil
import sysconfig
from pathlib import Path
from typing import Literal, assert_never

from broker_config.listening import Kind

ADMINISTRATORS_FOLDER = Path("/usr/sbin")
"""Where Debian puts mosquitto; it is not on an ordinary user's PATH."""


def find_program(kind: Kind) -> Path | None:
    """The program on this machine."""
    match kind:
        case "mosquitto":
            found = shutil.which("mosquitto") or shutil.which("mosquitto", path=str(ADMINISTRATORS_FOLDER))
        case "nats":
            # The pinned one alone: what another version of it does has not been tried.
            found = shutil.which("nats-server", path=sysconfig.get_path("scripts"))
        case _:
            assert_never(kind)
    return None if found is None else Path(found)


def chosen(wanted: Literal["auto"] | Kind) -> Kind:
    """The program that `[broker] kind` means here; mosquitto where there is neither, so that one is told to install it."""
    if wanted != "auto":
        return wanted
    return "nats" if find_program("mosquitto") is None and find_program("nats") is not None else "mosquitto"
