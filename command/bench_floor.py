"""The bare floor: the least that a durable answer over the broker costs, and the bare client that asks it and the real hub alike.

    python -m command.bench_floor hub SPEC       answers whatever is asked
    python -m command.bench_floor client SPEC    asks; a job a line on standard input, its result a line on standard output

It knows paho itself, and nothing of link or hub: what they add is what is measured.
"""

import json
import queue
import socket
import sqlite3
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import paho.mqtt.client as paho
from msgspec import Struct
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

BATCH = 64
TOPIC_LEVELS = "antrean/v1/{hall}/from/{device}/{message}"
JOB_DEADLINE_S = 60.0
AGAIN_AFTER_S = 2.0

TICKET = (
    b'{"request":"%s","ticket":{"id":"%012x-0123456789abcdef","number":"K%03d","service":"kartu-keluarga",'
    b'"visitor":"regular","language":"id","issued_at":"2026-11-25T08:12:00.123456+08:00","ahead":4,"wait_min":null,'
    b'"zone":"a","visit":null,"follow_url":null}}'
)
VIEW = (
    b'{"request":"%s","counter":"loket-1","revision":%d,"state":"called","ticket":{"id":"0123456789ab-0123456789abcdef",'
    b'"number":"K%03d","service":"kartu-keluarga","state":"called"},"waiting":1000,"parked":[]}'
)
"""Answers as long as the real ones."""


class Account(Struct, frozen=True):
    """Who connects, and where."""

    hall: str
    device: str
    password: str
    host: str
    port: int


class HubSpec(Struct, frozen=True):
    """The floor's hub signs in as the hall's own."""

    account: Account
    database: str


class ClientSpec(Struct, frozen=True):
    """`service`: what a kiosk asks numbers for. `watch`: a display's account, by which boards are heard."""

    account: Account
    service: str = ""
    watch: Account | None = None


class Job(Struct, frozen=True):
    """`do`: "issue" asks for numbers, "next" calls the next number (and says that it arrived, unmeasured). `count`: so many,
    or (0) for `seconds`. `outstanding`: so many wait for their answers at once. `pause_s`: before each next.
    `opens`: the counter is opened first. `boards`: what the display hears is waited for too.
    """

    do: str
    count: int = 0
    seconds: float = 0.0
    outstanding: int = 1
    pause_s: float = 0.0
    opens: bool = False
    boards: bool = False


class Result(Struct):
    """`took_s`: from asking to the answer. `ended`: when answers came (monotonic). For next also: when it was pressed
    (Unix time), which number was called, and how long until a board with it was heard.
    """

    took_s: list[float] = []
    ended: list[float] = []
    pressed: list[float] = []
    numbers: list[str] = []
    board_s: list[float] = []
    failed: str = ""


class _Asked(Struct):
    request: str | None


def connect(account: Account, heard: Any, topics: list[str]) -> paho.Client:
    """Connected and subscribed, its thread running. RuntimeError if that does not come about."""
    subscribed = threading.Event()
    client = paho.Client(CallbackAPIVersion.VERSION2, account.device, protocol=MQTTProtocolVersion.MQTTv311)
    client.username_pw_set(account.device, account.password)

    def connected(*_: Any) -> None:
        client.subscribe([(topic, 1) for topic in topics])

    client.on_socket_open = _send_at_once
    client.on_message = heard
    client.on_connect = connected
    client.on_subscribe = lambda *_: subscribed.set()
    client.connect(account.host, account.port, keepalive=10)
    client.loop_start()
    if not subscribed.wait(10):
        raise RuntimeError(f"{account.device} could not subscribe")
    return client


def _send_at_once(_c: Any, _u: Any, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def hub(spec: HubSpec) -> None:
    """The floor: decode, count, one synced commit for what has come in, answer."""
    asked: queue.Queue[paho.MQTTMessage] = queue.Queue()
    database = sqlite3.connect(spec.database, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS facts (sequence INTEGER PRIMARY KEY, body TEXT)")
    decode = msgspec.json.Decoder(_Asked).decode
    root = f"antrean/v1/{spec.account.hall}"
    client = connect(spec.account, lambda _c, _u, message: asked.put(message), [f"{root}/from/+/+"])
    print("floor ready", flush=True)
    count = 0
    while True:
        batch = [asked.get()]
        while len(batch) < BATCH and not asked.empty():
            batch.append(asked.get())
        answers = []
        for message in batch:
            request = decode(message.payload).request or ""
            count += 1
            _, _, _, _, device, what = message.topic.split("/")
            topic, body = ("ticket-issued", TICKET) if what == "ticket-requested" else ("desk-view", VIEW)
            answers.append((f"{root}/to/{device}/{topic}", body % (request.encode(), count, count)))
        database.execute("BEGIN")
        database.executemany("INSERT INTO facts (body) VALUES (?)", [(message.payload,) for message in batch])
        database.execute("COMMIT")
        for topic, body in answers:
            client.publish(topic, body, 1)


class Client:
    """Asks from paho's own thread: the next question leaves in the callback that brought the answer."""

    def __init__(self, spec: ClientSpec) -> None:
        self._spec = spec
        account = spec.account
        self._from = f"antrean/v1/{account.hall}/from/{account.device}/"
        to = f"antrean/v1/{account.hall}/to/{account.device}/"
        self._boards: dict[str, float] = {}
        self._asked: dict[str, float] = {}
        self._sent = 0
        self._job = Job("issue")
        self._until = 0.0
        self._left = 0
        self._in_hand = False
        self._answer = (0.0, b"")
        self._result = Result()
        self._done = threading.Event()
        self._request = b""
        self._decode = msgspec.json.Decoder(_Asked).decode
        self._client = connect(
            account, self._heard, [to + "ticket-issued", to + "refused", *([] if spec.service else [to + "desk-view"])]
        )
        if spec.watch is not None:
            connect(spec.watch, self._heard_board, [f"antrean/v1/{account.hall}/all/board"])

    def work(self, job: Job) -> Result:
        """One job, to its end or its deadline."""
        self._job, self._result = job, Result()
        self._asked.clear()
        self._boards.clear()
        self._left = job.count
        self._until = time.monotonic() + job.seconds
        self._done.clear()
        expires = datetime.now(UTC) + timedelta(minutes=30)
        # What changes from one request to the next stands first; the rest of the body is made once.
        self._request = (
            f'","service":"{self._spec.service}","visitor":"regular","needs":[],"language":"id","visit":null,'
            f'"expires_at":"{expires.isoformat()}","offline":null}}'
        ).encode()
        if job.do == "next":
            self._call_one_after_the_other(job)
            return self._result
        for _ in range(job.outstanding):
            self._ask()
        deadline = time.monotonic() + JOB_DEADLINE_S + job.seconds
        while not self._done.wait(AGAIN_AFTER_S):
            # As a kiosk does: a hub that has just come up may not have heard it.
            late = time.monotonic() - AGAIN_AFTER_S
            for request, asked in list(self._asked.items()):
                if asked < late:
                    self._client.publish(self._from + "ticket-requested", self._body_of(request), 1)
            if time.monotonic() > deadline:
                self._result.failed = f"no answer to {len(self._asked)} of {self._sent} requests"
                break
        return self._result

    # --- numbers ---

    def _ask(self) -> None:
        self._sent += 1
        request = f"{self._spec.account.device}-{self._job.outstanding}-{time.time_ns():x}-{self._sent}"
        self._asked[request] = time.monotonic()
        self._client.publish(self._from + "ticket-requested", self._body_of(request), 1)

    def _body_of(self, request: str) -> bytes:
        return b'{"request":"' + request.encode() + self._request

    def _heard(self, _c: Any, _u: Any, message: paho.MQTTMessage) -> None:
        now = time.monotonic()
        request = self._decode(message.payload).request
        asked = None if request is None else self._asked.pop(request, None)
        if asked is None:
            return
        if message.topic.endswith("/refused"):
            self._result.failed = message.payload.decode()
            self._done.set()
            return
        if self._job.do == "next":
            self._answer = (now - asked, bytes(message.payload))
            self._done.set()
            return
        self._result.took_s.append(now - asked)
        self._result.ended.append(now)
        self._left -= 1
        more = now < self._until if not self._job.count else self._left >= self._job.outstanding
        if more:
            self._ask()
        elif not self._asked:
            self._done.set()

    # --- calls ---

    def _call_one_after_the_other(self, job: Job) -> None:
        if job.opens:
            self._act("open")
            self._in_hand = False
        for _ in range(job.count):
            if self._in_hand:
                self._act("arrive")
            if job.pause_s:
                time.sleep(job.pause_s)
            pressed = time.time()
            began = time.monotonic()
            took_s, body = self._act("next")
            if self._result.failed:
                return
            self._in_hand = True
            number = json.loads(body)["ticket"]["number"]
            self._result.took_s.append(took_s)
            self._result.pressed.append(pressed)
            self._result.numbers.append(number)
            if job.boards:
                until = time.monotonic() + 5
                while number not in self._boards and time.monotonic() < until:
                    time.sleep(0.0005)
                self._result.board_s.append(self._boards.get(number, until) - began)

    def _act(self, action: str) -> tuple[float, bytes]:
        self._sent += 1
        request = f"{action}-{time.time_ns():x}-{self._sent}"
        self._done.clear()
        self._answer = (0.0, b"")
        self._asked[request] = time.monotonic()
        self._client.publish(self._from + "desk-action", f'{{"request":"{request}","action":"{action}"}}', 1)
        if not self._done.wait(10):
            self._result.failed = f"no answer to {action}"
        return self._answer

    def _heard_board(self, _c: Any, _u: Any, message: paho.MQTTMessage) -> None:
        now = time.monotonic()
        for counter in json.loads(message.payload)["counters"]:
            if counter.get("number"):
                self._boards.setdefault(counter["number"], now)


def main(words: list[str]) -> int:
    """`hub SPEC` or `client SPEC`, the spec as JSON."""
    if words[0] == "hub":
        hub(msgspec.json.decode(words[1], type=HubSpec))
    client = Client(msgspec.json.decode(words[1], type=ClientSpec))
    print("client ready", flush=True)
    for line in sys.stdin:
        result = client.work(msgspec.json.decode(line, type=Job))
        print(msgspec.json.encode(result).decode(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
