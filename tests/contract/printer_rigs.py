"""One printer of each kind with the same levers: the twin in memory, and the real driver before a printer down to the wire."""

from typing import Protocol

from PIL import Image

from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.printer import Printer
from kiosk.printing.simulated_printer import SimulatedPrinter
from simulator.printer_emulator import PrinterEmulator


class Rig(Protocol):
    printer: Printer

    def slips(self, count: int) -> list[Image.Image]:
        """What came out, once there are so many pieces."""

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
    def crawl(self) -> None: ...
    def close(self) -> None: ...


class TwinRig:
    def __init__(self) -> None:
        self.printer = SimulatedPrinter()

    def slips(self, count: int) -> list[Image.Image]:
        assert len(self.printer.slips) >= count
        return list(self.printer.slips)

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

    def crawl(self) -> None:
        self.printer.midway = "crawls"

    def close(self) -> None:
        self.printer.close()


class WireRig:
    def __init__(self) -> None:
        self.emulator = PrinterEmulator()
        self.printer = EscposPrinter("127.0.0.1", self.emulator.port)

    def slips(self, count: int) -> list[Image.Image]:
        return [slip.printed for slip in self.emulator.wait_for_slips(count)]

    def run_out_of_paper(self) -> None:
        self.emulator.run_out_of_paper()

    def run_out_midway(self) -> None:
        self.emulator.run_out_of_paper_after(5_000)

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
        self.emulator.lose_power_after(5_000)

    def crawl(self) -> None:
        self.emulator.drain(4_000)

    def close(self) -> None:
        self.printer.close()
        self.emulator.stop()
