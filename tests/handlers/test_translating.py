"""Translators and a coordinator by chat: asked, taken, written, seen, given, approved (E3)."""

from datetime import timedelta

import pytest

from messaging.isolates import FSI, LRI, PDI
from programme.activities import ActivityKind, ForWhom, SigningUp, Words
from programme.notices import WordingState
from programme.people import Role
from services import translating
from services.access import colleague_of
from storage import activities, wordings
from storage.wordings import Of
from tests.cast import RULES
from tests.colleagues import at_work
from tests.handlers.wording import faults

LEYLA, SAMI, EVA = 2011, 2012, 2013
_NO_MARKS = dict.fromkeys(map(ord, FSI + LRI + PDI))
ARABIC = "لقاء الآباء\nتعالوا إلى القهوة."


@pytest.fixture
async def leyla(lotsen):
    await at_work(lotsen.db, "Leyla", Role.TRANSLATOR, LEYLA)
    return lotsen.phone(LEYLA)


@pytest.fixture
async def sami(lotsen):
    await at_work(lotsen.db, "Sami", Role.TRANSLATOR, SAMI, language="ar")
    return lotsen.phone(SAMI)


@pytest.fixture
async def eva(lotsen):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    return lotsen.phone(EVA)


@pytest.fixture
async def number(lotsen, leyla, sami, eva):
    """Arabic words are missing of a fathers' group; their number."""
    async with lotsen.db.write() as tx:
        now = lotsen.clock.now()
        coordinator = await colleague_of(tx, EVA)
        activity = await activities.add(
            tx,
            [coordinator.area_id],
            kind=ActivityKind.FATHERS,
            state="draft",
            made_by=coordinator.member.id,
            made_at=now,
            for_whom=ForWhom.FATHERS,
            signing_up=SigningUp.DROP_IN,
        )
        await activities.add_occasion(tx, activity, now + timedelta(days=9), 90, now)
        of = Of(activity_id=activity)
        words = Words("Pappaträff <3", "Kom på fika.")
        await wordings.write(tx, of, "sv", words, state=WordingState.APPROVED)
        await translating.ask(tx, of, ["ar"], now, RULES)
        [arabic, _] = await wordings.listed(tx, of)
    return arabic.id


def labels(shown) -> str:
    return " | ".join(f"{label} {data}" for label, data in shown.buttons).translate(_NO_MARKS)


async def state(lotsen, number):
    async with lotsen.db.read() as tx:
        return (await wordings.one(tx, number)).state


async def test_from_asked_to_approved(lotsen, leyla, eva, number):
    [listed] = await leyla.press("NT:0")
    assert "Missing: Arabic, Pappaträff" in labels(listed)
    [page] = await leyla.tap_data(f"NTW:{number}")
    assert "Kom på fika." in page.text
    [how] = await leyla.tap("I take it")
    assert "at most" in how.text
    assert "Days, hours and places are added by themselves." in how.text
    [seen] = await leyla.write(ARABIC)
    assert "<b>لقاء الآباء</b>" in seen.text
    assert "الآباء" in seen.text.split("This is how phones show them")[1]
    assert await state(lotsen, number) is WordingState.TAKEN
    [thanks] = await leyla.tap("It is ready")
    assert thanks.text.startswith("Thank you!")

    [waits] = await eva.press("NT:0")
    assert "Look through: Arabic, Pappaträff" in labels(waits)
    [both] = await eva.tap_data(f"NTW:{number}")
    assert "Kom på fika." in both.text
    assert "تعالوا إلى القهوة." in both.text
    await eva.tap("Yes, it is right")
    assert await state(lotsen, number) is WordingState.APPROVED


async def test_who_comes_second_reads_that_somebody_has_it(lotsen, leyla, sami, number):
    await leyla.press(f"NTA:{number}:take:0")
    [late] = await sami.press(f"NTA:{number}:take:0")
    t = lotsen.languages.get("ar")
    assert late.text.startswith(t.gettext("Somebody else has it."))
    [listed] = await sami.press("NT:0")
    assert "NTW" not in labels(listed)


async def test_words_that_cannot_be_shown_are_refused_and_can_be_written_again(leyla, number):
    await leyla.press(f"NTA:{number}:take:0")
    await leyla.tap("Write it")
    for text, why in (
        ("a" * 81, "too long"),
        ("لقاء\n" + "ب" * 901, "too long"),
        ("Fathers", "Every line must begin"),
    ):
        refused, again = await leyla.write(text)
        assert why in refused.text
        assert "at most" in again.text
    [seen] = await leyla.write(ARABIC)
    assert "It is saved." in seen.text


async def test_the_coordinator_asks_for_other_words_and_the_draft_is_the_translators(
    lotsen, leyla, eva, number
):
    await leyla.press(f"NTA:{number}:take:0")
    await leyla.tap("Write it")
    await leyla.write(ARABIC)
    [hidden] = await eva.press(f"NTW:{number}")
    assert "القهوة" not in hidden.text
    await leyla.press(f"NTA:{number}:give:0")
    await eva.press(f"NTW:{number}")
    await eva.tap("Other words, please")
    assert await state(lotsen, number) is WordingState.TAKEN
    [back] = await leyla.press(f"NTW:{number}")
    assert "القهوة" in back.text
    assert "It is ready" in labels(back)


async def test_the_coordinator_writes_it_instead(lotsen, leyla, eva, number):
    await leyla.press(f"NTA:{number}:take:0")
    await eva.press(f"NTW:{number}")
    await eva.tap("Write it myself")
    await eva.write(ARABIC)
    assert await state(lotsen, number) is WordingState.APPROVED
    [late] = await leyla.press(f"NTA:{number}:give:0")
    assert "Somebody else has it." in late.text


async def test_a_translator_says_in_which_languages_they_write(leyla, number):
    await leyla.press("NT:0")
    [mine] = await leyla.tap("My languages")
    assert "Yes: Arabic" in labels(mine)
    [less] = await leyla.press("NTL:ar")
    assert "No: Arabic" in labels(less)
    [listed] = await leyla.press("NT:0")
    assert "NTW" not in labels(listed)


async def test_words_are_closed_to_families_nurses_and_other_areas(lotsen, number):
    parent = lotsen.phone()
    await parent.join()
    await at_work(lotsen.db, "Anna", Role.NURSE, 2014)
    await at_work(lotsen.db, "Dan", Role.TRANSLATOR, 2015, area="Gårdsten")
    for phone in (parent, lotsen.phone(2014), lotsen.phone(2015)):
        for data in (f"NTW:{number}", f"NTA:{number}:take:0", f"NTA:{number}:yes:0"):
            for said in await phone.press(data):
                assert "Pappaträff" not in said.text
    assert await state(lotsen, number) is WordingState.WANTED


async def test_staff_read_every_page_in_their_own_language(lotsen, sami, number):
    t = lotsen.languages.get("ar")
    shown = [*await sami.press("NT:0"), *await sami.press("NTL:")]
    assert faults([each for each in shown if "Pappa" not in str(each)], t, lotsen.languages) == []


async def test_a_press_on_what_is_not_there_is_answered_politely(leyla):
    for data in ("NTW:999", "NTA:999:take:0", "NTA:999:write:0", "NTL:xx"):
        [said] = await leyla.press(data)
        assert said.text
