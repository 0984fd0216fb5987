"""Every text a person can be sent, made with given values: tests read them all."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from messaging import family_texts, join_texts, letters, reason_texts, texts, visit_texts
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Message
from programme import letters as facts
from programme.localtime import STOCKHOLM
from programme.people import Place, Role, StaffMember
from programme.reasons import About
from programme.strengths import STRENGTHS
from programme.tips import BOKSTART, TIPS
from tests.messaging import (
    activity_edit_samples,
    calendars,
    desk_samples,
    note_samples,
    notice_samples,
    page_edit_samples,
    pages,
    place_edit_samples,
    place_samples,
    proposed,
    recording_samples,
    registering,
    report_samples,
    signups,
    team,
    trust,
    whats_on_samples,
    wishes,
    yearly_samples,
)

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Stockholm
BEFORE = datetime(2027, 3, 4, 8, 15, tzinfo=UTC)  # a Thursday, 09:15 in Stockholm
NURSE = StaffMember(id=1, name="Åke Persson", role=Role.NURSE)
SUPPORTER = StaffMember(id=2, name="سارة", role=Role.PARENT_SUPPORTER)
COORDINATOR = StaffMember(id=3, name="Bo", role=Role.COORDINATOR)
STAFF = (NURSE, SUPPORTER)
EMPLOYER = "Resursenheten Barn IFO/FH"
PHONE = "031-365 00 00"

_AGE = {"key": "k", "at": BEFORE, "not_after": STARTS, "family_id": 4, "guardian_id": 5}
_VISIT = {**_AGE, "child_id": 6, "booking_id": 7, "revision": 2, "visit": 3, "starts_at": STARTS}


def coming(kind: type[facts.ComingLetter], **changes: Any) -> facts.ComingLetter:
    usual = {"place": Place.HOME, "staff": STAFF, "interpreter": True}
    old = {"old_starts_at": BEFORE} if kind is facts.VisitMoved else {}
    return kind(**{**_VISIT, **usual, **old, **changes})


def cancelled() -> facts.VisitCancelled:
    return facts.VisitCancelled(**_VISIT)


def tip(code: str = "bokstart", child: int = 6, **changes: Any) -> facts.TipLetter:
    return facts.TipLetter(**{**_AGE, "code": code, "child_id": child, **changes})


def idea(code: str = "faces", child: int = 6) -> facts.StrengthLetter:
    return facts.StrengthLetter(**_AGE, code=code, child_id=child)


def join_ask(name: str = "Yusuf <سارة>") -> facts.JoinAsk:
    return facts.JoinAsk(**_AGE, joiner_id=9, name=name)


COMING = (facts.VisitBooked, facts.VisitMoved, facts.DayBefore, facts.SameMorning)


def parcels(staff: tuple[StaffMember, ...] = STAFF) -> Iterator[tuple[str, list[facts.Letter]]]:
    """Every kind of letter, with every theme, place, tip and idea, and a merged one."""
    for kind in COMING:
        for number, place in enumerate([*Place, Place.HOME], start=1):
            letter = coming(kind, visit=number, place=place, staff=staff)
            yield f"{kind.__name__} {place}", [letter]
        at_a_house = coming(kind, place=Place.BVC, house=5)
        yield f"{kind.__name__} at a house", [at_a_house]
    yield "cancelled", [cancelled()]
    yield "join ask", [join_ask()]
    yield "join ask without a name", [join_ask("")]
    yield "joined", [facts.Joined(**_AGE)]
    for each in TIPS:
        yield f"tip {each.code}", [tip(each.code)]
    for code in sorted(BOKSTART):
        yield f"offer {code}", [facts.BokstartLetter(**_AGE, code=code, child_id=6)]
    for each in STRENGTHS:
        yield f"idea {each.code}", [idea(each.code)]
    yield from wishes.parcels()
    yield from team.parcels()
    yield from desk_samples.parcels()
    yield from trust.parcels()
    yield from proposed.parcels()
    yield from registering.parcels()
    yield from signups.parcels()
    yield "merged", [tip(), tip(child=8), idea(), coming(facts.DayBefore, staff=staff)]


def pushed(t: Tongue, staff: tuple[StaffMember, ...] = STAFF) -> dict[str, Message]:
    every = (*parcels(staff), *notice_samples.parcels(t))
    return {name: letters.render(parcel, t, STOCKHOLM) for name, parcel in every}


# One call for each public function that takes a Tongue and gives a text or a message.
ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    join_texts.language_set: [()],
    join_texts.ask_consent: [()],
    join_texts.what_we_save: [()],
    join_texts.consent_yes: [()],
    join_texts.consent_no: [()],
    join_texts.welcome: [()],
    join_texts.welcome_expecting: [()],
    join_texts.ask_role: [()],
    join_texts.waits_for_yes: [()],
    join_texts.own_link: [()],
    join_texts.is_back: [()],
    family_texts.other_parent: [("https://t.me/LotsenBot?start=aB-3_x",)],
    family_texts.no_link_now: [()],
    family_texts.let_in: [()],
    family_texts.not_let_in: [()],
    family_texts.when_born: [(STARTS.date(),)],
    family_texts.older_days: [(STARTS.date(), 60, 0), (STARTS.date(), 60, 99)],
    family_texts.how_many: [(STARTS.date(),)],
    family_texts.congratulations: [
        (STARTS.date(), 1, 6, BEFORE, False),
        (STARTS.date(), 2, 6, BEFORE, True),
    ],
    family_texts.born_already: [()],
    family_texts.not_born: [()],
    family_texts.visit_is_booked: [()],
    family_texts.from_due: [(6,)],
    family_texts.from_birth: [()],
    join_texts.ask_eligible: [()],
    join_texts.not_eligible_ack: [()],
    join_texts.trust_note: [(), (EMPLOYER,)],
    join_texts.voluntary_free: [()],
    join_texts.ask_reason: [(3, 0), (3, 1), (3, 2)],
    reason_texts.thanks: [()],
    reason_texts.ask: [(About.VISITS, 0), (About.VISITS, 1), (About.MESSAGES, 2)],
    reason_texts.ask_staff: [(7,)],
    join_texts.need_link: [()],
    join_texts.link_unknown: [()],
    join_texts.too_many_links: [()],
    join_texts.link_used: [()],
    join_texts.link_expired: [()],
    join_texts.already_in: [()],
    join_texts.only_private: [()],
    texts.who_are_you: [(), (EMPLOYER,)],
    texts.not_understood: [(), (PHONE,)],
    texts.safety_note: [(), (PHONE,)],
    texts.old_button: [()],
    texts.emergency: [()],
    texts.error: [(), (PHONE,)],
    texts.too_many: [()],
    texts.resumed: [()],
    texts.why_tip: [(months,) for months in (0, 1, 2, 3, 11, 12, 15, 24, 30)],
    visit_texts.confirmed: [(STARTS, STOCKHOLM)],
    visit_texts.other_time_ack: [()],
    visit_texts.visit_is_over: [()],
    visit_texts.visit_has_changed: [(STARTS, STOCKHOLM)],
    visit_texts.visit_was_cancelled: [()],
    **place_samples.ANSWERS,
    **place_edit_samples.ANSWERS,
    **activity_edit_samples.ANSWERS,
    **page_edit_samples.ANSWERS,
    **recording_samples.ANSWERS,
    **desk_samples.ANSWERS,
    **wishes.ANSWERS,
    **team.ANSWERS,
    **trust.ANSWERS,
    **registering.ANSWERS,
    **calendars.ANSWERS,
    **proposed.ANSWERS,
    **signups.ANSWERS,
    **notice_samples.ANSWERS,
    **note_samples.ANSWERS,
    **whats_on_samples.ANSWERS,
}


def answered(t: Tongue) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for function, calls in {**ANSWERS, **team.PARTS}.items():
        for values in calls:
            said = function(t, *values)
            message = said if isinstance(said, Message) else Message(said)
            name = f"{function.__name__} {values}"
            found[f"{name} {function.__module__}" if name in found else name] = message
    return found


def everything(t: Tongue) -> dict[str, Message]:
    made = (page_edit_samples, recording_samples, desk_samples, notice_samples, yearly_samples)
    made += (report_samples,)
    own = {name: said for each in made for name, said in each.answers(t).items()}
    return {**answered(t), **pushed(t), **pages.shown(t), **own}


def everywhere(languages: Languages) -> Iterator[tuple[Tongue, str, Message]]:
    for t in languages:
        for name, message in everything(t).items():
            yield t, name, message
