import re
from pathlib import Path

import pytest

from assets.device_file import DeviceSection, read_device_file
from broker_config import choosing
from broker_config.register import add_device, read_register, remove_device, write_accounts
from broker_config.settings import BrokerOfHall, reached_by, read_broker_of_hall, url_of
from contract.names import DeviceId


def settings_of(folder: Path, text: str) -> BrokerOfHall:
    (folder / "hall.toml").write_text(text)
    return read_broker_of_hall(folder)


def kiosk() -> DeviceSection:
    return DeviceSection(DeviceId("kiosk-1"), "kiosk", "a-long-enough-password")


@pytest.mark.parametrize(
    ("here", "wanted", "means"),
    [
        ({"mosquitto", "nats"}, "auto", "mosquitto"),
        ({"mosquitto"}, "auto", "mosquitto"),
        ({"nats"}, "auto", "nats"),
        (set(), "auto", "mosquitto"),
        ({"mosquitto", "nats"}, "nats", "nats"),
        (set(), "nats", "nats"),
    ],
)
def test_the_broker_is_the_one_named_else_mosquitto_else_nats(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, here: set[str], wanted: str, means: str
):
    monkeypatch.setattr(choosing, "find_program", lambda kind: Path(kind) if kind in here else None)
    assert settings_of(tmp_path, f'id = "mpp"\n[broker]\nkind = "{wanted}"\n').kind == means


def test_for_somebody_elses_broker_it_does_not_matter_what_is_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(choosing, "find_program", lambda kind: Path(kind) if kind == "nats" else None)
    settings = settings_of(tmp_path, 'id = "mpp"\n[broker]\naddress = "mqtts://broker.example"\n')
    write_accounts(tmp_path, settings)
    assert sorted(path.name for path in (tmp_path / "broker").glob("[a-z]*")) == ["hub.toml", "passwords", "rights"]


def test_nats_listens_by_tls_alone_where_devices_come_from_other_machines(tmp_path: Path):
    text = 'id = "mpp"\n[broker]\nkind = "nats"\nlisten = "{address}"\nnames = ["hub.lan"]\n'
    settings = settings_of(tmp_path, text.format(address="0.0.0.0"))
    assert url_of(reached_by(settings, "hub")) == "mqtts://127.0.0.1:8883"
    assert url_of(reached_by(settings, "device")) == "mqtts://hub.lan:8883"
    assert settings.certified_names == ("hub.lan",)
    settings = settings_of(tmp_path, text.format(address="192.168.1.10"))
    assert url_of(reached_by(settings, "hub")) == "mqtts://192.168.1.10:8883"
    assert settings.certified_names == ("hub.lan", "192.168.1.10")


def test_the_newest_mqtt_goes_into_every_file_where_it_is_not_the_usual(tmp_path: Path):
    usual = settings_of(tmp_path, 'id = "mpp"\n')
    assert "mqtt" not in add_device(tmp_path, usual, kiosk()).read_text()
    older = settings_of(tmp_path, 'id = "mpp"\n[broker]\nmqtt = "3.1.1"\n')
    remove_device(tmp_path, older, "kiosk-1")
    path = add_device(tmp_path, older, kiosk())
    assert 'mqtt = "3.1.1"' in path.read_text()
    assert read_device_file(path).broker.mqtt == read_device_file(tmp_path / "broker/hub.toml").broker.mqtt == "3.1.1"


def test_a_password_that_nats_would_take_for_a_hash_is_refused(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    path = add_device(tmp_path, settings, kiosk())
    path.write_text(re.sub(r'password = ".*"', 'password = "$2a$11$abcdefghijkl"', path.read_text()))
    assert [problem.key for problem in read_register(tmp_path, settings).problems] == ["device.password"]
