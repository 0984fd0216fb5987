"""Samples of what a parent decides: pausing, plan, no thanks, offers, digests."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from messaging import pause_texts, plan_texts, texts, visit_texts
from messaging.callbacks import MENU_GROUPS
from programme import letters as facts
from programme.activities import Words
from programme.coming import Entry
from programme.localtime import STOCKHOLM
from programme.notice_letters import NoticeLetter
from programme.people import Booking, Place, Role, StaffMember, Why
from programme.strengths import STRENGTHS
from programme.tips import EARLY_TIPS, TIPS

AT = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Stockholm
LATER = datetime(2027, 5, 10, 8, 0, tzinfo=UTC)
DAY = date(2027, 3, 28)
STAFF = (
    StaffMember(id=1, name="Åke Persson", role=Role.NURSE),
    StaffMember(id=2, name="سارة", role=Role.PARENT_SUPPORTER),
)

_LETTER = {"key": "k", "at": AT, "not_after": LATER, "family_id": 4, "guardian_id": 5}
_VISIT = {**_LETTER, "child_id": 6, "booking_id": 7, "revision": 2, "visit": 3, "starts_at": LATER}


def booking(number: int = 7, starts_at: datetime = AT, **changes: Any) -> Booking:
    usual = {"child_id": 6, "visit": 3, "revision": 2, "staff": STAFF}
    return Booking(**{"id": number, "starts_at": starts_at, **usual, **changes})


def tip(code: str, kind: type[facts.Letter] = facts.TipLetter) -> facts.Letter:
    return kind(**_LETTER, child_id=6, code=code)


def offer(visit: int = 3) -> facts.OfferLetter:
    return facts.OfferLetter(**_LETTER, child_id=6, visit=visit)


def off() -> facts.VisitOff:
    return facts.VisitOff(**_VISIT)


def on_hold() -> facts.VisitOnHold:
    return facts.VisitOnHold(**_VISIT)


def away(freed: bool) -> facts.AwayNote:
    return facts.AwayNote(**_LETTER, last_day=DAY, freed=freed)


def digest(*codes: str) -> facts.DigestLetter:
    return facts.DigestLetter(**_LETTER, codes=codes)


def early(code: str = "expecting_welcome") -> facts.Letter:
    return tip(code, facts.EarlyTipLetter)


def reminder() -> facts.DayBefore:
    return facts.DayBefore(**_VISIT, place=Place.HOME, staff=STAFF, interpreter=False)


def parcels() -> Iterator[tuple[str, list[facts.Letter]]]:
    """Every kind of letter about a wish, with every theme and every early tip."""
    for visit in range(1, 7):
        yield f"offer {visit}", [offer(visit)]
    yield "off", [off()]
    yield "on hold", [on_hold()]
    yield "away", [away(freed=False)]
    yield "away and freed", [away(freed=True)]
    yield "digest", [digest("safe_home", "apply_preschool", "first_tooth")]
    for each in EARLY_TIPS:
        yield f"early {each.code}", [early(each.code)]


def entries() -> list[Entry]:
    """One of each sort that /plan can hold."""
    letters = [
        reminder(),
        offer(),
        digest("safe_home"),
        early(),
        NoticeLetter(**_LETTER, notice_id=3, revision=0, words=Words("سارة <b> & Co")),
        *(tip(each.code) for each in TIPS),
        *(tip(each.code, facts.StrengthLetter) for each in STRENGTHS),
    ]
    visits = [booking(), booking(8, LATER, place=Place.PHONE), booking(9, LATER, staff=())]
    return [
        *(Entry(each.starts_at, booking=each) for each in visits),
        *(Entry(each.at, letter=each, skipped=n % 3 == 2) for n, each in enumerate(letters)),
    ]


_PAGES = [entries()[n : n + 2] for n in range(0, len(entries()), 2)]
_MESSAGES = [each for each in entries() if each.letter]

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    texts.menu: [(), (Why.STOPPED,), (Why.PAUSED,), (Why.AWAY,)],
    texts.menu_more: [
        *((page, None, False) for page in range(4)),
        *((page, Why.AWAY, True) for page in range(5)),
    ],
    texts.menu_group: [(group,) for group in MENU_GROUPS],
    texts.i_speak: [()],
    texts.why_early: [()],
    texts.more_on_tip: [("bokstart", 6)],
    texts.voted: [()],
    pause_texts.choose_pause: [(page, fewer) for page in (0, 1, 2) for fewer in (True, False)],
    pause_texts.fewer_on: [()],
    pause_texts.fewer_off: [()],
    pause_texts.choose_away: [(0, DAY), (1, DAY)],
    pause_texts.choose_rest: [(DAY,)],
    pause_texts.away_until: [
        (DAY, (), 3, STOCKHOLM),
        (DAY, (booking(),), 3, STOCKHOLM),
        (DAY, (booking(), booking(8, LATER)), 3, STOCKHOLM),
    ],
    pause_texts.not_away: [((), STOCKHOLM), ((booking(), booking(8, LATER)), STOCKHOLM)],
    pause_texts.back: [(None,), (Why.STOPPED,)],
    pause_texts.paused_until: [(DAY, None, STOCKHOLM), (DAY, booking(), STOCKHOLM)],
    pause_texts.resting_until: [(DAY, Why.PAUSED), (DAY, Why.AWAY)],
    pause_texts.stopped: [(None, STOCKHOLM, True), (booking(), STOCKHOLM)],
    pause_texts.stopped_more: [(None, STOCKHOLM), (AT, STOCKHOLM)],
    pause_texts.choose_quiet_days: [((),), ((0, 1, 2, 3, 4, 5),)],
    pause_texts.one_day_must_stay: [()],
    plan_texts.plan: [
        ([], 0, None, STOCKHOLM),
        ([], 0, Why.STOPPED, STOCKHOLM),
        *((page, 0, None, STOCKHOLM) for page in _PAGES),
        (entries()[:3], 0, None, STOCKHOLM),
        (entries()[:3], 1, None, STOCKHOLM),
    ],
    plan_texts.skipped: [(each, STOCKHOLM) for each in _MESSAGES],
    plan_texts.not_skipped: [(each, STOCKHOLM) for each in _MESSAGES],
    visit_texts.which_no: [(7,)],
    visit_texts.more_on_visit: [(7, 2, None), (7, 2, 5)],
    visit_texts.only_this_visit: [(AT, STOCKHOLM, 7)],
    visit_texts.no_more_visits: [(7, None, True), (0, Why.STOPPED)],
    visit_texts.visits_go_on: [()],
    visit_texts.visit_was_declined: [(7,)],
    visit_texts.offer_more: [(3,)],
    visit_texts.offer_yes: [()],
    visit_texts.offer_not_this: [(3,)],
}
