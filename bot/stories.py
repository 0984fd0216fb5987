"""The demo's families and its staff: who they are, how they join, which visits get booked.

Everything they do they do as people would: phones press buttons, staff use the services.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import demo_places, onlookers
from bot.app import House
from bot.demo_activities import SAMPLES
from bot.hands import Hands
from messaging.callbacks import ChooseLanguage, Consent, Eligible
from messaging.callbacks import Role as Who
from programme.ages import date_at
from programme.errors import Broken, NoChildBorn
from programme.localtime import instant, on_the_clock
from programme.people import GuardianRole, Role
from programme.visits import VISITS
from services import (
    areas,
    demo_activities,
    demo_team,
    enrolment,
    households,
    place_lists,
    staff_links,
)
from simulator.users import Person

AREA = "Hjällbo"
OFFICE_OPENS = time(9)
Hours = Sequence[tuple[int, int]]
WORKS: Hours = ((8 * 60, 17 * 60),)  # in minutes since midnight, on weekdays
ACT_SECONDS = 5.0


@dataclass(frozen=True)
class Cast:
    """One phone of the demo."""

    name: str
    language: str
    days_old: int


CAST = (
    Cast("Amina", "so", 2),
    Cast("Yusuf", "ar", 2),
    Cast("Maria", "sv", 55),
    Cast("Grace", "en", 236),
)
TEAM = {"Anna": Role.NURSE, "Bo": Role.PARENT_SUPPORTER, "Carla": Role.COORDINATOR}
EXPECTED_IN = timedelta(weeks=9)


@dataclass(frozen=True, order=True)
class Plan:
    """A booking the demo's staff are going to make."""

    at: datetime
    family_id: int
    visit: int
    first: date  # the next free time from that day on


class Story:
    """The demo area: families that join by phone, and staff who book each visit in good time."""

    def __init__(self, house: House, hands: Hands) -> None:
        self._house, self._hands = house, hands
        self._plans: list[Plan] = []
        self._expecting: set[int] = set()  # families whose first visit is in nobody's mind yet

    async def begin(self) -> None:
        """Four families and their staff join; the visits ahead are in the staff's minds."""
        await self.open_area()
        for who in CAST:
            family_id, code = await self.register(who.days_old)
            await self.join(who.name, who.language, code)
            await self.intend(family_id)
        for name, role in TEAM.items():
            await self.join_team(name, role)
        await self.act(self._house.clock.now())

    async def open_area(self) -> None:
        """The demo area has places and activities."""
        await self._hands.world.until(lambda: self._hands.world.bot.updates.poll, within=30)
        await self._open_places()

    async def _open_places(self) -> None:
        """Places of the demo, which no document names; one that is started again has them."""
        now, codes = self._house.clock.now(), self._house.languages.codes
        today = on_the_clock(now, self._house.settings.timezone).date()
        written = demo_places.LIST.format(today=today).encode()
        async with self._house.db.write() as tx:
            await place_lists.take(tx, written, codes, now, today, update=True)
            area_id = await areas.find(tx, AREA)
            rules = self._house.settings.rules
            await demo_activities.open_them(tx, area_id, SAMPLES, now, rules)

    async def register(self, days_old: int = 0, label: str | None = None) -> tuple[int, str]:
        """A new family of the demo area: its number and the code of its link."""
        now, zone = self._house.clock.now(), self._house.settings.timezone
        born = on_the_clock(now, zone).date() - timedelta(days=days_old)
        async with self._house.db.write() as tx:
            new = await enrolment.register_family(tx, AREA, born, None, label, now, zone)
        return new.family_id, new.code

    async def newcomer(self, expecting: bool = False) -> str:
        """The link of a family with a newborn child, or that expects one; it has not joined yet."""
        if expecting:
            family_id, code = await self._expect()
            self._expecting.add(family_id)
        else:
            family_id, code = await self.register()
            await self.intend(family_id)
        return f"https://t.me/{self._hands.world.bot.username}?start={code}"

    async def _expect(self) -> tuple[int, str]:
        now, zone = self._house.clock.now(), self._house.settings.timezone
        due = on_the_clock(now + EXPECTED_IN, zone).date()
        async with self._house.db.write() as tx:
            new = await enrolment.register_family(tx, AREA, None, due, None, now, zone)
        return new.family_id, new.code

    async def join_team(
        self,
        name: str,
        role: Role,
        also: Sequence[str] = (),
        hours: Sequence[tuple[int, int]] = WORKS,
    ) -> Person:
        """The taps of a colleague: start, Swedish; `also`: areas in which they work besides."""
        async with self._house.db.write() as tx:
            now = self._house.clock.now()
            code = await staff_links.invite(tx, AREA, name, role, now, "sv", also)
            await demo_team.set_week(tx, await areas.find(tx, AREA), name, hours)
        phone = self._phone(name, "sv", onlookers.colleague(role))
        await self._hands.open(phone, code)
        await self._hands.press(phone, ChooseLanguage(code="sv").pack())
        return phone

    async def join(self, name: str, language: str, code: str, second: bool = False) -> Person:
        """The taps of a parent: start, language, yes, yes; the second says who they are."""
        phone = self._phone(name, language, onlookers.parent(name, language))
        await self._hands.open(phone, code)
        last = Who(role=GuardianRole.OTHER_PARENT) if second else Eligible(yes=True)
        for button in (ChooseLanguage(code=language), Consent(yes=True), last):
            await self._hands.press(phone, button.pack())
        await self._hands.shown(phone, "m:")
        return phone

    def _phone(self, name: str, language: str, about: dict[str, str]) -> Person:
        place = onlookers.in_front(name)
        return self._hands.world.person(name, language, about=about, in_front=place)

    async def another_link(self, family_id: int) -> str:
        """The code of a link for the other parent of a family."""
        async with self._house.db.write() as tx:
            return await enrolment.new_link(tx, family_id, self._house.clock.now())

    async def book(self, family_id: int, visit: int, first: date) -> None:
        """Staff book the first time from that day on at which both are free."""
        plan = Plan(self._house.clock.now(), family_id, visit, first)
        await self._book(plan, self._house.clock.now())

    async def intend(self, family_id: int) -> None:
        """Each visit ahead will be booked when its window opens, for a working day soon after."""
        zone = self._house.settings.timezone
        today = on_the_clock(self._house.clock.now(), zone).date()
        born = await households.birth_of(self._house.db, family_id)
        for visit in VISITS:
            opens = max(date_at(born, visit.opens), today)
            day = max(date_at(born, visit.age), opens + timedelta(days=3))
            while not self._house.settings.rules.is_working_day(day):
                day += timedelta(days=1)
            if date_at(born, visit.closes) < day:
                continue
            when = instant(opens, OFFICE_OPENS, zone)
            self._plans.append(Plan(when, family_id, visit.number, day))

    def next_act(self, after: datetime) -> datetime | None:
        """When staff do something next, or None."""
        return min((plan.at for plan in self._plans if plan.at > after), default=None)

    async def act(self, now: datetime) -> None:
        """Staff book what it is time to book."""
        for family_id in sorted(self._expecting):
            with suppress(NoChildBorn):
                await self.intend(family_id)
                self._expecting.discard(family_id)
        for plan in sorted(self._plans):
            if plan.at <= now and plan in self._plans:  # else who winds the clock has done it
                self._plans.remove(plan)
                await self._book(plan, now)

    async def _book(self, plan: Plan, now: datetime) -> None:
        """As staff would: not while the family is away, wants no visits or must be left alone."""
        rules = self._house.settings.rules
        with suppress(Broken):
            async with self._house.db.write() as tx:
                if await households.wants_visits(tx, plan.family_id):
                    visit, first = plan.visit, plan.first
                    await demo_team.book_next(tx, plan.family_id, visit, first, now, rules)

    async def go_on(self, stop: asyncio.Event) -> None:
        """While nobody winds the clock, staff act in their own time."""
        while not stop.is_set():
            await self.act(self._house.clock.now())
            try:
                async with asyncio.timeout(ACT_SECONDS):
                    await stop.wait()
            except TimeoutError:
                pass
