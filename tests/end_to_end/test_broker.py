import time
from collections.abc import Iterator

import pytest
from paho.mqtt.enums import MQTTProtocolVersion

from assets.device_file import BrokerSection
from broker_config.listening import MAX_PACKET
from broker_config.running import answers, lets_in
from contract.catalogue import LARGE_BODY
from tests.halls import ONE_OF_EACH, READY_S, ROOT, Client, Hall, client_of, free_port, new_hall
from tests.waiting import wait_for

pytestmark = pytest.mark.broker

ALL_PROTOCOLS = pytest.mark.parametrize(
    ("hall", "protocol"),
    [
        ("mqtt-5", MQTTProtocolVersion.MQTTv311),
        ("mqtt-5", MQTTProtocolVersion.MQTTv5),
        ("nats", MQTTProtocolVersion.MQTTv311),
    ],
    indirect=["hall"],
)
"""All that each broker speaks."""


@pytest.fixture(scope="module", params=ONE_OF_EACH)
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = new_hall(tmp_path_factory.mktemp("halls") / "hall", request.param)
    hall.add("kiosk-1", "kiosk")
    hall.add("kiosk-2", "kiosk")
    hall.add("display-1", "display")
    with hall.program("broker") as broker:
        assert broker.ready(READY_S) == f"broker ready: mqtt://127.0.0.1:{hall.port}"
        yield hall


def plain(hall: Hall) -> BrokerSection:
    return BrokerSection("127.0.0.1", hall.port)


@ALL_PROTOCOLS
def test_nobody_comes_in_without_a_name(hall: Hall, protocol: MQTTProtocolVersion):
    with Client(None, None, plain(hall), protocol=protocol) as client:
        assert not client.welcome()


@ALL_PROTOCOLS
@pytest.mark.parametrize(("name", "password"), [("kiosk-1", "wrong"), ("kiosk-1", ""), ("nobody", "x"), ("hub", "hub")])
def test_nobody_comes_in_with_a_wrong_password(hall: Hall, protocol: MQTTProtocolVersion, name: str, password: str):
    with Client(name, password, plain(hall), protocol=protocol) as client:
        assert not client.welcome()


@ALL_PROTOCOLS
def test_a_device_speaks_as_itself_and_as_nobody_else(hall: Hall, protocol: MQTTProtocolVersion):
    with client_of(hall, "hub") as hub, client_of(hall, "display-1") as display:
        hub.hear(f"{ROOT}/from/+/+")
        display.hear(f"{ROOT}/all/board", f"{ROOT}/all/call")
        with client_of(hall, "kiosk-1", protocol=protocol) as kiosk:
            assert kiosk.welcome()
            kiosk.say(f"{ROOT}/from/kiosk-2/status")
            kiosk.say(f"{ROOT}/from/hub/status")
            kiosk.say(f"{ROOT}/to/kiosk-2/ticket-issued")
            kiosk.say(f"{ROOT}/to/kiosk-1/ticket-issued")
            kiosk.say(f"{ROOT}/all/board")
            kiosk.say(f"{ROOT}/all/call")
            kiosk.say("antrean/v1/other-hall/from/kiosk-1/status")
            kiosk.say(f"{ROOT}/from/kiosk-1/staff-called", b"last")
            wait_for(lambda: hub.heard, "the kiosk's own message")
        assert hub.heard == [(f"{ROOT}/from/kiosk-1/staff-called", b"last")]
        hub.say(f"{ROOT}/all/call", b"from the hub")
        wait_for(lambda: display.heard, "the hub's call")
        assert display.heard == [(f"{ROOT}/all/call", b"from the hub")]


def test_a_device_hears_what_is_said_to_it_and_to_nobody_else(hall: Hall):
    with client_of(hall, "hub") as hub, client_of(hall, "kiosk-1") as kiosk, client_of(hall, "kiosk-2") as other:
        # mosquitto confirms any filter and delivers what is the device's own; nats refuses what is broader than that.
        kiosk.hear(f"{ROOT}/to/#", f"{ROOT}/from/#", "#", f"{ROOT}/to/kiosk-1/config")
        other.hear(f"{ROOT}/to/kiosk-2/config")
        other.say(f"{ROOT}/from/kiosk-2/status")
        hub.say(f"{ROOT}/to/kiosk-2/config", b"for the other")
        wait_for(lambda: other.heard, "the other's message")
        hub.say(f"{ROOT}/to/kiosk-1/config", b"for me")
        wait_for(lambda: kiosk.heard, "its own message")
        # Overlapping filters may bring it more than once; nothing else comes.
        assert set(kiosk.heard) == {(f"{ROOT}/to/kiosk-1/config", b"for me")}


def test_what_was_kept_for_another_is_not_handed_out_to_a_late_listener(hall: Hall):
    with client_of(hall, "hub") as hub:
        hub.say(f"{ROOT}/to/kiosk-2/offline-numbers", b"secret", retain=True)
        hub.say(f"{ROOT}/to/kiosk-1/offline-numbers", b"mine", retain=True)
        with client_of(hall, "kiosk-1") as kiosk:
            kiosk.hear(f"{ROOT}/to/kiosk-2/offline-numbers", f"{ROOT}/to/kiosk-1/offline-numbers")
            wait_for(lambda: kiosk.heard, "its own retained message")
            assert kiosk.heard == [(f"{ROOT}/to/kiosk-1/offline-numbers", b"mine")]
        for name in ("kiosk-1", "kiosk-2"):
            hub.say(f"{ROOT}/to/{name}/offline-numbers", b"", retain=True)


@pytest.mark.parametrize("topic", [f"{ROOT}/all/board", f"{ROOT}/from/kiosk-2/status"])
def test_what_a_device_may_not_say_is_neither_kept_nor_said_as_its_last_will(hall: Hall, topic: str):
    file = hall.account("kiosk-1")
    with client_of(hall, "hub") as hub, client_of(hall, "display-1") as display:
        hub.hear(f"{ROOT}/from/+/+")
        display.hear(f"{ROOT}/all/board")
        with Client("kiosk-1", file.device.password, plain(hall), will=topic) as kiosk:
            kiosk.say(topic, b"kept", retain=True)
            kiosk.die()
            # Once it is back its last will has been said, or never will be.
            wait_for(lambda: len(kiosk.codes) == 2, "the device to be back")
            kiosk.say(f"{ROOT}/from/kiosk-1/staff-called", b"last")
            wait_for(lambda: hub.heard, "what it may say")
        hub.say(f"{ROOT}/all/board", b"from the hub")
        wait_for(lambda: display.heard, "the hub's board")
        assert hub.heard == [(f"{ROOT}/from/kiosk-1/staff-called", b"last")]
        assert display.heard == [(f"{ROOT}/all/board", b"from the hub")]
    with client_of(hall, "hub") as late_hub, client_of(hall, "display-1") as late:
        late_hub.hear(f"{ROOT}/from/+/+")
        late.hear(f"{ROOT}/all/board")
        late_hub.say(f"{ROOT}/all/board", b"later")
        wait_for(lambda: late.heard, "what is said now")
        assert late.heard == [(f"{ROOT}/all/board", b"later")]
        assert late_hub.heard == []


def test_nobody_throws_another_out_by_using_its_client_id(hall: Hall):
    kiosk_2 = hall.account("kiosk-2").device
    with client_of(hall, "kiosk-1") as kiosk, client_of(hall, "hub") as hub:
        assert kiosk.welcome()
        assert hub.welcome()
        for stolen in ("kiosk-1", "hub"):
            with Client("kiosk-2", kiosk_2.password, plain(hall), client_id=stolen) as thief:
                assert thief.welcome()
        kiosk.say(f"{ROOT}/from/kiosk-1/status")
        hub.say(f"{ROOT}/all/notice")
        assert kiosk.dropped == hub.dropped == 0


def test_a_body_that_is_too_large_is_dropped_and_its_sender_stays(hall: Hall):
    with client_of(hall, "hub") as hub, client_of(hall, "kiosk-1") as kiosk:
        hub.hear(f"{ROOT}/from/+/+")
        kiosk.say(f"{ROOT}/from/kiosk-1/health", b"x" * (LARGE_BODY + 1))
        kiosk.say(f"{ROOT}/from/kiosk-1/health", b"x" * LARGE_BODY)
        wait_for(lambda: LARGE_BODY in [len(body) for _, body in hub.heard], "the body that fits")
        # nats has no limit for bodies apart from that for packets: there the hub's own link drops it.
        passed = [LARGE_BODY + 1] if hall.kind == "nats" else []
        assert [len(body) for _, body in hub.heard] == [*passed, LARGE_BODY]
        assert kiosk.dropped == 0


def test_a_packet_that_is_far_too_large_puts_its_sender_out_and_reaches_nobody(hall: Hall):
    with client_of(hall, "hub") as hub, client_of(hall, "kiosk-1") as kiosk, client_of(hall, "kiosk-2") as other:
        hub.hear(f"{ROOT}/from/+/+")
        assert kiosk.welcome()
        kiosk._client.publish(f"{ROOT}/from/kiosk-1/health", b"x" * (MAX_PACKET + 1), qos=1)
        wait_for(lambda: kiosk.dropped, "the sender to be put out")
        other.say(f"{ROOT}/from/kiosk-2/status")
        wait_for(lambda: hub.heard, "another's message")
        assert hub.topics() == [f"{ROOT}/from/kiosk-2/status"]
        assert hub.dropped == other.dropped == 0


def test_a_new_device_comes_in_within_5_s_and_nobody_is_dropped(hall: Hall):
    with client_of(hall, "kiosk-1") as kiosk, client_of(hall, "hub") as hub:
        hub.hear(f"{ROOT}/from/+/+")
        assert kiosk.welcome()
        started = time.monotonic()
        hall.add("kiosk-3", "kiosk")
        with client_of(hall, "kiosk-3") as newcomer:
            assert newcomer.welcome()
            newcomer.say(f"{ROOT}/from/kiosk-3/status")
            wait_for(lambda: hub.heard, "the newcomer's status")
        assert time.monotonic() - started < 5
        kiosk.say(f"{ROOT}/from/kiosk-1/status")
        wait_for(lambda: f"{ROOT}/from/kiosk-1/status" in hub.topics(), "the old device's status")
        assert kiosk.dropped == hub.dropped == 0


def test_an_account_with_a_long_password_of_somebodys_own_can_be_asked_for(hall: Hall):
    path = hall.add("kiosk-5", "kiosk")
    password = "x" * 300
    hall.edit("devices/kiosk-5.toml", lambda document: document["device"].update({"password": password}))
    hall.add("kiosk-6", "kiosk")
    assert path.exists()
    assert lets_in("127.0.0.1", hall.port, "kiosk-5", password)
    assert lets_in("127.0.0.1", hall.port, "kiosk-5", password + "x") is False
    assert answers("127.0.0.1", hall.port)
    assert lets_in("127.0.0.1", free_port(), "kiosk-5", password) is None


def test_a_removed_device_is_put_out_at_once_and_stays_out(hall: Hall):
    hall.add("kiosk-4", "kiosk")
    file = hall.account("kiosk-4")
    with client_of(hall, "kiosk-1") as kiosk, client_of(hall, "kiosk-4") as leaver:
        assert kiosk.welcome()
        assert leaver.welcome()
        hall.remove("kiosk-4")
        wait_for(lambda: leaver.dropped, "the removed device to be put out", 5)
        with Client("kiosk-4", file.device.password, file.broker) as again:
            assert not again.welcome()
        kiosk.say(f"{ROOT}/from/kiosk-1/status")
        assert kiosk.dropped == 0
