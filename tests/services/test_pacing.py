"""A steady beat that never bursts, and gates that open when they should."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services import pacing
from services.pacing import Gate, Pace
from tests.fakes import FakeMonotonic


def _most_in_a_second(times: list[float]) -> int:
    return max(sum(start <= at < start + 1 for at in times) for start in times)


@settings(max_examples=40, deadline=None)
@given(
    rate=st.sampled_from([1, 5, 25, 30, 1000]),
    pauses=st.lists(st.sampled_from([0, 0, 0, 0, 0.001, 0.03, 0.5, 3]), min_size=5, max_size=120),
    wanted=st.integers(1, 16),
)
def test_no_second_ever_holds_more_than_the_rate(rate, pauses, wanted):
    clock = FakeMonotonic()
    pace = Pace(rate, clock)
    times = []

    async def work() -> None:
        for pause in pauses:  # what a claim and a stalled machine take
            for _ in range(await pace.turn(wanted)):
                async with pace.place():
                    times.append(clock())
            clock.seconds += pause

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pacing.asyncio, "sleep", clock.sleep)
        asyncio.run(work())
    # The sum of many gaps may differ from a second by a rounding error.
    assert _most_in_a_second([at * (1 + 1e-9) for at in times]) <= rate


@pytest.mark.parametrize(("rate", "most"), [(1, 1), (25, 1), (49, 1), (200, 4), (1000, 16)])
async def test_only_at_a_fast_beat_several_are_taken_together(monkeypatch, rate, most):
    clock = FakeMonotonic()
    pace = Pace(rate, clock)
    monkeypatch.setattr(pacing.asyncio, "sleep", clock.sleep)
    begun, taken = clock(), [await pace.turn(16) for _ in range(50)]
    assert set(taken) == {most}
    assert await pace.turn(1) == 1
    assert clock() - begun == pytest.approx(sum(taken) / rate)


async def test_a_rest_saves_nothing_up(monkeypatch):
    clock = FakeMonotonic()
    pace = Pace(25, clock)
    monkeypatch.setattr(pacing.asyncio, "sleep", clock.sleep)
    await pace.turn()
    clock.seconds += 3600
    times = []
    for _ in range(50):
        await pace.turn()
        times.append(clock())
    assert times[-1] - times[0] == pytest.approx(49 / 25)


class _NoTime(asyncio.SelectorEventLoop):
    """A loop on which waiting takes no time at all: its clock goes on to whatever is next."""

    seconds = 100.0

    def time(self) -> float:
        return self.seconds

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self.seconds = max(self.seconds, self._scheduled[0]._when)
        super()._run_once()


def _arrivals(rate, ways):
    """When messages arrive whose way there and back takes so long."""
    arrived = []

    async def fly(pace, there, back):
        async with pace.place():
            await asyncio.sleep(there)
            arrived.append(asyncio.get_running_loop().time())
            await asyncio.sleep(back)

    async def work():
        pace = Pace(rate, asyncio.get_running_loop().time)
        async with asyncio.TaskGroup() as flights:
            for there, back in ways:
                await pace.turn()
                flights.create_task(fly(pace, there, back))

    with asyncio.Runner(loop_factory=_NoTime) as runner:
        runner.run(work())
    return arrived


_way = st.sampled_from([0, 0, 0.004, 0.03, 0.2, 0.9])


@settings(max_examples=40, deadline=None)
@given(
    rate=st.sampled_from([1, 5, 25]),
    ways=st.lists(st.tuples(_way, _way), min_size=30, max_size=60),
)
@example(25, [(0.2, 0)] * 25 + [(0, 0)] * 25)  # a slow line becomes fast
@example(5, [(0, 0.9)] * 30)
def test_no_second_holds_more_than_the_rate_as_they_arrive_whatever_the_line_does(rate, ways):
    arrived = _arrivals(rate, ways)
    assert len(arrived) == len(ways)
    assert _most_in_a_second([at * (1 + 1e-9) for at in arrived]) <= rate


def test_while_there_is_no_place_hardly_any_message_is_taken():
    """What is taken and waits would be in doubt after a kill."""
    taken = []

    async def work():
        pace = Pace(5, asyncio.get_running_loop().time)

        async def fly():
            async with pace.place():
                await asyncio.sleep(60)

        async with asyncio.TaskGroup() as flights:
            for _ in range(20):
                await pace.turn()
                taken.append(asyncio.get_running_loop().time())
                flights.create_task(fly())

    with asyncio.Runner(loop_factory=_NoTime) as runner:
        runner.run(work())
    assert sum(at < taken[0] + 59 for at in taken) <= 5 + 2


def test_nearly_all_of_the_limit_is_used_on_a_steady_line():
    arrived = _arrivals(25, [(0.002, 0.002)] * 500)
    assert 499 / (arrived[-1] - arrived[0]) > 0.98 * 25


async def test_a_moment_that_a_busy_machine_lost_is_made_up_without_a_burst(monkeypatch):
    clock = FakeMonotonic()
    pace = Pace(25, clock)
    monkeypatch.setattr(pacing.asyncio, "sleep", clock.sleep)
    times = []
    for n in range(100):
        await pace.turn()
        times.append(clock())
        clock.seconds += 0.3 if n == 50 else 0
    assert times[-1] - times[0] == pytest.approx(99 / 25)
    assert min(b - a for a, b in pairwise(times)) >= 1 / 30 - 1e-9


@pytest.fixture
def clock():
    return FakeMonotonic()


@pytest.fixture
def gate(clock):
    return Gate(clock)


def test_one_chats_flood_wait_leaves_the_gate_open(gate, clock):
    gate.flood(1, 30)
    gate.flood(1, 60)
    assert gate.closed_for() == 0


def test_two_chats_flood_waits_close_it_until_the_second_ends(gate, clock):
    gate.flood(1, 30)
    clock.seconds += 9
    gate.flood(2, 40)
    assert gate.closed_for() == 40
    clock.seconds += 39.5
    assert gate.closed_for() == pytest.approx(0.5)
    clock.seconds += 1
    assert gate.closed_for() == 0


def test_two_chats_flood_waits_far_apart_have_nothing_to_do_with_each_other(gate, clock):
    gate.flood(1, 30)
    clock.seconds += Gate.FEW_SECONDS
    gate.flood(2, 30)
    assert gate.closed_for() == 0


def test_each_failure_rests_longer_and_a_success_forgets_them(gate, clock):
    rests = []
    for _ in range(9):
        rests.append(gate.failed())
        clock.seconds += rests[-1]
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    gate.worked()
    assert gate.failed() == 1


def test_sixteen_in_flight_that_fail_together_are_one_failure(gate, clock):
    for _ in range(16):
        gate.failed()
        clock.seconds += 0.01
    assert gate.closed_for() <= 1


def test_a_longer_closing_outlasts_a_shorter_one(gate, clock):
    gate.close(600)
    gate.failed()
    gate.flood(1, 3)
    gate.flood(2, 3)
    gate.worked()
    assert gate.closed_for() == 600
