"""Commands for staff until the chat has them: register a family, book a visit."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import click

from bot import app, logs
from bot.app import CannotRun, House
from bot.cli_run import DAY, parse_time
from bot.cli_words import Words
from bot.clock import Clock
from bot.settings import Settings, read_settings
from messaging import staff_texts
from messaging.spoken import CODES, is_known
from programme.localtime import on_the_clock
from programme.reasons import WindowReason
from services import booking, enrolment, installation, links
from services.family_lists import LONGEST_LABEL

NO_NAME = "The bot's name is not known yet, so there can be no link. Start it once with: lotsen run"
NUMBER = click.IntRange(1, 2**63 - 1)  # what a database can count to
T = TypeVar("T")


@click.group()
def family() -> None:
    """Families."""


@click.group()
def visit() -> None:
    """Home visits."""


@family.command("invite")
@click.option("--area", required=True, help="The area's name, e.g. Hjällbo.")
@click.option("--born", type=DAY, help="The child's birth date, 2026-10-31.")
@click.option("--due", type=DAY, help="The due date, if the child is expected or came early.")
@click.option("--language", help="Print what to say with the link, in that language: so.")
@click.option(
    "--label",
    type=Words(LONGEST_LABEL),
    help="Your own short word for the family; sealed, never sent.",
)
@click.option("--spoken", metavar="CODE", help="The language an interpreter is wanted for: ti.")
@click.option("--no-chat", is_flag=True, help="The family does not want the chat: no link.")
def invite(
    area: str,
    born: datetime | None,
    due: datetime | None,
    language: str | None,
    label: str | None,
    spoken: str | None,
    no_chat: bool,
) -> None:
    """Register a family; the last line is its personal link."""
    if born is None and due is None:
        raise click.UsageError("Give the birth date with --born, or the due date with --due.")
    new = _New(area, _day(born), _day(due), label, spoken)

    async def act(house: House) -> list[str]:
        if spoken and not is_known(spoken, house.languages):
            known = ", ".join((*house.languages.codes, *CODES))
            raise CannotRun(f"There is no language {spoken!r}. Languages: {known}.")
        if no_chat:
            return await _register(house, new)
        return await _invite(house, new, language)

    for line in _in_house(act):
        click.echo(line)


@dataclass(frozen=True)
class _New:
    """A family as staff typed it."""

    area: str
    born: date | None
    due: date | None
    label: str | None
    spoken: str | None


async def _register(house: House, new: _New) -> list[str]:
    """A family without the chat: the same record, no link (mission B13)."""
    now, zone = house.clock.now(), house.settings.timezone
    async with house.db.write() as tx:
        number = await enrolment.register(
            tx, new.area, new.born, new.due, new.label, now, zone, new.spoken
        )
    return [f"Family {number} is registered in {new.area}, without the chat."]


async def _invite(house: House, new: _New, language: str | None) -> list[str]:
    words = [staff_texts.invitation(house.languages.get(language))] if language else []
    name = await installation.bot_name(house.db)
    if not name:
        raise CannotRun(NO_NAME)
    now, zone = house.clock.now(), house.settings.timezone
    async with house.db.write() as tx:
        made = await enrolment.register_family(
            tx, new.area, new.born, new.due, new.label, now, zone, new.spoken
        )
    return [
        f"Family {made.family_id} is registered in {new.area}. The link works once, for 30 days.",
        *words,
        links.address(name, made.code),
    ]


_REASONS = [each.value for each in WindowReason]


@visit.command("book")
@click.argument("family_id", metavar="FAMILY", type=NUMBER)
@click.argument("number", type=int)
@click.option("--at", "moment", required=True, metavar="TIME", help="2027-03-01T09:00; local time.")
@click.option("--staff", required=True, help="Who comes, nurse first: Anna,Bo")
@click.option("--interpreter", is_flag=True, help="An interpreter is booked.")
@click.option("--home", type=click.IntRange(1, 2), help="Of two homes, the one it is with.")
@click.option(
    "--outside",
    type=click.Choice([each.value for each in WindowReason]),
    help="Why at another age.",
)
def book(
    family_id: int,
    number: int,
    moment: str,
    staff: str,
    interpreter: bool,
    home: int | None,
    outside: str | None,
) -> None:
    """Book visit NUMBER (1 to 6) of a family, or move it to another time."""
    names = [name.strip() for name in staff.split(",") if name.strip()]
    if not names:
        raise click.UsageError("Give the first names of those who come: --staff Anna,Bo")

    async def act(house: House) -> datetime:
        starts_at = parse_time(moment, house.settings)
        async with house.db.write() as tx:
            now, rules = house.clock.now(), house.settings.rules
            await booking.book(
                tx,
                family_id,
                number,
                starts_at,
                names,
                now,
                rules,
                interpreter=interpreter,
                override=WindowReason(outside) if outside else None,
                home=home,
            )
        return on_the_clock(starts_at, house.settings.timezone)

    at = _in_house(act)
    click.echo(f"Visit {number} of family {family_id}: {at:%A %Y-%m-%d %H:%M}, {', '.join(names)}.")


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _in_house(act: Callable[[House], Awaitable[T]]) -> T:
    """What `act` returns, with the database open."""
    settings = read_settings()
    logs.set_up(settings.log_format)
    return asyncio.run(_open(settings, act))


async def _open(settings: Settings, act: Callable[[House], Awaitable[T]]) -> T:
    async with app.open_house(settings, Clock(settings.now)) as house:
        return await act(house)
