"""From the other parent's phone: nothing there is different, whatever somebody does on their own.

Two homes (mission B15): all that one home does. One home (B14): what one parent does alone. Each
act is done, then every page of the other is opened: it must read, to the letter, as before.
"""

import random
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from programme.plan import due
from storage import families
from storage.tables import metadata
from tests.cast import RULES
from tests.door.cells import Cell, every, some
from tests.door.table import allows, sort_of
from tests.door.world import NOW, SIDE, meets
from tests.effort import THOROUGH, tries

SEED = random.SystemRandom().randrange(10**6) if THOROUGH else 4

# What both know of by design: the child is one child, and a loss is the family's (B7, A11). Who is
# erased is not there any more, and how many places an activity has left is public.
SHARED = {
    "callbacks.Loss", "callbacks.LossUndo", "callbacks.BornOn", "callbacks.BornCount",
    "callbacks.FromDue", "trust.Forget", "callbacks.Eligible",
    "signup.Come", "signup.ChangeNumber", "signup.CancelSignUp", "signup.OfferedPlace",
}  # fmt: skip
# What one parent does alone while they live together: everything but answers to visits and offers.
ALONE = {
    "trust.CallMe", "Writing:to_team text", "danger words", "free text", "guide.GuidePage",
    "trust.ClearAll", "trust.ClearNow", "trust.Trust", "callbacks.Fewer", "callbacks.QuietDay",
    "callbacks.ChooseLanguage", "research.ResearchAnswer", "whats_on.FollowKind",
    "callbacks.Stop", "callbacks.Vote", "trust.ConsentAgain", "reason.TellWhy", "voice.Listen",
    "calendar.ParentCalendar", "signup.MySignUp", "/mydata", "/clear", "callbacks.Role",
}  # fmt: skip
PAGES = (
    "/plan", "/mydata", "/team", "/forget", "/pause", "m:more", "m:other", "m:talk",
    "K:file", "T:team", "Lb:0", "zb:5", "zq", "o:5:yes", "H:ask", "H:yes", "wol:mine:0", "rs",
    "i:birthing",
)  # fmt: skip


def pages(world, who: str) -> list[Cell]:
    """Every page of that parent that tells something, and buttons of what the other home has."""
    own = "amina" if who in {"amina", "yusuf"} else who
    other = {"mor": "far", "far": "mor"}.get(who, own)
    pressed = [each for each in PAGES if not each.startswith("/")]
    for whose in dict.fromkeys((own, other)):
        booking, slot = world.thing("booking", whose), world.thing("slot", whose)
        proposal, rest = world.thing("proposal", whose), world.thing("rest", whose)
        pressed += [f"v:{booking}:0:yes", f"mv:{booking}:0", f"nu:{booking}", f"zp:{slot}"]
        pressed += [
            f"zm:{proposal}:0",
            f"zl:{booking}:0",
            f"a:{rest}",
            f"x:day_before:{booking}:0:1",
        ]
    typed = [Cell(each, who, own, content=(("text", each),)) for each in PAGES if each[0] == "/"]
    return [*typed, *(Cell(each, who, own, press=each) for each in pressed)]


def acts(world, who: str, ways: set[str] | None = None) -> list[Cell]:
    """What that parent does about their own, but for what both know of."""
    own = "amina" if who == "yusuf" else who
    mine = (each for each in every(world) if each.who == who and each.whose in {own, "amina"})
    found = [each for each in mine if allows(each) and each.way not in SHARED]
    return [each for each in found if ways is None or each.way in ways]


def quoted(cell: Cell, page: Cell, before: str, after: str) -> str:
    """Where they begin to differ."""
    at = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    since = max(at - 80, 0)
    read, reads = before[since : at + 80], after[since : at + 80]
    return f"{cell}\n  {page.way or page.press}\n  {read!r}\n  {reads!r}"


def steady(said: str) -> str:
    """What was said, without the code of a new link: that is never the same twice."""
    return re.sub(r"start=[\w-]+", "start=", said)


async def differences(door, doing: list[Cell], reading: str) -> list[str]:
    """Pages of the other parent that read differently afterwards."""
    return await differences_of(door, [[each] for each in doing], reading)


async def differences_of(
    door, doing: list[list[Cell]], reading: str, begun: Sequence[Cell] = ()
) -> list[str]:
    """The same, where several acts follow on each other; also what arrives, and when.

    `begun`: what has been done before either is read.
    """
    probes = pages(door.world, reading)

    async def arriving(door) -> str:
        return await on_its_way(door, reading)

    before = [steady(each.said) for each in await door.after(begun, probes, arriving)]
    named = [*probes, Cell("what arrives, and when", reading, reading)]
    found = []
    for acts in doing:
        after = await door.after([*begun, *acts], probes, arriving)
        found += [
            quoted(acts[-1], page, old, steady(new.said))
            for page, old, new in zip(named, before, after, strict=True)
            if old != steady(new.said)
        ]
    return found


async def on_its_way(door, reading: str) -> str:
    """All that will come to that parent's phone, the minute included, or is changed there."""
    world = door.world
    home, kind = ("amina", "other") if reading == "yusuf" else (reading, "guardian")
    [family] = await families.load(door.tx, [world.thing("family", home)])
    guardian = family.guardian(world.thing(kind, home))
    assert guardian is not None
    letters = due(family, guardian, NOW - timedelta(days=1), NOW + timedelta(days=500), RULES)
    lines = [repr(each) for each in letters]
    for name, column, value in (
        ("outbox", "guardian_id", guardian.id),
        ("clearing", "chat_id", world.chats[reading]),
    ):
        rows = metadata.tables[name]
        chosen = [each for each in rows.c if each.name != "id"]
        found = await door.tx.execute(select(*chosen).where(rows.c[column] == value))
        lines += sorted(f"{name} {tuple(row)}" for row in found)
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize(("doing", "reading"), [("mor", "far"), ("far", "mor")])
async def test_nothing_that_one_home_does_changes_a_page_of_the_other(door, doing, reading):
    whole = acts(door.world, doing)
    many = some(whole, tries(10, len(whole)), SEED)
    assert await differences(door, many, reading) == [], f"seed {SEED}"


async def test_which_language_is_interpreted_in_one_home_stands_in_no_data_of_the_other(door):
    acts = [Cell("", "mor", "mor", press=each) for each in ("ls:ti:en", "Hw:woman")]
    assert await differences(door, acts, "far") == []


@pytest.mark.slow
@pytest.mark.parametrize(("doing", "reading"), [("amina", "yusuf"), ("yusuf", "amina")])
async def test_nothing_that_one_parent_does_alone_changes_a_page_of_the_other(door, doing, reading):
    whole = acts(door.world, doing, ALONE)
    many = some(whole, tries(8, len(whole)), SEED)
    assert await differences(door, many, reading) == [], f"seed {SEED}"


# Not the other way round: mor and amina have asked something before, and are told of a look anyway.
@pytest.mark.parametrize(("asking", "reading"), [("mor", "far"), ("amina", "yusuf")])
async def test_what_staff_do_because_one_parent_asked_is_not_seen_by_the_other(
    door, asking, reading
):
    mine = {asking, "amina"}  # what is about nothing of anybody's stands as hers
    asks = [each for each in every(door.world) if each.who == asking and each.whose in mine]
    ways = ("trust.CallMe", "Writing:to_team text")
    asked = [next(each for each in asks if each.way == way and allows(each)) for way in ways]
    family = door.world.thing("family", asking)
    look = Cell("", "nurse here", asking, press=f"kf:{family}")
    assert await differences_of(door, [[each, look] for each in asked], reading) == []


# Of the family and not of a home: both know of it by design. A visit of the child stands once, so
# a time that the other was offered for it is not free any more.
FAMILY_S = {
    "home.StaffHomes join", "home.StaffHomes split", "home.StaffHomes prot", "home.StaffHomes chat",
    "home.ChangeHome", "callbacks.StaffAct loss", "booking.Draft book",
}  # fmt: skip
# What staff do about a home's visits and wishes, in an order in which each finds what it is about.
DAILY = (
    "meeting_place.SetMeetingPlace", "interpreter.InterpreterBooked", "outcome.WasHeld",
    "booking.PrintSlip", "booking.RequestDone", "Answering:thread text", "booking.Withdraw",
    "booking.NotHome", "booking.Cancel",
)  # fmt: skip


def acts_of_staff(world, home: str) -> list[Cell]:
    """What who meets families does about that home: its visits, wishes, words, people."""
    team = meets(SIDE[home])
    theirs = (each for each in every(world) if each.whose == home and each.who in team)
    found = [each for each in theirs if sort_of(each).name == "team" and allows(each)]
    if home != "mor":  # every draft of the town is for the first home
        found = [each for each in found if each.way != "booking.Draft"]
    return [each for each in found if f"{each.way} {each.detail}".strip() not in FAMILY_S]


def opened(world, home: str) -> list[Cell]:
    """The family's page and the lists of its area: that staff open those is told to both, for they
    come to both."""
    presses = (f"kf:{world.thing('family', home)}", "k:families:0")
    return [Cell("", who, home, press=each) for who in meets(SIDE[home]) for each in presses]


HOMES = [("far", "mor"), ("mor", "far")]  # mor waits for an answer, so of looks far is told less


@pytest.mark.parametrize(("about", "reading"), tries(HOMES[:1], HOMES))
async def test_a_day_of_staffs_work_for_one_home_is_seen_there_and_not_in_the_other(
    door, about, reading
):
    begun, waits = opened(door.world, about), door.world.thing("waiting", about)
    nurse = [each for each in acts_of_staff(door.world, about) if each.who == "nurse here"]
    theirs = [each for each in nurse if f":{waits}:" not in each.press]  # not the newcomer's
    ordered = [each for way in DAILY for each in theirs if each.way == way]
    # Of each button about one thing of theirs one: whatever it says, it is the same act.
    day = list({(each.way, *each.press.split(":")[:3]): each for each in ordered}.values())
    kept = [Cell("", about, about, content=(("text", "/mydata"),))]
    assert await door.after(begun, kept) != await door.after([*begun, *day], kept)
    assert await differences_of(door, [day], reading, begun) == []


@pytest.mark.slow
@pytest.mark.skipif(not THOROUGH, reason="each act by itself: a night's work")
@pytest.mark.parametrize(("about", "reading"), HOMES)
async def test_nothing_that_staff_do_about_one_home_changes_a_page_of_the_other(
    door, about, reading
):
    alone = [[each] for each in acts_of_staff(door.world, about)]
    assert await differences_of(door, alone, reading, opened(door.world, about)) == []
