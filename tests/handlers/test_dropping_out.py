"""Why somebody stopped: told by who wishes, in one tap, counted once and kept nowhere (I7)."""

from datetime import timedelta

import pytest

from messaging import reason_texts, texts
from services import loss
from tests.cast import JOINED, RULES
from tests.colleagues import at_work
from tests.handlers.home import FOUR, a_parent, anna, counted, the_other_parent, with_visit
from tests.handlers.wording import faults

FIGURES = ("visits_ended", "reason_ended", "stopped", "reason_stopped")
ENDED = ("visits_ended", None, None)


async def ends(lotsen, code="en"):
    """A family that wants no visits any more; the phone of who said so, and the number."""
    phone, booking = await with_visit(lotsen, code)
    await phone.press(f"n:{booking}:1")
    [family] = await lotsen.rows("family")
    return phone, family.id


@pytest.mark.parametrize("code", FOUR)
async def test_who_wants_no_visits_may_tell_why_and_an_undo_takes_that_back_too(lotsen, code):
    t = lotsen.languages.get(code)
    phone, _ = await ends(lotsen, code)
    [undo] = [data for _, data in phone.last.buttons if data.startswith("nu:")]
    said = [phone.last, *await phone.tap(t.gettext("Tell why"))]
    said += await phone.tap(t.gettext("More answers"))
    said += await phone.tap(t.gettext("The language is hard"))
    assert said[-1].text == reason_texts.thanks(t)
    assert faults(said, t, lotsen.languages) == []
    [again] = await phone.press("Fw:visits:time")
    assert again.text == texts.old_button(t)
    assert await counted(lotsen, *FIGURES) == [ENDED, ("reason_ended", None, "language")]
    lotsen.clock.set(JOINED + timedelta(days=1))
    await phone.press(undo)
    assert await counted(lotsen, *FIGURES) == []
    await phone.press("Fw:visits:time")  # they want visits: there is nothing to tell
    assert await counted(lotsen, *FIGURES) == []


async def test_who_has_stopped_messages_may_tell_why_once(lotsen):
    phone, _ = await a_parent(lotsen)
    await phone.press("Fw:messages:time")  # nothing has stopped yet
    await phone.write("/stop")
    await phone.tap("Tell why")
    await phone.tap("The times do not suit us")
    await phone.press("Fw:messages:trust")
    assert await counted(lotsen, *FIGURES) == [
        ("stopped", None, None),
        ("reason_stopped", None, "time"),
    ]
    await phone.press("u")
    assert await counted(lotsen, *FIGURES) == []


async def test_staff_tell_what_a_family_said_unless_somebody_has(lotsen):
    phone, family = await ends(lotsen)
    other = await the_other_parent(lotsen, family, "en")
    staff = lotsen.phone(await anna(lotsen))
    await staff.press(f"kf:{family}")
    await staff.tap("Why did they stop?")
    [page] = await staff.tap("We have moved")
    assert "Why did they stop?" not in [label for label, _ in page.buttons]
    for each, press in ((staff, f"Fz:{family}:time"), (phone, "Fw:visits:time")):
        await each.press(press)
    await other.press("Fw:visits:time")
    assert await counted(lotsen, *FIGURES) == [ENDED, ("reason_ended", None, "moved")]
    [row] = await lotsen.rows("family")
    assert "moved" not in {str(value) for value in row}


async def test_of_a_family_that_goes_on_or_is_another_areas_staff_tell_nothing(lotsen):
    _, family = await a_parent(lotsen)
    staff = lotsen.phone(await anna(lotsen))
    await staff.press(f"Fz:{family}:time")
    assert "Why did they stop?" not in [label for label, _ in staff.last.buttons]
    await at_work(lotsen.db, "Eva", chat_id=2009, area="Gårdsten")
    await lotsen.phone(2009).press(f"Fz:{family}:time")
    assert await counted(lotsen, *FIGURES) == []


@pytest.mark.parametrize("over", [False, True])
async def test_after_a_loss_nobody_is_asked_not_even_when_it_is_long_ago(lotsen, over):
    phone, booking = await with_visit(lotsen)
    [family] = await lotsen.rows("family")
    async with lotsen.db.write() as tx:
        await loss.begin(tx, family.id, None, JOINED, RULES)
    staff = lotsen.phone(await anna(lotsen))
    if over:
        lotsen.clock.set(JOINED + timedelta(days=30))
        colleague = await at_work(lotsen.db)
        async with lotsen.db.write() as tx:
            await loss.end_by_staff(tx, colleague, family.id, lotsen.clock.now(), RULES)
    for press in (f"n:{booking}:1", "Fw:visits:time", "Fa:visits:0"):
        await phone.press(press)
        assert "Tell why" not in [label for label, _ in phone.last.buttons]
    for press in (f"kf:{family.id}", f"Fy:{family.id}", f"Fz:{family.id}:time"):
        [page] = await staff.press(press)
        assert "Why did they stop?" not in [label for label, _ in page.buttons]
    assert "reason_ended" not in {what for what, *_ in await counted(lotsen, *FIGURES)}
