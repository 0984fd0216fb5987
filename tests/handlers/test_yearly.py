"""/yearly by chat: blocks to copy, a file, the January reminder and who has looked (mission I5)."""

import re

import pytest

from messaging.isolates import MARKS
from programme.figures import Figure
from programme.people import Role
from storage import areas, memory, tallies
from tests.cast import AREA, local
from tests.colleagues import at_work
from tests.handlers.home import FOUR, delivered
from tests.handlers.wording import faults

EVA, NILS = 2013, 2014
_COPIED = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)


@pytest.fixture
async def eva(lotsen):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    return lotsen.phone(EVA)


async def counted(lotsen, what, times, detail=None, month=3, area=AREA):
    async with lotsen.db.write() as tx:
        number = await areas.find(tx, area)
        for _ in range(times):
            day = local(f"2026-{month:02}-09T10:00").date()
            await tallies.count(
                tx, number, day, Figure(what), 1 if "visit" in what else None, detail
            )


async def test_the_blocks_have_the_figures_and_the_lines_and_their_size(lotsen, eva):
    await counted(lotsen, "visit_done", 31)
    await counted(lotsen, "visit_both_staff", 24)
    await counted(lotsen, "series_done", 8, "fathers")
    await counted(lotsen, "visit_done", 50, area="Gårdsten")  # another area's
    lotsen.clock.set(local("2027-01-20T10:00"))
    await eva.write("/note Vi såg åtta pappor <3.")
    await eva.tap("What went well")
    await eva.tap_data("Yj:")
    [reach, gains, overview] = await eva.write("/yearly")
    assert _COPIED.findall(reach.text) == ["Genomförda utökade hembesök: 31."]
    [text] = _COPIED.findall(gains.text)
    assert text == (
        "Sjuksköterska och föräldrastödjare kom tillsammans till 24 av 31 hembesök.\n"
        "Familjer som kom till alla träffar i en serie: Pappagrupp 8.\n"
        "Vi såg åtta pappor &lt;3."
    )
    assert not MARKS & set(text)
    clean = "".join(sign for sign in gains.text if sign not in MARKS)
    assert "What went well. 160 of 600 letters." in clean
    assert "The steering group" in overview.text
    file = lotsen.line.said[-1][1].file.decode()
    assert "Vi såg åtta pappor <3." in file


async def test_less_than_five_is_never_said(lotsen, eva):
    await counted(lotsen, "visit_done", 4)
    await counted(lotsen, "joined", 3, "so")
    lotsen.clock.set(local("2027-01-20T10:00"))
    said = await eva.write("/yearly")
    assert len(said) == 1
    assert "hembesök" not in said[0].file.decode().split("\n", 1)[1].casefold()


async def test_nurses_have_no_yearly_follow_up(lotsen):
    await at_work(lotsen.db, "Nils", Role.NURSE, NILS)
    nurse = lotsen.phone(NILS)
    [menu] = await nurse.write("/yearly")
    assert "What would you like to do?" in menu.text
    [old] = await nurse.press("Yb:2026")
    assert "2026" not in old.text


async def to_eva(lotsen, *times):
    """What reaches Eva's chat at each of those times, planned from the day before the first."""
    async with lotsen.db.write() as tx:
        if await memory.recall(tx, memory.WATERMARK) is None:
            await memory.remember_instant(tx, memory.WATERMARK, local("2027-01-07T18:00"))
    said = [await delivered(lotsen, local(f"2027-01-{each}")) for each in times]
    return [[each.text for each in some if each.chat_id == EVA] for some in said]


async def test_a_coordinator_is_reminded_in_january_and_again_unless_they_have_looked(
    lotsen, office, eva
):
    found = await to_eva(lotsen, "08T08:01", "24T08:01", "25T08:01", "31T08:01")
    assert [len(each) for each in found] == [1, 0, 1, 0]
    [first], _, [again], _ = found
    for words in ("Koncernkontoret", "socialnämnden", "förskolenämnden", "1 February", "2026"):
        assert words in first
    assert again == first


async def test_who_has_looked_hears_nothing_more(lotsen, office, eva):
    assert [len(each) for each in await to_eva(lotsen, "08T08:01")] == [1]
    await eva.press("Yb:2026")
    assert await to_eva(lotsen, "25T08:01") == [[]]


@pytest.mark.parametrize("code", FOUR)
async def test_around_the_swedish_blocks_all_is_in_the_readers_language(
    lotsen, languages, eva, code
):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, language=code)
    await counted(lotsen, "visit_done", 31)
    said = await eva.press("Yb:0")
    assert len(said) == 2
    own = [type(each)(_COPIED.sub("", each.text), each.buttons) for each in said]
    assert faults(own, languages.get(code), languages) == []
