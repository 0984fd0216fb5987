"""Who may do what is asked of `services.access`: one function for each question."""

from pathlib import Path

import pytest

from programme.people import Role, StaffMember
from services import access
from services.access import Colleague

HERE = Path(access.__file__).parents[1]
ASKED = ["services/closing", "services/activities", "services/occasions", "services/translating"]
ASKED += ["services/recordings", "services/page_editing", "services/own_areas"]
ASKED += ["handlers/activities", "handlers/activity_pages", "handlers/occasions"]
ASKED += ["handlers/translating", "handlers/closing"]

NURSE, SUPPORTER, COORDINATOR, TRANSLATOR, ADMINISTRATOR = (
    Role.NURSE,
    Role.PARENT_SUPPORTER,
    Role.COORDINATOR,
    Role.TRANSLATOR,
    Role.ADMINISTRATOR,
)
MEET = {NURSE, SUPPORTER, COORDINATOR}
MAY = [
    (access.meets_families, MEET),
    (access.writes_activities, {SUPPORTER, COORDINATOR}),
    (access.sends_notices, {COORDINATOR}),
    (access.writes_texts, {*MEET, TRANSLATOR}),
    (access.translates, {TRANSLATOR}),
    (access.runs_areas, {COORDINATOR, ADMINISTRATOR}),
    (access.runs_every_area, {ADMINISTRATOR}),
]


@pytest.mark.parametrize("name", ASKED)
def test_nobody_else_decides_by_the_role(name):
    assert "Role." not in (HERE / f"{name}.py").read_text()


@pytest.mark.parametrize(("may", "who"), MAY)
def test_every_question_has_one_answer_for_each_role(may, who):
    asked = {role: Colleague(StaffMember(id=1, name="Bo", role=role), 1, 1) for role in Role}
    assert {role for role, each in asked.items() if may(each)} == who
