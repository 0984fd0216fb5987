"""Every text where staff build a team, register a family and run areas, with given values."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from messaging import team_texts
from programme.localtime import STOCKHOLM
from programme.people import Role, StaffMember

STARTS = datetime(2027, 3, 5, 13, 30, tzinfo=UTC)  # a Friday, 14:30 in Stockholm
ANNA = StaffMember(id=1, name="Åke <b>سارة", role=Role.NURSE)
READS = StaffMember(id=1, name="Åke", role=Role.COORDINATOR, in_chat=True)
LINK = "https://t.me/LotsenBot?start=aB-3_x"
AREAS = ("Hjällbo", "Öster <Co>")

# More than three buttons are allowed under these.
FOR_STAFF: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    team_texts.team: [([],), ([(ANNA, AREAS), (READS, AREAS[:1])] * 6, 0)],
    team_texts.worker_line: [(ANNA, AREAS), (READS, AREAS)],
    team_texts.one_member: [(ANNA, AREAS, True), (READS, AREAS, False)],
    team_texts.ask_role_at_work: [(list(Role),)],
    team_texts.ask_areas: [([(1, "Hjällbo"), (2, "Öster <Co>")], [2])],
    team_texts.ask_first_name: [()],
    team_texts.name_is_taken: [("Åke <b>سارة",)],
    team_texts.invited: [("Åke <b>سارة", LINK)],
    team_texts.member_has_left: [(ANNA, [])],
    team_texts.visit_to_take_over: [(4, 3, STARTS, STOCKHOLM)],
    team_texts.back_in_the_team: [("Åke <b>سارة", LINK)],
}

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {**FOR_STAFF}

STAFF_NAMES = tuple(function.__name__ for function in FOR_STAFF)
