"""The tests' own engines: used again they open the new database, and each serves one at a time."""

from storage import memory


async def _recalled(db):
    async with db.read() as tx:
        return await memory.recall(tx, "a")


async def test_engines_used_again_see_the_new_database_alone(new_database, open_at):
    first = open_at(new_database())
    async with first.write() as tx:
        await memory.remember(tx, "a", "b")
    assert await _recalled(first) == "b"
    await first.close()
    second = open_at(new_database())
    assert second._writer is first._writer
    assert await _recalled(second) is None
    await first.close()  # a second time: the engines are another's now
    third = open_at(new_database())
    assert third._writer is not second._writer
    await second.close()
    await third.close()
