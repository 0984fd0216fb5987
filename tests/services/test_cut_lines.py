"""The line to the database is cut around a commit of the sender's, which may be done or not."""

from datetime import timedelta

import pytest

from storage import claims
from tests.cast import many_families
from tests.databases import ON_POSTGRESQL
from tests.wire import Cut, cutting, wire_to

pytestmark = ON_POSTGRESQL
COMMITS = {"a claim": "claim", "an outcome": "sent"}


@pytest.mark.parametrize("when", Cut)
@pytest.mark.parametrize("what", COMMITS)
@pytest.mark.parametrize("together", [False, True])
async def test_each_message_leaves_once(post, open_at, monkeypatch, when, what, together):
    await many_families(post.db, 3)
    await post.plan()
    async with wire_to(post.db.address) as wire:
        by_wire = open_at(wire.url(post.db.address))
        post.new_sender(db=by_wire, together=together)
        name = COMMITS[what]
        monkeypatch.setattr(claims, name, cutting(wire, getattr(claims, name), when))
        await post.sender.drain()
        # Whose last look the cut broke off has not left, and waits a moment.
        post.clock.set(post.clock() + timedelta(minutes=10))
        await post.sender.drain()
        await by_wire.close()
    assert wire.cuts == 1
    assert sorted(post.push.chats) == [5000, 5001, 5002]
    assert await post.states() == ["sent"] * 3
