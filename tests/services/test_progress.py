"""The coordinator sees how far a notice is, in one message edited in place (mission E4)."""

from datetime import timedelta

import pytest

from messaging import push
from programme.kinds import Lane
from programme.people import Role
from services import correcting, progress, sending
from services.progress import EVERY_SECONDS, Progress
from storage.tables import outbox
from tests.cast import RULES, local, many_families
from tests.colleagues import at_work
from tests.fakes import FakeMonotonic
from tests.messaging.reading_marks import without_isolates
from tests.services.noticed import a_notice, reword, send

NOW = local("2026-11-12T10:30")
EVA = 2003


class Screen:
    """The one message in the coordinator's chat."""

    def __init__(self, post) -> None:
        self.post, self.clock, self.resting = post, FakeMonotonic(), False
        self.progress = self.restarted()

    def restarted(self) -> Progress:
        post = self.post
        self.progress = Progress(
            post.db,
            post.push,
            post.languages,
            RULES,
            25,
            post.clock,
            lambda: self.resting,
            self.clock,
        )
        return self.progress

    async def look(self, after: float = EVERY_SECONDS) -> None:
        self.clock.seconds += after
        await self.progress.show()

    @property
    def new(self) -> list[str]:
        return [without_isolates(e.text) for e in self.post.push.arrived if e.chat_id == EVA]

    @property
    def edits(self) -> list[str]:
        edited = self.post.push.edited
        return [without_isolates(text) for chat_id, _, text in edited if chat_id == EVA]


@pytest.fixture
async def eva(post):
    post.clock.set(NOW)
    return await at_work(post.db, "Eva", Role.COORDINATOR, EVA)


@pytest.fixture
async def leaving(post, eva):
    """A notice to four families, of which nothing has left."""
    await many_families(post.db, 4)
    number = await a_notice(post.db, NOW)
    await send(post.db, eva, number, NOW)
    return number


@pytest.fixture
def screen(post) -> Screen:
    return Screen(post)


async def test_one_message_is_edited_until_it_says_how_it_ended(post, eva, leaving, screen):
    await screen.look()
    assert screen.new == [
        "Notice: Meeting\n"
        "It is leaving now.\n"
        "Done: ░░░░░░░░░░ 0 of 4.\n"
        "Get it later: 4.\n"
        "About 1 minute still."
    ]
    post.push.script(5000, push.Unreachable("blocked"))
    post.push.script(5001, push.InDoubt("cut"))
    await post.sender.drain()
    await sending.finish(post.db, NOW)
    await screen.look()
    assert screen.edits == [
        "Notice: Meeting\n"
        "It is sent.\n"
        "Done: ▓▓▓▓▓▓▓▓▓▓ 4 of 4.\n"
        "Have it: 2.\n"
        "Telegram does not reach them: 1.\n"
        "Nobody knows if they have it: 1."
    ]
    for _ in range(3):
        await screen.look()
    assert (len(screen.new), len(screen.edits)) == (1, 1)
    assert screen.progress._seen == {}  # of one that is over nothing stays in memory


async def test_it_is_edited_seldom_and_only_when_something_has_changed(post, leaving, screen):
    await screen.look()
    for _ in range(5):
        await screen.look()
    assert screen.edits == []
    await post.sender.drain()
    await screen.look(after=EVERY_SECONDS)
    await screen.look(after=EVERY_SECONDS / 2)
    assert len(screen.edits) == 1


async def test_telegrams_wait_is_kept_and_nobody_elses_message_waits(post, leaving, screen):
    await screen.look()
    await post.sender.drain()
    post.push.script(EVA, push.FloodWait(30))
    await screen.look()
    await screen.look(after=20)
    assert screen.edits == []
    await screen.look(after=11)
    assert len(screen.edits) == 1


async def test_it_never_stands_in_the_way_of_a_visits_message(post, eva, leaving, screen):
    async with post.db.write() as tx:
        row = outbox.insert().values(
            staff_id=eva.member.id, lane=Lane.VISITS, due_at=NOW, next_at=NOW, state="waiting"
        )
        await tx.execute(row)
    await screen.look()
    screen.resting = True
    await screen.look()
    assert screen.new == []


async def test_after_a_restart_the_same_message_goes_on(post, leaving, screen):
    await screen.look()
    screen.restarted()
    await post.sender.drain()
    await screen.look()
    assert (len(screen.new), len(screen.edits)) == (1, 1)


async def test_paused_it_says_so_and_how_long_still_only_while_it_moves(post, eva, leaving, screen):
    async with post.db.write() as tx:
        await sending.pause(tx, eva, leaving, NOW)
    await screen.look()
    assert "It is paused." in screen.new[0]
    assert "minute" not in screen.new[0]


async def test_how_long_still_is_reckoned_from_how_fast_it_goes(post, eva, leaving, screen):
    seen = progress._Seen()
    shown = progress.Shown(notice=1, title="", state="sending", readers=2000, waiting=2000)
    first = screen.progress._with_time(shown, seen)
    assert first.left == timedelta(seconds=80)
    screen.clock.seconds += 100
    half = progress.replace(shown, waiting=1000)  # ten a second
    assert screen.progress._with_time(half, seen).left == timedelta(seconds=100)


async def test_at_night_it_says_that_it_goes_on_in_the_morning(post, eva, leaving, screen):
    post.clock.set(local("2026-11-12T21:00"))
    await screen.look()
    assert "It is night for families now: it goes on in the morning." in screen.new[0]


async def test_who_has_deleted_it_is_left_alone(post, leaving, screen):
    await screen.look()
    await post.sender.drain()
    post.push.script(EVA, push.Vanished("message to edit not found"))
    await screen.look()
    for _ in range(3):
        await screen.look()
    assert (len(screen.new), screen.edits) == (1, [])


async def test_one_that_came_too_late_is_told(post, eva, screen):
    await many_families(post.db, 1)
    number = await a_notice(post.db, NOW, starts_at=NOW + timedelta(hours=2))
    await send(post.db, eva, number, NOW, at=NOW + timedelta(hours=1))
    await sending.start_due(post.db, NOW + timedelta(hours=3), RULES)
    await screen.look()
    assert screen.new == [
        "Notice: Meeting\nIt was not sent: what it tells of had begun, or is cancelled."
    ]


async def test_a_correction_and_a_recall_are_counted_in_the_same_message(
    post, eva, leaving, screen
):
    await post.sender.drain()
    await sending.finish(post.db, NOW)
    await screen.look()
    await reword(post.db, leaving, {})
    async with post.db.write() as tx:
        await correcting.correct(tx, eva, leaving, NOW)
    await screen.look()
    assert "Phones on which it is corrected soon: 4." in screen.edits[-1]
    await post.sender.drain()
    async with post.db.write() as tx:
        await correcting.recall(tx, eva, leaving, NOW)
    await post.sender.drain()
    await screen.look()
    assert "It is taken back." in screen.edits[-1]
    assert "Phones on which it is corrected: 4." in screen.edits[-1]
    assert "Phones from which it is taken: 4." in screen.edits[-1]
