"""A family with protected identity: no word of it leaves the database by itself (mission B15)."""

from services import calendar
from services.delivery import Sender
from services.planning import plan
from tests.cast import RULES, local
from tests.door.world import NOW
from tests.fakes import FakePush


async def test_a_private_calendar_names_no_family(town, town_db, languages):
    feed = await calendar.feed(town_db, town[1].feeds["here"], languages, NOW)
    assert feed is not None
    assert b"planted" not in feed.content.lower()


async def test_nothing_is_pushed_to_a_protected_parent_over_weeks(town, town_db, languages):
    push, chat = FakePush(), town[1].chats["shielded"]
    for day in ("2026-11-06T12:00", "2026-11-23T17:30", "2026-11-24T07:45", "2026-12-09T12:00"):
        at = local(day)
        await plan(town_db, at, RULES)
        await Sender(town_db, push, languages, RULES, 5000, lambda at=at: at).drain()
    assert push.arrived
    assert chat not in push.chats
