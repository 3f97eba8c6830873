"""Why something cannot be had: one list for closed services, one for refusals (which may be any of both)."""

from enum import StrEnum


class WhyClosed(StrEnum):
    """Why a service gives no numbers now."""

    NOT_TODAY = "not-today"
    BEFORE_HOURS = "before-hours"
    AFTER_HOURS = "after-hours"
    BREAK = "break"
    LAST_TICKET_PASSED = "last-ticket-passed"
    QUOTA_USED_UP = "quota-used-up"
    NO_OFFICER = "no-officer"
    PAUSED = "paused"
    HALL_CLOSED = "hall-closed"
    TOO_LATE = "too-late"


class WhyRefused(StrEnum):
    """Why a request or an action was refused, beside the reasons of WhyClosed."""

    UNKNOWN_SERVICE = "unknown-service"
    UNKNOWN_TICKET = "unknown-ticket"
    COUNTER_TAKEN = "counter-taken"
    NOTHING_WAITING = "nothing-waiting"
    TICKET_IN_HAND = "ticket-in-hand"
    STALE_VIEW = "stale-view"
    NOT_ALLOWED = "not-allowed"
    EXPIRED = "expired"
    CLOCK_BEHIND = "clock-behind"
    NOT_HEARD = "not-heard"
    BROKEN_MESSAGE = "broken-message"


Reason = WhyClosed | WhyRefused
