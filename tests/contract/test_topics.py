"""Who hears what: state by exact topic, each device only what is its own, the hub all that devices say."""

import pytest

from contract.catalogue import CATALOGUE, EVERY_DEVICE, Party
from contract.codec import read_topic
from contract.names import AgencyId, CounterId, DeviceId, HallId
from link.topics import topics_of

HALL, DEVICE = HallId("mpp"), DeviceId("thing-1")
AGENCIES, COUNTER = (AgencyId("imigrasi"), AgencyId("capil")), CounterId("loket-3")


def test_the_hub_hears_all_that_devices_say_by_one_filter():
    assert topics_of("hub", HALL, DeviceId("hub")) == ("antrean/v1/mpp/from/+/+",)


@pytest.mark.parametrize("role", EVERY_DEVICE)
def test_a_device_hears_exactly_what_the_catalogue_gives_its_role(role: Party):
    topics = topics_of(role, HALL, DEVICE, AGENCIES, COUNTER)
    addresses = [read_topic(topic) for topic in topics]
    assert {address.entry.topic for address in addresses} == {e.topic for e in CATALOGUE if role in e.heard_by}
    assert {address.device for address in addresses} <= {None, DEVICE}
    assert len(set(topics)) == len(topics)


def test_a_display_hears_the_hall_its_agencies_and_calls():
    assert topics_of("display", HALL, DEVICE, AGENCIES) == (
        "antrean/v1/mpp/all/hub",
        "antrean/v1/mpp/all/hall",
        "antrean/v1/mpp/all/agency/imigrasi",
        "antrean/v1/mpp/all/agency/capil",
        "antrean/v1/mpp/all/queues/imigrasi",
        "antrean/v1/mpp/all/queues/capil",
        "antrean/v1/mpp/all/board",
        "antrean/v1/mpp/all/call",
        "antrean/v1/mpp/all/notice",
        "antrean/v1/mpp/to/thing-1/refused",
        "antrean/v1/mpp/to/thing-1/config",
        "antrean/v1/mpp/to/thing-1/command",
    )


def test_before_the_agencies_are_known_a_kiosk_hears_the_hall():
    topics = topics_of("kiosk", HALL, DEVICE)
    assert "antrean/v1/mpp/all/hall" in topics
    assert not any("/agency/" in topic or "/queues/" in topic for topic in topics)
