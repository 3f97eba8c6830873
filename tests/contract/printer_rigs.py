"""One printer of each kind with the same levers: the twin in memory, and the real driver on every wire before one emulated printer."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Protocol

from PIL import Image

from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.file_wire import FileWire
from kiosk.printing.printer import Printer
from kiosk.printing.serial_wire import SerialWire
from kiosk.printing.simulated_printer import SimulatedPrinter
from kiosk.printing.usb_wire import UsbWire
from kiosk.printing.wire import NetworkWire, Reach
from simulator.printer_emulator import PrinterEmulator
from simulator.printer_line import PrinterLine
from tests.contract.usb_emulation import PRODUCT, VENDOR, UsbBus


class Rig(Protocol):
    printer: Printer
    dark: str
    """How a printer without power looks from here: a serial line knows no difference to one that is silent."""

    def slips(self, count: int) -> list[Image.Image]:
        """What came out, once there are so many pieces. The twin's letters are not drawn."""

    def came_out(self, count: int) -> int:
        """How many tickets came out, once there are so many."""

    def run_out_of_paper(self) -> None: ...
    def run_out_midway(self) -> None: ...
    def fill_paper(self) -> None: ...
    def come_near_the_end(self) -> None: ...
    def open_cover(self) -> None: ...
    def close_cover(self) -> None: ...
    def jam_cutter(self) -> None: ...
    def fall_silent(self) -> None: ...
    def talk(self) -> None: ...
    def unplug(self) -> None: ...
    def plug_in(self) -> None: ...
    def lose_power_midway(self) -> None: ...
    def restore_power(self) -> None: ...
    def crawl(self) -> None: ...
    def close(self) -> None: ...


class TwinRig:
    dark = "offline"

    def __init__(self) -> None:
        self.printer = SimulatedPrinter()

    def slips(self, count: int) -> list[Image.Image]:
        assert len(self.printer.slips) >= count
        return list(self.printer.slips)

    def came_out(self, count: int) -> int:
        return len(self.printer.slips) + len(self.printer.lettered)

    def run_out_of_paper(self) -> None:
        self.printer.paper = "out"

    def run_out_midway(self) -> None:
        self.printer.midway = "paper-runs-out"

    def fill_paper(self) -> None:
        self.printer.fill_paper()

    def come_near_the_end(self) -> None:
        self.printer.paper = "near-end"

    def open_cover(self) -> None:
        self.printer.cover_open = True

    def close_cover(self) -> None:
        self.printer.cover_open = False

    def jam_cutter(self) -> None:
        self.printer.fault = "cutter jammed"

    def fall_silent(self) -> None:
        self.printer.talks = False

    def talk(self) -> None:
        self.printer.talks = True

    def unplug(self) -> None:
        self.printer.reachable = False

    def plug_in(self) -> None:
        self.printer.reachable = True

    def lose_power_midway(self) -> None:
        self.printer.midway = "power-fails"

    def restore_power(self) -> None:
        self.printer.reachable = True

    def crawl(self) -> None:
        self.printer.midway = "crawls"

    def close(self) -> None:
        self.printer.close()


class EmulatedRig:
    """The real driver before the emulated printer; how they are joined, the classes below say."""

    dark = "offline"
    midway = 700
    """Bytes of the head's work after which half of the smallest ticket of these tests is printed."""

    def __init__(self) -> None:
        self.emulator = PrinterEmulator()
        self.printer = EscposPrinter(self.reach())

    def reach(self) -> Reach:
        raise NotImplementedError

    def slips(self, count: int) -> list[Image.Image]:
        return [slip.printed for slip in self.emulator.wait_for_slips(count)]

    def came_out(self, count: int) -> int:
        return len(self.emulator.wait_for_slips(count))

    def run_out_of_paper(self) -> None:
        self.emulator.run_out_of_paper()

    def run_out_midway(self) -> None:
        self.emulator.run_out_of_paper_after(self.midway)

    def fill_paper(self) -> None:
        self.emulator.fill_paper()

    def come_near_the_end(self) -> None:
        self.emulator.come_near_the_end()

    def open_cover(self) -> None:
        self.emulator.open_cover()

    def close_cover(self) -> None:
        self.emulator.close_cover()

    def jam_cutter(self) -> None:
        self.emulator.jam_cutter()

    def fall_silent(self) -> None:
        self.emulator.fall_silent()

    def talk(self) -> None:
        self.emulator.talk()

    def unplug(self) -> None:
        self.emulator.unplug()

    def plug_in(self) -> None:
        self.emulator.plug_in()

    def lose_power_midway(self) -> None:
        self.emulator.lose_power_after(self.midway)

    def restore_power(self) -> None:
        self.emulator.restore_power()

    def crawl(self) -> None:
        self.emulator.drain(400)

    def break_off_after(self, size: int) -> None:
        """The way to the printer breaks when so many bytes have passed; the printer goes on."""
        self.emulator.drop_connection_after(size)

    def mend_way(self) -> None:
        """After `break_off_after`. A network finds its way again by itself."""

    def close(self) -> None:
        self.printer.close()
        self.emulator.stop()


class NetworkRig(EmulatedRig):
    def reach(self) -> Reach:
        return partial(NetworkWire, "127.0.0.1", self.emulator.port)


class UsbRig(EmulatedRig):
    def reach(self) -> Reach:
        self.bus = UsbBus(self.emulator.port)
        return partial(UsbWire, VENDOR, PRODUCT, "", backend=self.bus)

    def unplug(self) -> None:
        self.bus.plugged = False

    def plug_in(self) -> None:
        self.bus.plugged = True

    def mend_way(self) -> None:
        self.bus.plugged = True

    def restore_power(self) -> None:
        self.emulator.restore_power()
        self.bus.plugged = True


class LineRig(EmulatedRig):
    """Both drivers that open a node; here its other end is the printer."""

    dark = "unknown"

    def reach(self) -> Reach:
        self.folder = tempfile.TemporaryDirectory()
        self.node = Path(self.folder.name) / "printer"
        self.line = PrinterLine(self.emulator.port, self.node)
        return self.wire()

    def wire(self) -> Reach:
        raise NotImplementedError

    def unplug(self) -> None:
        self.line.pull_out()

    def plug_in(self) -> None:
        self.line.plug_in()

    def break_off_after(self, size: int) -> None:
        self.line.break_after(size)

    def mend_way(self) -> None:
        self.line.mend()

    def close(self) -> None:
        self.printer.close()
        self.line.close()
        self.emulator.stop()
        self.folder.cleanup()


class SerialRig(LineRig):
    def wire(self) -> Reach:
        return partial(SerialWire, str(self.node), 115200, "none")


class FileRig(LineRig):
    def wire(self) -> Reach:
        return partial(FileWire, str(self.node))


RIGS: dict[str, type[EmulatedRig]] = {"network": NetworkRig, "usb": UsbRig, "serial": SerialRig, "file": FileRig}
"""Every wire that carries answers."""
