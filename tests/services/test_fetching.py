import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from programme.busy import CalendarFault, Unreadable
from services import fetching
from services.fetching import fetcher, is_open

CONTENT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def a_server(**paths: Handler) -> AsyncIterator[str]:
    """A web server on this machine; its address."""
    app = web.Application()
    for name, handler in paths.items():
        app.router.add_get(f"/{name}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def good(_request: web.Request) -> web.Response:
    return web.Response(body=CONTENT, content_type="text/calendar")


async def fault(fetch, address: str) -> CalendarFault:
    with pytest.raises(Unreadable) as caught:
        await fetch(address)
    return caught.value.fault


async def test_what_stands_there_comes_as_it_is():
    async with a_server(good=good) as url:
        assert await fetcher(on_one_machine=True)(f"{url}/good") == CONTENT


async def test_this_machine_is_asked_only_where_all_is_tried_on_it():
    asked = []

    async def secret(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=b"inside")

    async with a_server(secret=secret) as url:
        port = url.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433"):
            for scheme in ("http", "https"):
                found = await fault(
                    fetcher(on_one_machine=False), f"{scheme}://{host}:{port}/secret"
                )
                assert found in {CalendarFault.NOT_ALLOWED, CalendarFault.NO_ANSWER}
    assert asked == []


@pytest.mark.parametrize("inside", ["10.0.0.5", "127.0.0.1", "::1", "64:ff9b::a00:5", "fe80::1"])
async def test_a_name_that_leads_into_the_network_is_not_followed(monkeypatch, inside):
    async def leads_inside(self, host, port=0, family=socket.AF_INET):
        number = {"outside.example": "93.184.216.34", "inside.example": inside}
        return [
            {
                "hostname": host,
                "host": number[name],
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
            for name in ("outside.example", "inside.example")
        ]

    monkeypatch.setattr(fetching.ThreadedResolver, "resolve", leads_inside)

    names = fetching._OpenInternet()
    with pytest.raises(OSError):
        await names.resolve("both.example")
    assert (
        await fault(fetcher(on_one_machine=False), "https://both.example/a.ics")
        is CalendarFault.NO_ANSWER
    )


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "[::1]", "fe80::1", "fc00::1"),
        *("::ffff:10.0.0.1", "2002:0a00:0001::", "::", "fec0::1", "fe80::1%eth0", "::10.0.0.1"),
        *("64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "::ffff:0:10.0.0.1"),
    ],
)
def test_numbers_of_this_machine_and_its_network_are_not_the_internet(host):
    assert not is_open(host)


@pytest.mark.parametrize(
    "host",
    [
        *("93.184.216.34", "2606:2800:220:1::1", "calendar.example"),
        *("64:ff9b::93.184.216.34", "::ffff:93.184.216.34"),
    ],
)
def test_other_numbers_and_names_are(host):
    assert is_open(host)


async def test_a_redirect_is_looked_at_like_the_first_address(monkeypatch):
    async def away(_request: web.Request) -> web.Response:
        raise web.HTTPFound("ftp://somewhere.example/a.ics")

    async def there(_request: web.Request) -> web.Response:
        raise web.HTTPFound("/good")

    async def round_and_round(_request: web.Request) -> web.Response:
        raise web.HTTPFound("/circle")

    fetch = fetcher(on_one_machine=True)
    async with a_server(good=good, away=away, there=there, circle=round_and_round) as url:
        assert await fetch(f"{url}/there") == CONTENT
        assert await fault(fetch, f"{url}/away") is CalendarFault.NOT_ALLOWED
        assert await fault(fetch, f"{url}/circle") is CalendarFault.NO_ANSWER


@pytest.mark.parametrize(
    "where",
    [
        "http://somewhere.example/a.ics",
        *("https://10.0.0.5/a.ics", "//192.168.1.1/a.ics", "https://169.254.169.254/latest"),
        *("https://[::1]:8081/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::a00:5]/"),
        *("file:///etc/passwd", "gopher://somewhere.example/"),
    ],
)
async def test_no_redirect_leads_into_the_network_or_off_https(where):
    """The first answer is played: there is no certificate on this machine."""

    class Answer:
        status, headers = 302, {"Location": where}

        async def __aenter__(self):
            return self

        async def __aexit__(self, *_):
            return None

    asked = []

    class Http:
        def get(self, url, allow_redirects):
            asked.append(str(url))
            assert allow_redirects is False
            return Answer()

    with pytest.raises(Unreadable) as caught:
        await fetching._follow(Http(), fetching.URL("https://somewhere.example/a.ics"), False)
    assert caught.value.fault is CalendarFault.NOT_ALLOWED
    assert asked == ["https://somewhere.example/a.ics"]


async def test_what_never_ends_is_given_up_at_the_limit(monkeypatch):
    sent = []

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)
            sent.append(65_536)

    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)
    async with a_server(endless=endless) as url:
        found = await fault(fetcher(on_one_machine=True), f"{url}/endless")
    assert found is CalendarFault.TOO_LARGE
    assert sum(sent) < 10_000_000


async def test_what_is_packed_is_not_unpacked():
    async def packed(_request: web.Request) -> web.Response:
        return web.Response(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})

    async with a_server(packed=packed) as url:
        found = await fault(fetcher(on_one_machine=True), f"{url}/packed")
    assert found is CalendarFault.NO_ANSWER


async def test_what_does_not_answer_in_time_is_given_up(monkeypatch):
    import asyncio

    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return await good(_request)

    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    async with a_server(slow=slow) as url:
        assert await fault(fetcher(on_one_machine=True), f"{url}/slow") is CalendarFault.NO_ANSWER


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410, 500, 503])
async def test_anything_but_a_calendar_is_no_answer(status):
    async def other(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    async with a_server(other=other) as url:
        assert await fault(fetcher(on_one_machine=True), f"{url}/other") is CalendarFault.NO_ANSWER


async def test_where_nobody_listens_is_no_answer():
    found = await fault(fetcher(on_one_machine=True), "http://127.0.0.1:9/a.ics")
    assert found is CalendarFault.NO_ANSWER
