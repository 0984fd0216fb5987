"""A click of the guided demo may fail half way, or its answer be lost: it is pressed once more."""

from types import SimpleNamespace

import pytest

from bot import guided
from bot.guided import Guide, Told
from bot.theatre import NotReady


class Stages:
    """A theatre that counts its stages; each is a list of the clicks that were done on it."""

    def __init__(self) -> None:
        self.stage, self.ready, self.shown = None, True, 0

    async def show(self, _play):
        self.stage, self.shown = SimpleNamespace(done=[]), self.shown + 1
        return self.stage

    def numbers(self, names):
        return list(names)


@pytest.fixture
def faults(monkeypatch):
    """How often each click is still going to fail."""
    left: dict[int, int] = {}

    def step(number):
        async def act(stage):
            stage.done.append(number)
            if left.get(number, 0):
                left[number] -= 1
                raise TimeoutError
            return Told(f"click {number}", ())

        return act

    monkeypatch.setattr(guided, "STEPS", tuple(map(step, range(1, 5))))
    return left


def texts(guide):
    return [each["text"] for each in guide.shown()["told"]]


async def test_a_click_that_ended_half_way_is_pressed_again_and_nothing_is_done_twice(faults):
    theatre, faults[3] = Stages(), 2
    guide = Guide(theatre)
    await guide.begin()
    for number in (1, 2, 3, 3):
        await guide.go_on(number)
    assert texts(guide) == ["click 1", "click 2"]
    assert "en gång till" in guide.shown()["halfway"]

    await guide.go_on(3)
    await guide.go_on(4)

    assert texts(guide) == [f"click {n}" for n in (1, 2, 3, 4)]
    assert (theatre.stage.done, theatre.shown) == ([1, 2, 3, 4], 3)
    assert guide.shown()["halfway"] is None


async def test_one_that_fails_while_the_way_is_gone_again_goes_on_from_there(faults):
    theatre, faults[2] = Stages(), 1
    guide = Guide(theatre)
    await guide.begin()
    for number in (1, 2):
        await guide.go_on(number)
    faults[1] = 1
    await guide.go_on(2)
    assert texts(guide) == []
    with pytest.raises(NotReady):
        await guide.go_on(2)
    await guide.go_on(1)
    assert (texts(guide), theatre.stage.done) == (["click 1"], [1])


async def test_a_click_whose_answer_was_lost_does_nothing_more(faults):
    theatre = Stages()
    guide = Guide(theatre)
    with pytest.raises(NotReady):
        await guide.go_on(1)
    await guide.begin()
    for number in (1, 1, 2, 1):
        await guide.go_on(number)
    assert (theatre.stage.done, theatre.shown) == ([1, 2], 1)
    with pytest.raises(NotReady):
        await guide.go_on(4)
