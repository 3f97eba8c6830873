"""`./antrean device pin`: only the hash is kept, the rest of the file stays, and nobody gets a PIN that anybody tries."""

import io
import stat
import tomllib
from pathlib import Path

import pytest

from command import check, device
from command.failing import CommandFailed
from kiosk.config import read_config
from kiosk.pin import fits
from tests.halls import Hall, new_hall


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return new_hall(tmp_path / "hall")


def types(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_the_hash_stands_in_the_device_file_which_stays_as_it_was(hall, monkeypatch):
    file = hall.add("kiosk-1", "kiosk")
    with file.open("a") as text:
        text.write("\n[screen] # a panel of our own\nfullscreen = true\n")
    types(monkeypatch, "271828")
    assert device.run(["pin", str(hall.folder), "kiosk-1"]) == 0
    written = file.read_text()
    assert "# a panel of our own" in written
    assert "271828" not in written
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert fits(read_config(file)[1].setup.pin or "", "271828")


def test_another_one_takes_its_place(hall, monkeypatch):
    file = hall.add("kiosk-1", "kiosk")
    for pin in ("271828", "314159"):
        types(monkeypatch, pin)
        device.run(["pin", str(hall.folder), "kiosk-1"])
    hashed = tomllib.loads(file.read_text())["setup"]["pin"]
    assert not fits(hashed, "271828")
    assert fits(hashed, "314159")


def test_a_kiosk_may_get_it_as_it_is_added(hall, monkeypatch):
    types(monkeypatch, "271828")
    file = hall.add("kiosk-1", "kiosk", "--pin")
    assert read_config(file)[1].setup.pin is not None


def test_a_bad_pin_adds_no_device(hall, monkeypatch):
    types(monkeypatch, "123456")
    with pytest.raises(CommandFailed, match="the first one that anybody tries"):
        hall.add("kiosk-1", "kiosk", "--pin")
    assert not (hall.folder / "devices" / "kiosk-1.toml").exists()


def test_a_display_has_none(hall, monkeypatch):
    hall.add("display-1", "display")
    types(monkeypatch, "271828")
    with pytest.raises(CommandFailed, match="only kiosks"):
        device.run(["pin", str(hall.folder), "display-1"])
    with pytest.raises(CommandFailed, match="no device of that name"):
        device.run(["pin", str(hall.folder), "kiosk-9"])


def test_check_says_which_kiosk_has_none_and_finds_the_hall_sound(hall, capsys, monkeypatch):
    hall.add("kiosk-1", "kiosk")
    assert check.run([str(hall.folder)]) == 0
    assert "devices/kiosk-1.toml has no PIN" in capsys.readouterr().out
    types(monkeypatch, "271828")
    device.run(["pin", str(hall.folder), "kiosk-1"])
    capsys.readouterr()
    assert check.run([str(hall.folder)]) == 0
    assert "no PIN" not in capsys.readouterr().out


def test_a_kiosk_has_no_pin_unless_one_is_set(hall):
    assert read_config(hall.add("kiosk-1", "kiosk"))[1].setup.pin is None
