"""What would be slow on a family's machine if somebody tidied it away."""

import gc
import subprocess
import sys
import weakref
from contextlib import asynccontextmanager

import pytest
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
    SetMyCommands,
)

from bot import app, speaking

SAID = (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVenue,
    SetMyCommands,
)


@pytest.mark.parametrize("method", SAID)
def test_the_form_of_telegram_s_answer_is_built_once_and_not_for_each_call(method):
    assert speaking.ANSWERS
    form = weakref.ref(Response[method.__returning__])
    gc.collect()
    assert form() is not None


def test_libraries_of_tables_pictures_and_paper_are_loaded_by_who_wants_one():
    """Each process would carry them: 30 MB, and a start that takes longer."""
    loaded = "import sys, bot.__main__; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)
    assert not {b"openpyxl", b"matplotlib", b"numpy", b"fpdf"} & set(found.stdout.split())


async def test_what_is_loaded_at_the_start_is_not_gone_through_again_while_people_wait(monkeypatch):
    """A quarter of a million objects: a tenth of a second in which nobody is answered."""

    @asynccontextmanager
    async def house(*_asked):
        yield None

    async def work(*_asked):
        found.append((gc.get_freeze_count(), len(gc.get_objects())))

    found = []
    monkeypatch.setattr(app, "open_house", house)
    monkeypatch.setattr(app, "work", work)
    try:
        await app.run(None, None, chat=True, clockwork=True, webhook=False)
        [(kept, looked_at)] = found
        assert kept > 50 * looked_at
    finally:
        gc.unfreeze()
