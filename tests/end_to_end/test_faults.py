"""Each fault of Telegram or of the line ends in its stated outcome, through the real library."""

from datetime import timedelta

import pytest

from simulator.clock import ShiftedClock
from tests.end_to_end.town import (
    BORN,
    EVE_HOUR,
    JOINED,
    TIP_HOUR,
    TOKEN,
    Installation,
    Telegram,
    neighbours,
)

pytestmark = pytest.mark.slow

NONE = dict.fromkeys(
    ("planned", "sent", "postponed", "unreachable", "dropped", "failed", "in_doubt"), 0
)
LATER = timedelta(seconds=20)
OUT_OF_REACH = """
    SELECT chat_id, detail FROM rest JOIN guardian ON guardian.id = rest.guardian_id
    WHERE why = 'unreachable' AND until IS NULL
"""
DOUBTFUL = {
    "a server error": lambda faults, **more: faults.error("sendMessage", 500, **more),
    "a proxy's error page": lambda faults, **more: faults.html("sendMessage", 502, **more),
    "half a JSON object": lambda faults, **more: faults.garbage("sendMessage", **more),
    "a cut line": lambda faults, **more: faults.cut("sendMessage", **more),
    "a silence": lambda faults, **more: faults.hang("sendMessage", 1.5, **more),
}


def copies(telegram: Telegram, homes) -> list[int]:
    """How many messages each family's phone holds."""
    return [len(telegram.texts(home.phone)) for home in homes]


@pytest.mark.parametrize("obeyed", [False, True], ids=["before acting", "after acting"])
@pytest.mark.parametrize("trouble", DOUBTFUL)
async def test_a_tip_of_which_nobody_knows_whether_it_arrived_is_left(
    lotsen, telegram, trouble, obeyed
):
    homes = await neighbours(lotsen, 4)
    DOUBTFUL[trouble](telegram.world.faults, chat=homes[1].phone.id, after=obeyed)
    # A silent server obeys in the end: the message comes although nobody waits for the answer.
    arrives = obeyed or trouble == "a silence"

    counts = await lotsen.tick(TIP_HOUR, push_seconds=0.5)

    assert counts == NONE | {"planned": 4, "sent": 3, "in_doubt": 1}
    again = await lotsen.tick(TIP_HOUR + LATER)
    assert again == NONE
    await telegram.world.until(lambda: copies(telegram, homes) == [1, int(arrives), 1, 1])
    [doubtful] = lotsen.look("SELECT * FROM outbox WHERE state = 'in_doubt'")
    assert doubtful["reason"]
    [item] = lotsen.look("SELECT * FROM item WHERE outbox_id = ?", doubtful["id"])
    assert (item["state"], item["reason"]) == ("dropped", "in doubt")


@pytest.mark.parametrize("obeyed", [False, True], ids=["before acting", "after acting"])
@pytest.mark.parametrize("trouble", DOUBTFUL)
async def test_a_reminder_of_which_nobody_knows_whether_it_arrived_is_sent_again_once(
    lotsen, telegram, trouble, obeyed
):
    homes = await neighbours(lotsen, 4, visit=True)
    DOUBTFUL[trouble](telegram.world.faults, chat=homes[1].phone.id, after=obeyed)
    arrives = obeyed or trouble == "a silence"

    counts = await lotsen.tick(EVE_HOUR, push_seconds=0.5)

    assert counts == NONE | {"planned": 4, "sent": 3, "postponed": 1}
    assert await lotsen.tick(EVE_HOUR + LATER) == NONE | {"sent": 1}
    assert await lotsen.tick(EVE_HOUR + 2 * LATER) == NONE
    await telegram.world.until(lambda: copies(telegram, homes) == [1, 1 + arrives, 1, 1])
    assert lotsen.states() == [("sent", None)] * 4


async def test_a_reminder_in_doubt_twice_is_left_and_says_so(lotsen, telegram):
    homes = await neighbours(lotsen, 3, visit=True)
    telegram.world.faults.html("sendMessage", 502, chat=homes[0].phone.id, times=2)

    await lotsen.tick(EVE_HOUR)
    counts = await lotsen.tick(EVE_HOUR + LATER)

    assert counts == NONE | {"in_doubt": 1}
    assert await lotsen.tick(EVE_HOUR + 2 * LATER) == NONE
    assert copies(telegram, homes) == [0, 1, 1]
    assert [state for state, _ in lotsen.states()] == ["in_doubt", "sent", "sent"]


async def test_a_failing_server_that_comes_back_gets_everything_once(lotsen, telegram):
    homes = await neighbours(lotsen, 12, visit=True)
    telegram.world.faults.error("sendMessage", 502, times=3)

    first = await lotsen.tick(EVE_HOUR)
    second = await lotsen.tick(EVE_HOUR + LATER)

    assert first["sent"] + second["sent"] == 12
    assert first["postponed"] == 3
    assert copies(telegram, homes) == [1] * 12


async def test_a_line_that_cannot_be_opened_loses_nothing(lotsen, telegram):
    homes = await neighbours(lotsen, 3)
    lotsen.settings["LOTSEN_API_URL"] = "http://127.0.0.1:9"

    counts = await lotsen.tick(TIP_HOUR)

    assert counts["sent"] == counts["in_doubt"] == counts["dropped"] == 0
    assert counts["postponed"] >= 1
    del lotsen.settings["LOTSEN_API_URL"]
    assert await lotsen.tick(TIP_HOUR + LATER) == NONE | {"sent": 3}
    assert copies(telegram, homes) == [1, 1, 1]


async def test_one_chats_flood_wait_is_kept_to_the_second_and_holds_nobody_else(lotsen, telegram):
    homes = await neighbours(lotsen, 5)
    waiting = homes[2].phone
    telegram.world.now = ShiftedClock(TIP_HOUR).now  # it runs, as the process's own clock does
    telegram.world.faults.too_many("sendMessage", 2, chat=waiting.id)

    work = lotsen.start("run", "--only", "scheduler", now=TIP_HOUR)
    await telegram.world.until(lambda: copies(telegram, homes) == [1] * 5, within=20)
    ended = await work.stop()

    assert ended.code == 0, ended.err
    refused, taken = telegram.world.journal.calls("sendMessage", chat=waiting.id)
    assert (refused.status, taken.status) == (429, 200)
    assert timedelta(seconds=2) <= taken.at - refused.at < timedelta(seconds=4)
    others = [c.at for c in telegram.world.journal.calls("sendMessage") if c.chat != waiting.id]
    assert len(others) == 4
    assert max(others) - refused.at < timedelta(seconds=1)
    assert {state for state, _ in lotsen.states()} == {"sent"}


async def test_a_tick_within_a_flood_wait_does_not_write_to_that_chat(lotsen, telegram):
    homes = await neighbours(lotsen, 3)
    telegram.world.faults.too_many("sendMessage", 30, chat=homes[0].phone.id)

    assert await lotsen.tick(TIP_HOUR) == NONE | {"planned": 3, "sent": 2, "postponed": 1}
    assert lotsen.states()[0] == ("waiting", "flood wait")
    before = telegram.sends
    assert await lotsen.tick(TIP_HOUR + timedelta(seconds=29)) == NONE
    assert telegram.sends == before
    assert await lotsen.tick(TIP_HOUR + timedelta(seconds=30)) == NONE | {"sent": 1}
    assert copies(telegram, homes) == [1, 1, 1]


async def test_flood_waits_of_two_chats_hold_everybody(lotsen, telegram):
    homes = await neighbours(lotsen, 30)
    lotsen.settings["LOTSEN_PUSH_PER_SECOND"] = "40"
    telegram.world.now = ShiftedClock(TIP_HOUR).now
    telegram.world.faults.too_many("sendMessage", 2, times=2)

    work = lotsen.start("run", "--only", "scheduler", now=TIP_HOUR)
    await telegram.world.until(lambda: copies(telegram, homes) == [1] * 30, within=20)
    assert (await work.stop()).code == 0

    calls = telegram.world.journal.calls("sendMessage")
    second = [call for call in calls if call.status == 429][1]
    # What was on its way when the second wait was told may arrive; nothing else for two seconds.
    held = [c for c in calls if timedelta(seconds=0.5) < c.at - second.at < timedelta(seconds=1.9)]
    assert held == []


@pytest.mark.parametrize("how", ["blocked", "gone"])
async def test_who_blocked_the_bot_or_left_telegram_is_marked_and_not_written_to(
    lotsen, telegram, how
):
    homes = await neighbours(lotsen, 4, visit=True)
    away = homes[1].phone
    if how == "blocked":
        telegram.world.block(away)
    else:
        telegram.world.delete_account(away)

    counts = await lotsen.tick(EVE_HOUR)

    assert counts == NONE | {"planned": 4, "sent": 3, "unreachable": 1}
    assert copies(telegram, homes) == [1, 0, 1, 1]
    assert lotsen.states()[1] == ("unreachable", how)
    marked = lotsen.look(OUT_OF_REACH)
    assert [tuple(row) for row in marked] == [(away.id, how)]
    tries = telegram.sends
    later = await lotsen.tick(EVE_HOUR + timedelta(days=20))
    assert later["unreachable"] == 0
    assert telegram.world.journal.calls("sendMessage", chat=away.id, since=tries) == []


async def test_one_chat_that_is_not_found_is_a_person_gone(lotsen, telegram):
    await neighbours(lotsen, 4)
    [stranger] = await lotsen.move_in([[777]], BORN, JOINED)

    counts = await lotsen.tick(TIP_HOUR)

    assert counts == NONE | {"planned": 5, "sent": 4, "unreachable": 1}
    marked = lotsen.look(OUT_OF_REACH)
    assert [tuple(row) for row in marked] == [(777, "gone")]
    assert lotsen.states()[stranger.family_id - 1] == ("unreachable", "gone")


@pytest.mark.parametrize("many", [3, 4, 5, 7, 20, 40])
async def test_a_wrong_database_raises_the_alarm_and_marks_nobody(lotsen, telegram, many):
    await lotsen.move_in([[700 + n] for n in range(many)], BORN, JOINED)
    await lotsen.planned_until(TIP_HOUR - timedelta(hours=1))

    ended = await lotsen.tick_ending(TIP_HOUR)

    assert ended.code == 1
    assert "right token and database" in ended.err
    assert "Traceback" not in ended.err
    assert lotsen.look(OUT_OF_REACH) == []
    assert {state for state, _ in lotsen.states()} == {"waiting"}
    assert len(lotsen.states()) == many
    assert {row["state"] for row in lotsen.look("SELECT state FROM item")} == {"planned"}
    assert telegram.sends <= 16  # those in flight when it showed, and nobody after


async def test_a_chat_that_moved_gets_its_message_once_at_its_new_number(lotsen, telegram):
    homes = await neighbours(lotsen, 3)
    new = telegram.phone("The same parent")
    telegram.world.faults.migrated(homes[0].phone.id, new.id, times=None)

    counts = await lotsen.tick(TIP_HOUR)

    assert counts == NONE | {"planned": 3, "sent": 3}
    assert copies(telegram, homes) == [0, 1, 1]
    assert len(telegram.texts(new)) == 1
    assert lotsen.look("SELECT chat_id FROM guardian ORDER BY id")[0]["chat_id"] == new.id
    assert {state for state, _ in lotsen.states()} == {"sent"}


@pytest.mark.parametrize("command", ["tick", "run", "run --only scheduler"])
async def test_a_wrong_token_is_said_in_a_sentence_and_nobody_is_marked(lotsen, telegram, command):
    homes = await neighbours(lotsen, 20)
    lotsen.settings["LOTSEN_BOT_TOKEN"] = "4242424242:another-token-than-theirs"

    if command == "tick":
        ended = await lotsen.tick_ending(TIP_HOUR)
    else:
        ended = await lotsen.start(*command.split(), now=TIP_HOUR).end()

    assert ended.code == 1
    assert "does not know this bot token" in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err
    assert lotsen.look(OUT_OF_REACH) == []
    assert {state for state, _ in lotsen.states()} <= {"waiting"}
    lotsen.settings["LOTSEN_BOT_TOKEN"] = TOKEN
    counts = await lotsen.tick(TIP_HOUR + LATER)
    assert counts["sent"] == 20
    assert copies(telegram, homes) == [1] * 20


async def test_a_token_revoked_in_the_middle_stops_delivery_and_loses_nothing(lotsen, telegram):
    homes = await neighbours(lotsen, 40)
    revoked = telegram.world.faults.error("sendMessage", 401, "Unauthorized", times=None, skip=10)

    ended = await lotsen.tick_ending(TIP_HOUR)

    assert ended.code == 1
    assert telegram.arrived == 10
    states = [state for state, _ in lotsen.states()]
    assert (states.count("sent"), states.count("waiting")) == (10, 30)
    telegram.world.faults.clear(revoked.id)
    assert await lotsen.tick(TIP_HOUR + LATER) == NONE | {"sent": 30}
    assert copies(telegram, homes) == [1] * 40


@pytest.mark.parametrize(
    "refusal",
    [
        "Bad Request: can't parse entities: Unsupported start tag",
        "Bad Request: BUTTON_DATA_INVALID",
    ],
)
async def test_a_message_telegram_refuses_fails_alone(lotsen, telegram, refusal):
    homes = await neighbours(lotsen, 4)
    telegram.world.faults.error("sendMessage", 400, refusal, chat=homes[0].phone.id, times=None)

    counts = await lotsen.tick(TIP_HOUR)

    assert counts == NONE | {"planned": 4, "sent": 3, "failed": 1}
    assert await lotsen.tick(TIP_HOUR + LATER) == NONE
    assert copies(telegram, homes) == [0, 1, 1, 1]
    state, reason = lotsen.states()[0]
    assert state == "failed"
    assert reason
    assert reason in refusal.removeprefix("Bad Request: ").capitalize() or reason in refusal
    tries = 2 if "entities" in refusal else 1  # once more without bold letters
    assert len(telegram.world.journal.calls("sendMessage", chat=homes[0].phone.id)) == tries


async def test_a_text_that_telegram_cannot_read_comes_without_its_marks(lotsen, telegram):
    homes = await neighbours(lotsen, 2, visit=True)
    refusal = "Bad Request: can't parse entities: Unsupported start tag"
    telegram.world.faults.error("sendMessage", 400, refusal, chat=homes[0].phone.id)

    ended = await lotsen.tick_ending(EVE_HOUR)

    assert ended.code == 0
    assert "could not read a text" in ended.err
    assert copies(telegram, homes) == [1, 1]
    bare, whole = (telegram.texts(home.phone)[0] for home in homes)
    assert bare == whole.replace("Anna1", "Anna").replace("Bo1", "Bo")


async def test_what_tick_counts_is_what_telegram_saw(lotsen: Installation, telegram: Telegram):
    homes = await neighbours(lotsen, 12, visit=True)
    faults, chats = telegram.world.faults, [home.phone.id for home in homes]
    telegram.world.block(homes[0].phone)
    faults.too_many("sendMessage", 60, chat=chats[1])
    faults.error("sendMessage", 400, "Bad Request: message is too long", chat=chats[2])
    faults.cut("sendMessage", chat=chats[3])

    counts = await lotsen.tick(EVE_HOUR)

    calls = telegram.world.journal.calls("sendMessage")
    assert counts["sent"] == sum(call.obeyed for call in calls) == 8
    assert counts["unreachable"] == sum(call.status == 403 for call in calls) == 1
    assert counts["failed"] == sum(call.status == 400 for call in calls) == 1
    assert counts["postponed"] == sum(call.status in {429, 0} for call in calls) == 2
    assert counts["planned"] == len(calls) == 12
