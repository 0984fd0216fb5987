"""Commands for staff accounts: invite, list, end, language (mission H1)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from bot.app import CannotRun, House
from bot.cli_area import act
from bot.cli_words import Words
from programme.localtime import on_the_clock
from programme.people import Role
from programme.staff_life import Pause
from services import absences, installation, staff_life, staff_links
from services.types import Tx

ROLES = click.Choice([role.value for role in Role])


@click.group()
def staff() -> None:
    """Staff."""


@staff.command("invite")
@click.option("--role", required=True, type=ROLES)
@click.option(
    "--area",
    "areas",
    required=True,
    multiple=True,
    help="The area's name, e.g. Hjällbo; once more for each further area.",
)
@click.option(
    "--name", required=True, type=Words(60), help="A first name; families see its first word."
)
@click.option("--language", help="What they read until they choose: sv, ar, so, en.")
def invite(role: str, areas: tuple[str, ...], name: str, language: str | None) -> None:
    """Invite somebody, or give a new link to who is there; the last line is the link."""
    called, (area, *also) = _name(name), areas

    async def work(house: House, tx: Tx, now: datetime) -> str:
        if language:
            house.languages.get(language)
        bot = await installation.bot_name(house.db)
        if not bot:
            raise CannotRun(
                "The bot's name is not known yet, so there can be no link. "
                "Start it once with: lotsen run"
            )
        code = await staff_links.invite(tx, area, called, Role(role), now, language, also)
        return f"https://t.me/{bot}?start={code}"

    link = act(work)
    click.echo(f"{called} is invited to {', '.join(areas)}. The link works once, for 14 days.")
    click.echo(link)


def _name(typed: str) -> str:
    """As typed, so that two people called Anna can be told apart; families see the first word."""
    words = typed.split()
    if not words:
        raise click.UsageError("Give a first name.")
    return " ".join(words)


@staff.command("list")
@click.option("--area", help="Only of this area.")
def listed(area: str | None) -> None:
    """Everybody who works: area, name, role, language, and whether they are in the chat."""

    async def work(_house: House, tx: Tx, _now: datetime) -> list[str]:
        return [
            f"{each.area}: {each.member.name}, {each.member.role}, {each.member.language}, "
            f"{'in the chat' if each.member.in_chat else 'not in the chat'}"
            for each in await staff_links.listed(tx, area)
        ]

    for line in act(work) or ["Nobody is invited yet. See: lotsen staff invite --help"]:
        click.echo(line)


@staff.command("end")
@click.argument("name")
@click.option("--area", required=True, help="The area's name.")
@click.option("--hand-over", is_flag=True, help="Give the visits on, or cancel them; tell parents.")
def end(name: str, area: str, hand_over: bool) -> None:
    """Somebody leaves: their chat is cut off at once, and their coming visits are listed."""

    async def work(house: House, tx: Tx, now: datetime) -> tuple[list[str], list[str]]:
        zone, rules = house.settings.timezone, house.settings.rules
        found = await staff_links.find(tx, area, _name(name))
        listed = [
            f"{on_the_clock(each.starts_at, zone):%A %Y-%m-%d %H:%M}: "
            f"visit {each.visit} of family {each.family_id}"
            for each in await staff_links.end(tx, area, _name(name), now, rules)
        ]
        done = await absences.hand_over(tx, found, now, rules) if hand_over else []
        return listed, [_handed_over(each, zone) for each in done]

    coming, done = act(work)
    click.echo(f"{_name(name)} has left {area}, and sees nothing any more.")
    click.echo("Visits that somebody else must take over:" if coming else "No visits are booked.")
    for line in (*coming, *(["Done:"] if done else []), *done):
        click.echo(line)


def _handed_over(case: absences.Case, zone: ZoneInfo) -> str:
    at = f"{on_the_clock(case.booking.starts_at, zone):%A %Y-%m-%d %H:%M}"
    what = f"{case.instead.name} comes instead" if case.instead else _FATES[case.fate]
    return f"{at}, family {case.name.family_id}: {what}."


_FATES = {
    absences.Fate.OFFERED: "cancelled, new times are offered",
    absences.Fate.CANCELLED: "cancelled, no time was free",
    absences.Fate.PHONE: "cancelled, please phone",
}


@staff.command("rest")
@click.argument("name")
@click.option("--area", required=True, help="The area's name.")
def rest(name: str, area: str) -> None:
    """Access rests (leave, a lost phone): nothing is seen or sent, the chat is emptied."""

    async def work(house: House, tx: Tx, now: datetime) -> bool:
        found = await staff_links.find(tx, area, _name(name))
        rules = house.settings.rules
        return await staff_life.rest(tx, found.member.id, Pause.AWAY, now, rules)

    was = "" if act(work) else " already"
    click.echo(f"The access of {_name(name)} in {area} rests{was}.")


@staff.command("confirm")
@click.argument("name")
@click.option("--area", required=True, help="The area's name.")
def confirm(name: str, area: str) -> None:
    """Somebody works here, and has access: also after it rested."""

    async def work(house: House, tx: Tx, now: datetime) -> None:
        found, rules = await staff_links.find(tx, area, _name(name)), house.settings.rules
        if not await staff_life.resume(tx, found.member.id, now, rules):
            await staff_life.confirm(tx, found.member.id, now, rules)

    act(work)
    click.echo(f"{_name(name)} works in {area}, and has access.")


@staff.command("language")
@click.argument("name")
@click.argument("language")
@click.option("--area", required=True, help="The area's name.")
def language(name: str, language: str, area: str) -> None:
    """Write to somebody in another language."""

    async def work(house: House, tx: Tx, _now: datetime) -> str:
        tongue = house.languages.get(language)
        found = await staff_links.find(tx, area, _name(name))
        await staff_links.set_language(tx, found, tongue.code)
        return tongue.own_name

    click.echo(f"{_name(name)} in {area} reads {act(work)} from now on.")
