from datetime import timedelta

from messaging import texts
from services import planning
from tests.cast import JOINED, RULES, local
from tests.handlers.test_groups import moved
from tests.rows import resting


def went(phone, old: str, new: str) -> dict[str, object]:
    return moved(phone, old, new, phone.here)


async def test_who_blocks_the_bot_is_out_of_reach_and_nothing_waits_for_them(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    lotsen.clock.set(local("2026-11-04T10:00"))
    await planning.plan(lotsen.db, lotsen.clock.now(), RULES)
    assert {row.state for row in await lotsen.rows("outbox")} == {"waiting"}

    said = await lotsen.take(went(phone, "member", "kicked"))

    assert said == []
    [rest] = await lotsen.rows("rest")
    assert (rest.why, rest.detail) == ("unreachable", "blocked")
    assert (rest.since, rest.until) == (lotsen.clock.now(), None)
    assert {row.state for row in await lotsen.rows("outbox")} == {"dropped"}


async def test_who_comes_back_finds_everything_as_it_was_and_nothing_is_replayed(lotsen):
    phone = lotsen.phone()
    await phone.join("so")
    await phone.press("f:1")
    lotsen.clock.set(local("2026-11-04T10:00"))
    await planning.plan(lotsen.db, lotsen.clock.now(), RULES)
    await lotsen.take(went(phone, "member", "kicked"))
    lotsen.clock.set(local("2027-03-01T09:00"))
    await planning.plan(lotsen.db, lotsen.clock.now(), RULES)
    lotsen.clock.set(local("2027-03-02T12:00"))

    said = await lotsen.take(went(phone, "kicked", "member"))

    assert said == []
    [guardian] = await lotsen.rows("guardian")
    assert await resting(lotsen.db) == {}
    assert (guardian.language, guardian.fewer, guardian.active_since) == ("so", True, JOINED)
    await planning.plan(lotsen.db, lotsen.clock.now(), RULES)
    assert [row for row in await lotsen.rows("outbox") if row.state == "waiting"] == []


async def test_whatever_one_writes_or_presses_brings_one_back(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    for act in (lambda: phone.write("/help"), lambda: phone.press("m:who"), phone.start):
        await lotsen.take(went(phone, "member", "kicked"))
        await act()

        assert await resting(lotsen.db) == {}


async def test_blocking_again_does_not_move_the_hour_of_the_first_time(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await lotsen.take(went(phone, "member", "kicked"))
    lotsen.clock.set(JOINED + timedelta(days=3))

    await lotsen.take(went(phone, "member", "kicked"))

    assert await resting(lotsen.db) == {"unreachable": JOINED}


async def test_who_stopped_blocked_and_came_back_is_still_stopped(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/stop")

    await lotsen.take(went(phone, "member", "kicked"), went(phone, "kicked", "member"))

    assert await resting(lotsen.db) == {"stopped": JOINED}


async def test_a_stranger_who_blocks_the_bot_leaves_no_trace(lotsen):
    phone = lotsen.phone()

    await lotsen.take(went(phone, "member", "kicked"), went(phone, "kicked", "member"))

    assert await lotsen.rows("guardian") == []
    assert await lotsen.rows("conversation") == []


async def test_somebody_who_blocks_while_we_answer_is_not_an_error(lotsen):
    from aiogram.methods import SendMessage
    from aiogram.methods.base import Response

    phone = lotsen.phone()
    await phone.join("en")
    blocked = Response(
        ok=False, error_code=403, description="Forbidden: bot was blocked by the user"
    )
    lotsen.line.add_result(SendMessage, blocked)

    await phone.write("/help")
    [said] = await phone.write("/help")

    assert said.text == texts.menu(lotsen.languages.get("en")).text
