"""The third lock: what is committed between claim and send keeps a message from leaving.

A hundred tries at random moments, with the real sender and the real database. Without the last look
the same tries let something out.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from programme.plan import due
from services import delivery, links, loss, preferences, visits
from services.planning import catch_up
from storage import families, items
from storage.database import Unavailable
from storage.turns import lock_family
from tests.cast import AMINA_CHAT, RULES, YUSUF_CHAT, Home, book_visit, local, move_in, reader
from tests.fakes import Said
from tests.services.conftest import TIP_DAY
from tests.services.post import Post

TRIES = 100
OF_EACH = 12
SLOW = 0.02  # seconds a look may be in coming
MEET = 0.6  # so many of the looks come after the act: however slow the machine is, they meet
NEW_CHAT = 3001
VISIT = local("2026-11-20T10:00")


async def stop(tx, post, home):
    await preferences.stop(tx, await reader(post.db, AMINA_CHAT), TIP_DAY)


async def lose(tx, _post, home):
    await loss.begin(tx, home.family_id, home.yusuf, TIP_DAY, RULES)


async def cancel(tx, _post, home):
    await visits.cancel(tx, home.family_id, 1, TIP_DAY, RULES)


async def skip(tx, _post, home):
    [family] = await families.load(tx, [home.family_id])
    amina = family.guardian(home.amina)
    for letter in due(family, amina, TIP_DAY, local("2026-11-04T10:01"), RULES):
        await items.skip(tx, letter)
    await catch_up(tx, home.family_id, TIP_DAY, RULES)


async def new_chat(tx, _post, home):
    await links.new_phone(tx, home.family_id, home.amina, TIP_DAY)
    await families.set_guardian(tx, home.amina, chat_id=NEW_CHAT)


def to_amina(said: Said) -> bool:
    return said.chat_id == AMINA_CHAT


def to_anybody(said: Said) -> bool:
    return True


def of_a_visit_that_stands(said: Said) -> bool:
    """Only that has buttons to answer with; the news that it is cancelled has none."""
    return '"v:' in str(said.keyboard).replace("'", '"')


ACTS = {
    "stop": (stop, to_amina),
    "loss": (lose, to_anybody),
    "cancel": (cancel, of_a_visit_that_stands),
    "skip": (skip, to_amina),
    "new chat": (new_chat, to_amina),
}


@dataclass
class Race:
    """One family with something to be told, and one act that runs into the sending."""

    post: Post
    home: Home
    forbidden: Callable[[Said], bool]
    chance: random.Random
    over: bool = False  # the act is committed, so nothing may leave any more
    leaked: list[Said] = field(default_factory=list)
    in_hand: int = 0  # messages that are claimed and not yet looked at
    claimed: asyncio.Event = field(default_factory=asyncio.Event)
    done: asyncio.Event = field(default_factory=asyncio.Event)
    met: bool = False  # there was one when the act was committed

    async def run(self, act) -> None:
        self.post.push.on_send = self._sent
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.post.sender.drain())
            tasks.create_task(self._interfere(act))
        self.post.clock.forward(minutes=10)
        await self.post.sender.drain()

    async def _interfere(self, act) -> None:
        if self.chance.random() < 0.7:  # now and then before anything is claimed
            await self.claimed.wait()
        await asyncio.sleep(self.chance.uniform(0, SLOW / 2))
        while not self.over:
            with suppress(Unavailable):  # a deadlock, say: as in the intake, once more
                async with self.post.db.write() as tx:
                    await lock_family(tx, self.home.family_id)  # as every act begins
                    await act(tx, self.post, self.home)
                self.over = True
        self.met = self.in_hand > 0
        self.done.set()

    def _sent(self, said: Said) -> None:
        if self.over and self.forbidden(said):
            self.leaked.append(said)


async def race(new_db, languages, name: str, seed: int, look: bool = True) -> Race:
    """A fresh database; between the claim and the look there is a wait of random length."""
    act, forbidden = ACTS[name]
    chance = random.Random(seed)
    db = new_db()
    post = Post(db, languages, TIP_DAY)
    home = await move_in(db, chats=(AMINA_CHAT, YUSUF_CHAT))
    if name == "cancel":
        await book_visit(db, home.family_id, VISIT, TIP_DAY)
    await post.plan()
    async with db.write(), db.read():  # connecting takes longer than all the rest
        found = Race(post, home, forbidden, chance)
    if seed % 2:
        post.new_sender(together=True)
    real = post.sender._last_look

    async def after_a_while(message):
        found.in_hand += 1
        found.claimed.set()
        if chance.random() < MEET:
            await found.done.wait()
        await asyncio.sleep(chance.uniform(0, SLOW))
        found.in_hand -= 1
        return await real(message) if look else None

    post.sender._last_look = after_a_while
    async with asyncio.timeout(20):
        await found.run(act)
    await db.close()
    return found


@pytest.fixture
def new_db(new_database, open_at):
    """A new database each time it is called."""
    return lambda: open_at(new_database())


@pytest.fixture(autouse=True)
def no_long_rests(monkeypatch):
    monkeypatch.setattr(delivery, "IDLE_SECONDS", 0.01)


@pytest.mark.parametrize("name", ACTS)
async def test_nothing_leaves_after_the_commit(new_db, languages, name):
    met = 0
    for seed in range(OF_EACH):
        found = await race(new_db, languages, name, seed)
        assert found.leaked == [], seed
        met += found.met
    assert met > OF_EACH // 3, "the acts did not meet the sending"


@pytest.mark.parametrize("name", ACTS)
async def test_without_the_last_look_something_leaves(new_db, languages, name):
    for seed in range(TRIES):
        if (await race(new_db, languages, name, seed, look=False)).leaked:
            return
    raise AssertionError("the tries would not notice a missing look")
