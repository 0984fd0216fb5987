"""Every text where staff build a team, register a family and run areas, with given values."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from messaging import area_texts, poster_texts, registering_texts, team_texts
from messaging.i18n import Languages, load_languages
from messaging.keyboards import Button, File, FileKind
from messaging.pickers import Days
from programme import letters as facts
from programme.ages import Span
from programme.localtime import STOCKHOLM
from programme.people import Role, StaffMember

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Stockholm
ANNA = StaffMember(id=1, name="Åke <b>سارة", role=Role.NURSE)
READS = StaffMember(id=1, name="Åke", role=Role.COORDINATOR, in_chat=True)
PAPER = File(FileKind.DOCUMENT, "lotsen-a4.pdf", b"%PDF")
LINK = "https://t.me/LotsenBot?start=aB-3_x"
AREAS = ("Hjällbo", "Öster <Co>")
DAY = date(2027, 3, 5)
DAYS = Days(today=DAY, first=date(2024, 3, 5), last=DAY)
LANGUAGES: Languages = load_languages()


def draft(**facts: Any) -> registering_texts.Draft:
    usual = {"area": "Öster <Co>", "born": DAY, "due": None, "eligible": None, "language": "ti"}
    more = {"wish": "woman", "label": "Bus 4 <b>سارة", "protected": False}
    return registering_texts.Draft(**{**usual, **more, **facts})


DRAFTS = (
    draft(),
    draft(born=None, due=DAY, eligible=True, language="mis", wish="any", label=None),
    draft(eligible=False, language="so", wish="no", protected=True),
    draft(wish="man"),
    draft(wish="phone"),
)

BACK = Button("🖨", "Rc")
WEEKS = Span(date(2027, 6, 28), date(2027, 8, 8))
STATES = ("planned", "training", "running", "closed")
_BASE = {"at": STARTS, "not_after": STARTS, "family_id": 4, "key": "k"}


def asks() -> Iterator[facts.PosterAsk]:
    usual = {**_BASE, "staff_id": 1, "asker_id": 5, "eligible": True, "language": "so"}
    yield facts.PosterAsk(**usual, born=DAY, due=None, again=False)
    yield facts.PosterAsk(**usual, born=None, due=DAY, again=True)


def parcels() -> Iterator[tuple[str, list[facts.Letter]]]:
    """The letters about posters."""
    yield "welcomed by poster", [facts.Welcomed(**_BASE, guardian_id=5)]
    yield "not ours by poster", [facts.NotOurs(**_BASE, guardian_id=5)]
    for each in asks():
        yield f"to staff: poster {each.again}", [each]


# More than three buttons are allowed under these.
FOR_STAFF: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    team_texts.team: [([],), ([(ANNA, AREAS), (READS, AREAS[:1])] * 6, 0)],
    team_texts.worker_line: [(ANNA, AREAS), (READS, AREAS)],
    team_texts.one_member: [(ANNA, AREAS, True), (READS, AREAS, False), (ANNA, AREAS, True, True)],
    team_texts.access_rests: [(ANNA,)],
    team_texts.access_is_back: [(ANNA,)],
    team_texts.your_access_rests: [()],
    team_texts.ask_role_at_work: [(list(Role),)],
    team_texts.ask_areas: [([(1, "Hjällbo"), (2, "Öster <Co>")], [2])],
    team_texts.ask_first_name: [()],
    team_texts.name_is_taken: [("Åke <b>سارة",)],
    team_texts.invited: [("Åke <b>سارة", LINK)],
    team_texts.member_has_left: [(ANNA, []), (ANNA, [], 12)],
    team_texts.visit_to_take_over: [(4, 3, STARTS, STOCKHOLM)],
    team_texts.back_in_the_team: [("Åke <b>سارة", LINK)],
    registering_texts.no_open_area: [()],
    registering_texts.ask_area: [([(1, "Hjällbo"), (2, "Öster <Co>")],)],
    registering_texts.ask_first_child: [()],
    registering_texts.ask_family_language: [(LANGUAGES,)],
    registering_texts.ask_spoken: [(["ti", "prs", "kmr"], 0), (["ti"] * 20, 9)],
    registering_texts.ask_interpreter: [()],
    registering_texts.check_family: [(each,) for each in DRAFTS],
    registering_texts.first_child_line: [(None,), (True,), (False,)],
    registering_texts.protected_line: [()],
    registering_texts.is_registered: [(4, "Öster <Co>")],
    registering_texts.registered_without_chat: [(4, "Öster <Co>")],
    registering_texts.link_to_show: [(4, LINK), (4, LINK, True)],
    registering_texts.ask_whose_link: [(4,)],
    registering_texts.correct_first_child: [(4, None), (4, True), (4, False)],
    poster_texts.asker_line: [(DAY, None, True, "so"), (None, DAY, False, "ti")],
    poster_texts.nobody_waits: [()],
    poster_texts.now_welcome: [(4,)],
    poster_texts.now_refused: [()],
    poster_texts.decided_already: [()],
    poster_texts.to_hang_up: [(PAPER,)],
    poster_texts.to_hand_over: [(PAPER,)],
    poster_texts.poster_made: [("Öster <Co>", LINK, BACK)],
    poster_texts.poster_page: [
        (2, "Öster <Co>", made, readers, BACK)
        for made in (None, DAY)
        for readers in (0, 1, 2, 3, 11, 100)
    ],
    area_texts.area_list: [([(1, "Hjällbo"), (2, "Öster <Co>")], True)],
    area_texts.area_page: [
        (2, "Öster <Co>", status, status == "closed", (WEEKS,) * (status == "running"), some, True)
        for status in STATES
        for some in (True, False)
    ],
    area_texts.ask_status: [(2, "Öster <Co>")],
    area_texts.ask_area_name: [()],
    area_texts.area_name_taken: [("Öster <Co>",)],
    area_texts.not_open: [("Öster <Co>", BACK)],
    area_texts.ask_into: [(2, "Öster <Co>", [(1, "Hjällbo")])],
    area_texts.what_moves: [
        ((2, "Öster <Co>"), (1, "Hjällbo"), n, n) for n in (0, 1, 2, 3, 11, 100)
    ],
    area_texts.into_is_paused: [(2, "Öster <Co>", "Hjällbo")],
}

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    poster_texts.ask_consent: [()],
    poster_texts.poster_closed: [()],
    poster_texts.many_ask: [()],
    poster_texts.waits_for_staff: [()],
    poster_texts.withdrawn: [()],
    **FOR_STAFF,
}

STAFF_NAMES = tuple(function.__name__ for function in FOR_STAFF)
