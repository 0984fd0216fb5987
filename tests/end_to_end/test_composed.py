"""Two replicas, two senders, nginx and PostgreSQL, as `deploy/compose.yaml` has them."""

import asyncio
import re
import time

import pytest

from bot import web
from messaging.callbacks import ChooseLanguage, Consent, Eligible
from services.booking import book
from simulator.users import Person
from storage import areas, families
from tests import databases
from tests.cast import AREA, local
from tests.databases import ON_POSTGRESQL
from tests.effort import tries
from tests.end_to_end.composed import Composed, nginx
from tests.end_to_end.town import BORN, RULES, Telegram
from tests.postgres import look

pytestmark = pytest.mark.slow

NOW, VISIT = local("2026-11-24T10:00"), local("2026-12-15T10:00")
TAPS = [each.pack() for each in (ChooseLanguage(code="en"), Consent(yes=True), Eligible(yes=True))]
SIDE_BY_SIDE = ("chat-1", "chat-2", "sender-1", "sender-2")
HANDLED = re.compile(r'lotsen_updates_total\{how="handled"\} (\d+)')
PATIENCE = 30  # on a busy machine; what must be quick is measured
FIRST_FAMILY, NEIGHBOURS = 1, 12


@pytest.fixture
def composed(tmp_path, telegram, bare_database):
    if nginx() is None:
        databases.missing("nginx")
    all_of_it = Composed(tmp_path, telegram, bare_database, NOW)
    yield all_of_it
    all_of_it.close()


class Mother:
    """A phone whose owner waits for each answer."""

    def __init__(self, world) -> None:
        self.world = world
        self.phone = world.person("Amina", "en")

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.world.from_bot(self.phone)]

    async def join(self, link: str) -> None:
        self.world.open_link(self.phone, link)
        await self.world.until(lambda: self.texts, PATIENCE)
        for tap in TAPS:
            message = self.world.last(self.phone).id
            press = self.world.press(self.phone, message, data=tap)
            await self.world.answer(press, PATIENCE)

    def writes(self) -> None:
        self.world.write(self.phone, "/plan")

    async def asks(self) -> None:
        before = len(self.texts)
        self.writes()
        await self.world.until(lambda: len(self.texts) > before, PATIENCE)


async def handled(composed: Composed, name: str) -> int:
    _, page = await composed.get(name, "/metrics")
    return sum(int(each) for each in HANDLED.findall(page))


def who_sends(composed: Composed) -> tuple[str, str]:
    """The sender at work, and the one that stands by."""
    logs = {name: each.logged for name, each in composed.running.items() if "sender" in name}
    first, second = sorted(logs, key=lambda name: '"what": "sending"' not in logs[name])
    assert "standing by" in logs[second]
    return first, second


async def book_visits(composed: Composed, homes: list[int]) -> None:
    """Each family hears of a visit at once."""
    async with composed.database() as db, db.write() as tx:
        for home in homes:
            await book(tx, home, 2, VISIT, [f"Anna{home}", f"Bo{home}"], NOW, RULES)


async def move_in(composed: Composed, parents: list[Person]) -> list[int]:
    """A family for each of these phones."""
    async with composed.database() as db, db.write() as tx:
        area = await areas.find(tx, AREA)
        homes = [await families.register(tx, area, None, NOW) for _ in parents]
        for home, parent in zip(homes, parents, strict=True):
            await families.add_child(tx, home, BORN, None)
            await families.add_guardian(tx, home, parent.id, "en", NOW)
    return homes


async def joins_over_both_replicas(composed: Composed, mother: Mother) -> None:
    invited = await composed.command("family", "invite", "--area", AREA, "--born", str(BORN))
    await mother.join(invited.out.splitlines()[-1])
    shares = [await handled(composed, name) for name in ("chat-1", "chat-2")]
    assert min(shares) >= 1
    assert sum(shares) == 1 + len(TAPS)  # each update once


async def is_answered_though_a_replica_is_killed(composed: Composed, mother: Mother) -> None:
    await composed.running.pop("chat-1").kill()
    for _ in range(3):
        await mother.asks()


async def hears_of_her_visit_though_the_sender_is_killed(
    composed: Composed, mother: Mother
) -> tuple[str, str]:
    """Which sender has gone, and which one sends."""
    gone, stays = who_sends(composed)
    await composed.running.pop(gone).kill()
    killed_at, before = time.monotonic(), len(mother.texts)
    await book_visits(composed, [FIRST_FAMILY])
    await mother.world.until(lambda: len(mother.texts) > before, PATIENCE)
    assert time.monotonic() - killed_at < tries(90, 10)
    return gone, stays


async def are_started_again(composed: Composed, *names: str) -> None:
    for name in names:
        assert composed.services[name]["restart"] == "unless-stopped"
        composed.start(name)
        await composed.until_ready(name)


async def misses_nothing_when_the_others_stop_at_work(
    composed: Composed, mother: Mother, telegram: Telegram, sender: str
) -> None:
    neighbours = [telegram.phone(f"Parent {n}") for n in range(NEIGHBOURS)]
    telegram.world.faults.delay_ms = 300
    sent, heard = telegram.arrived, len(mother.texts)
    await book_visits(composed, await move_in(composed, neighbours))
    await mother.world.until(lambda: telegram.arrived > sent, PATIENCE)
    mother.writes()
    ended = await asyncio.gather(composed.stop("chat-2"), composed.stop(sender))
    assert [(each.code, "Traceback" in each.err) for each in ended] == [(0, False)] * 2
    assert telegram.arrived - sent < NEIGHBOURS
    telegram.world.faults.delay_ms = 0

    def told() -> set[int]:
        return {len(telegram.texts(each)) for each in neighbours}

    await mother.world.until(lambda: told() == {1}, PATIENCE)
    await mother.world.until(lambda: len(mother.texts) > heard, PATIENCE)
    await mother.asks()
    assert (told(), len(mother.texts)) == ({1}, heard + 2)  # and nothing twice


@ON_POSTGRESQL
async def test_a_mother_is_answered_and_told_whatever_ends_of_what_compose_runs(composed, telegram):
    mother = Mother(telegram.world)
    await composed.up()
    assert set(composed.running) == set(SIDE_BY_SIDE)
    assert await composed.stranger("POST", web.WEBHOOK_PATH) == 401
    assert await composed.stranger("GET", "/metrics") == 404

    await joins_over_both_replicas(composed, mother)
    await is_answered_though_a_replica_is_killed(composed, mother)
    gone, stays = await hears_of_her_visit_though_the_sender_is_killed(composed, mother)
    await are_started_again(composed, "chat-1", gone)
    await misses_nothing_when_the_others_stop_at_work(composed, mother, telegram, stays)

    rows = look(composed.url, "SELECT state, doubts FROM outbox")
    assert {tuple(row.values()) for row in rows} == {("sent", 0)}
