"""A notice on the phones of a few families, and what stands on them."""

import pytest

from programme.people import Role
from services import correcting
from tests.cast import local, many_families
from tests.colleagues import at_work
from tests.services.noticed import a_notice, send

NOW = local("2026-11-12T10:30")
OLD, NEW = "Waxaan ku kulannaa xarunta.", "Waxaan ku kulannaa maktabadda."


@pytest.fixture
async def eva(post):
    post.clock.set(NOW)
    return await at_work(post.db, "Eva", Role.COORDINATOR, 2003)


async def sent(post, eva, many: int = 3, **facts) -> int:
    await many_families(post.db, many)
    number = await a_notice(post.db, NOW, **facts)
    await send(post.db, eva, number, NOW)
    await post.sender.drain()
    return number


async def recall(post, eva, number: int):
    async with post.db.write() as tx:
        return await correcting.recall(tx, eva, number, post.clock())


def phones(post) -> dict[int, list[str]]:
    """What stands on each phone: said, edited, deleted."""
    numbers: dict[tuple[int, int], str] = {}
    for n, said in enumerate(post.push.attempts, 1):
        if said in post.push.arrived:
            numbers[said.chat_id, n] = said.text
    for chat, number, text in post.push.edited:
        numbers[chat, number] = text
    for place in post.push.deleted:
        numbers.pop(place, None)
    found: dict[int, list[str]] = {}
    for (chat, _), text in numbers.items():
        found.setdefault(chat, []).append(text)
    return found
