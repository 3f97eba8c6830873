"""The goldens: every message of the catalogue once, as it stands on the wire, under the topic it travels by.

A golden is the contract made visible; it is changed by hand and never made by the code that it checks.
"""

from pathlib import Path

from contract.catalogue import CATALOGUE, Entry
from contract.codec import topic_for
from contract.names import DeviceId, HallId

FOLDER = Path(__file__).parent / "golden"
HALL = HallId("mpp-kukar")
DEVICE_OF = {"display": DeviceId("display-1"), "counter": DeviceId("pad-3"), "kiosk": DeviceId("kiosk-1")}


def name_of(entry: Entry) -> str:
    """The level that names the message: ticket-requested, agency, board."""
    levels = [level for level in entry.topic.split("/") if not level.startswith("{")]
    return levels[-1]


def file_of(entry: Entry) -> Path:
    """A sign's text alone is no JSON."""
    return FOLDER / f"{name_of(entry)}{'.txt' if name_of(entry) == 'led' else '.json'}"


def topic_of_golden(entry: Entry) -> str:
    """The topic that the golden's body travels by."""
    party = (entry.said_by if entry.branch == "from" else entry.heard_by)[0]
    part = "imigrasi" if "{agency}" in entry.topic else "loket-3"
    return topic_for(HALL, entry, DEVICE_OF.get(party, DeviceId("kiosk-1")), part)


ENTRIES = {name_of(entry): entry for entry in CATALOGUE}
