"""Whatever comes in, only BrokenMessage may come out: for any topic, any body, and any small change of a good one."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contract.catalogue import CATALOGUE, ROOT, Entry
from contract.codec import BrokenMessage, decode, encode, read_topic
from contract.names import HallId
from link.hearing import hear
from link.link import Broken, Heard
from tests.contract.goldens import ENTRIES, HALL, file_of, topic_of_golden

entries = st.sampled_from(CATALOGUE)
levels = st.sampled_from(
    ["antrean", "v1", HALL, "all", "from", "to", "kiosk-1", "agency", *ENTRIES, "+", "#", "", "Ä", "x" * 41]
)
topics = st.one_of(
    st.text(),
    st.lists(levels, max_size=8).map("/".join),
    st.lists(levels, max_size=4).map(lambda tail: "/".join([ROOT, HALL, *tail])),
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["online", "", "K001", "24:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(topics)
@settings(max_examples=300)
def test_any_topic_is_read_or_broken(topic: str):
    try:
        address = read_topic(topic)
    except BrokenMessage:
        return
    assert topic.startswith(f"{ROOT}/{address.hall}/{address.entry.branch}/")


@given(entries, st.binary(max_size=300) | values.map(lambda value: json.dumps(value).encode()))
@settings(max_examples=300)
def test_any_body_is_heard_or_broken(entry: Entry, body: bytes):
    judged(entry, body)


@given(entries.filter(lambda entry: file_of(entry).suffix == ".json"), st.data())
@settings(max_examples=500)
def test_a_good_body_with_one_thing_changed_is_heard_or_broken(entry: Entry, data: st.DataObject):
    body: Any = json.loads(file_of(entry).read_bytes())
    place = body
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not (isinstance(inner, dict | list) and inner) or data.draw(st.booleans()):
            place[key] = data.draw(values)
            break
        place = inner
    judged(entry, json.dumps(body).encode())


@given(entries, st.data())
def test_a_good_body_with_one_byte_changed_is_heard_or_broken(entry: Entry, data: st.DataObject):
    body = bytearray(file_of(entry).read_bytes())
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    judged(entry, bytes(body))


def judged(entry: Entry, body: bytes) -> None:
    """What is heard can be said again and is then heard the same."""
    topic = topic_of_golden(entry)
    match hear(HALL, topic, body, retained=False):
        case Heard(message=message):
            again = decode(read_topic(topic), encode(message))
            assert encode(again) == encode(message)
        case Broken() as broken:
            assert broken.topic == topic
            assert broken.device == read_topic(topic).device


def test_another_halls_message_is_broken_here():
    entry = ENTRIES["board"]
    judged_there = hear(HallId("other"), topic_of_golden(entry), file_of(entry).read_bytes(), retained=True)
    assert judged_there == Broken(topic_of_golden(entry), "another hall's topic", None, None)
