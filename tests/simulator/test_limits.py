"""How fast Telegram takes messages, on a monotonic clock the test moves by hand."""

import pytest

from simulator import Limits
from simulator.errors import ApiError
from simulator.limits import Pace


class Watch:
    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def pace(watch):
    return Pace(clock=watch)


def refused(pace, limits, chat):
    with pytest.raises(ApiError) as error:
        pace.take(limits, chat)
    assert error.value.code == 429
    return error.value.parameters["retry_after"]


def test_thirty_in_a_second_pass_and_the_next_waits(pace, watch):
    for chat in range(1, 31):
        pace.take(Limits(), chat)
    assert refused(pace, Limits(), 31) == 3
    watch.seconds += 2
    assert refused(pace, Limits(), 31) == 1
    watch.seconds += 1
    pace.take(Limits(), 31)


def test_twenty_five_a_second_go_on_for_ever(pace, watch):
    for number in range(500):
        pace.take(Limits(), number + 1)
        watch.seconds += 1 / 25


def test_one_chat_takes_a_burst_and_then_one_a_second(pace, watch):
    for _ in range(20):
        pace.take(Limits(), 7)
    assert refused(pace, Limits(), 7) == 3
    pace.take(Limits(), 8)
    watch.seconds += 3
    for _ in range(3):
        pace.take(Limits(), 7)
    refused(pace, Limits(), 7)


def test_a_group_takes_twenty_a_minute(pace, watch):
    for _ in range(20):
        pace.take(Limits(), -5)
        watch.seconds += 0.5
    assert refused(pace, Limits(), -5) == 50
    watch.seconds += 50
    pace.take(Limits(), -5)


def test_limits_can_be_changed_and_switched_off(pace):
    for _ in range(200):
        pace.take(Limits.off(), 7)
    few = Limits(chat_burst=2, per_second=None)
    for _ in range(2):
        pace.take(few, 8)
    refused(pace, few, 8)


async def test_a_429_says_three_times_how_long_to_wait(rig, amina):
    rig.world.limits = Limits(chat_burst=2)
    for _ in range(2):
        await rig.ok("sendMessage", chat_id=amina.id, text="x")
    answer = await rig.call("sendMessage", chat_id=amina.id, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert rig.last_headers["Retry-After"] == "3"
    assert len(rig.world.from_bot(amina)) == 2


async def test_a_moved_wall_clock_lifts_no_limit(rig, amina):
    rig.world.limits = Limits(chat_burst=1)
    await rig.ok("sendMessage", chat_id=amina.id, text="x")
    rig.clock.advance(days=1)
    assert (await rig.refused("sendMessage", chat_id=amina.id, text="x")).startswith("429")
