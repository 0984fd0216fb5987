"""A parent's link that opens nothing, and a maker who goes away meanwhile."""

from datetime import timedelta

import pytest

from messaging import join_texts, texts
from programme.people import Why
from services import joining, links, loss
from tests.cast import JOINED, RULES
from tests.handlers.couple import asked, come, own_link, rest, staff_link

FOUR = ("sv", "ar", "so", "en")
DAY = timedelta(days=1)
WELCOME_IN_ARABIC = "أهلًا بكم! وافق الوالد الآخر."


# ---- links that open nothing


async def test_the_maker_who_opens_their_own_link_is_told_whom_it_is_for(lotsen, office, amina):
    code = await own_link(amina)

    [said] = await amina.start(code)

    assert said.text == join_texts.own_link(lotsen.languages.get("so"))
    assert len(await lotsen.rows("guardian")) == 1
    assert [row.used_at for row in await lotsen.rows("invite")][1:] == [None]


@pytest.mark.parametrize("whose", ["this family", "another family"])
async def test_who_is_a_parent_already_is_told_so_and_nothing_changes(lotsen, office, amina, whose):
    other = lotsen.phone()
    if whose == "another family":
        await other.join("ar")
    else:
        await come(other, await staff_link(lotsen))
        await other.tap_data("i:")
    before = await lotsen.rows("guardian")
    code = await own_link(amina)

    [said] = await other.start(code)

    assert said.text == join_texts.already_in(lotsen.languages.get("ar"))
    assert await lotsen.rows("guardian") == before
    assert (await lotsen.rows("invite"))[-1].used_at is None


@pytest.mark.parametrize("made_by", ["a parent", "staff"])
async def test_after_a_loss_a_link_is_like_one_that_is_too_old(lotsen, office, amina, made_by):
    code = await own_link(amina) if made_by == "a parent" else await staff_link(lotsen)
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await loss.begin(tx, family.id, None, lotsen.clock.now(), RULES)
    dan = lotsen.phone()

    await dan.start(code)
    [said] = await dan.tap_data("l:en")

    assert said.text == join_texts.link_expired(lotsen.languages.get("en"))
    assert len(await lotsen.rows("guardian")) == 1


async def test_a_loss_while_one_thinks_is_met_at_the_yes_and_a_no_is_not_counted(
    lotsen, office, amina
):
    yes, no = lotsen.phone(), lotsen.phone()
    for phone in (yes, no):
        await phone.start(await own_link(amina))
        await phone.tap_data("l:en")
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await loss.begin(tx, family.id, None, lotsen.clock.now(), RULES)

    [said] = await yes.tap_data("c:1")
    await no.tap_data("c:0")

    assert said.text == join_texts.link_expired(lotsen.languages.get("en"))
    assert len(await lotsen.rows("guardian")) == 1
    assert await lotsen.rows("tally", what="declined_chat") == []


async def test_a_parents_link_lives_seven_days_to_the_second(lotsen, office, amina):
    code = await own_link(amina)
    async with lotsen.db.read() as tx:
        end = JOINED + 7 * DAY
        last = end - timedelta(seconds=1)
        assert await joining.try_link(tx, code, last) is joining.Link.GOOD
        assert await joining.try_link(tx, code, end) is joining.Link.EXPIRED


# ---- the maker goes away meanwhile


@pytest.mark.parametrize("why", [Why.STOPPED, Why.UNREACHABLE])
async def test_a_link_whose_maker_does_not_read_any_more_opens_nothing(lotsen, office, amina, why):
    code = await own_link(amina)
    [guardian] = await lotsen.rows("guardian")
    await rest(lotsen, why, guardian_id=guardian.id)
    dan = lotsen.phone()

    await dan.start(code)
    [said] = await dan.tap_data("l:en")

    assert said.text == join_texts.link_expired(lotsen.languages.get("en"))


@pytest.mark.parametrize("how", ["stops", "blocks"])
async def test_who_waits_for_a_maker_who_goes_away_waits_and_is_then_forgotten(
    lotsen, office, amina, how
):
    yusuf = lotsen.phone()
    await come(yusuf, await own_link(amina))
    if how == "stops":
        await amina.write("/stop")
    else:
        [maker] = [row for row in await lotsen.rows("guardian") if row.chat_id == amina.id]
        await rest(lotsen, Why.UNREACHABLE, guardian_id=maker.id)

    assert await office.to(amina) == []
    [said] = await yusuf.write("hello")
    assert said.text == join_texts.waits_for_yes(lotsen.languages.get("ar"))
    lotsen.clock.set(JOINED + 7 * DAY)
    async with lotsen.db.write() as tx:
        assert (await links.purge(tx, lotsen.clock.now(), RULES)).joiners == 1
    assert len(await lotsen.rows("guardian")) == 1
    assert await office.to(yusuf) == []


async def test_who_comes_back_in_time_is_asked_then(lotsen, office, amina):
    t = lotsen.languages.get("so")
    await come(lotsen.phone(), await own_link(amina))
    await amina.write("/stop")
    assert await office.to(amina) == []
    lotsen.clock.set(JOINED + 2 * DAY)
    await amina.press("u")

    _, buttons = await asked(office, amina)
    await amina.press(buttons[t.gettext("Yes, it is")])

    assert (await lotsen.rows("guardian"))[1].active_since == lotsen.clock.now()


async def test_a_yes_after_seven_days_is_too_late(lotsen, office, amina):
    t = lotsen.languages.get("so")
    await come(lotsen.phone(), await own_link(amina))
    _, buttons = await asked(office, amina)
    lotsen.clock.set(JOINED + 7 * DAY)

    [said] = await amina.press(buttons[t.gettext("Yes, it is")])

    assert said.text == texts.old_button(t)
    assert (await lotsen.rows("guardian"))[1].active_since is None


async def test_who_waits_for_somebody_who_is_gone_is_forgotten_at_once(lotsen, office, amina):
    await come(lotsen.phone(), await own_link(amina))
    maker, _ = await lotsen.rows("guardian")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql(f"DELETE FROM guardian WHERE id = {maker.id}")
        purged = await links.purge(tx, lotsen.clock.now(), RULES)

    assert purged.joiners == 1
    assert await lotsen.rows("guardian") == []


async def test_who_waits_less_than_seven_days_stays(lotsen, office, amina):
    await come(lotsen.phone(), await own_link(amina))
    async with lotsen.db.write() as tx:
        at = JOINED + 7 * DAY - timedelta(seconds=1)
        assert (await links.purge(tx, at, RULES)).joiners == 0
    assert len(await lotsen.rows("guardian")) == 2
