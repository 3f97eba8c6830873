"""Blocks of numbers that kiosks may give by themselves while the hub is away: who is lent which. Decides; changes nothing.

A block belongs to one installation of one kiosk and to one hall day, and is one range for every prefix of the hall. All
blocks of a day lie side by side from the hall's own `offline_first` on; the hub's own numbers step over what was lent. So no number can come
from two sources, whatever is lost on the way. Limits: MOST_A_DAY blocks a kiosk and day, MOST_PREFIXES prefixes a block,
blocks of the last KEPT_DAYS hall days are remembered.
"""

from collections.abc import Mapping
from datetime import datetime
from math import inf

from contract.names import DeviceId, Number
from contract.numbering import parts_of
from contract.tickets import NumberBlock, OfflineNumbers
from hub.domain.book import HallBook
from hub.domain.facts import BlockLent, BlockRetired, Fact
from hub.domain.hall_state import HallState
from hub.domain.things import Block, UsedNumber

MOST_A_DAY = 10
"""Blocks that one kiosk is lent in a day at most: two machines of one name that throw each other out must not use up all numbers."""
MOST_PREFIXES = 400
"""What fits into one message of 16 KiB, at 36 bytes a prefix; a hall with more lends numbers of its first 400."""
KEPT_DAYS = 14
"""Hall days whose blocks are remembered: a kiosk that was away for longer brings numbers that nobody knows any more."""


def next_count(state: HallState, prefix: str) -> int:
    """What the hub itself gives next of a prefix: the one after the last, behind whatever was lent of it today."""
    count = state.last_count.get(prefix, 0) + 1
    lent = [(block.first, block.last) for block in _today(state) if prefix in block.prefixes]
    for first, last in sorted(lent):
        if first <= count <= last:
            count = last + 1
    return count


def block_of(state: HallState, device: DeviceId) -> Block | None:
    """Today's block from which a kiosk is to give numbers; None while it has none."""
    own = [block for block in _today(state) if block.device == device and block.retired_at is None]
    return own[-1] if own else None


def offline_numbers(state: HallState, device: DeviceId) -> OfflineNumbers | None:
    """The same, as it is said."""
    block = block_of(state, device)
    if block is None:
        return None
    span = NumberBlock(block.first, block.last)
    return OfflineNumbers(block.day.isoformat(), block.name, block.installation, dict.fromkeys(block.prefixes, span))


def due(state: HallState, book: HallBook, kiosks: Mapping[DeviceId, str | None], at: datetime) -> tuple[Fact, ...]:
    """What must be lent and retired now. `kiosks`: those of the register, each with the installation that it said it is.

    None: it has said nothing since this hub started; then it is taken for the one that it was last.
    """
    facts: list[Fact] = [
        BlockRetired(at=at, block=block.name, why="removed")
        for block in _today(state)
        if block.device not in kiosks and block.retired_at is None
    ]
    if state.day is None or not state.day_open:
        return tuple(facts)
    prefixes = _prefixes(book)
    first = _first_free(state, book)
    for device in sorted(kiosks):
        block = block_of(state, device)
        installation = kiosks[device] or _last_installation(state, device)
        if block is not None and block.installation != installation:
            facts.append(BlockRetired(at=at, block=block.name, why="new-installation"))
            block = None
        if (
            installation is None
            or not book.offline_size
            or not prefixes
            or (block and _suffices(state, block, prefixes))
        ):
            continue
        lent = sum(one.device == device for one in _today(state))
        if lent >= MOST_A_DAY:
            continue
        name = f"{state.day.isoformat()}/{device}/{lent + 1}"
        last = first + book.offline_size - 1
        facts.append(BlockLent(at, name, device, installation, state.day, first, last, prefixes))
        first = last + 1
    return tuple(facts)


def kept(state: HallState) -> tuple[tuple[Block, ...], tuple[UsedNumber, ...]]:
    """What goes on into the next day: the blocks of the last days, and what came in of them."""
    days = sorted({block.day for block in state.blocks.values()})[-KEPT_DAYS:]
    blocks = tuple(block for block in state.blocks.values() if block.day in days)
    names = {block.name for block in blocks}
    return blocks, tuple(used for used in state.used.values() if used.block in names)


def _today(state: HallState) -> list[Block]:
    return [block for block in state.blocks.values() if block.day == state.day]


def _prefixes(book: HallBook) -> tuple[str, ...]:
    found = dict.fromkeys(service.prefix for service in book.services.values())
    return tuple(found)[:MOST_PREFIXES]


def _first_free(state: HallState, book: HallBook) -> int:
    """Above everything that was lent or given today."""
    lent = max((block.last for block in _today(state)), default=0)
    return max(book.offline_first, lent + 1, max(state.last_count.values(), default=0) + 1)


def _last_installation(state: HallState, device: DeviceId) -> str | None:
    blocks = [block for block in state.blocks.values() if block.device == device]
    return blocks[-1].installation if blocks else None


def _suffices(state: HallState, block: Block, prefixes: tuple[str, ...]) -> bool:
    """Whether there is a number of every prefix in it, and half of each is left as far as the hub has heard."""
    if not set(prefixes) <= set(block.prefixes):
        return False
    used: dict[str, int] = {}
    for name, number in state.used:
        if name == block.name:
            prefix, _ = _parts(number, block)
            used[prefix] = used.get(prefix, 0) + 1
    return max(used.values(), default=-inf) <= (block.last - block.first + 1) / 2


def _parts(number: Number, block: Block) -> tuple[str, int]:
    return parts_of(number, block.prefixes)
