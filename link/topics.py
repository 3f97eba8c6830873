"""Which topics a party hears, computed from the catalogue. Pure.

State is heard by exact topic, because some brokers give no retained state by wildcard; only the hub, which cannot
know all devices, hears one filter (docs/decisions/010).
"""

from collections.abc import Sequence
from functools import lru_cache

from contract.catalogue import CATALOGUE, ROOT, Entry, Party
from contract.codec import topic_for
from contract.names import AgencyId, CounterId, DeviceId, HallId


def topics_of(
    role: Party,
    hall: HallId,
    device: DeviceId,
    agencies: Sequence[AgencyId] = (),
    counter: CounterId | None = None,
) -> tuple[str, ...]:
    """What `device` subscribes to. `agencies`: those it shows (known from `all/hall`); `counter`: a sign's own.

    In the catalogue's order, so that a device knows the hall before its queues. Before the agencies are known the
    agencies' topics are simply not among them.
    """
    if role == "hub":
        return (f"{ROOT}/{hall}/from/+/+",)
    heard = [entry for entry in CATALOGUE if role in entry.heard_by]
    return tuple(topic for entry in heard for topic in _filled(entry, hall, device, agencies, counter))


def _filled(
    entry: Entry, hall: HallId, device: DeviceId, agencies: Sequence[AgencyId], counter: CounterId | None
) -> list[str]:
    if "{agency}" in entry.topic:
        return [topic_for(hall, entry, part=agency) for agency in agencies]
    if "{counter}" in entry.topic:
        return [topic_for(hall, entry, part=counter)] if counter else []
    return [topic_for(hall, entry, device)]


@lru_cache(maxsize=10_000)
def matches(topic_filter: str, topic: str) -> bool:
    """MQTT's own rule: `+` stands for one level, `#` at the end for all that follow."""
    wanted, levels = topic_filter.split("/"), topic.split("/")
    if wanted[-1] == "#":
        wanted, levels = wanted[:-1], levels[: len(wanted) - 1]
    return len(wanted) == len(levels) and all(want in ("+", level) for want, level in zip(wanted, levels, strict=True))
