"""`[printer]` in a kiosk's device file: every kind with its keys, and what is wrong told all at once."""

from pathlib import Path

import pytest

from assets.reading import BadFile
from kiosk.config import read_config
from kiosk.main import _printer
from kiosk.printing.cups_printer import CupsPrinter
from kiosk.printing.escpos_printer import EscposPrinter
from kiosk.printing.section import form_of, layout_of, profile_of
from kiosk.printing.simulated_printer import SimulatedPrinter
from kiosk.spool import Spool

DEVICE = """\
hall = "mpp"

[device]
id = "kiosk-1"
role = "kiosk"
password = "abcdefghijklmnop"

[broker]
host = "127.0.0.1"
port = 1883
"""


def read(folder: Path, printer: str):
    file = folder / "kiosk-1.toml"
    file.write_text(f"{DEVICE}\n[printer]\n{printer}")
    return read_config(file)[1].printer


def wrong(folder: Path, printer: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read(folder, printer)
    return [f"{problem.key}: {problem.what} ({problem.hint})" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("lines", "kind", "form", "profile"),
    [
        ('kind = "simulated"', SimulatedPrinter, "raster", "TM-T20II"),
        ('kind = "network"\nhost = "192.168.1.60"', EscposPrinter, "raster", "TM-T20II"),
        ('kind = "usb"\nvendor = 0x04b8\nproduct = 0x0e15', EscposPrinter, "raster", "TM-T20II"),
        (
            'kind = "serial"\ndevice = "/dev/ttyUSB0"\nbaudrate = 19200\nflow = "rts-cts"',
            EscposPrinter,
            "text",
            "TM-T20II",
        ),
        ('kind = "file"\ndevice = "/dev/usb/lp0"\nwidth_dots = 384', EscposPrinter, "raster", "POS-5890"),
        ('kind = "cups"\nqueue = "ticket"\nform = "text"\nprofile = "simple"', CupsPrinter, "text", "simple"),
    ],
)
def test_each_kind_is_read_and_becomes_its_printer(tmp_path, lines, kind, form, profile):
    printer = read(tmp_path, lines)
    assert isinstance(_printer(printer, Spool()), kind)
    assert (form_of(printer), profile_of(printer)) == (form, profile)


@pytest.mark.parametrize("width", [576, 512, 384])
def test_the_layout_goes_by_the_width_of_the_print_head(tmp_path, width):
    printer = read(tmp_path, f'kind = "network"\nwidth_dots = {width}')
    assert layout_of(printer, tmp_path).width == width
    assert [spot.module for spot in layout_of(printer, tmp_path).spots if spot.show == "follow"] == [
        7 if width < 576 else 8
    ]


def test_a_kind_without_its_keys_says_which_and_where_to_find_them(tmp_path):
    problems = wrong(tmp_path, 'kind = "usb"')
    assert [problem.split(":")[0] for problem in problems] == ["printer.vendor", "printer.product"]
    assert all("lsusb" in problem for problem in problems)
    assert "/dev/ttyUSB0" in wrong(tmp_path, 'kind = "serial"')[0]
    assert "/dev/usb/lp0" in wrong(tmp_path, 'kind = "file"')[0]
    assert "lpstat -p" in wrong(tmp_path, 'kind = "cups"')[0]


def test_everything_wrong_is_told_at_once_with_what_was_meant(tmp_path):
    problems = wrong(
        tmp_path,
        'kind = "seriel"\nbaudrat = 9600\nwidth_dots = 380\nprofile = "TM-T20I"\nqueue = "-x"\ndevice = "ttyUSB0"',
    )
    for part in (
        'did you mean "serial"',
        'did you mean "baudrate"',
        "width_dots",
        'did you mean "TM-T20II"',
        "queue",
        "device",
    ):
        assert any(part in problem for problem in problems), part
    problems = wrong(tmp_path, 'kind = "usb"\nprodukt = 1\nfence = "ecko"')
    for part in ('did you mean "echo"', 'did you mean "product"', "printer.vendor: is missing"):
        assert any(part in problem for problem in problems), part


def test_a_picture_over_a_slow_line_is_refused_before_anybody_waits_for_it(tmp_path):
    (problem,) = wrong(tmp_path, 'kind = "serial"\ndevice = "/dev/ttyUSB0"\nform = "raster"\nbaudrate = 115200')
    assert problem.startswith("printer.form: a picture takes too long")
    assert read(tmp_path, 'kind = "serial"\ndevice = "/dev/ttyS0"\nform = "raster"\nbaudrate = 460800').form == "raster"


def test_a_layout_for_other_paper_is_refused(tmp_path):
    standard = Path(__file__).parents[2] / "assets" / "tickets" / "standard-58mm.toml"
    (problem,) = wrong(tmp_path, f'kind = "network"\nlayout = "{standard}"')
    assert problem == (
        "printer.layout: is for paper of 58 mm, and 576 dots are for 80 mm (width_dots = 384, or a layout for 80 mm)"
    )
    assert read(tmp_path, f'kind = "network"\nwidth_dots = 384\nlayout = "{standard}"').width_dots == 384
    assert "there is no such file" in wrong(tmp_path, 'kind = "network"\nlayout = "nothing.toml"')[0]
