"""The line itself, over real HTTP: what certainly did not leave, and that nothing leaves twice."""

import asyncio
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

import pytest

from messaging.push import InDoubt, NotSent, Push, Sent
from tests.fakes import free_port

TOKEN = "4242:a-token-that-opens-nothing"
OK = (
    b'{"ok": true, "result": {"message_id": 7, "date": 0, '
    b'"chat": {"id": 1, "type": "private"}, "text": "-"}}'
)
WELL = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(OK), OK)


@asynccontextmanager
async def other_end(*answers):
    """Says these in turn, and cuts the line at an empty one; yields its address and the bodies."""
    said, bodies = list(answers), []

    async def talk(reader, writer):
        while said and (head := await _head(reader)):
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            bodies.append(parse_qs((await reader.readexactly(length)).decode()))
            writer.write(answer := said.pop(0))
            await writer.drain()
            if not answer:
                break
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", bodies


async def _head(reader):
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""


async def say(pusher, text="مرحبا <b>Ayaan</b> & +1"):
    return await pusher.send(5, text, {"inline_keyboard": []}, True)


async def test_a_message_is_the_form_that_telegram_reads():
    async with other_end(WELL) as (url, bodies), Push(TOKEN, url, 1000) as push:
        assert await say(push) == Sent(7)
    assert bodies == [
        {
            "chat_id": ["5"],
            "text": ["مرحبا <b>Ayaan</b> & +1"],
            "parse_mode": ["HTML"],
            "disable_notification": ["true"],
            "reply_markup": ['{"inline_keyboard": []}'],
        }
    ]


async def test_where_nobody_listens_nothing_has_left():
    async with Push(TOKEN, f"http://127.0.0.1:{free_port()}", 1000) as push:
        assert await say(push) == NotSent("no connection")


async def test_a_line_that_is_cut_after_the_message_is_in_doubt_and_nothing_is_said_again():
    """Neither on a fresh line nor on one that has been used: only the outbox repeats."""
    async with other_end(WELL, b"", WELL) as (url, bodies), Push(TOKEN, url, 1000) as push:
        assert await say(push) == Sent(7)
        assert isinstance(await say(push), InDoubt)
        assert len(bodies) == 2


@pytest.mark.parametrize("status", [b"302 Found", b"307 Temporary Redirect"])
async def test_a_message_is_never_carried_elsewhere(status):
    async with other_end(WELL) as (elsewhere, carried):
        moved = b"HTTP/1.1 %s\r\nLocation: %s/\r\nContent-Length: 2\r\n\r\n{}" % (
            status,
            elsewhere.encode(),
        )
        async with other_end(moved) as (url, bodies), Push(TOKEN, url, 1000) as push:
            assert not isinstance(await say(push), Sent)
    assert (len(bodies), carried) == (1, [])


async def test_two_messages_take_one_connection():
    async with other_end(WELL, WELL) as (url, bodies), Push(TOKEN, url, 1000) as push:
        for _ in range(2):
            assert await say(push) == Sent(7)
        connector = push._bot.request._session.connector
        assert len(bodies) == 2 and sum(map(len, connector._conns.values())) == 1
