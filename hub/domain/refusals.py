"""A refusal: an answer that changes nothing. A value, never an exception; nobody remembers it."""

from msgspec import Struct

from contract.reasons import Reason


class Refusal(Struct, frozen=True):
    """Why not. `detail` is for the log alone; people read the sentence that the words have for the reason."""

    reason: Reason
    detail: str = ""
