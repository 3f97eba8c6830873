"""Where the visitor stands: the last of the trail is shown, Back goes to the one before. Pure data."""

from msgspec import Struct

from contract.names import AgencyId, ErrandId, ServiceId, Text


class Welcome(Struct, frozen=True):
    pass


class Choosing(Struct, frozen=True):
    """Errands, and agencies in the order that they had when the visitor came: nothing jumps while it is read."""

    agencies: tuple[AgencyId, ...]
    page: int = 0


class AllErrands(Struct, frozen=True):
    page: int = 0


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


class Waiting(Struct, frozen=True):
    """The number was asked for; `State.asked` says which."""


class Taking(Struct, frozen=True):
    """The number is shown; `State.told` says which."""


class ConfirmingCancel(Struct, frozen=True):
    pass


class Cancelled(Struct, frozen=True):
    pass


class Refusal(Struct, frozen=True):
    """No number, and why: `reason` of contract.reasons or one of the kiosk's own, `text` what the hub said of it."""

    reason: str
    text: Text = {}


class StaffComing(Struct, frozen=True):
    """`said`: whether the call went out."""

    said: bool


class ChoosingLanguage(Struct, frozen=True):
    pass


class StillThere(Struct, frozen=True):
    """Nobody touched for a while; at `until` (monotonic seconds) the visitor is taken to have left."""

    until: float


Place = (
    Welcome
    | Choosing
    | AllErrands
    | InErrand
    | InAgency
    | AtService
    | AskingPriority
    | Waiting
    | Taking
    | ConfirmingCancel
    | Cancelled
    | Refusal
    | StaffComing
    | ChoosingLanguage
    | StillThere
)


OWN_REASONS = ("hub-away", "no-answer", "cannot-keep")
"""Why the kiosk itself gives no number: the hub is silent, did not answer this request, or the kiosk's disk takes nothing."""
