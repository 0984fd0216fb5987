"""A notice to very many: no statement grows with how many they are."""

from sqlalchemy import event

from programme.people import Role
from storage import sendings
from tests.cast import local, many_families
from tests.colleagues import at_work
from tests.services.noticed import a_notice, send

NOW = local("2026-11-12T10:30")  # a day without a tip for the cast's child


async def test_many_readers_are_written_a_piece_at_a_time(post, monkeypatch):
    """A server breaks off a statement that takes half a minute, and a country has many readers."""
    monkeypatch.setattr(sendings, "PROMISED_AT_ONCE", 2)
    post.clock.set(NOW)
    eva = await at_work(post.db, "Eva", Role.COORDINATOR, 2003)
    await many_families(post.db, 5)
    written = []

    def note(conn, cursor, statement, parameters, context, executemany):
        if statement.startswith("INSERT INTO item"):
            written.append(cursor.rowcount)

    engine = post.db._writer.sync_engine
    event.listen(engine, "after_cursor_execute", note)
    assert await send(post.db, eva, await a_notice(post.db, NOW), NOW) == 5
    event.remove(engine, "after_cursor_execute", note)

    assert sum(written) == 5
    assert max(written) == 2
    await post.sender.drain()
    assert sorted(post.push.chats) == [5000, 5001, 5002, 5003, 5004]
