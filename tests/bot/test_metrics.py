"""What a watcher of the machines sees: figures, and nobody in them."""

import logging
import re
import socket
from datetime import timedelta

import aiohttp

from bot.metrics import KEPT_SECONDS, Figures
from messaging import push
from services.health import Standing
from services.outcomes import Ended
from storage.outbox import Waiting
from tests.bot.working import at_work, with_visits
from tests.cast import local

NOW = local("2027-03-01T10:00")
EMPTY = Standing(0, 0, 0, None, 0, None, None, None)


class Moving:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def shown(figures, standing=EMPTY) -> dict[str, float]:
    async def look():
        return standing

    lines = (await figures.page(look, lambda: NOW)).decode().splitlines()
    return {k: float(v) for k, v in (e.rsplit(" ", 1) for e in lines if not e.startswith("#"))}


async def test_how_late_a_message_is_counts_from_its_hour_and_only_once_it_has_arrived():
    figures = Figures()
    message = Waiting(1, 2, 3, None, 4711, 0, 0, due_at=NOW - timedelta(minutes=2))
    for outcome in (push.NotSent("cut"), push.FloodWait(3), push.Sent(7)):
        figures.ended(Ended(message, outcome), NOW)

    found = await shown(figures)
    assert found['lotsen_sends_total{outcome="refused"}'] == 0  # a first one is a rise
    assert found['lotsen_updates_total{how="failed"}'] == 0
    assert found['lotsen_lateness_seconds_bucket{le="60.0"}'] == 0
    assert found['lotsen_lateness_seconds_bucket{le="300.0"}'] == 1
    for outcome in ("not_sent", "flood_wait", "sent"):
        assert found[f'lotsen_sends_total{{outcome="{outcome}"}}'] == 1


async def test_what_the_database_knows_is_asked_every_few_seconds_and_missed_when_it_is_gone():
    clock = Moving()
    figures = Figures(clock)
    first = Standing(9, 4, 1, NOW - timedelta(hours=1), 2, NOW, NOW - timedelta(minutes=5), None)
    found = await shown(figures, first)
    assert (found['lotsen_outbox{state="waiting"}'], found['lotsen_outbox{state="due"}']) == (9, 4)
    assert (found["lotsen_oldest_due_seconds"], found["lotsen_backup_seconds"]) == (3600, -1)
    assert (found["lotsen_watermark_seconds"], found["lotsen_inbox"]) == (300, 2)

    assert (await shown(figures, None))["lotsen_database_up"] == 1
    clock.seconds += KEPT_SECONDS
    assert (await shown(figures, None))["lotsen_database_up"] == 0


async def test_errors_are_counted_by_their_place_and_polls_by_their_age():
    clock = Moving()
    figures = Figures(clock)
    assert (await shown(figures))["lotsen_last_poll_seconds"] == -1
    handler = figures.count_errors()
    try:
        logging.getLogger("bot.intake").error("an update failed")
        logging.getLogger("bot.intake").warning("no error")
    finally:
        logging.getLogger().removeHandler(handler)
    figures.polled()
    clock.seconds += 7

    found = await shown(figures)
    assert found['lotsen_errors_total{where="bot.intake"}'] == 1
    assert found["lotsen_last_poll_seconds"] == 7


async def test_a_running_lotsen_shows_figures_and_nobody(lotsen, telegram):
    [home] = await with_visits(lotsen, 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    telegram.world.write(home.phone, "/help")
    async with at_work(lotsen, http_port=port), aiohttp.ClientSession() as http:
        await telegram.world.until(lambda: home.texts)
        async with http.get(f"http://127.0.0.1:{port}/metrics") as response:
            page = await response.text()

    assert response.content_type == "text/plain"
    assert 'lotsen_updates_total{how="handled"} 1.0' in page
    assert "lotsen_database_up 1.0" in page
    assert not re.search(rf"Planted|Anna|Bo\b|Hjällbo|{home.phone.id}", page)
