"""Screens that say one thing: no number and why, staff, still there, languages. Pure."""

from assets.words import Words
from contract.reasons import WhyRefused
from kiosk import choices
from kiosk.faces import Button, Frame, Line, MessageFace
from kiosk.places import (
    OWN_REASONS,
    Interrupted,
    Missed,
    Place,
    Refusal,
    StaffComing,
    StillThere,
)
from kiosk.wording import said

TROUBLE = (WhyRefused.CLOCK_BEHIND, WhyRefused.BROKEN_MESSAGE, WhyRefused.NOT_ALLOWED)
"""Refusals that say something to technicians and officers only: a visitor is told that there is trouble, and where to go."""


def message_face(place: Place, frame: Frame, words: Words) -> MessageFace:
    """What a place says that has nothing but a message and its answers."""
    kiosk = words.kiosk
    understood = (Button(kiosk.understood, choices.Back()),)
    match place:
        case Refusal():
            sentence = why_refused(place, words)
            sentences = (
                (sentence,)
                if place.reason in OWN_REASONS or place.reason in TROUBLE
                else (sentence, kiosk.refused_help)
            )
            return MessageFace(
                frame, "refused", "information", kiosk.refused_title, sentences, (*understood,), serious=True
            )
        case Interrupted(numbers=numbers):
            kept = kiosk.notice_kept.format(number=", ".join(numbers))
            done = (Button(kiosk.bar_home, choices.Home()),)
            return MessageFace(
                frame, "interrupted", "alert-circle-outline", kiosk.broke_title, (kept,), done, serious=True
            )
        case StaffComing(said=True):
            return MessageFace(frame, "staff", "account-group", kiosk.staff_title, (kiosk.staff_text,), understood)
        case StaffComing():
            failed = (kiosk.staff_failed_text,)
            return MessageFace(
                frame, "staff", "account-group", kiosk.staff_failed_title, failed, understood, serious=True
            )
        case StillThere():
            stay = (Button(kiosk.still_yes, choices.Stay()), Button(kiosk.bar_home, choices.Home()))
            return MessageFace(frame, "still-there", "timer-sand", kiosk.still_title, (kiosk.still_text,), stay)
        case _:
            return MessageFace(frame, "unknown", "information", kiosk.why_unknown, (), understood)


def refused_face(missed: tuple[Line, ...], frame: Frame, words: Words) -> MessageFace:
    """None of several services could be had: each with its reason."""
    kiosk = words.kiosk
    sentences = (*(f"{line.text}: {line.note}" for line in missed), kiosk.refused_help)
    understood = (Button(kiosk.understood, choices.Back()),)
    return MessageFace(frame, "refused", "information", kiosk.refused_title, sentences, understood, serious=True)


def why_refused(place: Refusal | Missed, words: Words) -> str:
    """The reason in words: our own, the language file's, or for a reason that we do not know what the hub said."""
    kiosk = words.kiosk
    own = {
        "hub-away": kiosk.refused_hub_away,
        "no-answer": kiosk.refused_no_answer,
        "cannot-keep": kiosk.refused_cannot_keep,
        "numbers-used-up": kiosk.refused_used_up,
    }
    if place.reason in own:
        return own[place.reason]
    if place.reason in TROUBLE:
        return kiosk.refused_trouble
    field = "on_break" if place.reason == "break" else place.reason.replace("-", "_")
    return str(getattr(words.refusal, field, "")) or said(place.text, words) or kiosk.refused_other
