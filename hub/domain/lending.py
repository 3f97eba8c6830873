"""Blocks of numbers that kiosks may give by themselves while the hub is away: who is lent which. Decides; changes nothing.

A block belongs to one installation of one kiosk and to one hall day, and is one range for every prefix of the hall. All
blocks of a day lie side by side from the hall's own `offline_first` on; the hub's own numbers step over what was lent. So no number can come
from two sources, whatever is lost on the way. Once a day has closed the blocks of the next day with opening hours are lent: whatever
happens to the hub in the night, its kiosks have numbers in the morning. Limits: MOST_A_DAY blocks a kiosk and day, MOST_PREFIXES prefixes a block,
blocks of the last KEPT_DAYS hall days are remembered.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from math import inf

from contract.names import DeviceId, Number
from contract.numbering import hall_day, moment_of, parts_of
from contract.opening import has_session
from contract.tickets import NumberBlock, OfflineNumbers
from hub.domain.book import HallBook
from hub.domain.facts import BlockLent, BlockRetired, Fact
from hub.domain.hall_state import HallState
from hub.domain.things import Block, UsedNumber

MOST_A_DAY = 10
"""Blocks that one kiosk is lent in a day at most: two machines of one name that throw each other out must not use up all numbers."""
MOST_PREFIXES = 400
"""What fits into one message of 16 KiB, at 36 bytes a prefix; a hall with more lends numbers of its first 400."""
AHEAD_DAYS = 14
"""So far ahead the next day with opening hours is looked for; without one the next date is lent for."""
KEPT_DAYS = 14
"""Hall days whose blocks are remembered: a kiosk that was away for longer brings numbers that nobody knows any more."""


def next_count(state: HallState, prefix: str) -> int:
    """What the hub itself gives next of a prefix: the one after the last, behind whatever was lent of it today."""
    count = state.last_count.get(prefix, 0) + 1
    lent = [(block.first, block.last) for block in _of(state, state.day) if prefix in block.prefixes]
    for first, last in sorted(lent):
        if first <= count <= last:
            count = last + 1
    return count


def block_of(state: HallState, device: DeviceId) -> Block | None:
    """The block from which a kiosk is to give numbers: today's, once the day has closed the next day's; None without one."""
    days = {block.day for block in state.blocks.values() if state.day is not None and block.day > state.day}
    return _own(state, device, state.day if state.day_open or not days else max(days)) or _own(state, device, state.day)


def offline_numbers(state: HallState, device: DeviceId) -> OfflineNumbers | None:
    """The same, as it is said."""
    block = block_of(state, device)
    if block is None:
        return None
    span = NumberBlock(block.first, block.last)
    return OfflineNumbers(block.day.isoformat(), block.name, block.installation, dict.fromkeys(block.prefixes, span))


def due(
    state: HallState,
    book: HallBook,
    kiosks: Mapping[DeviceId, str | None],
    at: datetime,
    new_part: Callable[[], str],
) -> tuple[Fact, ...]:
    """What must be lent and retired now. `kiosks`: those of the register, each with the installation that it said it is.

    None: it has said nothing since this hub started; then it is taken for the one that it was last. `new_part`: what a
    block's name ends with, so that a hub whose journal was set back gives no name twice that a kiosk knows; 8 letters.
    """
    if state.day is None:
        return ()
    facts: list[Fact] = [
        BlockRetired(at=at, block=block.name, why="removed")
        for block in state.blocks.values()
        if block.day >= state.day and block.device not in kiosks and block.retired_at is None
    ]
    day = state.day if state.day_open else next_day(book, state.day, at)
    prefixes = _prefixes(book)
    first = _first_free(state, book, day)
    for device in sorted(kiosks):
        block = _own(state, device, day)
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
        lent = sum(one.device == device for one in _of(state, day))
        if lent >= MOST_A_DAY:
            continue
        name = f"{day.isoformat()}/{device}/{lent + 1}/{new_part()}"
        last = first + book.offline_size - 1
        facts.append(BlockLent(at, name, device, installation, day, first, last, prefixes))
        first = last + 1
    return tuple(facts)


def next_day(book: HallBook, day: date, at: datetime) -> date:
    """The hall day that comes after `day`, which has closed, as seen at `at`: the first on which a service has a session.

    A weekend without opening hours is passed over: a hub that is switched off on Friday may be missed on Monday.
    """
    coming = max(day + timedelta(days=1), hall_day(at, book.zone))
    if at >= moment_of(coming, book.hall.day_closes, book.zone):
        coming += timedelta(days=1)
    openings = [service.opening for service in book.services.values()]
    dates = (coming + timedelta(days=ahead) for ahead in range(AHEAD_DAYS))
    return next((one for one in dates if any(has_session(opening, one) for opening in openings)), coming)


def kept(state: HallState) -> tuple[tuple[Block, ...], tuple[UsedNumber, ...]]:
    """What goes on into the next day: the blocks of the last days, and what came in of them."""
    days = sorted({block.day for block in state.blocks.values()})[-KEPT_DAYS:]
    blocks = tuple(block for block in state.blocks.values() if block.day in days)
    names = {block.name for block in blocks}
    return blocks, tuple(used for used in state.used.values() if used.block in names)


def _of(state: HallState, day: date | None) -> list[Block]:
    return [block for block in state.blocks.values() if block.day == day]


def _own(state: HallState, device: DeviceId, day: date | None) -> Block | None:
    own = [block for block in _of(state, day) if block.device == device and block.retired_at is None]
    return own[-1] if own else None


def _prefixes(book: HallBook) -> tuple[str, ...]:
    found = dict.fromkeys(service.prefix for service in book.services.values())
    return tuple(found)[:MOST_PREFIXES]


def _first_free(state: HallState, book: HallBook, day: date) -> int:
    """Above everything that was lent for that day, or given on it."""
    lent = max((block.last for block in _of(state, day)), default=0)
    given = max(state.last_count.values(), default=0) if day == state.day else 0
    return max(book.offline_first, lent + 1, given + 1)


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
