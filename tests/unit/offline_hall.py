"""A hall whose kiosk gives numbers of its own: what it is lent, and what it brings."""

from datetime import timedelta
from typing import Any

from contract.devices import DeviceStatus
from contract.names import DeviceId, Number
from contract.tickets import Offline, OfflineNumbers
from hub.register import RegisteredDevice
from tests.unit.hub_hall import FAMILY_CARD, REGISTER, TestDevice, World

KIOSK_2 = DeviceId("kiosk-2")
TWO = {**REGISTER, KIOSK_2: RegisteredDevice(KIOSK_2, "kiosk")}


def here(world: World, installation: str = "one", device: TestDevice | None = None, boot: int = 1, **more: Any) -> None:
    state = more.pop("state", "online")
    world.broker.settle()
    (device or world.kiosk).say(DeviceStatus(state, "kiosk", boot, installation, "1"))
    world.run()


def lent(world: World) -> OfflineNumbers:
    numbers: OfflineNumbers = world.kiosk.last(OfflineNumbers)
    return numbers


def hall(**more: Any) -> World:
    """A hall whose kiosk was lent numbers."""
    world = World(**more)
    here(world)
    return world


def brought(world: World, number: str, wanted=FAMILY_CARD, request: str | None = None, **more: Any) -> Any:
    """The kiosk brings a number that it gave by itself; what the hub says to it."""
    offline = Offline(
        number=Number(number),
        block=more.pop("block", None) or lent(world).block,
        issued_at=more.pop("issued_at", world.now),
        clock=more.pop("clock", "hub"),
        instead_of=more.pop("instead_of", None),
    )
    more.setdefault("expires_at", offline.issued_at + timedelta(seconds=8))
    return world.ask(wanted, request, offline=offline, **more)


def facts(world: World, kind: type[Any]) -> list[Any]:
    return [fact for fact in world.journal.facts if isinstance(fact, kind)]


def waiting(world: World, service=FAMILY_CARD) -> list[str]:
    return [world.hub.state.tickets[place[2]].number for place in world.hub.state.waiting.get(service, [])]
