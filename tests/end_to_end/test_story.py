"""Eighteen months in four languages: joining by phone, visits booked, ticks at ragged hours."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from urllib.parse import unquote_plus

import pytest

from messaging.callbacks import ChooseLanguage, Consent, Eligible, VisitAnswer
from programme.localtime import STOCKHOLM
from programme.people import Choice
from services import enrolment
from simulator.chats import Message
from simulator.users import Person
from tests.cast import AREA, local
from tests.end_to_end.processes import Hands
from tests.end_to_end.reading import (
    arabic_lines_begin_in_arabic,
    first_line,
    language_of,
    neutral_first_lines,
)
from tests.end_to_end.town import Installation, Telegram

pytestmark = pytest.mark.slow

JOINING, END = local("2026-10-19T08:10"), local("2028-04-20T12:00")
DAYS_OF_CHANGE = ("2026-10-25", "2027-03-28", "2027-10-31")
GAP = timedelta(days=10)
ELIGIBLE = Eligible(yes=True).pack()
LABEL, SURNAME, STAFF_SURNAME = "Röda dörren Karlsson", "Hemligsson", "Efternamn"
ADDRESS, CHILDS_NAME = "Storgatan", "Elvira"
SECRETS = ("Röda dörren", "Karlsson", SURNAME, STAFF_SURNAME, ADDRESS, CHILDS_NAME)
STAFF = f"Anna {STAFF_SURNAME},Bo"
KEEPS = {"apply_preschool": 30, "free_hours": 60}  # days; every other tip and idea keeps for 14


@dataclass
class Parent:
    """A phone and what its owner reads."""

    phone: Person
    language: str


@dataclass
class Home:
    """A family as staff know it, and its phones."""

    born: date
    parents: list[Parent]
    visits: dict[int, datetime]
    family_id: int = 0
    answered: set[int] = field(default_factory=set)  # visits to which somebody has said yes
    told: dict[int, datetime] = field(default_factory=dict)  # when each visit was booked


@dataclass(frozen=True)
class Expected:
    """A message that a phone must show, and when."""

    at: datetime
    text: str


def cast_of(telegram: Telegram) -> list[Home]:
    """Five parents in four families."""

    def parent(name: str, language: str) -> Parent:
        return Parent(telegram.world.person(name, language, last_name=SURNAME), language)

    def visits(**times: str) -> dict[int, datetime]:
        return {int(name[1:]): local(at) for name, at in times.items()}

    return [
        Home(
            date(2026, 10, 10),
            [parent("Amina", "so"), parent("Yusuf", "ar")],
            visits(v1="2026-10-28T10:30", v2="2026-12-15T13:00", v4="2027-06-14T08:30"),
        ),
        Home(
            date(2026, 8, 31),
            [parent("Maria", "sv")],
            visits(v3="2026-12-30T10:00", v4="2027-03-31T10:00", v5="2027-11-01T08:30"),
        ),
        Home(date(2026, 9, 15), [parent("Grace", "en")], visits(v2="2026-11-16T15:00")),
        Home(date(2026, 10, 18), [parent("Layla", "ar")], visits(v1="2026-10-26T10:00")),
    ]


def steps(chance: random.Random, visits: list[datetime]) -> list[datetime]:
    """When somebody runs `lotsen tick`: hours, days and ten days apart, and on the hours due.

    Around most visits somebody is awake; the others are left to chance.
    """
    at, found = local("2026-10-20T13:30"), []
    while at < END:
        found.append(at)
        at += chance.choice((timedelta(hours=3), timedelta(days=3), timedelta(days=8), GAP))
        if chance.random() < 0.6:
            wall = chance.choice((time(10), time(17), time(7, 30), time(3, 15), time(22, 40)))
            at = local(f"{at.astimezone(STOCKHOLM):%Y-%m-%d}T{wall:%H:%M}")
        at = max(at, found[-1] + timedelta(hours=1))
    for day in DAYS_OF_CHANGE:
        eve = local(f"{day}T00:00") - timedelta(hours=6)
        found += [eve, *(local(f"{day}T{hour}") for hour in ("02:30", "07:00", "07:30", "10:00"))]
        found.append(eve - timedelta(hours=1))
    found += [local("2026-11-15T17:00"), local("2026-11-16T07:30")]  # around Grace's, who said yes
    for visit in visits:
        day = visit.astimezone(STOCKHOLM).date()
        if chance.random() < 0.7:
            hours = chance.choice((("17:00", "07:30"), ("18:40", "07:45"), ("19:59", "07:00")))
            found += [local(f"{day - timedelta(days=1)}T{hours[0]}"), local(f"{day}T{hours[1]}")]
    return sorted(set(found))


class Story:
    """Runs the command line as staff and machines do, and keeps what must come of it."""

    def __init__(self, lotsen: Installation, homes: list[Home]) -> None:
        self.lotsen, self.telegram, self.homes = lotsen, lotsen.telegram, homes
        self.ticks: list[datetime] = []
        self.counts: Counter[str] = Counter()
        self.logs: list[str] = []
        self.hands = Hands(lotsen.env, lotsen.folder)

    async def join(self) -> None:
        """Staff print a link for each family; parents open it and tap their way in."""
        self.telegram.set_clock(JOINING)
        work = self.lotsen.start("run", now=JOINING)
        await self.telegram.world.until(
            lambda: self.lotsen.look("SELECT 1 FROM memory WHERE name = 'bot_name'"), within=20
        )
        for home in self.homes:
            born = home.born.isoformat()
            ended = await self.lotsen.command(
                "family", "invite", "--area", AREA, "--born", born, "--label", LABEL, now=JOINING
            )
            assert ended.code == 0, ended.err
            home.family_id = int(ended.out.split()[1])
            await self.enter(home.parents[0], ended.out.splitlines()[-1])
            for parent in home.parents[1:]:
                await self.enter(parent, await self.second_link(home), "i:other_parent")
        assert (await work.stop()).code == 0

    async def second_link(self, home: Home) -> str:
        async with self.lotsen.database() as db, db.write() as tx:
            code = await enrolment.new_link(tx, home.family_id, JOINING)
        return f"https://t.me/{self.telegram.world.bot.username}?start={code}"

    async def enter(self, parent: Parent, link: str, last: str = ELIGIBLE) -> None:
        """The taps of a parent, and a sentence that nobody should have to keep."""
        world, phone = self.telegram.world, parent.phone
        world.open_link(phone, link)
        for data in (ChooseLanguage(code=parent.language).pack(), Consent(yes=True).pack(), last):
            await world.until(lambda data=data: self.button(phone, data), within=20)
            await world.answer(world.press(phone, self.button(phone, data).id, data=data))
        await world.until(lambda: self.button(phone, "m:more"), within=20)
        said = len(world.from_bot(phone))
        world.write(phone, f"Vi bor på {ADDRESS} 12 och vårt barn heter {CHILDS_NAME}")
        await world.until(lambda: len(world.from_bot(phone)) > said, within=20)

    def button(self, phone: Person, data: str) -> Message | None:
        """The newest message with that button."""
        for message in reversed(self.telegram.world.from_bot(phone)):
            if any(
                button.get("callback_data") == data for row in message.buttons for button in row
            ):
                return message
        return None

    async def book(self, home: Home, number: int, now: datetime) -> None:
        """Staff book a visit on the command line."""
        at = home.visits[number].astimezone(STOCKHOLM)
        ended = await self.lotsen.command(
            "visit",
            "book",
            str(home.family_id),
            str(number),
            "--at",
            f"{at:%Y-%m-%dT%H:%M}",
            "--staff",
            STAFF,
            *("--outside", "late"),  # who is born on a holiday has the first visit later
            now=now,
        )
        assert ended.code == 0, ended.err

    async def tick(self, at: datetime) -> None:
        self.telegram.set_clock(at)
        ended = await self.hands.do("tick", "--at", at.isoformat())
        assert ended.code == 0, ended.err
        self.logs.append(ended.err)
        self.counts.update(json.loads(ended.out.splitlines()[-1]))
        self.ticks.append(at)

    async def say_yes(self, home: Home, number: int, now: datetime) -> None:
        """While the chat runs, a parent answers the newest message about a visit."""
        self.telegram.set_clock(now)
        world, phone = self.telegram.world, home.parents[0].phone
        [row] = self.lotsen.look("SELECT id FROM booking WHERE family_id = ?", home.family_id)
        data = VisitAnswer(booking=row["id"], revision=0, choice=Choice.YES).pack()
        work = self.lotsen.start("run", "--only", "chat", now=now)
        said = len(world.from_bot(phone))
        world.press(phone, self.button(phone, data).id, data=data)
        await world.until(lambda: len(world.from_bot(phone)) > said, within=20)
        assert (await work.stop()).code == 0
        home.answered.add(number)

    # --- what must come of it ---

    def first_open(self, due: datetime, opens: time) -> datetime | None:
        """The first tick from `due` on at which messages of that kind may leave."""
        for tick in self.ticks:
            shown = tick.astimezone(STOCKHOLM).time()
            if tick >= due and opens <= shown < time(20):
                return tick
        return None

    async def expected(self, home: Home, parent: Parent) -> list[Expected]:
        """The timeline of the same facts, each entry at the first tick that may send it."""
        ended = await self.lotsen.command(
            "timeline",
            f"--born={home.born}",
            "--joined=2026-10-19",
            f"--language={parent.language}",
            f"--until={END:%Y-%m-%d}",
            "--format=json",
            *(
                f"--visit={number}={at.astimezone(STOCKHOLM):%Y-%m-%dT%H:%M}"
                for number, at in home.visits.items()
            ),
        )
        entries = json.loads(ended.out)
        visits = [each for each in entries if each["key"].startswith("visit:")]
        reminders = (self._reminder(home, each) for each in visits)
        aged = [each for each in entries if each["key"].split(":")[0] in {"tip", "strength"}]
        tips = self._tips(aged)
        return [*(each for each in reminders if each), *tips]

    def _reminder(self, home: Home, entry: dict) -> Expected | None:
        due = datetime.fromisoformat(entry["at"])
        _, booking, _, step, _ = entry["key"].split(":")
        if step == "same-morning" and int(booking) in home.answered:
            return None
        latest = home.visits[int(booking)] if step == "same-morning" else due + timedelta(hours=3)
        tick = self.first_open(due, time(7))
        return Expected(tick, entry["text"]) if tick and tick <= latest else None

    def _tips(self, entries: list[dict]) -> list[Expected]:
        """Each tip, idea or offer whose own day has an hour at which somebody was awake."""
        due = {each["text"]: datetime.fromisoformat(each["at"]) for each in entries}
        found = ((text, at, self.first_open(at, time(8))) for text, at in due.items())
        return [
            Expected(tick, text)
            for text, at, tick in found
            if tick and tick.astimezone(STOCKHOLM).date() == at.astimezone(STOCKHOLM).date()
        ]

    def shown(self, parent: Parent) -> list[Message]:
        """What was pushed to a phone: all that came at a tick."""
        ticks = set(self.ticks)
        return [m for m in self.telegram.world.from_bot(parent.phone) if m.date in ticks]

    def parents(self) -> Iterator[tuple[Home, Parent]]:
        for home in self.homes:
            for parent in home.parents:
                yield home, parent


async def lived(lotsen: Installation) -> Story:
    """The whole story, from the first link to the last tick."""
    story = Story(lotsen, cast_of(lotsen.telegram))
    await story.join()
    acts = [
        (max(at - timedelta(days=12), JOINING).astimezone(STOCKHOLM).date(), home, number)
        for home in story.homes
        for number, at in home.visits.items()
    ]
    plans = [(local(f"{day}T13:20"), home, number) for day, home, number in acts]
    for at in steps(random.Random(1), [at for home in story.homes for at in home.visits.values()]):
        for plan in sorted((p for p in plans if p[0] <= at), key=lambda plan: plan[0]):
            plans.remove(plan)
            booked_at, home, number = plan
            await story.book(home, number, booked_at)
            home.told[number] = booked_at
        await story.tick(at)
        grace = story.homes[2]
        if not grace.answered and story.button(grace.parents[0].phone, "v:3:0:yes"):
            await story.say_yes(grace, 2, at + timedelta(minutes=5))
    assert not plans
    story.hands.rest()
    return story


async def test_what_each_phone_got_in_eighteen_months_is_the_timeline_of_the_same_facts(lotsen):
    story = await lived(lotsen)

    assert len(story.ticks) > 100
    assert [home.answered for home in story.homes] == [set(), set(), {2}, set()]
    for home, parent in story.parents():
        await check_letters(story, home, parent)
        check_manners(story.shown(parent), parent)
    check_keys(story)
    check_secrets(story)
    reminded = (
        "SELECT kind FROM item WHERE state = 'sent' AND kind IN ('day_before', 'same_morning')"
    )
    assert Counter(row["kind"] for row in story.lotsen.look(reminded)).keys() == {
        "day_before",
        "same_morning",
    }
    assert len(story.lotsen.look(reminded)) > 8
    assert story.counts["sent"] > 150
    assert story.counts["in_doubt"] == story.counts["failed"] == story.counts["unreachable"] == 0


async def check_letters(story: Story, home: Home, parent: Parent) -> None:
    """Every letter of the timeline once, at its tick; besides them news, and what came late."""
    wanted = await story.expected(home, parent)
    left = [(message.date, message.text) for message in story.shown(parent)]
    assert max(Counter(text for _, text in left).values()) == 1
    assert len(wanted) > 2
    for each in wanted:
        assert (each.at, each.text) in left, each
        left.remove((each.at, each.text))
    for number, at in home.visits.items():
        tick, hour = (
            story.first_open(home.told[number], time(7)),
            f"{at.astimezone(STOCKHOLM):%H:%M}",
        )
        if tick and tick < at:
            [news] = [each for each in left if each[0] == tick and hour in each[1]]
            left.remove(news)
    days = [at.astimezone(STOCKHOLM).date() for at, _ in left]
    assert max(Counter(days).values()) <= 2  # a late tip or digest, and perhaps an offer


def check_manners(messages: list[Message], parent: Parent) -> None:
    """Hours, language, first line, buttons, direction."""
    for message in messages:
        hour = message.date.astimezone(STOCKHOLM).time()
        visit = "v:" in json.dumps(message.buttons)
        assert time(7 if visit else 8) <= hour < time(20), message
        assert language_of(message.text) == parent.language, message.text
        assert first_line(message.text) in neutral_first_lines(parent.language)
        assert sum(len(row) for row in message.buttons) <= 3  # a digest has none
        if parent.language == "ar":
            assert arabic_lines_begin_in_arabic(message.text), message.text


def check_keys(story: Story) -> None:
    """Every item of the database ended, as its message did, and none was made twice."""
    items = story.lotsen.look("SELECT * FROM item")
    assert len({item["key"] for item in items}) == len(items)
    states = Counter(item["state"] for item in items)
    assert states.keys() <= {"sent", "dropped", "folded"}
    assert all(item["reason"] for item in items if item["state"] == "dropped")
    assert states["sent"] + states["folded"] == story.counts["sent"]
    boxes = story.lotsen.look("SELECT * FROM outbox WHERE state = 'sent'")
    assert len(boxes) == sum(len(story.shown(parent)) for _, parent in story.parents())
    for state, reason in story.lotsen.states():
        assert (state == "sent") == (reason is None)
        assert state in {"sent", "dropped"}


def check_secrets(story: Story) -> None:
    """No body, button, log or database page holds what must not leave."""
    for call in story.telegram.world.journal.calls():
        body = unquote_plus(call.body.decode("utf-8", "replace"))
        values = json.dumps(call.params, ensure_ascii=False, default=str)
        for secret in SECRETS:
            assert secret.casefold() not in body.casefold(), (call.method, secret)
            assert secret.casefold() not in values.casefold(), (call.method, secret)
    logs = [file.read_text("utf-8") for file in story.lotsen.folder.glob("*.err")] + story.logs
    assert len(logs) > len(story.ticks)
    assert not any(secret in log for secret in SECRETS for log in logs)
    for file in story.lotsen.folder.glob("lotsen.sqlite3*"):
        pages = file.read_bytes()
        for secret in (LABEL, ADDRESS, CHILDS_NAME):
            assert secret.encode() not in pages, (file, secret)
