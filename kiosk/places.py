"""Where the visitor stands: the last of the trail is shown, Back goes to the one before. Pure data."""

from typing import Literal

from msgspec import Struct

from contract.names import AgencyId, ErrandId, Number, ServiceId, Text
from contract.tickets import NumberAsked, NumberTold
from kiosk.tending import Part


class Welcome(Struct, frozen=True):
    pass


class Choosing(Struct, frozen=True):
    """Errands, and agencies in the order that they had when the visitor came: nothing jumps while it is read."""

    agencies: tuple[AgencyId, ...]
    page: int = 0


class AllErrands(Struct, frozen=True):
    page: int = 0


class Searching(Struct, frozen=True):
    """What is typed so far, and the services that it means: found once for each letter, so that nothing jumps."""

    text: str = ""
    page: int = 0
    found: tuple[ServiceId, ...] = ()


class InErrand(Struct, frozen=True):
    errand: ErrandId
    page: int = 0


class InAgency(Struct, frozen=True):
    agency: AgencyId
    page: int = 0


class AtService(Struct, frozen=True):
    """`part` 0 is what to bring; which others there are depends on how much there is to say."""

    service: ServiceId
    part: int = 0


class AskingPriority(Struct, frozen=True):
    service: ServiceId


class AskingNeeds(Struct, frozen=True):
    """Which help on the way to the counter? `State.needs` holds what was chosen."""


class Waiting(Struct, frozen=True):
    """The number was asked for; `State.asked` says which. `staff`: whether a call for staff went out, None for no call."""

    staff: bool | None = None


class Taking(Struct, frozen=True):
    """The number is shown; `State.told` says which."""


class ConfirmingCancel(Struct, frozen=True):
    """`number`: the one that was checked; None for what stands on the ticket's screen."""

    number: Number | None = None


class Checking(Struct, frozen=True):
    """Which number is asked about; what is typed so far."""

    typed: str = ""


class Seeking(Struct, frozen=True):
    """The hub was asked about a number. Times are monotonic seconds; `again_at` None: it was asked again already.

    `staff`: whether a call for staff went out, None for no call.
    """

    asked: NumberAsked
    again_at: float | None
    ends_at: float
    staff: bool | None = None


class Checked(Struct, frozen=True):
    """What the hub told of a number."""

    told: NumberTold


class CheckFailed(Struct, frozen=True):
    """Nothing was told of a number: `unreadable` is a code that no hall prints."""

    reason: Literal["hub-away", "no-answer", "unreadable"]


class Cancelled(Struct, frozen=True):
    """These numbers were given back."""

    numbers: tuple[Number, ...] = ()


class Missed(Struct, frozen=True):
    """A service that was asked for and not had: `reason` and `text` as in Refusal."""

    service: ServiceId
    reason: str
    text: Text = {}


class Refusal(Struct, frozen=True):
    """No number, and why: `reason` of contract.reasons or one of the kiosk's own, `text` what the hub said of it.

    `several`: each service that was not had, where more than one was asked for.
    """

    reason: str
    text: Text = {}
    several: tuple[Missed, ...] = ()


class StaffComing(Struct, frozen=True):
    """`said`: whether the call went out."""

    said: bool


class ChoosingLanguage(Struct, frozen=True):
    """`page`: of a hall with many languages."""

    page: int = 0


class Interrupted(Struct, frozen=True):
    """The screen broke while these numbers stood on it; they stay valid."""

    numbers: tuple[Number, ...]


class SettingUp(Struct, frozen=True):
    """A technician: before the PIN's pad (`typed` so far, or being judged), or at a part of the set-up page."""

    part: Part
    typed: str = ""
    checking: bool = False


class StillThere(Struct, frozen=True):
    """Nobody touched for a while; at `until` (monotonic seconds) the visitor is taken to have left."""

    until: float


Place = (
    Welcome
    | Choosing
    | AllErrands
    | Searching
    | InErrand
    | InAgency
    | AtService
    | AskingPriority
    | AskingNeeds
    | Waiting
    | Taking
    | ConfirmingCancel
    | Checking
    | Seeking
    | Checked
    | CheckFailed
    | Cancelled
    | Refusal
    | StaffComing
    | ChoosingLanguage
    | Interrupted
    | SettingUp
    | StillThere
)


OWN_REASONS = ("hub-away", "no-answer", "cannot-keep", "numbers-used-up")
"""Why the kiosk itself gives no number: the hub is silent, did not answer this request, the kiosk's disk takes nothing, or the
numbers that it may give without the hub are used up.
"""
