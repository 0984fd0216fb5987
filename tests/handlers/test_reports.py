"""/report by chat: whoever runs an area sees its figures, as text, pictures, a table (I1, I3)."""

import re
from dataclasses import replace

import pytest

from messaging.isolates import unmarked
from messaging.keyboards import File, FileKind
from programme.people import Role
from services import demo_figures, report_files
from storage import areas, tallies
from tests.cast import local
from tests.colleagues import at_work
from tests.handlers.wording import faults

EVA, ADA, NILS = 2013, 2014, 2015
NOW = local("2022-07-20T09:00")
FOUR = ("sv", "ar", "so", "en")


@pytest.fixture
async def figures(lotsen):
    """The data set of interim report 4, as rows of the database."""
    async with lotsen.db.write() as tx:
        numbers = {}
        for place in demo_figures.places():
            found = await areas.find(tx, place.name)
            numbers[place.id] = found or await areas.add(tx, place.name)
        await tallies.write(tx, (replace(s, area=numbers[s.area]) for s in demo_figures.sums()))
    lotsen.clock.set(NOW)


@pytest.mark.parametrize("language", FOUR)
async def test_a_coordinator_sees_the_figures_of_the_own_area(lotsen, figures, language):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, "Hjällbo", language)
    eva = lotsen.phone(EVA)
    [times] = await eva.write("/report")
    t = lotsen.languages.get(language)
    assert not faults([times], t, lotsen.languages)
    assert "Hammarkullen" not in times.text
    [found] = await eva.tap_data("Qt:")
    assert not faults([found], t, lotsen.languages)
    assert "Hammarkullen" not in found.text


async def test_the_table_of_interim_report_4_stands_in_the_administrators_chat(lotsen, figures):
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, ADA)
    ada = lotsen.phone(ADA)
    await ada.write("/report")
    await ada.tap("All areas")
    [found] = await ada.tap_data("Qt:0:24228:24269:0")
    for number in ("2 227", "564", "62 % (350 of 564)", "180", "83 % (564 of 680)", "98 %", "65 %"):
        assert number in _flat(found.text)
    pictures = await ada.tap("Pictures")
    assert len(pictures) == 4
    [table] = await ada.tap_data("Qf:0:24228:24269:0:xlsx")
    assert table


def _flat(text):
    return unmarked(text).replace("\u00a0", " ")


async def test_another_area_and_no_right_at_all_are_answered_politely(lotsen, figures):
    await at_work(lotsen.db, "Eva", Role.COORDINATOR, EVA, "Hjällbo")
    await at_work(lotsen.db, "Nils", Role.NURSE, NILS, "Hjällbo")
    async with lotsen.db.read() as tx:
        other = await areas.find(tx, "Hammarkullen")
    for chat in (EVA, NILS):
        phone = lotsen.phone(chat)
        await phone.write("/report")
        for data in (f"Qt:{other}:24228:24269:0", "Qt:0:24228:24269:0", "Qf:0:1:2:0:exe"):
            said = await phone.press(data)
            assert not re.search(r"2.{0,4}227", str(said))
            assert "Hammarkullen" not in str(said)


async def test_nobody_waits_for_pictures_that_are_drawn(lotsen, figures, monkeypatch):
    await at_work(lotsen.db, "Ada", Role.ADMINISTRATOR, ADA)
    ada, busy = lotsen.phone(ADA), []

    def drawn(*_):
        busy.append(lotsen.db._turn.locked())
        return [File(FileKind.DOCUMENT, "a.txt", b"a")]

    monkeypatch.setattr(report_files, "files", drawn)
    await ada.write("/report")
    await ada.tap("All areas")
    await ada.press("Qf:0:24228:24269:0:png")
    assert busy == [False]
