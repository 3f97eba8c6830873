import re

import pytest

from broker_config.accounts import Account
from broker_config.listening import TlsListener
from broker_config.nats import accounts_file, render, subjects
from broker_config.rights import HUB_ACCOUNT, Right, rights_of
from contract.names import DeviceId, HallId

HALL = HallId("mpp-kukar")
KIOSK = DeviceId("kiosk-1")


def test_a_right_over_all_that_is_below_covers_the_topic_itself_as_in_mqtt():
    assert subjects(Right("read", "antrean/v1/mpp/all/#")) == ("antrean.v1.mpp.all", "antrean.v1.mpp.all.>")
    assert subjects(Right("read", "antrean/v1/mpp/from/+/+")) == ("antrean.v1.mpp.from.*.*",)


def test_every_account_may_do_what_the_catalogue_gives_it_by_mqtt_and_nothing_else():
    text = accounts_file(HALL, [Account(KIOSK, "secret"), Account(HUB_ACCOUNT, "secret")])
    lines = {line.split('"')[1]: line for line in text.splitlines() if "user:" in line}
    assert sorted(lines) == ["hub", "kiosk-1"]
    for account, line in lines.items():
        publish, subscribe = re.findall(r'(?:publish|subscribe): \{ allow: \[("[^\]]*)\]', line)
        rights = rights_of(HALL, DeviceId(account))
        for verb, found in (("write", publish), ("read", subscribe)):
            assert re.findall(r'"([^"]*)"', found) == [
                s for right in rights if right.verb == verb for s in subjects(right)
            ]
        assert 'allowed_connection_types: ["MQTT"]' in line


def test_a_password_cannot_become_configuration_whatever_is_in_it():
    for password in ('"], x: ["', "a\nb", "é#$X{}\\", "\x00\x1f", "$2a$11$x"):
        text = accounts_file(HALL, [Account(KIOSK, password)])
        quoted = re.search(r'password: "((?:[A-Za-z0-9.:*>_-]|\\x[0-9A-F]{2})*)", allowed', text)
        assert quoted is not None
        bytes_of_it = re.sub(r"\\x(..)", lambda found: chr(int(found[1], 16)), quoted[1]).encode("latin-1")
        assert bytes_of_it.decode() == password


@pytest.mark.parametrize("name", ["", "kiosk-1\n", "*", ">", "kiosk.1", "KIOSK", "$SYS", "x" * 41])
def test_a_hostile_name_is_refused(name: str):
    with pytest.raises(ValueError):
        accounts_file(HALL, [Account(DeviceId(name), "secret")])
    with pytest.raises(ValueError):
        accounts_file(HallId(name), [Account(KIOSK, "secret")])


def test_nats_listens_without_tls_on_loopback_only():
    plain = render(1883)
    assert re.findall(r"^  (host|port): (.*)$", plain, re.MULTILINE) == [("host", '"127.0.0.1"'), ("port", "1883")]
    assert "tls" not in plain
    wide = render(1883, TlsListener("0.0.0.0", 8883))
    assert re.findall(r"^  (host|port): (.*)$", wide, re.MULTILINE) == [("host", '"0.0.0.0"'), ("port", "8883")]
    assert 'tls { cert_file: "server.pem", key_file: "server.key" }' in wide
    for text in (plain, wide):
        # NATS's own port, on this machine alone.
        assert re.findall(r"^listen: (.*)$", text, re.MULTILINE) == ['"127.0.0.1:-1"']


@pytest.mark.parametrize("address", ['0.0.0.0"\nx: "', "localhost", ""])
def test_a_hostile_address_is_refused(address: str):
    with pytest.raises(ValueError):
        render(1883, TlsListener(address, 8883))


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_refused(port: int):
    with pytest.raises(ValueError):
        render(port)
    with pytest.raises(ValueError):
        render(1883, TlsListener("0.0.0.0", port))
