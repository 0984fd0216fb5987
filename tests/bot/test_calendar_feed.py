import logging

import aiohttp
import pytest
import vobject

from bot import app, web
from bot.clock import StoppedClock
from bot.settings import BadSettings, Settings, read_settings
from services import calendar
from services.types import Unavailable
from tests.cast import book_visit, local, move_in
from tests.colleagues import at_work
from tests.services.test_calendar import a_feed

NOW, STARTS = local("2026-11-04T10:00"), local("2026-11-09T10:30")


@pytest.fixture
async def ask(db, languages, tmp_path):
    """Asks for a path over HTTP: status, headers, body."""
    settings = Settings(_env_file=None, data_dir=tmp_path)
    house = app.House(settings, StoppedClock(NOW), db, languages)
    made = web.make_app(db, None, None, app._feeds(house))
    async with (
        web.serving(made, "127.0.0.1", 0) as port,
        aiohttp.ClientSession(auto_decompress=False) as http,
    ):

        async def call(path: str, method: str = "GET", **headers: str):
            url = f"http://127.0.0.1:{port}{path}"
            async with http.request(method, url, headers=headers) as got:
                return got.status, got.headers.copy(), await got.read()

        yield call


async def a_visit(db) -> str:
    home = await move_in(db)
    await book_visit(db, home.family_id, STARTS, NOW)
    return await a_feed(db)


async def test_a_calendar_subscribes_over_http(db, ask):
    token = await a_visit(db)

    status, headers, body = await ask(f"/calendar/{token}.ics")

    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Cache-Control"].startswith("private")
    assert headers["Last-Modified"] == "Wed, 04 Nov 2026 09:00:00 GMT"
    assert vobject.readOne(body.decode()).vevent.dtstart.value == STARTS


async def test_what_has_not_changed_is_not_sent_again(db, ask):
    token = await a_visit(db)
    _, headers, _ = await ask(f"/calendar/{token}.ics")

    status, again, body = await ask(f"/calendar/{token}.ics", **{"If-None-Match": headers["ETag"]})

    assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
    changed = await ask(f"/calendar/{token}.ics", **{"If-None-Match": '"another"'})
    assert changed[0] == 200


async def test_a_date_alone_never_hides_a_change(db, ask):
    """An erased family leaves no later date behind."""
    token = await a_visit(db)

    later = {"If-Modified-Since": "Thu, 04 Nov 2027 09:00:00 GMT"}
    assert (await ask(f"/calendar/{token}.ics", **later))[0] == 200


async def test_every_wrong_address_is_answered_alike(db, ask):
    token = await a_visit(db)
    async with db.write() as tx:
        old = token
        [anna] = [row for row in await _staff(tx) if row.name == "Anna"]
        token = await calendar.new_feed(tx, anna.id)
    answers = set()
    wrong = [f"{old}.ics", f"{'A' * 22}.ics", "x.ics", ".ics", "%F0%9F%98%80.ics"]
    for name in (*wrong, token, f"{token}.txt", f"{token}.ics.ics", f"{'a' * 4000}.ics"):
        status, headers, body = await ask(f"/calendar/{name}")
        headers.pop("Date")
        answers.add((status, tuple(sorted(headers.items())), body))
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert (await ask(f"/calendar/{token}.ics"))[0] == 200


async def _staff(tx):
    from sqlalchemy import select

    from storage.tables import staff

    return list(await tx.execute(select(staff)))


async def test_only_reading_is_possible(db, ask):
    token = await a_visit(db)

    assert (await ask(f"/calendar/{token}.ics", "HEAD"))[0] == 200
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        assert (await ask(f"/calendar/{token}.ics", method))[0] == 405


async def test_no_address_is_ever_logged(db, ask, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    token = await a_visit(db)

    await ask(f"/calendar/{token}.ics")
    await ask(f"/calendar/{token[:-1]}x.ics")

    async def broken(*_: object) -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr(calendar, "feed", broken)
    assert (await ask(f"/calendar/{token}.ics"))[0] == 500
    seen = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert token[:12] not in seen


async def test_while_the_database_does_not_answer_a_calendar_keeps_what_it_has(
    db, ask, monkeypatch
):
    async def locked(*_: object) -> None:
        raise Unavailable("BEGIN", None, Exception("database is locked"))

    monkeypatch.setattr(calendar, "feed", locked)

    assert (await ask("/calendar/x.ics"))[0] == 503


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://lotsen.example/", "https://lotsen.example"),
        ("https://lotsen.example/lotsen", "https://lotsen.example/lotsen"),
        ("", None),
    ],
)
def test_where_the_internet_reaches_us_is_a_setting(empty_folder, monkeypatch, given, read):
    monkeypatch.setenv("LOTSEN_PUBLIC_URL", given)

    assert read_settings().public_url == read


@pytest.mark.parametrize("given", ["lotsen.example", "ftp://x", "https://x/?a=1", "https://"])
def test_what_is_no_address_is_refused_in_a_sentence(empty_folder, monkeypatch, given):
    monkeypatch.setenv("LOTSEN_PUBLIC_URL", given)

    with pytest.raises(BadSettings, match="LOTSEN_PUBLIC_URL"):
        read_settings()


async def test_somebody_s_feed_is_in_their_own_language(db, ask):
    await a_visit(db)
    await at_work(db, "Bo", chat_id=2002, language="so")
    token = await a_feed(db, "Bo")

    _, _, body = await ask(f"/calendar/{token}.ics")

    assert "booqashada" in body.decode().replace("\r\n ", "")
