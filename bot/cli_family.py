"""Commands for a family that is registered: its people, its links, its children's dates."""

from datetime import date, datetime

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from bot.cli_run import DAY
from bot.cli_staff import NO_NAME, NUMBER, family
from messaging.spoken import english_name
from programme.figures import Figure
from programme.localtime import on_the_clock
from programme.people import Child, Guardian, GuardianRole, Rest
from services import born, enrolment, forgetting, households, installation, links
from services.households import Household
from services.types import Tx

__all__ = ["family"]

FAMILY = click.argument("family_id", metavar="FAMILY", type=NUMBER)
_ROLES = {
    GuardianRole.BIRTHING: "birthing parent",
    GuardianRole.OTHER_PARENT: "other parent",
    GuardianRole.OTHER_ADULT: "other adult",
}


async def _bot(house: House) -> str:
    name = await installation.bot_name(house.db)
    if not name:
        raise CannotRun(NO_NAME)
    return name


def _date(value: datetime | None) -> date | None:
    return value.date() if value else None


@family.command("link")
@FAMILY
@click.option("--role", type=click.Choice([str(each) for each in GuardianRole]))
@click.option("--home", type=click.IntRange(1, 2), help="Of two homes, the one it opens.")
def link(family_id: int, role: str | None, home: int | None) -> None:
    """Another single-use link of a family, for a second parent; it is the last line."""

    async def work(house: House, tx: Tx, now: datetime) -> str:
        name = await _bot(house)
        as_role = GuardianRole(role) if role else None
        code = await enrolment.new_link(tx, family_id, now, as_role, home)
        return links.address(name, code)

    address = act(work)
    click.echo("The link works once, for 30 days.")
    click.echo(address)


@family.command("new-phone")
@FAMILY
@click.argument("guardian_id", metavar="PARENT", type=NUMBER)
def new_phone(family_id: int, guardian_id: int) -> None:
    """Cut off a parent's chat at once; the last line is a link for their new phone or account."""

    async def work(house: House, tx: Tx, now: datetime) -> str:
        name = await _bot(house)
        return links.address(name, await links.new_phone(tx, family_id, guardian_id, now))

    address = act(work)
    click.echo("The old chat is cut off. The link works once, for 7 days.")
    click.echo(address)


@family.command("born")
@FAMILY
@click.option("--on", "day", type=DAY, required=True, help="The birth date, 2026-10-31.")
@click.option("--children", type=click.IntRange(1, 6), default=1, help="How many; 2 for twins.")
def is_born(family_id: int, day: datetime, children: int) -> None:
    """The child that was expected is here."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        await born.born(tx, family_id, day.date(), children, now, house.settings.rules)

    act(work)
    click.echo(f"Family {family_id}: {_children(children)} born on {day:%Y-%m-%d}.")


def _children(count: int) -> str:
    return "one child" if count == 1 else f"{count} children"


@family.command("correct")
@FAMILY
@click.option("--child", "number", type=click.IntRange(1), default=1, help="Child 1, 2, …")
@click.option("--born", "on", type=DAY, help="The right birth date.")
@click.option("--due", type=DAY, help="The right due date.")
def correct(family_id: int, number: int, on: datetime | None, due: datetime | None) -> None:
    """Correct the dates of a child: all that is still to be sent follows them."""
    if on is None and due is None:
        raise click.UsageError("Give the right birth date with --born, or due date with --due.")

    async def work(house: House, tx: Tx, now: datetime) -> Child:
        rules = house.settings.rules
        return await born.correct(tx, family_id, number, _date(on), _date(due), now, rules)

    click.echo(f"Family {family_id}: {_child(number, act(work))}")


@family.command("corrected-age")
@FAMILY
@click.argument("switch", metavar="on|off", type=click.Choice(["on", "off"]))
def corrected_age(family_id: int, switch: str) -> None:
    """Tips follow the due date of a child who came early (on), or the birth date (off)."""

    async def work(house: House, tx: Tx, now: datetime) -> int:
        return await born.set_corrected(tx, family_id, switch == "on", now, house.settings.rules)

    count = act(work)
    follow = "due" if switch == "on" else "birth"
    click.echo(f"Family {family_id}: tips for {_children(count)} follow the {follow} date.")


@family.command("home")
@FAMILY
@click.option("--on", "day", type=DAY, required=True, help="The day, 2026-11-05.")
@click.option("--child", "number", type=click.IntRange(1), help="Child 1, 2, … Default: all.")
def home(family_id: int, day: datetime, number: int | None) -> None:
    """The child came home from the hospital on that day: the first visit is counted from it."""

    async def work(house: House, tx: Tx, now: datetime) -> int:
        return await born.came_home(tx, family_id, number, day.date(), now, house.settings.rules)

    count = act(work)
    click.echo(f"Family {family_id}: {_children(count)} came home on {day:%Y-%m-%d}.")


@family.command("add-child")
@FAMILY
@click.option("--born", "on", type=DAY, help="The birth date.")
@click.option("--due", type=DAY, help="The due date, if the child is expected or came early.")
def add_child(family_id: int, on: datetime | None, due: datetime | None) -> None:
    """One more child of a family: a sibling, or a late twin."""
    if on is None and due is None:
        raise click.UsageError("Give the birth date with --born, or the due date with --due.")

    async def work(house: House, tx: Tx, now: datetime) -> int:
        return await born.add(tx, family_id, _date(on), _date(due), now, house.settings.rules)

    click.echo(f"Family {family_id}: child {act(work)} is added.")


@family.command("forget")
@FAMILY
def forget(family_id: int) -> None:
    """Erase a whole family at once, because its parents asked for it; figures stay."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        rules = house.settings.rules
        await forgetting.erase_family(tx, family_id, now, rules, Figure.FORGOTTEN)

    act(work)
    click.echo(f"Family {family_id} is erased. Only figures without names stay.")


@family.command("show")
@FAMILY
def show(family_id: int) -> None:
    """A family's children, and its parents by number: Lotsen knows no names."""

    async def work(house: House, tx: Tx, now: datetime) -> list[str]:
        return _lines(await households.show(tx, family_id, now), house, now)

    for line in act(work):
        click.echo(line)


def _lines(found: Household, house: House, now: datetime) -> list[str]:
    members, sheet = found.family, found.sheet
    interpreter = f" Interpreter: {english_name(sheet.spoken)}." if sheet.spoken else ""
    return [
        f"Family {members.id}, {sheet.area}.{interpreter}",
        *(f"  {_resting(rest, house)}" for rest in members.rests if rest.covers(now)),
        *(f"  {_child(n, child)}" for n, child in enumerate(members.children, start=1)),
        *(f"  {_parent(guardian, found, house, now)}" for guardian in members.guardians),
    ]


def _child(number: int, child: Child) -> str:
    said = [
        f"born {child.born}" if child.born else "expected",
        f"due {child.due}" if child.due else "",
        f"home {child.came_home}" if child.came_home else "",
        "tips follow the due date" if child.corrected else "",
        "nothing is said about this child" if child.silent else "",
    ]
    return f"child {number}: {', '.join(each for each in said if each)}"


def _parent(guardian: Guardian, found: Household, house: House, now: datetime) -> str:
    adult = found.sheet.adults[guardian.id]
    said = [_ROLES[guardian.role] if guardian.role else "", f"reads {guardian.language}"]
    if adult.spoken:
        said.append(f"speaks {english_name(adult.spoken)}")
    if guardian.active_since is None:
        said.append("waits for the other parent's yes")
    else:
        said.append(f"since {_day_of(guardian.active_since, house)}")
    if not adult.has_chat:
        said.append("no chat")
    said += [_resting(rest, house) for rest in guardian.rests if rest.covers(now)]
    return f"parent {guardian.id}: {', '.join(each for each in said if each)}"


def _resting(rest: Rest, house: House) -> str:
    until = f" until {_day_of(rest.until, house)}" if rest.until else ""
    return f"{rest.why} since {_day_of(rest.since, house)}{until}"


def _day_of(at: datetime, house: House) -> date:
    return on_the_clock(at, house.settings.timezone).date()
