"""Commands that work for families: run, and one tick of it."""

import asyncio
import json
from datetime import datetime

import click

from bot import app, logs
from bot.app import CannotRun
from bot.clock import Clock, StoppedClock, real_now
from bot.settings import SENSIBLE_YEARS, Settings, is_local, local_instant, read_settings
from services import planning, sending, waiting_list
from services.delivery import WrongToken

COUNTED = ("planned", "sent", "postponed", "unreachable", "dropped", "failed", "in_doubt")


class Day(click.DateTime):
    """A plain date such as 2026-10-31, within years that can be meant."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The date at midnight; click words what is wrong with it."""
        day: datetime = super().convert(value, param, ctx)
        if day.year not in SENSIBLE_YEARS:
            self.fail(f"the year {day.year} cannot be meant.", param, ctx)
        return day


DAY = Day()


@click.command()
@click.option("--only", type=click.Choice(["chat", "scheduler"]), help="One half of the work.")
@click.option("--webhook", is_flag=True, help="Let Telegram call us instead of asking it.")
def run(only: str | None, webhook: bool) -> None:
    """Chat and clockwork, until stopped."""
    settings = read_settings()
    logs.set_up(settings.log_format)
    clock = Clock(settings.now)
    asyncio.run(
        app.run(
            settings,
            clock,
            chat=only != "scheduler",
            clockwork=only != "chat",
            webhook=webhook,
        )
    )


@click.command()
@click.option("--at", "moment", metavar="TIME", help="2027-03-01T09:00; local time. Default: now.")
@click.option("--force", is_flag=True, help="Also later than now, with the real Telegram.")
def tick(moment: str | None, force: bool) -> None:
    """Plan and deliver what is due at one moment; the last line is one JSON object."""
    settings = read_settings()
    logs.set_up(settings.log_format)
    at = parse_time(moment, settings) if moment is not None else settings.now or real_now()
    if at > real_now() and not (force or is_local(settings.api_url)):
        raise CannotRun(
            f"{moment or settings.now} lies in the future, and the messages would go to real "
            "people now. Use --force if that is meant."
        )
    click.echo(json.dumps(asyncio.run(_tick(settings, at))))


async def _tick(settings: Settings, at: datetime) -> dict[str, int]:
    async with (
        app.open_house(settings, StoppedClock(at)) as house,
        app.sending_alone(settings) as lock,
        app.open_sender(house) as sender,
    ):
        sender.may_send = lock.is_ours
        await sender.recover()
        await waiting_list.offer_free(house.db, at, settings.rules)
        planned = await planning.plan(house.db, at, settings.rules)
        if planned.backwards:
            click.echo("Everything up to that time is planned already: nothing is planned.")
        addressed = await sending.start_due(house.db, at, settings.rules)
        try:
            tally = await sender.drain()
            await sender.clearer.clear()
            await sending.finish(house.db, at)
            await sender.progress.show()
        except WrongToken as error:
            raise CannotRun(
                "Telegram does not know this bot token. Nobody was written to."
            ) from error
        if sender.alarmed:
            raise CannotRun("Many chats were not found: is this the right token and database?")
    counts = {name: tally.counts[name] for name in COUNTED}
    counts["planned"] = planned.planned + addressed
    counts["dropped"] += planned.dropped
    return counts


def parse_time(text: str, settings: Settings) -> datetime:
    """The instant that was typed; raises click.BadParameter with a sentence."""
    try:
        return local_instant(text, settings.timezone)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is no time. Write it like 2027-03-01T09:00.") from error
