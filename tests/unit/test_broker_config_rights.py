import re

import pytest

from broker_config.accounts import Account, password_file, rights_file
from broker_config.listening import TlsListener
from broker_config.mosquitto import render
from broker_config.rights import HUB_ACCOUNT, Right, rights_of
from contract.catalogue import CATALOGUE, ROOT
from contract.names import DeviceId, HallId

HALL = HallId("mpp-kukar")
KIOSK = DeviceId("kiosk-1")
HOSTILE = ["", "kiosk-1\n", "a\nuser hub", "+", "#", "kiosk/1", "a:b", "KIOSK", "kiosk 1", "x" * 41, "$SYS"]


def covers(filter_: str, topic: str) -> bool:
    """MQTT 3.1.1, section 4.7: whether a topic filter takes in a topic."""
    levels, wanted = filter_.split("/"), topic.split("/")
    for place, level in enumerate(levels):
        if level == "#":
            return True
        if place >= len(wanted) or level not in ("+", wanted[place]):
            return False
    return len(levels) == len(wanted)


def may(account: str, verb: str, topic: str) -> bool:
    return any(right.verb == verb and covers(right.topic, topic) for right in rights_of(HALL, DeviceId(account)))


def filled(topic: str, device: str) -> str:
    return f"{ROOT}/{HALL}/" + topic.format(device=device, agency="imigrasi", counter="loket-3")


def test_a_device_says_all_that_devices_say_as_itself_and_hears_all_that_is_said_to_it():
    for entry in CATALOGUE:
        verb, other = ("read", "write") if "hub" in entry.said_by else ("write", "read")
        assert may(KIOSK, verb, filled(entry.topic, KIOSK)), entry.topic
        assert not may(KIOSK, other, filled(entry.topic, KIOSK)), entry.topic


def test_the_hub_says_and_hears_the_other_half():
    for entry in CATALOGUE:
        verb, other = ("write", "read") if "hub" in entry.said_by else ("read", "write")
        assert may(HUB_ACCOUNT, verb, filled(entry.topic, KIOSK)), entry.topic
        assert not may(HUB_ACCOUNT, other, filled(entry.topic, KIOSK)), entry.topic


def test_a_device_neither_speaks_as_another_nor_hears_what_is_anothers():
    for entry in CATALOGUE:
        if entry.branch != "all":
            for verb in ("read", "write"):
                assert not may(KIOSK, verb, filled(entry.topic, "kiosk-2")), entry.topic
                assert not may(KIOSK, verb, filled(entry.topic, "kiosk-10")), entry.topic


def test_nobody_reaches_another_hall_or_the_brokers_own_topics():
    for account in (KIOSK, HUB_ACCOUNT):
        for topic in (
            f"{ROOT}/other-hall/all/hub",
            f"{ROOT}/other-hall/from/{KIOSK}/status",
            "$SYS/broker/uptime",
            "x",
        ):
            assert not may(account, "read", topic)
            assert not may(account, "write", topic)


def test_a_devices_rights_are_three_lines():
    assert rights_of(HALL, KIOSK) == (
        Right("read", "antrean/v1/mpp-kukar/all/#"),
        Right("read", "antrean/v1/mpp-kukar/to/kiosk-1/+"),
        Right("write", "antrean/v1/mpp-kukar/from/kiosk-1/+"),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_gets_no_rights_and_no_line(name: str):
    with pytest.raises(ValueError):
        rights_of(HALL, DeviceId(name))
    with pytest.raises(ValueError):
        rights_of(HallId(name), KIOSK)
    with pytest.raises(ValueError):
        password_file([Account(DeviceId(name), "secret")], bytes)
    with pytest.raises(ValueError):
        rights_file(HALL, [Account(DeviceId(name), "secret")])


def test_a_hostile_password_is_only_hashed():
    text = password_file([Account(KIOSK, "x\nhub:$7$1$$\n")], bytes)
    assert re.fullmatch(r"kiosk-1:\$7\$101\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+\n", text)


def test_equal_passwords_have_different_hashes_by_their_salt():
    salts = iter([b"a" * 12, b"b" * 12])
    first, second = password_file(
        [Account(DeviceId("a"), "same"), Account(DeviceId("b"), "same")], lambda _: next(salts)
    ).splitlines()
    assert first.partition(":")[2] != second.partition(":")[2]


def test_the_broker_listens_without_tls_on_loopback_only():
    text = render(1883, "antrean", TlsListener("0.0.0.0", 8883))
    listeners = re.findall(r"^listener (\d+) (\S+)\n((?:.+\n)*)", text, re.MULTILINE)
    assert [(port, address, "certfile" in rest) for port, address, rest in listeners] == [
        ("1883", "127.0.0.1", False),
        ("8883", "0.0.0.0", True),
    ]
    assert all("use_username_as_clientid true" in rest for _, _, rest in listeners)
    assert "allow_anonymous false" in text


@pytest.mark.parametrize("user", ["root\nallow_anonymous true", "", "a b", "x" * 65])
def test_a_hostile_user_name_cannot_become_configuration(user: str):
    with pytest.raises(ValueError):
        render(1883, user)


@pytest.mark.parametrize("address", ["0.0.0.0\nallow_anonymous true", "localhost", ""])
def test_a_hostile_address_cannot_become_configuration(address: str):
    with pytest.raises(ValueError):
        render(1883, "antrean", TlsListener(address, 8883))


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_is_none_is_refused(port: int):
    with pytest.raises(ValueError):
        render(port, "antrean")
