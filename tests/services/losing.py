"""A loss, and taking it back: for tests."""

from datetime import timedelta

from services import loss
from tests.cast import (
    AMINA_CHAT,
    RULES,
    YUSUF_CHAT,
    local,
    reader,
)
from tests.services.conftest import TIP_DAY

BOTH = (AMINA_CHAT, YUSUF_CHAT)
VISIT = local("2026-11-09T10:30")
LATER = TIP_DAY + timedelta(days=400)


async def lose(post, home, by=None):
    async with post.db.write() as tx:
        await loss.begin(tx, home.family_id, by, post.clock(), RULES)


async def undo(post, chat=AMINA_CHAT):
    async with post.db.write() as tx:
        who = await reader(post.db, chat)
        return await loss.undo(tx, who, post.clock(), RULES)
