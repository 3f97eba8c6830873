"""What only a real wire can do to a link: old brokers, wrong certificates, silence, rubbish, and a broker that stalls."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from broker_config.certificates import new_authority
from contract.calls import Board, Call
from contract.devices import DeviceStatus
from contract.names import DeviceId
from contract.tickets import StaffCalled
from link import paho_link
from link.inbox import Inbox
from link.link import Connected, Disconnected, LinkEvent, LinkSettings
from link.paho_link import PahoLink
from tests.broker import MADE_AT, Cable, RealBroker
from tests.contract.test_link_promises import HUB_HEARS, board, call, staff, status
from tests.contract.worlds import HALL, PASSWORDS, Member, settings_of
from tests.waiting import wait_for

pytestmark = pytest.mark.broker

UNNAMED = "127.0.0.2"
"""An address of this machine that no certificate names."""


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RealBroker]:
    made = RealBroker(tmp_path / "broker", HALL, PASSWORDS, tls_host=UNNAMED)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def cable(broker: RealBroker) -> Iterator[Cable]:
    made = Cable(broker.port)
    yield made
    made.close()


class Links:
    """Makes links and closes them all in the end."""

    def __init__(self) -> None:
        self.made: list[PahoLink] = []

    def open(self, settings: LinkSettings, topics: tuple[str, ...] = (), will: DeviceStatus | None = None) -> Member:
        inbox: Inbox[LinkEvent] = Inbox()
        link = PahoLink(settings, inbox, will)
        self.made.append(link)
        link.subscribe(topics)
        link.open()
        return Member(settings.device, link, inbox)


@pytest.fixture
def links() -> Iterator[Links]:
    made = Links()
    yield made
    for link in made.made:
        link.close()


def connected(links: Links, name: str, port: int, topics: tuple[str, ...] = ()) -> Member:
    member = links.open(settings_of(name, port, None), topics)
    wait_for(lambda: member.connections, f"{name} to connect")
    return member


@pytest.mark.parametrize("old_door", ["answers", "hangs-up"])
def test_a_broker_that_takes_no_mqtt_5_is_spoken_to_in_3_1_1(broker: RealBroker, links: Links, old_door: str):
    cable = Cable(broker.port, old_door)
    kiosk = connected(links, "kiosk-1", cable.port)
    assert kiosk.connections[0].protocol == "MQTT 3.1.1"
    assert cable.greetings == [5, 4]
    assert kiosk.losses == []
    cable.close()


def test_each_new_connection_begins_with_mqtt_5(broker: RealBroker, links: Links):
    cable = Cable(broker.port, "hangs-up")
    kiosk = connected(links, "kiosk-1", cable.port)
    cable.old_door = None
    cable.pull()
    wait_for(lambda: kiosk.losses, "the loss")
    cable.plug()
    wait_for(lambda: len(kiosk.connections) == 2, "the connection")
    assert [connection.protocol for connection in kiosk.connections] == ["MQTT 3.1.1", "MQTT 5"]
    cable.close()


def test_a_small_message_is_sent_at_once(broker: RealBroker, links: Links):
    kiosk = connected(links, "kiosk-1", broker.port)
    connection = kiosk.link._connection  # type: ignore[attr-defined] # a PahoLink
    sock = connection._client.socket()
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1


def test_a_call_grows_stale_at_the_broker_too(broker: RealBroker, links: Links):
    expiries: list[int | None] = []
    raw = Client(CallbackAPIVersion.VERSION2, client_id="display-1", protocol=MQTTProtocolVersion.MQTTv5)
    raw.username_pw_set("display-1", PASSWORDS[DeviceId("display-1")])
    subscribed = threading.Event()

    def on_message(_: Client, __: Any, message: MQTTMessage) -> None:
        expiries.append(getattr(message.properties, "MessageExpiryInterval", None))

    raw.on_message = on_message
    raw.on_subscribe = lambda *_: subscribed.set()
    raw.connect("127.0.0.1", broker.port)
    raw.subscribe([(f"antrean/v1/{HALL}/all/call", 1), (f"antrean/v1/{HALL}/all/board", 1)])
    raw.loop_start()
    assert subscribed.wait(10)
    hub = connected(links, "hub", broker.port)
    hub.link.say(call(1))
    hub.link.say(board(1))
    wait_for(lambda: len(expiries) == 2, "both")
    raw.disconnect()
    assert expiries == [30, None]


# --- who is at the other end ---


def tls_settings(broker: RealBroker, host: str, ca: Path) -> LinkSettings:
    device = DeviceId("kiosk-1")
    return LinkSettings(HALL, device, PASSWORDS[device], host, broker.tls_port, tls=True, ca=str(ca))


def test_a_link_trusts_the_halls_own_authority(tmp_path: Path, links: Links):
    broker = RealBroker(tmp_path / "named", HALL, PASSWORDS)
    broker.start()
    try:
        kiosk = links.open(tls_settings(broker, "127.0.0.1", broker.ca))
        wait_for(lambda: kiosk.connections, "the connection")
        assert kiosk.link.say(staff(1))
    finally:
        broker.stop()


def test_a_broker_by_another_name_is_not_trusted(broker: RealBroker, links: Links):
    kiosk = links.open(tls_settings(broker, UNNAMED, broker.ca))
    wait_for(lambda: kiosk.losses, "the refusal")
    assert "certificate" in kiosk.losses[0].why
    assert kiosk.connections == []


def test_a_broker_that_another_authority_vouches_for_is_not_trusted(broker: RealBroker, links: Links, tmp_path: Path):
    other = tmp_path / "other.pem"
    other.write_text(new_authority("other", MADE_AT).certificate)
    kiosk = links.open(tls_settings(broker, UNNAMED, other))
    wait_for(lambda: kiosk.losses, "the refusal")
    assert "certificate" in kiosk.losses[0].why


def test_a_password_never_goes_over_a_network_in_the_clear():
    for host in ("192.168.1.10", "broker.example", "0.0.0.0"):
        with pytest.raises(ValueError):
            PahoLink(LinkSettings(HALL, DeviceId("kiosk-1"), "x", host, 1883), Inbox(), None)
    for host in ("127.0.0.1", "127.1.2.3", "::1", "localhost"):
        PahoLink(LinkSettings(HALL, DeviceId("kiosk-1"), "x", host, 1883), Inbox(), None)


def test_an_authority_that_cannot_be_read_is_told_at_once(tmp_path: Path):
    settings = LinkSettings(HALL, DeviceId("kiosk-1"), "x", "broker.example", 8883, tls=True, ca=str(tmp_path / "none"))
    with pytest.raises(OSError, match=f"{settings.ca}: .* cannot be used: No such file"):
        PahoLink(settings, Inbox(), None)


# --- what goes wrong ---


def test_what_was_not_acknowledged_is_said_again_but_for_old_state(broker: RealBroker, cable: Cable, links: Links):
    hub = connected(links, "hub", broker.port, HUB_HEARS)
    kiosk = connected(links, "kiosk-1", cable.port)
    cable.frozen.set()
    assert kiosk.link.say(staff(1))
    assert kiosk.link.say(status("online"))
    assert kiosk.link.say(staff(2))
    cable.pull()
    wait_for(lambda: kiosk.losses, "the loss")
    cable.plug()
    wait_for(lambda: len(kiosk.connections) == 2, "the connection")
    kiosk.link.say(staff(3))
    wait_for(lambda: len(hub.heard(StaffCalled)) == 3, "all three")
    assert [heard.message for heard in hub.heard(StaffCalled)] == [staff(1), staff(2), staff(3)]
    assert hub.heard(DeviceStatus) == []


def test_at_the_queues_limit_nothing_more_is_said(cable: Cable, links: Links, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paho_link, "QUEUE_LIMIT", 10)
    kiosk = connected(links, "kiosk-1", cable.port)
    cable.frozen.set()
    assert [kiosk.link.say(staff(count)) for count in range(12)] == [True] * 10 + [False] * 2


def test_a_broker_that_falls_silent_is_noticed(cable: Cable, links: Links, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paho_link, "KEEPALIVE_S", 1)
    kiosk = connected(links, "kiosk-1", cable.port)
    cable.frozen.set()
    wait_for(lambda: kiosk.losses, "the silence to be noticed", 5)
    cable.pull()
    cable.plug()
    wait_for(lambda: len(kiosk.connections) == 2, "the connection")


def test_a_port_where_something_else_speaks_is_tried_again_for_ever(broker: RealBroker, links: Links):
    rubbish = iter(
        [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x20\x00", b"\xff" * 100, b"\x20\x03\x00\x00\xff", b"\x30\x01"]
    )
    listening = socket.create_server(("127.0.0.1", 0))
    said: list[bytes] = []

    def speak() -> None:
        for words in rubbish:
            connection, _ = listening.accept()
            connection.recv(1000)
            connection.sendall(words)
            said.append(words)
            connection.close()
        listening.close()

    speaker = threading.Thread(target=speak, daemon=True)
    speaker.start()
    kiosk = links.open(settings_of("kiosk-1", listening.getsockname()[1], None))
    speaker.join(20)
    assert len(said) == 5
    assert kiosk.connections == []
    assert any(isinstance(event, Disconnected) for event in kiosk.events)


def test_an_inbox_that_fails_does_not_kill_the_link(broker: RealBroker, links: Links):
    class Failing(Inbox[LinkEvent]):
        failures = 0

        def put(self, event: LinkEvent, *, urgent: bool = False) -> bool:
            if not isinstance(event, Connected | Disconnected) and self.failures < 3:
                self.failures += 1
                raise RuntimeError("out of order")
            return super().put(event, urgent=urgent)

    inbox = Failing()
    link = PahoLink(settings_of("kiosk-1", broker.port, None), inbox, None)
    links.made.append(link)
    link.subscribe([f"antrean/v1/{HALL}/all/board"])
    link.open()
    kiosk = Member(DeviceId("kiosk-1"), link, inbox)
    wait_for(lambda: kiosk.connections, "the connection")
    hub = connected(links, "hub", broker.port)
    for seq in range(5):
        hub.link.say(board(seq))
    wait_for(lambda: len(kiosk.heard(Board)) == 2, "the last two boards")
    assert inbox.failures == 3


def test_two_programs_of_one_name_do_not_throw_each_other_out_without_pause(cable: Cable, links: Links):
    first = connected(links, "kiosk-1", cable.port)
    second = connected(links, "kiosk-1", cable.port)
    began = time.monotonic()
    wait_for(lambda: len(cable.greetings) >= 8, "some rounds of it", 20)
    assert time.monotonic() - began > 1.0  # 0.1 + 0.2 + 0.4 + ... for each of the two
    assert first.losses
    assert second.losses


@pytest.mark.parametrize("broker_is", ["there", "frozen", "away"])
def test_closing_takes_no_longer_than_a_second_whatever_the_broker_does(cable: Cable, broker_is: str):
    link = PahoLink(settings_of("kiosk-1", cable.port, None), inbox := Inbox[LinkEvent](), status("lost"))
    kiosk = Member(DeviceId("kiosk-1"), link, inbox)
    if broker_is == "away":
        cable.pull()
    link.open()
    wait_for(lambda: kiosk.losses if broker_is == "away" else kiosk.connections, "the first try")
    if broker_is == "frozen":
        cable.frozen.set()
    began = time.monotonic()
    link.close(status("offline"))
    assert time.monotonic() - began < 1.3
    wait_for(lambda: not link._thread.is_alive(), "its thread to end")


def test_closing_twice_or_before_opening_does_no_harm(broker: RealBroker):
    link = PahoLink(settings_of("kiosk-1", broker.port, None), Inbox(), None)
    link.close()
    opened = PahoLink(settings_of("kiosk-1", broker.port, None), Inbox(), None)
    opened.open()
    opened.close()
    opened.close()


def test_messages_cross_in_a_few_milliseconds(broker: RealBroker, links: Links):
    """Loose, for a busy machine: with Nagle's algorithm it would be 44 ms a side."""
    hub = connected(links, "hub", broker.port, HUB_HEARS)
    kiosk = connected(links, "kiosk-1", broker.port, (f"antrean/v1/{HALL}/all/call",))
    times: list[float] = []
    for seq in range(50):
        began = time.perf_counter()
        kiosk.link.say(staff(seq))
        assert hub.inbox.take(5) is not None
        hub.link.say(call(seq))
        answer = kiosk.inbox.take(5)
        times.append(time.perf_counter() - began)
        assert isinstance(getattr(answer, "message", None), Call)
    assert sorted(times)[len(times) // 2] < 0.02
