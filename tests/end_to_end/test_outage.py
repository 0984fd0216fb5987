"""Ten days without any process: what comes on return, what is dropped, and nothing at once."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import local
from tests.end_to_end.town import Installation, Telegram

pytestmark = pytest.mark.slow

DOWN_FROM, DOWN_TO = local("2027-02-25T09:00"), local("2027-03-07T06:10")
TIPS_OPEN = local("2027-03-07T08:00")
OLD_TIPS_FROM = local("2027-02-18T09:00")
# Born so that a tip or an idea is due on the day named, at 10:00.
TIP_IN_OUTAGE = date(2026, 8, 31)  # six months on 28 February, an idea on 20 February
TIP_LONG_AGO = date(2026, 9, 18)  # five months on 18 February; an idea on 10 March
NOTHING_THEN = date(2026, 9, 17)  # five months on 17 February, an idea on 9 March
VISIT_IN_OUTAGE, VISIT_AFTER = local("2027-03-02T10:00"), local("2027-03-08T10:00")


async def tick_on(lotsen: Installation, telegram: Telegram, at: datetime) -> dict[str, int]:
    telegram.set_clock(at)
    return await lotsen.tick(at)


def reasons(lotsen: Installation, family_id: int) -> dict[str, tuple[str, str | None]]:
    """Each tip and reminder of a family by the middle of its key, with what became of it."""
    rows = lotsen.look(
        "SELECT * FROM item WHERE family_id = ? AND kind NOT IN ('digest', 'visit_offer')",
        family_id,
    )
    return {
        row["key"].split(":", 1)[1].rsplit(":", 1)[0]: (row["state"], row["reason"]) for row in rows
    }


async def test_after_ten_days_late_tips_come_once_in_the_days_open_hours(lotsen, telegram):
    phones = [telegram.phone(f"Parent {n}") for n in range(6)]
    homes = await lotsen.move_in([[phone] for phone in phones], TIP_IN_OUTAGE, DOWN_FROM)
    await tick_on(lotsen, telegram, DOWN_FROM)

    early = await tick_on(lotsen, telegram, DOWN_TO)
    assert early["sent"] == 0  # it is ten past six: quiet
    opened = await tick_on(lotsen, telegram, TIPS_OPEN)
    again = await tick_on(lotsen, telegram, TIPS_OPEN + timedelta(hours=1))

    assert (opened["sent"], again["sent"]) == (6, 0)
    for home in homes:
        [message] = telegram.world.from_bot(home.phone)
        assert message.date == TIPS_OPEN
        assert reasons(lotsen, home.family_id) == {f"{home.family_id}:first_tooth": ("sent", None)}


async def test_what_is_too_old_or_whose_visit_is_past_is_dropped_with_a_reason(lotsen, telegram):
    old, past, coming = (telegram.phone(name) for name in ("Old", "Past", "Coming"))
    [first] = await lotsen.move_in([[old]], TIP_LONG_AGO, OLD_TIPS_FROM)
    await lotsen.planned_until(OLD_TIPS_FROM)
    # From here on no process runs until the morning of 7 March.
    [second] = await lotsen.move_in([[past]], NOTHING_THEN, OLD_TIPS_FROM, VISIT_IN_OUTAGE)
    [third] = await lotsen.move_in([[coming]], NOTHING_THEN, OLD_TIPS_FROM, VISIT_AFTER)

    for at in (DOWN_TO, TIPS_OPEN, TIPS_OPEN + timedelta(hours=9), local("2027-03-08T07:30")):
        await tick_on(lotsen, telegram, at)

    assert reasons(lotsen, first.family_id) == {
        f"{first.family_id}:library_card": ("dropped", "too late")
    }
    assert telegram.texts(old) == []
    assert reasons(lotsen, second.family_id) == {
        "1:0:booked": ("dropped", "too late"),
        "1:0:day-before": ("dropped", "too late"),
        "1:0:same-morning": ("dropped", "too late"),
    }
    assert telegram.texts(past) == []
    assert reasons(lotsen, third.family_id) == {
        "2:0:booked": ("sent", None),
        "2:0:day-before": ("sent", None),
        "2:0:same-morning": ("sent", None),
    }
    assert [message.date for message in telegram.world.from_bot(coming)] == [
        TIPS_OPEN,
        TIPS_OPEN + timedelta(hours=9),
        local("2027-03-08T07:30"),
    ]


async def test_a_process_that_stays_down_over_a_tip_of_fifteen_days_drops_it(lotsen, telegram):
    phone = telegram.phone()
    [home] = await lotsen.move_in([[phone]], TIP_IN_OUTAGE, DOWN_FROM)
    late = local("2027-03-14T10:01")  # the tip of 28 February keeps for fourteen days

    counts = await tick_on(lotsen, telegram, late)

    states = reasons(lotsen, home.family_id)
    assert states[f"{home.family_id}:first_tooth"] == ("dropped", "too late")
    assert counts["dropped"] == 2  # and the digest of who had joined late


async def test_two_late_tips_come_as_one_digest_after_an_outage(lotsen, telegram):
    # An idea of 20 February and a tip of 28 February: neither is too late on 5 March.
    phone = telegram.phone()
    [home] = await lotsen.move_in([[phone]], TIP_IN_OUTAGE, local("2027-02-19T12:00"))
    await lotsen.planned_until(local("2027-02-19T12:00"))

    for day in (5, 6, 7):
        for hour in ("03:10", "08:00", "10:00", "18:00"):
            await tick_on(lotsen, telegram, local(f"2027-03-0{day}T{hour}"))

    came = [message.date for message in telegram.world.from_bot(phone)]
    assert came == [local("2027-03-05T08:00")]
    folded = ("folded", "late: in one digest")
    assert list(reasons(lotsen, home.family_id).values()) == [folded, folded]
