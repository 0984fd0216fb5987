"""What can happen to families, for the tests that let them live: each act by its real service."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from programme.errors import Broken
from programme.kinds import Rules
from programme.localtime import instant, on_the_clock
from programme.people import BookingState, Child, Choice, Role, Why
from programme.plan import due
from services import (
    access,
    answering,
    areas,
    booking,
    enrolment,
    joining,
    preferences,
    reach,
    visits,
)
from services.planning import catch_up
from storage import families, items, rests, staff
from storage.database import Database
from storage.rests import Whose

DAY = timedelta(days=1)
AREAS = ("Hjällbo", "Tynnered")


@dataclass
class Town:
    """The families by number, and a plain memory of who must be left in peace."""

    db: Database
    rules: Rules
    ids: list[int] = field(default_factory=list)
    chats: dict[int, list[int]] = field(default_factory=dict)  # which family -> chats
    quiet: dict[int, datetime | None] = field(default_factory=dict)  # chat -> until
    lost: set[int] = field(default_factory=set)  # families
    next_chat: int = 9000
    visit_times: list[datetime] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.ids)

    def numbers(self) -> list[int]:
        return list(self.ids)

    def chat_of(self, which: int, n: int) -> int | None:
        """One of the chats of that family, or None if nobody of it has joined."""
        found = self.chats.get(which, [])
        return found[n % len(found)] if found else None

    def is_quiet(self, chat: int, at: datetime) -> bool:
        """Whether nothing may reach that chat now: remembered apart from the house's own facts."""
        which = next(key for key, chats in self.chats.items() if chat in chats)
        if which in self.lost:
            return True
        until = self.quiet.get(chat, at)
        return until is None or at < until

    def visit_is_near(self, at: datetime) -> bool:
        """Whether a visit is so close that its news may leave at night."""
        return any(timedelta(0) < each - at <= timedelta(hours=18) for each in self.visit_times)

    async def register(self, now: datetime, born: date | None, due_on: date | None) -> None:
        async with self.db.write() as tx:
            area = await areas.find(tx, AREAS[len(self.ids) % 2])
            family_id = await families.register(tx, area, None, now)
            await families.add_child(tx, family_id, born, due_on)
            if not self.ids:
                await self._staff(tx)
            await catch_up(tx, family_id, now, self.rules)
        self.ids.append(family_id)

    async def _staff(self, tx) -> None:
        """Anna reads in the chat, Bo does not."""
        for n, (name, role) in enumerate((("Anna", Role.NURSE), ("Bo", Role.PARENT_SUPPORTER))):
            number = await staff.add(tx, await areas.find(tx, AREAS[0]), name, role)
            if n == 0:
                await staff.change(tx, number, chat_id=8000)
        self.chats[-1] = [8000]

    async def join(self, now: datetime, which: int, language: str) -> None:
        if which >= self.count or len(self.chats.get(which, [])) == 2 or which in self.lost:
            return
        async with self.db.write() as tx:
            code = await enrolment.new_link(tx, self.ids[which], now)
            await joining.join(tx, code, self.next_chat, language, now, self.rules)
        self.chats.setdefault(which, []).append(self.next_chat)
        away = [until for chat, until in self.quiet.items() if chat == -1000 - which]
        if away:
            self.quiet[self.next_chat] = away[0]
        self.next_chat += 1


async def _reader(town: Town, tx, which: int, n: int):
    chat = town.chat_of(which, n)
    return await access.reader_of(tx, chat) if chat else None


def _by_parent(act: Callable) -> Callable[..., Awaitable[None]]:
    async def done(now: datetime, town: Town, which: int, n: int) -> None:
        async with town.db.write() as tx:
            reader = await _reader(town, tx, which, n)
            if reader and which not in town.lost:
                await act(tx, town, which, n, reader, now)

    return done


def _by_staff(act: Callable) -> Callable[..., Awaitable[None]]:
    async def done(now: datetime, town: Town, which: int, n: int) -> None:
        if which >= town.count:
            return
        async with town.db.write() as tx:
            [family] = await families.load(tx, [town.ids[which]])
            await act(tx, town, which, n, family, now)

    return done


async def _stop(tx, town, which, n, reader, now) -> None:
    await preferences.stop(tx, reader, now)
    town.quiet[town.chat_of(which, n)] = None


async def _resume(tx, town, which, n, reader, now) -> None:
    await preferences.resume(tx, reader, now, town.rules)
    if town.quiet.get(town.chat_of(which, n), now) is None:
        del town.quiet[town.chat_of(which, n)]


async def _block(tx, town, which, n, reader, now) -> None:
    await reach.out_of_reach(tx, reader, now, town.rules)


async def _come_back(tx, town, which, n, reader, now) -> None:
    await reach.within_reach(tx, reader, now, town.rules)


async def _fewer(tx, town, which, n, reader, now) -> None:
    await preferences.set_fewer(tx, reader, n % 2 == 0)


async def _quiet_days(tx, town, which, n, reader, now) -> None:
    await families.set_guardian(tx, reader.guardian.id, quiet_days=["", "46", "012345"][n % 3])
    await catch_up(tx, reader.family_id, now, town.rules)


async def _skip(tx, town, which, n, reader, now) -> None:
    family = await access.family_of(tx, reader)
    ahead = due(family, reader.guardian, now, now + 60 * DAY, town.rules)
    if ahead:
        await items.skip(tx, ahead[n % len(ahead)])
        await catch_up(tx, family.id, now, town.rules)


async def _answer(tx, town, which, n, reader, now) -> None:
    family = await access.family_of(tx, reader)
    for each in family.bookings[:1]:
        choice = list(Choice)[n % 3]
        await answering.answer(tx, reader, each.id, each.revision, choice, now, town.rules)


async def _decline(tx, town, which, n, reader, now) -> None:
    family = await access.family_of(tx, reader)
    if family.bookings:
        each = family.bookings[n % len(family.bookings)]
        await (visits.decline if n % 2 else visits.take_back)(tx, reader, each.id, now, town.rules)


async def _end_visits(tx, town, which, n, reader, now) -> None:
    await (visits.end_all if n % 3 else visits.take_back_end)(tx, reader, now, town.rules)


async def _away(tx, town, which, n, reader, now) -> None:
    last = on_the_clock(now).date() + timedelta(days=n % 40)
    until = instant(last + DAY, time())
    whose = Whose(family_id=reader.family_id)
    await rests.end(tx, whose, Why.AWAY, now)
    await rests.begin(tx, whose, Why.AWAY, now, until, by=reader.guardian.id)
    await visits.free(tx, await access.family_of(tx, reader), now, until, now, reader.guardian)
    await catch_up(tx, reader.family_id, now, town.rules)


async def _back(tx, town, which, n, reader, now) -> None:
    await rests.end(tx, Whose(family_id=reader.family_id), Why.AWAY, now)
    await catch_up(tx, reader.family_id, now, town.rules)


PARENT_ACTS = {
    act.__name__.strip("_"): _by_parent(act)
    for act in (
        _stop,
        _resume,
        _block,
        _come_back,
        _fewer,
        _quiet_days,
        _skip,
        _answer,
        _decline,
        _end_visits,
        _away,
        _back,
    )
}


async def _book(tx, town, which, n, family, now) -> None:
    day = on_the_clock(now).date() + timedelta(days=1 + n % 20)
    while not town.rules.is_working_day(day):
        day += DAY
    at = instant(day, time(8 + n % 8, 30))
    try:
        await booking.book(tx, family.id, 1 + n % 6, at, ["Anna", "Bo"], now, town.rules)
    except Broken:
        return
    town.visit_times.append(at)


async def _cancel(tx, town, which, n, family, now) -> None:
    if family.bookings:
        each = family.bookings[n % len(family.bookings)]
        if each.state is BookingState.BOOKED:
            await visits.cancel(tx, family.id, each.visit, now, town.rules)


async def _born(tx, town, which, n, family, now) -> None:
    day = on_the_clock(now).date() - timedelta(days=n % 30)
    for each in family.children:
        if each.born is None:
            await families.set_child(tx, replace(each, born=day))
            if n % 3 == 0:
                await families.add_child(tx, family.id, day, each.due)
    await catch_up(tx, family.id, now, town.rules)


async def _correct(tx, town, which, n, family, now) -> None:
    each = family.children[n % len(family.children)]
    if each.born:
        born = each.born + timedelta(days=n % 61 - 30)
        if born <= on_the_clock(now).date():
            await families.set_child(tx, replace(each, born=born))
            await catch_up(tx, family.id, now, town.rules)


async def _corrected_age(tx, town, which, n, family, now) -> None:
    each: Child = family.children[0]
    if each.born:
        due_on = each.born + timedelta(days=40)
        await families.set_child(tx, replace(each, due=due_on, corrected=not each.corrected))
        await catch_up(tx, family.id, now, town.rules)


async def _sibling(tx, town, which, n, family, now) -> None:
    if len(family.children) < 4:
        born = on_the_clock(now).date() - timedelta(days=5 * n)
        await families.add_child(tx, family.id, born, None)
        await catch_up(tx, family.id, now, town.rules)


async def _loss(tx, town, which, n, family, now) -> None:
    if which not in town.lost and n % 2:
        await rests.begin(tx, Whose(family_id=family.id), Why.LOSS, now)
        town.lost.add(which)
    elif which in town.lost:
        await rests.end(tx, Whose(family_id=family.id), Why.LOSS, now)
        town.lost.discard(which)
        if len(family.children) > 1:
            await families.set_child(tx, replace(family.children[0], silent=True))
    await catch_up(tx, family.id, now, town.rules)


async def _area_rests(tx, town, which, n, family, now) -> None:
    if n % 2:
        until = now + timedelta(days=n) if n % 4 == 1 else None
        await areas.pause(tx, family.area.id, now, town.rules, until)
    else:
        await areas.resume(tx, family.area.id, now, town.rules)


STAFF_ACTS = {
    act.__name__.strip("_"): _by_staff(act)
    for act in (
        _book,
        _cancel,
        _born,
        _correct,
        _corrected_age,
        _sibling,
        _loss,
        _area_rests,
    )
}
