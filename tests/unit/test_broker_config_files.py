import os
import stat
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from assets.device_file import BrokerSection, DeviceFile, DeviceSection, read_device_file
from assets.reading import BadFile
from broker_config import certificates
from broker_config.certificates import RENEW_BEFORE, SERVER_LASTS, must_be_renewed, new_authority, new_server
from broker_config.enrolment import device_file_text
from broker_config.register import add_device, ensure_hub_file, read_register, remove_device, write_accounts
from broker_config.settings import BrokerOfHall, reached_by, read_broker_of_hall, url_of
from broker_config.writing import write_new, write_whole
from contract.names import CounterId, DeviceId, ZoneId

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PASSWORD = "a-long-enough-password"


def hall_with(folder: Path, text: str) -> Path:
    (folder / "hall.toml").write_text(text)
    return folder


def settings_of(folder: Path, text: str) -> BrokerOfHall:
    return read_broker_of_hall(hall_with(folder, text))


def kiosk(name: str = "kiosk-1") -> DeviceSection:
    return DeviceSection(DeviceId(name), "kiosk", PASSWORD)


# --- settings --------------------------------------------------------------------------------------------------


def test_without_a_broker_section_the_broker_is_ours_on_loopback(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n[name]\nid = "x"\n')
    assert settings.is_ours
    assert url_of(reached_by(settings, "hub")) == "mqtt://127.0.0.1:1883"
    assert reached_by(settings, "device") == reached_by(settings, "hub")


def test_with_a_listener_devices_come_in_by_tls_and_the_hub_by_loopback(tmp_path: Path):
    settings = settings_of(
        tmp_path, 'id = "mpp"\n[broker]\nlisten = "0.0.0.0"\nnames = ["antre.example", "10.0.0.5"]\n'
    )
    device = reached_by(settings, "device")
    assert url_of(device) == "mqtts://antre.example:8883"
    assert device.ca == "../broker/ca.pem"
    assert url_of(reached_by(settings, "hub")) == "mqtt://127.0.0.1:1883"


def test_somebody_elses_broker_is_used_as_it_is(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n[broker]\naddress = "mqtts://broker.example"\nca = "their.pem"\n')
    assert not settings.is_ours
    assert reached_by(settings, "hub") == BrokerSection("broker.example", 8883, tls=True, ca="../their.pem")


def test_every_fault_of_the_broker_section_is_said_with_its_line(tmp_path: Path):
    text = 'id = "mpp"\n\n[broker]\nport = 99999\nlisten = 5\nadress = "x"\n'
    with pytest.raises(BadFile) as bad:
        settings_of(tmp_path, text)
    assert [(one.line, one.key) for one in sorted(bad.value.problems, key=lambda one: one.line)] == [
        (4, "broker.port"),
        (5, "broker.listen"),
        (6, "broker.adress"),
    ]
    assert "address" in str(bad.value)


@pytest.mark.parametrize(
    "line",
    [
        'address = "mqtt://broker.example"',
        'address = "http://broker.example"',
        'address = "mqtts://me:secret@broker.example"',
        'address = "mqtts://"',
        'address = "mqtts://broker.example:99999"',
        'listen = "0.0.0.0"',
        'listen = "everywhere"\nnames = ["antre.example"]',
        'listen = "0.0.0.0"\nnames = ["antre.example"]\ntls_port = 1883',
        'listen = "0.0.0.0"\nnames = ["antre.example"]\naddress = "mqtts://broker.example"',
        'listen = "0.0.0.0"\nnames = ["antre example"]',
    ],
)
def test_a_broker_section_that_would_be_unsafe_or_unclear_is_refused(tmp_path: Path, line: str):
    with pytest.raises(BadFile):
        settings_of(tmp_path, f'id = "mpp"\n[broker]\n{line}\n')


# --- device files and the register -----------------------------------------------------------------------------


def test_a_device_file_is_read_back_as_it_was_written(tmp_path: Path):
    file = DeviceFile(
        DeviceId("mpp"),
        DeviceSection(DeviceId("d-1"), "display", PASSWORD, None, (ZoneId("a"), ZoneId("b"))),
        BrokerSection("127.0.0.1", 1883, tls=False, ca="../broker/ca.pem"),
    )
    path = tmp_path / "d-1.toml"
    path.write_text(device_file_text(file))
    assert read_device_file(path) == file


def test_no_value_can_become_a_key_of_the_device_file():
    nasty = 'x"\n[broker]\nhost = "evil'
    file = DeviceFile(
        DeviceId("mpp"),
        DeviceSection(DeviceId("pad-3"), "counter", nasty, CounterId(nasty)),
        BrokerSection(nasty, 1883),
    )
    data = tomllib.loads(device_file_text(file))
    assert data["device"]["password"] == data["device"]["counter"] == data["broker"]["host"] == nasty


def test_adding_and_removing_a_device_rewrites_the_accounts(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    add_device(tmp_path, settings, kiosk())
    names = [line.partition(":")[0] for line in (tmp_path / "broker/passwords").read_text().splitlines()]
    assert names == ["hub", "kiosk-1"]
    assert "user kiosk-1\n" in (tmp_path / "broker/rights").read_text()
    remove_device(tmp_path, settings, "kiosk-1")
    assert "kiosk-1" not in (tmp_path / "broker/passwords").read_text() + (tmp_path / "broker/rights").read_text()


def test_a_name_is_given_once(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    path = add_device(tmp_path, settings, kiosk())
    before = path.read_text()
    with pytest.raises(FileExistsError):
        add_device(tmp_path, settings, kiosk())
    assert path.read_text() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["kiosk-1.toml"]


def test_a_bad_device_file_keeps_nobody_else_out(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    add_device(tmp_path, settings, kiosk())
    (tmp_path / "devices/kiosk-2.toml").write_text("hall = [")
    (tmp_path / "devices/kiosk-3.toml").write_text((tmp_path / "devices/kiosk-1.toml").read_text())
    (tmp_path / "devices/hub.toml").write_text(ensure_and_read_hub(tmp_path, settings))
    register = write_accounts(tmp_path, settings)
    assert [file.device.id for file in register.devices] == ["kiosk-1"]
    assert {Path(problem.file).name for problem in register.problems} == {"kiosk-2.toml", "kiosk-3.toml", "hub.toml"}


def test_a_name_with_a_line_break_is_nobodys(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    path = add_device(tmp_path, settings, kiosk())
    text = path.read_text().replace('"kiosk-1"', '"kiosk-1\\n"')
    path.unlink()
    path.with_name("kiosk-1\n.toml").write_text(text)
    assert write_accounts(tmp_path, settings).devices == ()
    assert "kiosk" not in (tmp_path / "broker/passwords").read_text() + (tmp_path / "broker/rights").read_text()
    with pytest.raises(BadFile):
        settings_of(tmp_path, 'id = "mpp\\n"\n')


def ensure_and_read_hub(folder: Path, settings: BrokerOfHall) -> str:
    ensure_hub_file(folder, settings)
    return (folder / "broker/hub.toml").read_text()


def test_a_device_of_another_hall_is_left_out(tmp_path: Path):
    add_device(tmp_path, settings_of(tmp_path, 'id = "one"\n'), kiosk())
    assert read_register(tmp_path, settings_of(tmp_path, 'id = "two"\n')).devices == ()


def test_an_empty_password_is_no_account(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    path = add_device(tmp_path, settings, kiosk())
    path.write_text(path.read_text().replace(PASSWORD, ""))
    assert write_accounts(tmp_path, settings).devices == ()
    assert "kiosk-1" not in (tmp_path / "broker/passwords").read_text()


def test_secrets_are_readable_by_their_owner_alone(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    add_device(tmp_path, settings, kiosk())
    for name in ("devices/kiosk-1.toml", "broker/hub.toml", "broker/passwords", "broker/rights"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name
    for name in ("devices", "broker"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o700, name


@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator can give a file away")
def test_what_an_administrator_writes_belongs_to_whom_the_hall_belongs(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    write_accounts(tmp_path, settings)
    for folder in (tmp_path / "broker", tmp_path / "devices"):
        folder.mkdir(exist_ok=True)
        os.chown(folder, 12345, 12345)
    added = add_device(tmp_path, settings, kiosk())
    for path in (
        added,
        tmp_path / "broker" / "passwords",
        tmp_path / "broker" / "rights",
        tmp_path / "broker" / ".lock",
    ):
        assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12345), path


def test_the_hubs_password_stays_when_accounts_are_rewritten(tmp_path: Path):
    settings = settings_of(tmp_path, 'id = "mpp"\n')
    first = ensure_and_read_hub(tmp_path, settings)
    write_accounts(tmp_path, settings)
    assert ensure_and_read_hub(tmp_path, settings) == first


def test_the_hubs_file_follows_hall_toml_and_keeps_its_password(tmp_path: Path):
    before = ensure_hub_file(tmp_path, settings_of(tmp_path, 'id = "mpp"\n'))
    after = ensure_hub_file(tmp_path, settings_of(tmp_path, 'id = "mpp"\n[broker]\nport = 2883\n'))
    assert after.broker.port == 2883
    assert after.device == before.device
    assert read_device_file(tmp_path / "broker/hub.toml") == after


def test_a_file_is_written_whole_and_leaves_nothing_beside_it(tmp_path: Path):
    path = tmp_path / "secret"
    assert write_whole(path, "one")
    assert not write_whole(path, "one")
    assert write_whole(path, "two")
    with pytest.raises(FileExistsError):
        write_new(path, "three")
    assert path.read_text() == "two"
    assert list(tmp_path.iterdir()) == [path]


# --- certificates ----------------------------------------------------------------------------------------------


def test_the_brokers_certificate_names_this_machine_and_what_devices_call_it():
    server = new_server(new_authority("mpp", NOW), ["antre.example", "10.0.0.5"], NOW)
    named = x509.load_pem_x509_certificate(server.certificate.encode()).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert set(named.value.get_values_for_type(x509.DNSName)) == {"localhost", "antre.example"}
    assert {str(one) for one in named.value.get_values_for_type(x509.IPAddress)} == {"127.0.0.1", "10.0.0.5"}


def test_a_device_whose_clock_starts_in_the_past_still_trusts_its_broker():
    server = new_server(new_authority("mpp", NOW), [], NOW)
    certificate = x509.load_pem_x509_certificate(server.certificate.encode())
    assert certificate.not_valid_before_utc == certificates.VALID_FROM < NOW - timedelta(days=5 * 365)


def test_a_certificate_is_renewed_in_its_last_year_for_new_names_and_for_a_new_authority():
    authority, stranger = new_authority("mpp", NOW), new_authority("mpp", NOW)
    server = new_server(authority, ["antre.example"], NOW)
    pem = server.certificate
    last_year = NOW + SERVER_LASTS - RENEW_BEFORE
    assert must_be_renewed(pem, authority.certificate, ["antre.example"], NOW) is None
    assert must_be_renewed(pem, authority.certificate, ["antre.example"], last_year - timedelta(days=1)) is None
    assert must_be_renewed(pem, authority.certificate, ["antre.example"], last_year + timedelta(days=1)) is not None
    assert must_be_renewed(pem, authority.certificate, ["other.example"], NOW) is not None
    assert must_be_renewed(pem, stranger.certificate, ["antre.example"], NOW) is not None
    assert must_be_renewed("", authority.certificate, ["antre.example"], NOW) is not None


@pytest.mark.parametrize("name", ["", "*.example", "a b", "antré.example"])
def test_a_name_that_is_none_is_not_certified(name: str):
    with pytest.raises(ValueError):
        new_server(new_authority("mpp", NOW), [name], NOW)
