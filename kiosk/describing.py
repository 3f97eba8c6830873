"""The face of one service: the six parts that UU 25/2009 wants published, how long it takes to be called, and the number.

Two parts: what to bring, time, fee and place; then the steps and the rest. Where that is too much for a screen,
three. Also who may have a number with priority. Pure.
"""

from datetime import datetime

from assets import dates
from assets.words import Words
from contract.halls import Hall, ServiceOfAgency
from contract.names import Language
from contract.opening import WEEKDAYS, Session
from contract.tickets import Need, Visitor
from kiosk import choices
from kiosk.closing import cannot, warnings
from kiosk.faces import Button, Fact, Frame, Line, NeedsFace, Pages, PriorityFace, ServiceFace, Stat, Toggle
from kiosk.paging import pages_of
from kiosk.parts import Told, sheets_of
from kiosk.places import AskingPriority, AtService
from kiosk.serviceplan import Said, ServicePlan
from kiosk.shape import is_brief, wide
from kiosk.standing import Standing, standing_of
from kiosk.state import State, service_of
from kiosk.visiting import may_add, wanted
from kiosk.wording import names_of, people, place_of, said

PRIORITIES: tuple[tuple[Visitor, str], ...] = (
    ("elderly", "human-cane"),
    ("disabled", "wheelchair-accessibility"),
    ("pregnant", "human-pregnant"),
    ("with-child", "baby-carriage"),
)
"""Who is served first by UU 25/2009, article 29, and their icons."""

HELP: tuple[tuple[Need, str], ...] = (
    ("escort", "human-male-male"),
    ("visual-call", "ear-hearing-off"),
    ("step-free", "wheelchair"),
)
"""Help on the way to the counter, and its pictures."""


def service_face(
    state: State, place: AtService, frame: Frame, words: Words, now: datetime | None
) -> ServiceFace | None:
    """None where the hall does not have this service (any more)."""
    found = service_of(state, place.service)
    if found is None or state.hall is None:
        return None
    agency, service = found
    standing = standing_of(state, agency, service, now)
    kiosk = words.kiosk
    of = next((one for one in state.hall.agencies if one.id == agency), None)
    services, more = wanted(state.trail), may_add(state.trail)
    cannot_why, cannot_more = cannot(standing, service, now, words)
    known_before = warnings(state, service, standing, now, words)
    numbers = _stats(standing, words, brief=is_brief(frame.shape))
    add, needs = _extras(state, words, open_now=standing.open, more=more, brief=is_brief(frame.shape))
    names = (said(of.name, words) if of else agency, said(service.name, words))
    small = tuple(button.label for button in (add, needs) if button is not None)
    there = Said(
        *names,
        tuple(stat.value for stat in numbers),
        tuple(stat.label for stat in numbers),
        small,
        known_before,
        _take(state, words),
        kiosk.take_priority,
        None if standing.open else (cannot_why, cannot_more),
    )
    sheets, are_pages = sheets_of(_told(state.hall, service, words), there, frame.shape, kiosk)
    part = min(place.part, len(sheets) - 1)
    sheet, shown = sheets[part], sheets[part].part
    return ServiceFace(
        frame=frame,
        icon=service.icon or (of.icon if of else ""),
        agency=names[0],
        title=names[1],
        stats=numbers if sheet.plan.stats.height else (),
        list_icon=shown.icon,
        list_title=shown.title,
        lines=shown.lines,
        facts=shown.facts,
        tabs=()
        if are_pages
        else tuple(
            Button(one.part.tab, None if place_of_one == part else choices.ShowPart(place_of_one))
            for place_of_one, one in enumerate(sheets)
        ),
        pages=_pages(part, len(sheets), words, sheet.plan) if are_pages else None,
        take=Button(_take(state, words), choices.Take("regular")) if standing.open else None,
        take_small=_small(names_of(state, services, words) if len(services) > 1 else kiosk.take_small, sheet.plan),
        priority=Button(kiosk.take_priority, choices.AskPriority()) if standing.open else None,
        priority_icons=tuple(icon for _, icon in PRIORITIES),
        cannot=cannot_why,
        cannot_when=cannot_more,
        warnings=known_before if sheet.warned else (),
        add=add if sheet.extras else None,
        needs=needs if sheet.extras else None,
        needs_icons=tuple(icon for need, icon in HELP if need in state.needs),
        plan=sheet.plan,
    )


def _extras(
    state: State, words: Words, *, open_now: bool, more: bool, brief: bool
) -> tuple[Button | None, Button | None]:
    """One more service, and help on the way."""
    kiosk = words.kiosk
    if not open_now:
        return None, None
    whole = kiosk.needs_chosen if state.needs else kiosk.needs_button
    needs = Button(kiosk.needs_short if brief else whole, choices.AskNeeds(), "hand-heart")
    add = Button(kiosk.add_short if brief else kiosk.add_another, choices.AddAnother(), "plus")
    return add if more else None, needs


def _small(text: str, plan: ServicePlan) -> str:
    """The line below the act's name, where it has room."""
    return "" if plan.brief or wide(text, 32 + plan.growth) > plan.take.width - 40 else text


def _take(state: State, words: Words) -> str:
    count = len(wanted(state.trail))
    return words.kiosk.take_several.format(count=count) if count > 1 else words.kiosk.take


def needs_face(state: State, frame: Frame, words: Words) -> NeedsFace:
    """Asked in pictures; several may be chosen, or none."""
    kiosk = words.kiosk
    labels = {"escort": kiosk.need_escort, "visual-call": kiosk.need_visual_call, "step-free": kiosk.need_step_free}
    return NeedsFace(
        frame=frame,
        title=kiosk.needs_title,
        text=kiosk.needs_text,
        options=tuple(
            Toggle(labels[need], choices.ToggleNeed(need), on=need in state.needs, icon=icon) for need, icon in HELP
        ),
        done=Button(kiosk.needs_done, choices.Back()),
    )


def _pages(part: int, count: int, words: Words, plan: ServicePlan) -> Pages:
    before = choices.ShowPart(part - 1) if part > 0 else None
    after = choices.ShowPart(part + 1) if part < count - 1 else None
    return pages_of(part, count, words.kiosk, to=(before, after), width=plan.tabs.width, growth=plan.growth)


def priority_face(state: State, place: AskingPriority, frame: Frame, words: Words) -> PriorityFace:
    """Which of the four; no proof is asked."""
    kiosk = words.kiosk
    found = service_of(state, place.service)
    labels = {
        "elderly": kiosk.elderly,
        "disabled": kiosk.disabled,
        "pregnant": kiosk.pregnant,
        "with-child": kiosk.with_child,
    }
    return PriorityFace(
        frame=frame,
        service=said(found[1].name, words) if found else "",
        title=kiosk.priority_title,
        text=kiosk.priority_text,
        options=tuple(Button(labels[visitor], choices.Take(visitor), icon) for visitor, icon in PRIORITIES),
    )


def _told(hall: Hall, service: ServiceOfAgency, words: Words) -> Told:
    return Told(
        _requirements(service, words), _facts(hall, service, words), _steps(service, words), _more_facts(service, words)
    )


def _stats(standing: Standing, words: Words, *, brief: bool) -> tuple[Stat, ...]:
    """`brief`: what is not known, or has no limit, is not worth the room."""
    kiosk = words.kiosk
    wait = kiosk.not_known
    if standing.wait_min is not None:
        wait = kiosk.minutes_span.format(low=standing.wait_min[0], high=standing.wait_min[1])
    left = kiosk.numbers_unlimited
    if standing.left_today is not None:
        left = kiosk.numbers_left.format(count=standing.left_today)
    stats = (
        Stat(kiosk.stat_waiting, people(standing.waiting, kiosk)),
        Stat(kiosk.stat_wait, wait),
        Stat(kiosk.stat_left, left),
    )
    empty = (kiosk.not_known, kiosk.numbers_unlimited) if brief else ()
    return tuple(stat for stat in stats if stat.value not in empty)


def _requirements(service: ServiceOfAgency, words: Words) -> tuple[Line, ...]:
    lines = tuple(Line(said(one.text, words), said(one.note, words)) for one in service.requirements)
    return lines or (Line(words.kiosk.prepare_nothing),)


def _steps(service: ServiceOfAgency, words: Words) -> tuple[Line, ...]:
    return tuple(Line(said(step, words), mark=str(count)) for count, step in enumerate(service.procedure, 1))


def _facts(hall: Hall, service: ServiceOfAgency, words: Words) -> tuple[Fact, ...]:
    """On the first page: time, fee and place."""
    kiosk = words.kiosk
    hand_in = ""
    if service.hand_in_by is not None:
        language = Language(words.language.code)
        hand_in = kiosk.detail_hand_in.format(time=dates.clock(service.hand_in_by, language))
    time = ". ".join(part.rstrip(".") for part in (said(service.duration, words), hand_in) if part)
    return (
        Fact("clock-outline", kiosk.detail_time, time),
        Fact("cash", kiosk.detail_fee, said(service.fee, words)),
        Fact("account-group", kiosk.detail_counter, place_of(hall, service.id, words, ", ")),
    )


def _more_facts(service: ServiceOfAgency, words: Words) -> tuple[Fact, ...]:
    """On the second page: what one receives, where to complain, the hours, and what else is to be known."""
    kiosk = words.kiosk
    facts = [
        Fact("file-certificate", kiosk.detail_product, said(service.product, words)),
        Fact("calendar-clock", kiosk.detail_hours, _hours(service, words)),
        Fact("message-alert", kiosk.detail_complaints, said(service.complaints, words)),
    ]
    if service.remark:
        facts.append(Fact("information", kiosk.detail_remark, said(service.remark, words)))
    return tuple(facts)


def _hours(service: ServiceOfAgency, words: Words) -> str:
    return "\n".join(_session(session, words) for session in service.opening.sessions)


def _session(session: Session, words: Words) -> str:
    """As in "Senin–Kamis, 08.00–15.00"."""
    language = Language(words.language.code)
    days = sorted(WEEKDAYS.index(day) for day in session.days)
    names = [words.dates.weekdays[day] for day in days]
    whole = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    joined = words.kiosk.days_joint.format(first=names[0], last=names[-1]) if whole else ", ".join(names)
    return words.kiosk.hours_of.format(days=joined, span=dates.clock_span(session.begins, session.ends, language))
