"""Two homes, from the phones of both parents: neither learns what the other has (mission B15)."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from messaging import home_texts, registering_texts, texts, visit_texts
from messaging.plain import plain
from programme.errors import Broken
from programme.people import Place, Role
from services import availability, booking, enrolment, joining, two_homes
from services.access import reader_of
from services.two_homes import Keeps
from storage import families
from tests.cast import JOINED, RULES, local
from tests.colleagues import at_work
from tests.handlers.couple import code_in
from tests.handlers.home import delivered, the_other_parent, with_visit
from tests.handlers.phone import Lotsen, Phone
from tests.handlers.wording import faults, too_long

HERS, HIS = ("Anna", "Bo"), ("Cecilia", "Dan")
ANNA = 2001


@dataclass
class Couple:
    lotsen: Lotsen
    amina: Phone
    yusuf: Phone
    family: int
    booked: int

    async def split(self, keeps: Keeps = Keeps.FIRST) -> None:
        async with self.lotsen.db.write() as tx:
            reader = await reader_of(tx, self.amina.id)
            await two_homes.split(tx, reader, keeps, self.lotsen.clock.now(), RULES)

    async def book(self, number, at, staff, home, place=Place.HOME) -> int:
        async with self.lotsen.db.write() as tx:
            now = self.lotsen.clock.now()
            return await booking.book(
                tx, self.family, number, at, staff, now, RULES, place=place, home=home
            )

    async def to(self, phone: Phone, at=None):
        return [said for said in await delivered(self.lotsen, at) if said.chat_id == phone.id]


@pytest.fixture
async def couple(lotsen) -> Couple:
    """Amina has joined and has visit 1; Yusuf reads as well; both have read of it."""
    amina, booked = await with_visit(lotsen, "en")
    [guardian] = await lotsen.rows("guardian", chat_id=amina.id)
    yusuf = await the_other_parent(lotsen, guardian.family_id, "sv")
    await delivered(lotsen, JOINED + timedelta(hours=1))
    return Couple(lotsen, amina, yusuf, guardian.family_id, booked)


async def test_a_parent_splits_the_family_in_three_taps_and_says_who_has_the_visit(couple):
    t = couple.lotsen.languages.get("en")
    await couple.amina.press("m:other")
    await couple.amina.tap(t.gettext("Two homes"))
    [asked] = await couple.amina.tap(t.gettext("Yes, two homes"))
    assert "10:30" in asked.text
    [done] = await couple.amina.tap(t.gettext("I have it"))
    assert done.text == home_texts.are_two_homes(t, None).text
    [family] = await couple.lotsen.rows("family")
    assert family.split_at == couple.lotsen.clock.now()
    homes = {each.chat_id: each.home for each in await couple.lotsen.rows("guardian")}
    assert homes == {couple.amina.id: 1, couple.yusuf.id: 2}


async def test_who_loses_the_visit_reads_that_it_is_cancelled_and_no_more(couple):
    await couple.split(Keeps.FIRST)
    [said] = await couple.to(couple.yusuf)
    assert "ställa in" in said.text
    assert "10:30" in plain(said.text)
    assert await couple.to(couple.amina) == []


async def test_who_was_never_told_of_the_visit_learns_nothing(couple):
    couple.lotsen.clock.set(local("2026-11-02T22:00"))
    await couple.book(2, local("2026-12-30T09:15"), HERS, None)
    await couple.split(Keeps.FIRST)
    said = await delivered(couple.lotsen, local("2026-11-03T12:00"))
    told = {each.chat_id for each in said if "9:15" in plain(each.text)}
    assert told == {couple.amina.id}


async def test_a_move_that_is_not_told_yet_does_not_give_the_new_time_away(couple):
    couple.lotsen.clock.set(local("2026-11-02T22:00"))
    await couple.book(1, local("2026-11-10T13:45"), HERS, None)
    await couple.split(Keeps.FIRST)
    [said] = await couple.to(couple.yusuf, local("2026-11-03T12:00"))
    assert "10:30" in plain(said.text)
    assert "13:45" not in plain(said.text)


async def test_with_new_times_both_read_that_it_is_cancelled_and_staff_hear(couple):
    await at_work(couple.lotsen.db)
    await couple.split(Keeps.NOBODY)
    said = await delivered(couple.lotsen)
    assert {each.chat_id for each in said} == {couple.amina.id, couple.yusuf.id, ANNA}
    [to_anna] = [each for each in said if each.chat_id == ANNA]
    assert "another time" in to_anna.text
    assert "two homes" in to_anna.text


async def test_an_old_reminder_says_to_the_other_home_that_the_visit_is_cancelled(couple):
    await couple.split(Keeps.FIRST)
    t = couple.lotsen.languages.get("sv")
    [said] = await couple.yusuf.press(f"v:{couple.booked}:0:yes")
    assert said.text == visit_texts.visit_was_cancelled(t)
    await couple.yusuf.press(f"nu:{couple.booked}")
    [row] = await couple.lotsen.rows("booking", id=couple.booked)
    assert (row.state, row.home) == ("booked", 1)


async def test_a_second_split_by_the_other_changes_nothing_and_says_the_same(couple):
    await couple.split(Keeps.FIRST)
    before = await couple.lotsen.rows("booking")
    for pressed in ("H:yes", "H:second", "H:nobody", "H:first"):
        [said] = await couple.yusuf.press(pressed)
        t = couple.lotsen.languages.get("sv")
        assert said.text == home_texts.are_two_homes(t, None).text
    assert await couple.lotsen.rows("booking") == before


async def test_a_word_that_no_button_sends_splits_nothing(couple):
    t = couple.lotsen.languages.get("en")
    [said] = await couple.amina.press("H:everything")
    assert said.text == texts.old_button(t)
    [family] = await couple.lotsen.rows("family")
    assert family.split_at is None


FORGED = (
    "v:{id}:0:yes", "v:{id}:0:other_time", "v:{id}:0:no_thanks", "v:{id}:1:yes", "n:{id}:0",
    "nu:{id}", "x:day_before:{id}:0:1", "x:same_morning:{id}:0:1", "x:day_before:{id}:0:0",
    "a:{id}", "ce:{id}", "am:{id}:1",
)  # fmt: skip


async def test_no_forged_button_of_the_other_home_does_or_tells_anything(couple):
    await couple.split(Keeps.FIRST)
    number = await couple.book(2, local("2026-12-30T09:15"), HERS, 1)
    before = await couple.lotsen.rows("booking"), await couple.lotsen.rows("answer")
    t = couple.lotsen.languages.get("sv")
    for forged in FORGED:
        [said] = await couple.yusuf.press(forged.format(id=number))
        assert said.text == texts.old_button(t), forged
    assert (await couple.lotsen.rows("booking"), await couple.lotsen.rows("answer")) == before


async def test_no_thanks_to_all_visits_is_said_for_ones_own_home_alone(couple):
    await couple.split(Keeps.FIRST)
    his = await couple.book(2, local("2026-12-30T09:15"), HIS, 2)
    await couple.yusuf.press(f"n:{his}:1")
    states = {each.id: each.state for each in await couple.lotsen.rows("booking", why=None)}
    assert states == {couple.booked: "booked", his: "declined"}
    [family] = await couple.lotsen.rows("family")
    assert family.visits_ended_at is None
    skipped = await couple.lotsen.rows("item", state="skipped")
    [yusuf] = await couple.lotsen.rows("guardian", chat_id=couple.yusuf.id)
    assert {each.guardian_id for each in skipped} == {yusuf.id}
    await couple.yusuf.press("nu:0")
    assert await couple.lotsen.rows("item", state="skipped") == []


async def test_away_rests_ones_own_home_alone(couple):
    await couple.split(Keeps.FIRST)
    his = await couple.book(2, local("2026-12-30T09:15"), HIS, 2)
    await couple.yusuf.press("p:1:2027-01-10")
    states = {each.id: each.state for each in await couple.lotsen.rows("booking", why=None)}
    assert states == {couple.booked: "booked", his: "freed"}
    evening = await delivered(couple.lotsen, local("2026-11-08T17:30"))
    chats = {each.chat_id for each in evening}
    assert couple.amina.id in chats
    assert couple.yusuf.id not in chats
    [row] = await couple.lotsen.rows("rest", why="away")
    await couple.amina.press(f"a:{row.id}")
    await couple.amina.press("b:")
    [row] = await couple.lotsen.rows("rest", why="away")
    assert row.until > couple.lotsen.clock.now()
    await couple.yusuf.press("b")
    [row] = await couple.lotsen.rows("rest", why="away")
    assert row.until == couple.lotsen.clock.now()


async def test_wanting_the_visit_that_the_other_home_has_asks_staff_and_tells_nothing(couple):
    await couple.split(Keeps.FIRST)
    [said] = await couple.yusuf.press("o:1:yes")
    assert "10:30" not in said.text
    [event] = [e for e in await couple.lotsen.rows("event") if e.what == "wants_time"]
    assert event.detail == "1 home:2"


async def test_who_comes_by_ones_own_link_lives_in_ones_own_home(couple, office):
    await couple.split(Keeps.FIRST)
    [said] = await couple.yusuf.press("m:other")
    aunt = couple.lotsen.phone()
    await aunt.start(code_in(said.text))
    await aunt.tap_data("l:en")
    await aunt.tap_data("c:1")
    [row] = await couple.lotsen.rows("guardian", chat_id=aunt.id)
    assert row.home == 2


async def test_a_link_of_staff_opens_the_home_it_is_for_and_an_older_one_opens_none(couple):
    async with couple.lotsen.db.write() as tx:
        old = await enrolment.new_link(tx, couple.family, JOINED)
    await couple.split(Keeps.FIRST)
    async with couple.lotsen.db.write() as tx:
        new = await enrolment.new_link(tx, couple.family, JOINED, home=2)
        assert await joining.try_link(tx, old, JOINED) is joining.Link.UNKNOWN
        assert (await joining.join(tx, new, 4711, "sv", JOINED, RULES)) is joining.Link.GOOD
        with pytest.raises(enrolment.WhichHome):
            await enrolment.new_link(tx, couple.family, JOINED)
    [row] = await couple.lotsen.rows("guardian", chat_id=4711)
    assert row.home == 2


async def test_staff_split_see_both_homes_apart_and_join_them_again(couple):
    await at_work(couple.lotsen.db)
    anna = couple.lotsen.phone(ANNA)
    t = couple.lotsen.languages.get("en")
    [yusuf] = await couple.lotsen.rows("guardian", chat_id=couple.yusuf.id)
    await anna.press(f"kf:{couple.family}")
    await anna.tap(t.gettext("Homes and chat"))
    await anna.tap(t.gettext("Two homes"))
    await anna.press(f"Hg:{couple.family}:{yusuf.id}:ask")
    [page] = await anna.tap(t.gettext("The first home"))
    first, _, second = page.text.partition(home_texts.home_line(t, 2))
    assert home_texts.home_line(t, 1) in first
    assert "10:30" in first
    assert "10:30" not in second
    await couple.to(couple.yusuf)
    await anna.press(f"Hs:{couple.family}:join")
    [said] = await couple.to(couple.yusuf)
    assert "10:30" in plain(said.text)
    assert [each.home for each in await couple.lotsen.rows("guardian")] == [1, 1]


async def test_another_areas_staff_split_nothing(couple):
    await at_work(couple.lotsen.db, "Eva", Role.NURSE, 2050, "Gårdsten")
    eva = couple.lotsen.phone(2050)
    for forged in ("Hs:{f}:more", "Hs:{f}:split", "Hs:{f}:prot", "Hg:{f}:0:first", "Hc:{f}:1"):
        [said] = await eva.press(forged.format(f=couple.family))
        assert said.text == texts.old_button(couple.lotsen.languages.get("en"))
    [family] = await couple.lotsen.rows("family")
    assert (family.split_at, family.protected) == (None, False)


async def test_a_protected_family_hears_nothing_and_no_link_opens(couple, office):
    await at_work(couple.lotsen.db)
    [said] = await couple.amina.press("m:other")
    code = code_in(said.text)
    anna = couple.lotsen.phone(ANNA)
    t = couple.lotsen.languages.get("en")
    await anna.press(f"Hs:{couple.family}:pask")
    [page] = await anna.tap(t.gettext("No chat from now on"))
    assert registering_texts.protected_line(t) in page.text
    for at in ("2026-11-08T17:30", "2026-11-09T07:45", "2026-12-15T10:30"):
        said = await delivered(couple.lotsen, local(at))
        assert {each.chat_id for each in said} <= {ANNA}
    dan = couple.lotsen.phone()
    await dan.start(code)
    assert len(await couple.lotsen.rows("guardian")) == 2
    said = await couple.amina.press("g:0")
    assert not any("10:30" in each.text for each in said)
    await anna.press(f"Hs:{couple.family}:chat")
    [said] = await couple.amina.press("g:0")
    assert texts.old_button(t) not in said.text


async def test_the_words_are_right_in_every_language(couple):
    for t in couple.lotsen.languages:
        async with couple.lotsen.db.write() as tx:
            [amina] = await couple.lotsen.rows("guardian", chat_id=couple.amina.id)
            await families.set_guardian(tx, amina.id, language=t.code)
        said = await couple.amina.press("m:other")
        said += await couple.amina.press("H:ask") + await couple.amina.press("H:yes")
        assert faults(said, t, couple.lotsen.languages) == []
        assert too_long(said) == []


@dataclass
class History:
    """What both homes do, in any order; `secret`: what gives her visits away."""

    couple: Couple
    dice: random.Random
    secret: set[str]

    async def step(self, n: int) -> None:
        now = self.couple.lotsen.clock.now() + timedelta(hours=self.dice.randint(1, 60))
        self.couple.lotsen.clock.set(now)
        day = (now + timedelta(days=self.dice.randint(2, 9))).date()
        while not RULES.is_working_day(day):
            day += timedelta(days=1)
        act = self.dice.choice(["hers", "hers", "his", "press", "press", "away", "back"])
        if act in {"hers", "his"}:
            await self._book(act, day, f"{8 + n % 8:02}:{self.dice.choice((15, 30, 45))}")
        elif act == "press":
            await self._press()
        else:
            who = self.dice.choice((self.couple.amina, self.couple.yusuf))
            await who.press("b" if act == "back" else f"p:1:{day}")

    async def _book(self, whose: str, day: date, hour: str) -> None:
        home, staff = (1, HERS) if whose == "hers" else (2, HIS)
        number = self.dice.randint(1, 6)
        try:
            await self.couple.book(number, local(f"{day}T{hour}"), staff, home)
        except Broken:
            return
        if whose == "hers":
            self.secret.add(hour)

    async def _press(self) -> None:
        row = self.dice.choice(await self.couple.lotsen.rows("booking"))
        pressed = (*FORGED, "m:plan", "g:0", "g:1", "m:home", "s", "u", "n:{id}:1", "o:{v}:yes")
        said = self.dice.choice(pressed).format(id=row.id, v=self.dice.randint(1, 6))
        await self.couple.yusuf.press(said)


def words_of(text: str) -> set[str]:
    bare = plain(text).translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"), " "))
    return {each.strip("().,:") for each in bare.split()}


@pytest.mark.parametrize("seed", range(4))
async def test_over_any_history_nothing_of_one_home_reaches_the_other(couple, seed):
    await couple.split(Keeps.FIRST)
    await couple.to(couple.yusuf)  # the cancellation of what he knew
    couple.lotsen.line.said.clear()
    history, told = History(couple, random.Random(seed), {"Anna", "Bo"}), []
    for n in range(12):
        await history.step(n)
        told += [each.text for each in await couple.to(couple.yusuf)]
    told += [shown.text for chat, shown in couple.lotsen.line.said if chat == couple.yusuf.id]
    his = {f"{each.starts_at.astimezone(RULES.zone):%H:%M}" for each in await his_visits(couple)}
    assert told
    for text in told:
        assert not (history.secret - his) & words_of(text), text


async def his_visits(couple: Couple) -> list:
    return await couple.lotsen.rows("booking", home=2)


@pytest.mark.parametrize("home", [0, 1, 2])
async def test_staff_who_book_for_two_homes_say_with_which(couple, home):
    anna_there = await at_work(couple.lotsen.db)
    bo_there = await at_work(couple.lotsen.db, "Bo", Role.PARENT_SUPPORTER, 2002)
    for each in (anna_there, bo_there):
        async with couple.lotsen.db.write() as tx:
            who = each.member.id
            await availability.set_hours(tx, each, who, range(5), [(480, 960)], JOINED, RULES)
    await couple.split(Keeps.FIRST)
    couple.lotsen.clock.set(local("2026-12-28T09:00"))
    await delivered(couple.lotsen)
    [child] = await couple.lotsen.rows("child")
    anna = couple.lotsen.phone(ANNA)
    [asked] = await anna.press(f"yfi:{couple.family}:{child.id}:2:visit:now")
    await anna.press(next(data for _, data in asked.buttons if f":{home}:" in data[-8:]))
    await anna.tap_data("yki:")
    await anna.tap("Book this time")
    [row] = [each for each in await couple.lotsen.rows("booking") if each.visit == 2]
    assert (row.state, row.home) == ("booked", home or None)
    told = {each.chat_id for each in await delivered(couple.lotsen)}
    assert (couple.amina.id in told, couple.yusuf.id in told) == (home != 2, home != 1)
