"""/quarter by chat: a page without names for the steering group, quarter by quarter (I8)."""

import re

import pytest

from messaging.isolates import MARKS
from programme.figures import Figure
from programme.people import Role
from storage import areas, tallies
from tests.cast import AREA, local
from tests.colleagues import at_work
from tests.handlers.home import FOUR
from tests.handlers.wording import faults

EVA = 2013
_COPIED = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)


@pytest.fixture
async def eva(lotsen):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA)
    async with lotsen.db.write() as tx:
        number = await areas.find(tx, AREA)
        for month, times, what, visit, detail in (
            (2, 12, Figure.REGISTERED, None, None),
            (8, 9, Figure.REGISTERED, None, None),
            (8, 7, Figure.GUIDED_ON, 2, "library"),
            (8, 3, Figure.GUIDED_ON, 2, "language"),
            (8, 31, Figure.VISIT_DONE, 1, None),
            (8, 20, Figure.VISIT_BOTH_STAFF, 1, None),
        ):
            for _ in range(times):
                day = local(f"2026-{month:02}-09T10:00").date()
                await tallies.count(tx, number, day, what, visit, detail)
    lotsen.clock.set(local("2027-01-20T10:00"))
    return lotsen.phone(EVA)


async def test_a_page_of_a_quarter_fits_a_screen_and_hides_small_figures(eva):
    [page] = await eva.write("/quarter")
    assert "kvartal 4 år 2026" in page.text
    [page] = await eva.press("Yq:2026:3")
    [text] = _COPIED.findall(page.text)
    assert text.splitlines()[:2] == ["Utökade hembesök, kvartal 3 år 2026", "Områden: Hjällbo"]
    assert "- Familjer som fick erbjudandet: 9." in text
    # Visits have months of their own only where that gives nothing away: else the half-year.
    assert "hembesök: 31" in text
    assert "tillsammans till 20 av 31 hembesök. (2026-07 – 2026-12)" in text
    assert "Library" not in text
    assert "språkträning" not in text.casefold()  # three: hidden
    assert not MARKS & set(text)
    assert len(text) < 1000


async def test_a_quarter_that_is_not_over_or_was_never_is_refused(eva):
    for forged in ("Yq:2027:1", "Yq:1999:1", "Yq:2026:9"):
        [said] = await eva.press(forged)
        assert "kvartal 1 år 2027" not in said.text


@pytest.mark.parametrize("code", FOUR)
async def test_around_the_page_all_is_in_the_readers_language(lotsen, languages, eva, code):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, language=code)
    said = await eva.press("Yq:2026:3")
    own = [type(each)(_COPIED.sub("", each.text), each.buttons) for each in said]
    assert faults(own, languages.get(code), languages) == []
