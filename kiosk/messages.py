"""Screens that say one thing: no number and why, staff, still there, languages. Pure."""

from assets.words import Words
from contract.reasons import WhyRefused
from kiosk import choices
from kiosk.faces import Button, Frame, MessageFace
from kiosk.framing import WordsOf
from kiosk.places import OWN_REASONS, Cancelled, Place, Refusal, StaffComing, StillThere
from kiosk.state import State
from kiosk.wording import said

TROUBLE = (WhyRefused.CLOCK_BEHIND, WhyRefused.BROKEN_MESSAGE, WhyRefused.NOT_ALLOWED)
"""Refusals that say something to technicians and officers only: a visitor is told that there is trouble, and where to go."""


def message_face(place: Place, frame: Frame, words: Words) -> MessageFace:
    """What a place says that has nothing but a message and its answers."""
    kiosk = words.kiosk
    understood = (Button(kiosk.understood, choices.Back()),)
    match place:
        case Cancelled():
            done = (Button(kiosk.bar_home, choices.Home()),)
            return MessageFace(frame, "cancelled", "check-circle", kiosk.cancelled_title, (kiosk.cancelled_text,), done)
        case Refusal():
            sentence = _refusal(place, words)
            sentences = (
                (sentence,)
                if place.reason in OWN_REASONS or place.reason in TROUBLE
                else (sentence, kiosk.refused_help)
            )
            return MessageFace(
                frame, "refused", "information", kiosk.refused_title, sentences, (*understood,), serious=True
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


def languages_face(state: State, words_of: WordsOf, frame: Frame, words: Words) -> MessageFace:
    """Each by its own name for itself."""
    languages = state.hall.languages if state.hall else ()
    offered = tuple(Button(words_of(one).language.name, choices.Speak(one)) for one in languages)
    return MessageFace(frame, "languages", "translate", words.kiosk.language_title, (), offered)


def _refusal(place: Refusal, words: Words) -> str:
    """The reason in words: our own, the language file's, or for a reason that we do not know what the hub said."""
    kiosk = words.kiosk
    own = {
        "hub-away": kiosk.refused_hub_away,
        "no-answer": kiosk.refused_no_answer,
        "cannot-keep": kiosk.refused_cannot_keep,
    }
    if place.reason in own:
        return own[place.reason]
    if place.reason in TROUBLE:
        return kiosk.refused_trouble
    field = "on_break" if place.reason == "break" else place.reason.replace("-", "_")
    return str(getattr(words.refusal, field, "")) or said(place.text, words) or kiosk.refused_other
