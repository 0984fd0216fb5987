"""The guided demo: seven clicks, each of which really does what it tells of (mission J7)."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bot import deeds, seeking
from bot import guided_words as words
from bot.stories import AREA
from bot.telling import calendar_of, call_of, figures_of
from bot.theatre import NotReady, Play, Stage, Theatre
from messaging.note_buttons import YearlyBlocks
from messaging.report_buttons import EVERYWHERE, ReportArea
from programme.headings import Heading
from programme.localtime import STOCKHOLM, instant, on_the_clock
from programme.people import Role
from services import calendar, demo_figures, explaining, notes, staff_links
from simulator.users import Person

log = logging.getLogger(__name__)

LABEL = "B14"
_FOUR = ("Amina", "Yusuf", "Anna", "Bo")
_PAGE = {"kind": "page", "text": words.ENDING, "href": "/panel/lotsen.pdf"}
JANUARY, EARLIEST, REMINDED = 1, 9, 25
MONDAY = 0
DAYS_OLD = 2


def begins(now: datetime) -> datetime:
    """A Monday morning in January after the holidays: this year's, or else the next one's."""
    today = on_the_clock(now, STOCKHOLM).date()
    year = today.year + (today > date(today.year, JANUARY, EARLIEST))
    day = date(year, JANUARY, EARLIEST)
    day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return instant(day, time(8, 30), STOCKHOLM)


@dataclass
class Told:
    """What a click came to: sentences, whose phones to look at, and things to look at besides."""

    text: str
    phones: tuple[str, ...]
    shows: list[dict[str, Any]] = field(default_factory=list)


async def _open(stage: Stage) -> None:
    """A family with two languages, its team, a year of figures and lines; a visit is booked."""
    story = stage.story
    await story.open_area()
    async with stage.house.db.write() as tx:
        await demo_figures.write(tx, stage.day.year - 1)
    for name, role in (("Anna", Role.NURSE), ("Bo", Role.PARENT_SUPPORTER)):
        await story.join_team(name, role)
        await _private_calendar(stage, name)
    await story.join_team("Carla", Role.COORDINATOR, demo_figures.OTHER_AREAS)
    await story.join_team("Ada", Role.ADMINISTRATOR)
    await _lines(stage)
    family_id, code = await story.register(DAYS_OLD, LABEL)
    await story.join("Amina", "so", code)
    await story.join("Yusuf", "ar", await story.another_link(family_id), second=True)
    stage.props["family"] = family_id
    wednesday = stage.day + timedelta(days=2)
    await story.book(family_id, 1, wednesday)
    await stage.winder.settle()


async def _private_calendar(stage: Stage, name: str) -> None:
    """What a colleague gets in the chat under *Calendar*: an address that only they know."""
    async with stage.house.db.write() as tx:
        found = await staff_links.find(tx, AREA, name)
        stage.props[f"feed of {name}"] = await calendar.new_feed(tx, found.member.id)


async def _lines(stage: Stage) -> None:
    """What the coordinator has kept in the year before, month by month."""
    before = stage.now.replace(year=stage.now.year - 1)
    async with stage.house.db.write() as tx:
        carla = await staff_links.find(tx, AREA, "Carla")
        for month, (heading, line) in enumerate(words.LINES, start=2):
            then = before.replace(month=month)
            await notes.keep(tx, carla, Heading(heading), line, then, stage.house.settings.rules)


PLAY = Play("guide", _open, begins, _FOUR)


async def _reminder(stage: Stage) -> Told:
    stage.props["before the reminder"] = stage.hands.world.journal.count
    await stage.winder.to(instant(stage.day + timedelta(days=1), time(17), STOCKHOLM))
    amina = stage.hands.named("Amina")
    other_time = next(
        each for each in stage.hands.buttons(amina, "v:") if each.endswith("other_time")
    )
    await stage.hands.press(amina, other_time)
    return Told(words.REMINDER, ("Amina", "Yusuf"))


async def _one_tap(stage: Stage) -> Told:
    before = [await calendar_of(stage, name) for name in ("Anna", "Bo")]
    await stage.hands.press(stage.hands.named("Amina"), "zp:", nth=1)
    await stage.winder.settle()
    return Told(words.ONE_TAP, _FOUR, [await _calendars(stage, before)])


async def _calendars(stage: Stage, before: list[dict[str, Any]]) -> dict[str, Any]:
    after = [await calendar_of(stage, each["name"]) for each in before]
    rows = [
        {
            "name": new["name"],
            "before": old["entries"],
            "after": new["entries"],
            "file": new["file"],
        }
        for old, new in zip(before, after, strict=True)
    ]
    return {"kind": "calendars", "rows": rows}


async def _ill(stage: Stage) -> Told:
    before = [await calendar_of(stage, name) for name in ("Anna", "Bo")]
    visit = max(each["day"] for each in before[0]["entries"])
    await stage.winder.to(instant(stage.day + timedelta(days=1), time(7, 45), STOCKHOLM))
    await deeds.fall_ill(stage, "Anna", date.fromisoformat(visit))
    return Told(words.ILL, _FOUR, [await _calendars(stage, before)])


async def _loss(stage: Stage) -> Told:
    amina, yusuf = stage.hands.named("Amina"), stage.hands.named("Yusuf")
    await stage.winder.by(timedelta(hours=1))
    stage.props["waited"] = await _ahead(stage)
    await deeds.tell_of_loss(stage, "Amina")
    stage.props["quiet since"] = stage.hands.world.journal.count
    await stage.winder.by(timedelta(days=7))
    return Told(words.LOSS, _FOUR, [await _quiet(stage, amina, yusuf)])


async def _quiet(stage: Stage, *parents: Person) -> dict[str, Any]:
    """What came to the parents since, and what was not sent after all."""
    journal, since = stage.hands.world.journal, stage.props["quiet since"]
    calls = {each.first_name: len(journal.calls(chat=each.id, since=since)) for each in parents}
    ahead = {"before": stage.props["waited"], "coming": await _ahead(stage)}
    return {"kind": "quiet", "calls": calls, **ahead}


async def _ahead(stage: Stage) -> int:
    """How many letters the rules see coming to the parents."""
    found = await explaining.of_family(
        *(stage.house.db, stage.props["family"], stage.now, stage.house.settings.rules)
    )
    return len([each for each in found.coming if each.guardian_id is not None])


async def _bytes(stage: Stage) -> Told:
    journal = stage.hands.world.journal
    amina, yusuf = stage.hands.named("Amina"), stage.hands.named("Yusuf")
    reminder = stage.props["before the reminder"]
    first = journal.calls("sendMessage", chat=amina.id, since=reminder)[0]
    last = [each for each in journal.calls(chat=amina.id) if each.method == "editMessageText"][-1]
    calls = [*journal.calls(chat=amina.id), *journal.calls(chat=yusuf.id)]
    sought = [(what, seeking.saying(calls, forms)) for what, forms in await _sought(stage)]
    said = {
        "kind": "calls",
        "calls": [call_of(first), call_of(last)],
        "count": len(calls),
        "bytes": sum(len(each.body) for each in calls),
        "methods": Counter(each.method for each in calls).most_common(),
        "sought": sought,
    }
    return Told(words.BYTES, ("Amina", "Yusuf"), [said])


async def _sought(stage: Stage) -> list[tuple[str, list[str]]]:
    """What Lotsen knows of the family and must not say in its chats; last, a word that it says.

    The last one is there so that one sees that the search finds what there is.
    """
    found = await explaining.of_family(
        *(stage.house.db, stage.props["family"], stage.now, stage.house.settings.rules)
    )
    [child] = found.family.children
    assert child.born is not None
    return [
        (words.BORN, _written(stage, child.born)),
        (words.STAFFS_WORDS, [LABEL]),
        (words.THE_AREA, [AREA]),
        (words.THAT_IS_SAID, [words.SAID]),
    ]


def _written(stage: Stage, day: date) -> list[str]:
    """The day as computers write it and as Lotsen does, in every language."""
    tongues = stage.house.languages.tongues
    return [day.isoformat(), *(t.date(day, year) for t in tongues for year in (False, True))]


async def _figures(stage: Stage) -> Told:
    ada, hands = stage.hands.named("Ada"), stage.hands
    await hands.write(ada, "/report")
    await hands.press(ada, ReportArea(area=EVERYWHERE).pack())
    since_ever = max(hands.buttons(ada, "Qt:"), key=_months)
    await hands.press(ada, since_ever)
    _, _, first, last, *_ = since_ever.split(":")
    rows = await figures_of(stage, int(first), int(last))
    return Told(words.FIGURES, ("Ada",), [{"kind": "figures", "rows": rows}])


def _months(data: str) -> int:
    """How many months a button of the report asks for, those that are over alone."""
    _, _, first, last, so_far = data.split(":")
    return 0 if so_far == "1" else int(last) - int(first)


async def _january(stage: Stage) -> Told:
    day = stage.day.replace(month=JANUARY, day=REMINDED)
    while not stage.house.settings.rules.is_working_day(day):
        day += timedelta(days=1)
    await stage.winder.to(instant(day, time(8), STOCKHOLM))
    carla = stage.hands.named("Carla")
    await stage.hands.press(carla, YearlyBlocks(year=day.year - 1).pack())
    return Told(
        words.JANUARY,
        ("Carla",),
        [_PAGE],
    )


Step = Callable[[Stage], Awaitable[Told]]
STEPS: tuple[Step, ...] = (
    *(_reminder, _one_tap, _ill, _loss),
    *(_bytes, _figures, _january),
)


class Guide:
    """How far somebody is on the way through the seven clicks."""

    def __init__(self, theatre: Theatre) -> None:
        self._theatre = theatre
        self._stage: Stage | None = None
        self._told: list[Told] = []
        self._halfway = False  # the last click did some of what it does, and nobody knows how much

    async def begin(self) -> None:
        """From the first click, on an empty stage."""
        self._told, self._halfway = [], False
        self._stage = await self._theatre.show(PLAY)

    async def go_on(self, number: int) -> None:
        """The click with that number; raises NotReady if it is not its turn.

        A click that is done does nothing more: its answer was lost on the way. One that ended half
        way is done anew after all before it, on an empty stage: only there nothing comes twice.
        """
        if self._stage is None or self._stage is not self._theatre.stage:
            raise NotReady(words.BEGIN_FIRST)
        if number > min(len(self._told) + 1, len(STEPS)):
            raise NotReady(words.IN_ORDER)
        if self._halfway:
            await self.begin()
        for step in STEPS[len(self._told) : number]:
            if not await self._click(step):
                return

    async def _click(self, step: Step) -> bool:
        """Whether it came to its end."""
        assert self._stage is not None
        self._halfway = True
        try:
            self._told.append(await step(self._stage))
        except Exception:  # whatever it is, the page says to press again, and the demo goes on
            log.exception("a click ended half way", extra={"click": len(self._told) + 1})
            return False
        self._halfway = False
        return True

    @property
    def _here(self) -> bool:
        """Whether this play is on the stage."""
        there = self._stage is not None and self._theatre.ready
        return there and self._stage is self._theatre.stage

    def shown(self) -> dict[str, Any]:
        """The clicks, what each of those that are done came to, and whether one ended half way."""
        told = self._told if self._here else []
        return {
            "titles": words.TITLES,
            "begun": self._here,
            "opening": words.OPENING,
            "halfway": words.HALFWAY if self._here and self._halfway else None,
            "told": [
                {
                    "text": each.text,
                    "phones": self._theatre.numbers(each.phones),
                    "shows": each.shows,
                }
                for each in told
            ],
        }
