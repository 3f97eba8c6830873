"""The link over a real broker, by paho-mqtt: the only file that knows paho.

One thread of its own keeps the link up. Each connection is a paho client of its own that lives as long as its
connection: so a reconnect can change the protocol, and nothing that was said before a loss is said again behind
newer state. What was said and not acknowledged is said again first, but for state, which the owner says anew.

It must never decide what a message means, and no exception may escape a callback: paho's thread would die of it
while the client still claims to be connected.
"""

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from contract.catalogue import Message
from contract.names import DeviceId
from link.hearing import Echoes, Outgoing, hear, topics_checked, will_of
from link.inbox import Inbox
from link.link import Broken, Connected, Disconnected, Heard, LinkEvent, LinkSettings
from link.settings import client_id_of
from link.trust import is_loopback, trusting

logger = logging.getLogger(__name__)
_paho_logger = logging.getLogger("link.paho")
# paho calls every lost connection an error; we say it ourselves, as Disconnected. What escaped a callback is one.
_paho_logger.addFilter(lambda record: record.levelno < logging.ERROR or "exception" in str(record.msg))

KEEPALIVE_S = 10
CONNECT_TIMEOUT_S = 5.0
QUEUE_LIMIT = 5000
"""Messages said and not yet acknowledged; at the limit `say` answers False."""
SHORTEST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
SETTLED_AFTER_S = 5.0
"""A connection that held this long was a good one: the pauses begin from the shortest again."""
CLOSE_WITHIN_S = 1.0

_NAMES = {MQTTProtocolVersion.MQTTv5: "MQTT 5", MQTTProtocolVersion.MQTTv311: "MQTT 3.1.1"}
_NEWEST = {"5": MQTTProtocolVersion.MQTTv5, "3.1.1": MQTTProtocolVersion.MQTTv311}
_UNSUPPORTED_PROTOCOL = "Unsupported protocol version"


class PahoLink:
    """A Link over MQTT 5, or 3.1.1 where the broker takes no other (or the settings say so).

    Raises ValueError for settings that would send the password in the clear over a network, OSError for a CA file
    that cannot be used.
    """

    def __init__(self, settings: LinkSettings, inbox: Inbox[LinkEvent], will: Message | None) -> None:
        if not settings.tls and not is_loopback(settings.host):
            raise ValueError(f"{settings.host} is not this machine: a link to it needs TLS")
        self._settings = settings
        self._inbox = inbox
        self._will = None if will is None else will_of(settings, will)
        self._tls = trusting(settings.ca) if settings.tls else None
        self._topics: tuple[str, ...] = ()
        self._attempt: _Connection | None = None
        self._connection: _Connection | None = None
        """The attempt that came up."""
        self._unacknowledged: list[MQTTMessage] = []
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep_up, name=f"link-{settings.device}", daemon=True)
        self._told: str | None = None

    def open(self) -> None:
        self._thread.start()

    def subscribe(self, topics: Sequence[str]) -> None:
        wanted = topics_checked(self._settings, topics)
        with self._lock:
            gone = [topic for topic in self._topics if topic not in wanted]
            self._topics = wanted
            if self._connection is not None:
                self._connection.change_topics(gone, self._topics)

    def say(self, message: Message, to: DeviceId | None = None) -> bool:
        outgoing = Outgoing(self._settings, message, to)
        if outgoing.too_large:
            logger.error("message-too-large topic=%s bytes=%d", outgoing.topic, len(outgoing.body))
            return False
        with self._lock:
            connection = self._connection
        return connection is not None and connection.say(outgoing)

    def close(self, last: Message | None = None) -> None:
        deadline = time.monotonic() + CLOSE_WITHIN_S
        self._closing.set()
        with self._lock:
            attempt, up = self._attempt, self._connection is not None
            self._connection = None
        if attempt is not None:
            farewell = Outgoing(self._settings, last) if last is not None and up else None
            attempt.close(farewell, CLOSE_WITHIN_S / 2)
        if self._thread.is_alive():
            self._thread.join(max(0.0, deadline - time.monotonic()))

    # --- the link's own thread ---

    def _keep_up(self) -> None:
        newest = _NEWEST[self._settings.mqtt]
        protocol = newest
        pause_s = SHORTEST_PAUSE_S
        while not self._closing.is_set():
            connection = _Connection(
                self._settings, protocol, self._tls, self._will, came_up=self._came_up, take=self._take
            )
            with self._lock:
                self._attempt = connection
            held_s = connection.live(self._closing)
            try_older = protocol is MQTTProtocolVersion.MQTTv5 and connection.wants_older_protocol
            self._went_down(connection, tell=not try_older)
            if try_older:
                protocol = MQTTProtocolVersion.MQTTv311
                continue
            # A broker that speaks only 3.1.1 may be replaced by a newer one: each new attempt begins with the newest.
            protocol = newest
            if held_s >= SETTLED_AFTER_S:
                pause_s = SHORTEST_PAUSE_S
            self._closing.wait(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def _came_up(self, connection: "_Connection") -> None:
        """In paho's thread. Subscriptions and what was not acknowledged go out before the owner can say anything."""
        with self._lock:
            if self._closing.is_set():
                connection.close(None, 0)
                return
            connection.change_topics((), self._topics)
            connection.say_again(self._unacknowledged)
            self._unacknowledged = []
            self._connection = connection
        self._told = None
        broker = f"{self._settings.host}:{self._settings.port}"
        self._inbox.put(Connected(broker, _NAMES[connection.protocol]), urgent=True)

    def _take(self, event: Heard | Broken) -> None:
        """In paho's thread."""
        self._inbox.put(event)

    def _went_down(self, connection: "_Connection", *, tell: bool) -> None:
        with self._lock:
            self._connection = None
            self._unacknowledged = (self._unacknowledged + connection.unacknowledged())[-QUEUE_LIMIT:]
        if tell and not self._closing.is_set() and connection.why != self._told:
            self._told = connection.why
            self._inbox.put(Disconnected(connection.why), urgent=True)


class _Connection:
    """One paho client for one connection: made, lived, and thrown away."""

    def __init__(
        self,
        settings: LinkSettings,
        protocol: MQTTProtocolVersion,
        tls: ssl.SSLContext | None,
        will: Outgoing | None,
        *,
        came_up: "Callable[[_Connection], None]",
        take: Callable[[Heard | Broken], None],
    ) -> None:
        self.protocol = protocol
        self.wants_older_protocol = False
        self.why = "not connected yet"
        self._settings = settings
        self._came_up = came_up
        self._take = take
        self._up_since: float | None = None
        self._ended = threading.Event()
        self._topics: tuple[str, ...] = ()
        self._echoes = Echoes()
        self._asked_again: set[int] = set()
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=client_id_of(settings),
            protocol=protocol,
            clean_session=True if protocol is MQTTProtocolVersion.MQTTv311 else None,
            reconnect_on_failure=False,
        )
        client.max_queued_messages_set(QUEUE_LIMIT)
        client.connect_timeout = CONNECT_TIMEOUT_S
        client.username_pw_set(settings.device, settings.password)
        if tls is not None:
            client.tls_set_context(tls)
        if will is not None:
            client.will_set(will.topic, will.body, will.qos, will.retained)
        client.suppress_exceptions = True  # paho logs what escapes a callback instead of dying of it
        client.enable_logger(_paho_logger)
        client.on_socket_open = _send_at_once
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.on_publish = _acknowledge_at_once
        client.on_subscribe = self._on_subscribe
        self._client = client

    def live(self, closing: threading.Event) -> float:
        """Connect and stay until the connection ends; how many seconds it was up."""
        try:
            # A session is always a clean one: 5 says so here (for a client's first connection, and each has only one),
            # 3.1.1 when the client is made.
            self._client.connect(self._settings.host, self._settings.port, KEEPALIVE_S)
        except (OSError, ValueError) as error:
            self.why = f"cannot be reached: {error}"
            return 0.0
        if closing.is_set():
            self._client.disconnect()
        self._client.loop_start()
        thread = self._client._thread  # noqa: SLF001 - paho tells in no other way whether its thread still lives
        while not self._ended.wait(1.0):
            if thread is None or not thread.is_alive():
                self.why = "the broker sent what is no MQTT"
                break
        return 0.0 if self._up_since is None else time.monotonic() - self._up_since

    def say(self, outgoing: Outgoing) -> bool:
        properties = None
        if outgoing.expiry_s is not None and self.protocol is MQTTProtocolVersion.MQTTv5:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call] # paho has not typed it
            properties.MessageExpiryInterval = outgoing.expiry_s
        info = self._client.publish(outgoing.topic, outgoing.body, outgoing.qos, outgoing.retained, properties)
        return info.rc == MQTTErrorCode.MQTT_ERR_SUCCESS

    def say_again(self, messages: Sequence[MQTTMessage]) -> None:
        for message in messages:
            self._client.publish(message.topic, message.payload, message.qos)

    def unacknowledged(self) -> list[MQTTMessage]:
        """What was said on this connection and may not have arrived, without state. Empties the client."""
        return [message for message in self._client.drop_out_messages() if not message.retain]

    def change_topics(self, gone: Sequence[str], topics: Sequence[str]) -> None:
        if gone:
            self._client.unsubscribe(list(gone))
        self._topics = tuple(topics)
        self._echoes.forget(gone, topics)
        self._ask()

    def _ask(self) -> int | None:
        """The number of the request; None where there is nothing to ask for."""
        return self._client.subscribe([(topic, 1) for topic in self._topics])[1] if self._topics else None

    def close(self, last: Outgoing | None, timeout_s: float) -> None:
        if last is not None:
            info = self._client.publish(last.topic, last.body, last.qos, last.retained)
            if info.rc == MQTTErrorCode.MQTT_ERR_SUCCESS:
                info.wait_for_publish(timeout_s)
        self._client.disconnect()

    # --- paho's callbacks, in paho's thread ---

    def _on_connect(self, _: Client, __: Any, ___: ConnectFlags, reason: ReasonCode, ____: Properties | None) -> None:
        if reason.is_failure:
            self.why = f"the broker refused: {reason}"
            self.wants_older_protocol = str(reason) == _UNSUPPORTED_PROTOCOL
            return
        self._up_since = time.monotonic()
        self._came_up(self)

    def _on_disconnect(
        self, _: Client, __: Any, ___: DisconnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        if self._up_since is not None:
            self.why = f"connection lost: {reason}"
        elif not self.why.startswith("the broker refused"):
            # Old brokers close the door on an MQTT 5 greeting without a word.
            self.why = "the broker closed the connection without an answer"
            self.wants_older_protocol = True
        self._ended.set()

    def _on_message(self, client: Client, _: Any, message: MQTTMessage) -> None:
        _acknowledge_at_once(client)
        try:
            topic = message.topic
        except UnicodeDecodeError:
            self._take(Broken("", "a topic that is no UTF-8", None, None))
            return
        body = bytes(message.payload)
        if not self._echoes.is_echo(topic, body, message.retain):
            self._take(hear(self._settings.hall, topic, body, message.retain))

    def _on_subscribe(self, _: Client, __: Any, number: int, reasons: list[ReasonCode], ____: Any) -> None:
        if number in self._asked_again:
            self._asked_again.remove(number)
            return
        if self.protocol is MQTTProtocolVersion.MQTTv311 and (again := self._ask()) is not None:
            # nats looks for what is kept before it begins to deliver: what is said in between would never be heard.
            self._asked_again.add(again)
        refused = sum(reason.is_failure for reason in reasons)
        if refused:
            logger.warning("subscription-refused device=%s topics=%d", self._settings.device, refused)


def _send_at_once(_: Client, __: Any, sock: Any) -> None:
    """Without this a small message waits for the acknowledgement of the one before: 44 ms a side."""
    if isinstance(sock, socket.socket):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _acknowledge_at_once(client: Client, *_: Any) -> None:
    """Against brokers that do wait: Linux forgets this after each packet, so it is set again."""
    sock = client.socket()
    if isinstance(sock, socket.socket) and hasattr(socket, "TCP_QUICKACK"):
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        except OSError:
            return  # the connection is going; paho will say so itself
