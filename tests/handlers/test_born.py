"""Expecting, then born: told by a parent who wishes to, once, undone in one tap."""

from datetime import date, timedelta

import pytest

from messaging import family_texts, join_texts, texts
from services import born, enrolment, loss
from services.access import reader_of
from tests.cast import JOINED, RULES, book_visit, local
from tests.handlers.phone import Phone
from tests.handlers.wording import faults, too_long

FOUR = ("sv", "ar", "so", "en")
DAY = timedelta(days=1)
TODAY = date(2026, 11, 2)
DUE = date(2026, 11, 9)


async def expecting(lotsen, due: date = DUE) -> str:
    """The link of a family that waits for a child."""
    now = lotsen.clock.now()
    async with lotsen.db.write() as tx:
        new = await enrolment.register_family(tx, "Hjällbo", None, due, None, now, RULES.zone)
    return new.code


async def parent(lotsen, code: str = "en", due: date = DUE) -> Phone:
    phone = lotsen.phone()
    await phone.join(code, await expecting(lotsen, due))
    return phone


async def tell(phone: Phone, day: date, count: int = 1):
    await phone.press("m:born")
    await phone.press(f"d:{day}")
    return await phone.press(f"dn:{day}:{count}")


async def children(lotsen) -> list[tuple]:
    return [(row.born, row.due, row.corrected) for row in await lotsen.rows("child")]


@pytest.mark.parametrize("code", FOUR)
async def test_who_expects_a_child_reads_of_the_button_and_is_never_asked(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.start(await expecting(lotsen))
    await phone.tap_data(f"l:{code}")
    await phone.tap_data("c:1")

    welcome, _ = await phone.tap_data("e:1")

    assert welcome.text == join_texts.welcome_expecting(t).text
    assert welcome.buttons == ((t.gettext("Our child is here"), "m:born"),)
    assert faults([welcome], t, lotsen.languages) == []
    if code in {"sv", "en"}:
        assert too_long([welcome]) == []


@pytest.mark.parametrize("code", FOUR)
async def test_our_child_is_here_in_three_taps(lotsen, code):
    t = lotsen.languages.get(code)
    phone = await parent(lotsen, code)

    [when] = await phone.press("m:born")
    [how_many] = await phone.tap(t.gettext("Today"))
    [done] = await phone.tap(t.gettext("One"))

    assert faults([when, how_many, done], t, lotsen.languages) == []
    assert done.text.startswith(
        t.gettext(
            "Congratulations! How good that your child is here!\nI have noted the day: {date}."
        ).split("\n")[0]
    )
    assert [label for label, _ in done.buttons] == [t.gettext("Undo")]
    assert await children(lotsen) == [(TODAY, DUE, False)]
    [event] = await lotsen.rows("event")
    assert (event.what, event.at) == ("born", JOINED)


async def test_yesterday_is_yesterday_however_late_the_press(lotsen):
    phone = await parent(lotsen)
    lotsen.clock.set(local("2026-11-02T23:59"))
    await phone.press("m:born")
    yesterday = phone.last.data("Yesterday")
    lotsen.clock.set(local("2026-11-03T00:01"))

    await phone.press(yesterday)
    await phone.tap("One")

    assert await children(lotsen) == [(TODAY - DAY, DUE, False)]


@pytest.mark.parametrize("code", FOUR)
async def test_another_day_is_found_in_words_back_to_sixty_days(lotsen, code):
    t = lotsen.languages.get(code)
    phone = await parent(lotsen, code)
    await phone.press("m:born")
    [page] = await phone.tap(t.gettext("Another day"))
    found: list[str] = []
    while True:
        assert len(page.buttons) <= 3
        assert faults([page], t, lotsen.languages) == []
        found += [label for label, data in page.buttons if data.startswith("d:")]
        if t.gettext("Earlier days") not in dict(page.buttons):
            break
        [page] = await phone.tap(t.gettext("Earlier days"))

    assert found == [t.date(TODAY - n * DAY) for n in range(2, 61)]
    await phone.tap(t.date(TODAY - 60 * DAY))
    await phone.tap(t.gettext("One"))
    assert await children(lotsen) == [(TODAY - 60 * DAY, DUE, False)]


async def test_a_day_that_no_button_names_is_not_believed(lotsen):
    phone = await parent(lotsen)
    old = texts.old_button(lotsen.languages.get("en"))

    for day in (TODAY + DAY, TODAY - 61 * DAY, "2026-02-30", "soon", "", "0001-01-01"):
        for data in (f"d:{day}", f"dn:{day}:1"):
            [said] = await phone.press(data)
            assert said.text == old, data
    for count in (0, -1, 4, 99):
        [said] = await phone.press(f"dn:{TODAY}:{count}")
        assert said.text == old, count
    [page] = await phone.press("dp:99999")
    assert len(page.buttons) == 3
    [page] = await phone.press("dp:-5")
    assert len(page.buttons) == 3

    assert await children(lotsen) == [(None, DUE, False)]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("code", FOUR)
async def test_twins_are_told_in_one_tap(lotsen, code, count):
    t = lotsen.languages.get(code)
    phone = await parent(lotsen, code)

    [done] = await tell(phone, TODAY, count)

    assert faults([done], t, lotsen.languages) == []
    assert await children(lotsen) == [(TODAY, DUE, False)] * count


@pytest.mark.parametrize("count", [1, 2, 3])
async def test_a_wrong_press_is_undone_with_all_that_came_of_it(lotsen, count):
    phone, t = await parent(lotsen), lotsen.languages.get("en")
    await tell(phone, TODAY, count)
    lotsen.clock.set(JOINED + timedelta(hours=3))

    [said] = await phone.tap("Undo")

    assert said.text == family_texts.not_born(t)
    assert await children(lotsen) == [(None, DUE, False)]
    assert await lotsen.rows("event") == []
    assert await born_again(lotsen, phone) == [(TODAY, DUE, False)]


async def born_again(lotsen, phone):
    await tell(phone, TODAY)
    return await children(lotsen)


async def test_an_undo_counts_once_and_not_after_staff_have_changed_it(lotsen):
    phone, t = await parent(lotsen), lotsen.languages.get("en")
    [done] = await tell(phone, TODAY, 2)
    undo = done.data("Undo")
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await born.correct(tx, family.id, 2, TODAY - DAY, None, JOINED, RULES)

    [said] = await phone.press(undo)
    assert said.text == texts.old_button(t)

    async with lotsen.db.write() as tx:
        await born.correct(tx, family.id, 2, TODAY, None, JOINED, RULES)
    await phone.press(undo)
    [again] = await phone.press(undo)
    assert again.text == texts.old_button(t)
    assert await children(lotsen) == [(None, DUE, False)]


async def test_with_a_visit_booked_people_must_talk(lotsen):
    phone, t = await parent(lotsen), lotsen.languages.get("en")
    [done] = await tell(phone, TODAY, 2)
    [family] = await lotsen.rows("family")
    await book_visit(lotsen.db, family.id, local("2026-11-10T10:00"), JOINED)

    [said] = await phone.press(done.data("Undo"))

    assert said.text == family_texts.visit_is_booked(t)
    assert len(await children(lotsen)) == 2
    assert (await children(lotsen))[0][0] == TODAY


async def test_a_forged_undo_takes_no_sibling_away(lotsen):
    phone, t = await parent(lotsen), lotsen.languages.get("en")
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await born.add(tx, family.id, date(2025, 5, 5), None, JOINED, RULES)
        await born.add(tx, family.id, TODAY - 2 * DAY, None, JOINED, RULES)
    before = await children(lotsen)
    for at in (0, -1, int(JOINED.timestamp()), 10**30):
        [said] = await phone.press(f"du:{at}")
        assert said.text == texts.old_button(t)
    assert await children(lotsen) == before

    await tell(phone, TODAY, 3)
    await phone.tap("Undo")

    assert await children(lotsen) == before


async def test_an_undo_that_could_hit_another_child_changes_nothing(lotsen):
    phone, t = await parent(lotsen), lotsen.languages.get("en")
    await tell(phone, TODAY, 2)
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await born.add(tx, family.id, TODAY, None, JOINED, RULES)

    [said] = await phone.tap("Undo")

    assert said.text == texts.old_button(t)
    assert len(await children(lotsen)) == 3


async def test_another_familys_birth_is_nobody_elses(lotsen):
    phone, other = await parent(lotsen), await parent(lotsen)
    early = await parent(lotsen, due=TODAY + 60 * DAY)
    [done] = await tell(phone, TODAY)
    [soon] = await tell(early, TODAY)

    for data in (done.data("Undo"), soon.data("Undo"), soon.data("Count from the due date")):
        [said] = await other.press(data)
        assert said.text == texts.old_button(lotsen.languages.get("en"))

    assert await children(lotsen) == [
        (TODAY, DUE, False),
        (None, DUE, False),
        (TODAY, TODAY + 60 * DAY, False),
    ]


# ---- born early


@pytest.mark.parametrize(("before", "offered"), [(21, False), (22, True), (0, False), (-14, False)])
async def test_who_came_more_than_three_weeks_early_is_offered_the_due_date(
    lotsen, before, offered
):
    phone = await parent(lotsen, due=TODAY + before * DAY)

    [done] = await tell(phone, TODAY)

    assert ("Count from the due date" in dict(done.buttons)) is offered
    assert (await children(lotsen))[0][2] is False  # only if they wish


@pytest.mark.parametrize("code", FOUR)
async def test_tips_follow_the_due_date_in_one_tap_for_twins_both_and_back(lotsen, code):
    t, due = lotsen.languages.get(code), TODAY + 40 * DAY
    phone = await parent(lotsen, code, due)
    [done] = await tell(phone, TODAY, 2)

    [on] = await phone.tap(t.gettext("Count from the due date"))

    assert faults([done, on], t, lotsen.languages) == []
    assert on.text == family_texts.from_due(t, 1).text
    rows = await lotsen.rows("child")
    assert [(row.born, row.tips_from, row.corrected) for row in rows] == [(TODAY, due, True)] * 2
    [off] = await phone.tap(t.gettext("Undo"))
    assert off.text == family_texts.from_birth(t)
    assert faults([off], t, lotsen.languages) == []
    rows = await lotsen.rows("child")
    assert [(row.tips_from, row.corrected) for row in rows] == [(TODAY, False)] * 2


async def test_who_was_not_early_cannot_follow_the_due_date(lotsen):
    phone = await parent(lotsen)
    await tell(phone, TODAY)
    [child] = await lotsen.rows("child")

    [said] = await phone.press(f"dd:{child.id}:1")

    assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await children(lotsen) == [(TODAY, DUE, False)]


async def test_an_undone_early_birth_waits_as_before(lotsen):
    due = TODAY + 40 * DAY
    phone = await parent(lotsen, due=due)
    [done] = await tell(phone, TODAY, 2)
    await phone.press(done.data("Count from the due date"))

    await phone.press(done.data("Undo"))

    [row] = await lotsen.rows("child")
    assert (row.born, row.due, row.tips_from, row.corrected) == (None, due, None, False)


# ---- who knew already


@pytest.mark.parametrize("code", FOUR)
async def test_where_no_child_is_expected_the_page_says_so(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)

    for data in ("m:born", f"d:{TODAY}", f"dn:{TODAY}:1"):
        [said] = await phone.press(data)
        assert said.text == family_texts.born_already(t), data
        assert faults([said], t, lotsen.languages) == []

    assert len(await lotsen.rows("child")) == 1
    assert await lotsen.rows("event") == []


async def test_both_parents_press_at_once_and_it_is_told_once(lotsen):
    phone = await parent(lotsen)
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        code = await enrolment.new_link(tx, family.id, JOINED)
    other = lotsen.phone()
    await other.start(code)
    await other.tap_data("l:ar")
    await other.tap_data("c:1")
    await other.tap_data("i:")

    await lotsen.take(phone.press_of(f"dn:{TODAY}:2"), other.press_of(f"dn:{TODAY}:2"))

    said = {phone.last.text, other.last.text}
    known = {family_texts.born_already(lotsen.languages.get(code)) for code in ("en", "ar")}
    assert len(said & known) == 1
    assert await children(lotsen) == [(TODAY, DUE, False)] * 2
    assert len(await lotsen.rows("event")) == 1


async def test_a_child_nothing_is_said_about_is_not_waited_for(lotsen):
    phone = await parent(lotsen)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET silent = true")

    [said] = await phone.press("m:born")

    assert said.text == family_texts.born_already(lotsen.languages.get("en"))


async def test_after_a_loss_the_page_says_nothing_of_a_birth(lotsen):
    phone = await parent(lotsen)
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await loss.begin(tx, family.id, None, JOINED, RULES)

    for data in ("m:born", "m:other", f"dn:{TODAY}:1"):
        for said in await phone.press(data):
            assert "Congratulations" not in said.text
            assert "t.me" not in said.text

    assert await children(lotsen) == [(None, DUE, False)]


# ---- what follows


async def test_after_the_birth_tips_and_visits_follow_the_birth_date(lotsen):
    from programme.plan import due

    phone = await parent(lotsen)
    await tell(phone, TODAY - DAY)
    async with lotsen.db.read() as tx:
        who = await reader_of(tx, phone.id)
        family = await born.family_of(tx, who)

    letters = due(family, who.guardian, JOINED, JOINED + 60 * DAY, RULES)

    gift = next(each for each in letters if ":gift_book:" in each.key)
    assert gift.at == local("2026-11-05T10:00")  # four days old


async def test_before_the_birth_and_after_the_due_date_everything_waits(lotsen):
    from programme.plan import due

    phone = await parent(lotsen)
    async with lotsen.db.read() as tx:
        who = await reader_of(tx, phone.id)
        family = await born.family_of(tx, who)

    assert due(family, who.guardian, JOINED + 8 * DAY, JOINED + 400 * DAY, RULES) == []
