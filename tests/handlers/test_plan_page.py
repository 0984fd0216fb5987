from datetime import timedelta

import pytest

from messaging import texts
from messaging.plain import plain
from services import planning
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.home import (
    FOUR,
    STARTS,
    a_parent,
    data,
    delivered,
    labels,
    the_other_parent,
    with_visit,
)
from tests.handlers.wording import faults, too_long
from tests.messaging.reading_marks import without_isolates

TIP = local("2026-11-04T10:00")


async def pages(phone) -> list:
    """Every page of /plan, turned with More."""
    [page] = await phone.write("/plan")
    found = [page]
    while "More" in labels(found[-1]):
        found += await phone.press(dict(found[-1].buttons)["More"])
        assert len(found) < 60
    return found


@pytest.mark.parametrize("code", FOUR)
async def test_what_is_coming_is_one_s_own_visits_and_messages_in_order(lotsen, code):
    t = lotsen.languages.get(code)
    phone, _ = await with_visit(lotsen, code)

    [page] = await phone.write("/plan")
    [same] = await phone.press("m:plan")

    assert page == same
    first, second = plain(page.text).split("\n\n")[1:]
    assert "4 " in first  # the tip of Wednesday 4 November
    assert t.gettext("Skip the first") in labels(page)
    assert faults([page], t, lotsen.languages) == []
    assert too_long([page]) == []
    assert second


async def test_every_page_is_reached_has_two_entries_and_ends_with_back(lotsen):
    phone, _ = await with_visit(lotsen)

    found = await pages(phone)

    shown = [entry for page in found for entry in plain(page.text).split("\n\n")[1:]]
    assert len(found) == -(-len(shown) // 2) > 3
    assert labels(found[-1])[-1] == "Back"
    assert len(set(shown)) == len(shown)
    assert [without_isolates(entry) for entry in shown if "These people" in entry] == [
        "Monday 9 November at 10:30: visit 1 of 6.\n"
        "These people will come: Anna (nurse) and Bo (parent supporter)."
    ]
    assert len([entry for entry in shown if "a reminder of the visit" in entry]) == 1


async def test_a_visit_has_no_skip_but_its_reminder_has(lotsen):
    phone, booking = await with_visit(lotsen)

    found = await pages(phone)

    skips = {sent for page in found for sent in data(page) if sent.startswith("x:")}
    assert f"x:day_before:{booking}:0:1" in skips
    messages = sum(len(plain(page.text).split("\n\n")) - 1 for page in found) - 1
    assert len(skips) == messages


@pytest.mark.parametrize("code", FOUR)
async def test_a_skipped_tip_does_not_come_and_an_undo_brings_it_back(lotsen, code):
    t = lotsen.languages.get(code)
    phone, _ = await a_parent(lotsen, code)
    await phone.write("/plan")

    [skipped] = await phone.tap(t.gettext("Skip the first"))
    assert [row.state for row in await lotsen.rows("item")] == ["skipped"]
    [again] = await phone.tap(t.gettext("Undo"))
    assert await lotsen.rows("item") == []
    await phone.write("/plan")
    await phone.tap(t.gettext("Skip the first"))
    [page] = await phone.tap(t.gettext("What is coming"))

    assert t.gettext("You have skipped this.") in page.text
    assert t.gettext("Bring back the first") in labels(page)
    assert faults([skipped, again, page], t, lotsen.languages) == []
    assert await delivered(lotsen, TIP) == []


async def test_a_skipped_tip_can_be_brought_back_from_the_page(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/plan")
    await phone.tap("Skip the first")
    await phone.tap("What is coming")

    await phone.tap("Bring back the first")

    assert [said.chat_id for said in await delivered(lotsen, TIP)] == [phone.id]


async def test_a_tip_that_waits_already_can_still_be_skipped(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/plan")
    lotsen.clock.set(TIP - timedelta(seconds=1))
    await planning.plan(lotsen.db, TIP, RULES)
    assert [row.state for row in await lotsen.rows("item")] == ["planned"]

    await phone.tap("Skip the first")

    assert await delivered(lotsen, TIP) == []
    assert [row.state for row in await lotsen.rows("item")] == ["skipped"]


async def test_an_undo_after_the_planner_has_passed_still_brings_the_tip(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.write("/plan")
    lotsen.clock.set(TIP - timedelta(seconds=1))
    await phone.tap("Skip the first")
    await planning.plan(lotsen.db, TIP, RULES)

    await phone.tap("Undo")

    assert [said.chat_id for said in await delivered(lotsen, TIP)] == [phone.id]


async def test_a_skipped_reminder_takes_the_one_of_the_same_morning_with_it(lotsen):
    phone, booking = await with_visit(lotsen)

    await phone.press(f"x:day_before:{booking}:0:1")

    assert sorted(row.key.split(":")[3] for row in await lotsen.rows("item")) == [
        "day-before",
        "same-morning",
    ]
    assert len(await delivered(lotsen, TIP)) == 2  # that a visit is booked, and a tip
    assert await delivered(lotsen, local("2026-11-08T17:00")) == []
    assert await delivered(lotsen, local("2026-11-09T07:30")) == []
    await phone.press(f"x:day_before:{booking}:0:0")
    assert (await lotsen.rows("booking"))[0].state == "booked"


async def test_one_parent_s_skips_and_messages_are_never_the_other_s(lotsen):
    amina, family_id = await a_parent(lotsen)
    yusuf = await the_other_parent(lotsen, family_id, "en")
    await amina.write("/plan")
    before = await pages(yusuf)
    await amina.tap("Skip the first")
    await amina.press("f:1")

    assert await pages(yusuf) == before
    assert [said.chat_id for said in await delivered(lotsen, TIP)] == [yusuf.id]


@pytest.mark.parametrize(
    "forged",
    [
        "x:tip:1:gift_book:1",  # another family's child
        "x:tip:2:gone:1",
        "x:tip:2:faces:1",
        "x:visit_booked:1:0:1",
        "x:same_morning:1:0:1",
        "x:staff_news:0::1",
        "x:digest:0::1",
    ],
)
async def test_what_is_not_coming_to_this_parent_cannot_be_skipped(lotsen, forged):
    await with_visit(lotsen)
    dan, _ = await a_parent(lotsen)

    [said] = await dan.press(forged)

    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await lotsen.rows("item", state="skipped") == []


async def test_what_the_page_does_not_show_cannot_be_skipped(lotsen):
    phone, booking = await with_visit(lotsen)

    for forged in (f"x:same_morning:{booking}:0:1", f"x:visit_booked:{booking}:0:1"):
        [said] = await phone.press(forged)
        assert said.text == texts.old_button(lotsen.languages.get("en"))

    assert await lotsen.rows("item", state="skipped") == []


@pytest.mark.parametrize("page", [-1, 99, 2**31 - 1])
async def test_a_page_that_is_not_there_is_the_first(lotsen, page):
    phone, _ = await a_parent(lotsen)
    [first] = await phone.write("/plan")

    [said] = await phone.press(f"g:{page}")

    assert said == first


@pytest.mark.parametrize("code", FOUR)
async def test_who_has_stopped_sees_only_the_visits(lotsen, code):
    t = lotsen.languages.get(code)
    phone, family_id = await a_parent(lotsen, code)
    await phone.write("/stop")

    [nothing] = await phone.write("/plan")
    assert nothing.text == t.gettext("Nothing is coming. You have stopped the messages.")
    assert "u" in data(nothing)
    await book_visit(lotsen.db, family_id, STARTS, JOINED)
    [visit] = await phone.write("/plan")

    assert data(visit) == ["K:file", "m:home"]
    assert t.date(STARTS.date()) in visit.text
    assert faults([nothing, visit], t, lotsen.languages) == []


async def test_who_is_away_sees_what_comes_afterwards(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press("p:1:2026-11-16")

    found = await pages(phone)

    text = "".join(page.text for page in found)
    assert "4 November" not in text
    assert "December" in text


async def test_a_visit_that_is_gone_is_not_coming(lotsen):
    phone, booking = await with_visit(lotsen)
    await phone.press(f"n:{booking}:0")

    found = await pages(phone)

    assert not any("visit" in plain(page.text) for page in found)
