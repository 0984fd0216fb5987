"""Get a calendar from an address on the internet, and from nowhere else. The only client here.

Who gives an address decides where this machine calls: so https only, no address of this machine or
its own network (unless Lotsen is being tried on one machine), few redirects, little time, a limit.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from programme.busy import CalendarFault, Unreadable

MOST_BYTES = 5_000_000
SECONDS = 20.0
REDIRECTS = 3
LONGEST_ADDRESS = 1_000

Fetch = Callable[[str], Awaitable[bytes]]

_OK, _MOVED = 200, {301, 302, 303, 307, 308}
# Of the newer numbers only these belong to the open internet; the library names others global too.
_UNICAST = ipaddress.IPv6Network("2000::/3")
_GATEWAY = ipaddress.IPv6Network("64:ff9b::/96")
_SCHEMES = {"https": "https", "webcal": "https", "webcals": "https"}


def clean_address(typed: str) -> str:
    """The address as it is kept; webcal:// means https://. Raises Unreadable for any other."""
    words = typed.split()
    try:
        url = URL(words[0]) if len(words) == 1 and len(typed) <= LONGEST_ADDRESS else URL()
        scheme = _SCHEMES.get(url.scheme.lower())
        if scheme is None or not url.host or url.user or url.password:
            raise Unreadable(CalendarFault.NOT_ALLOWED)
        return str(url.with_scheme(scheme).with_fragment(None))
    except ValueError as error:
        raise Unreadable(CalendarFault.NOT_ALLOWED) from error


class _OpenInternet(AbstractResolver):
    """Names of the internet; one that leads to this machine or its network is no name."""

    def __init__(self) -> None:
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Where that name leads; OSError if it is nowhere one may go."""
        found = await self._names.resolve(host, port, family)
        # Every one of them: the connection takes whichever answers.
        if not found or not all(is_open(each["host"]) for each in found):
            raise OSError("not on the open internet")
        return found

    async def close(self) -> None:
        """Nothing to close."""
        await self._names.close()


def is_open(host: str) -> bool:
    """Whether that number is an address on the open internet; a name is asked for later."""
    try:
        number = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or _translated(number)
        if inner is None and number not in _UNICAST:
            return False
        return _is_public(inner or number)
    return _is_public(number)


def _is_public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return number.is_global and not number.is_multicast


def _translated(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The older number that a network's gateway makes of that one: it may lead inside."""
    return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if number in _GATEWAY else None


def fetcher(on_one_machine: bool) -> Fetch:
    """Gets what is at an address; `on_one_machine`: also this machine's own, and by http."""

    async def fetch(address: str) -> bytes:
        """What is there; raises Unreadable."""
        connector = TCPConnector(resolver=None if on_one_machine else _OpenInternet())
        session: dict[str, Any] = {
            "connector": connector,
            "timeout": ClientTimeout(total=SECONDS),
            "headers": {"Accept": "text/calendar", "Accept-Encoding": "identity"},
            "auto_decompress": False,  # a small file may unpack into a huge one
        }
        try:
            async with ClientSession(**session) as http, asyncio.timeout(SECONDS):
                return await _follow(http, URL(address), on_one_machine)
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise Unreadable(CalendarFault.NO_ANSWER) from error

    return fetch


async def _follow(http: ClientSession, url: URL, on_one_machine: bool) -> bytes:
    """What is at that address, or where it leads; each step is looked at like the first."""
    for _ in range(REDIRECTS + 1):
        allowed = url.scheme == "https" and is_open(url.host or "")
        if not (allowed or (on_one_machine and url.scheme in {"http", "https"})):
            raise Unreadable(CalendarFault.NOT_ALLOWED)
        async with http.get(url, allow_redirects=False) as response:
            if response.status not in _MOVED:
                return await _body(response)
            url = url.join(URL(response.headers.get("Location", "")))
    raise Unreadable(CalendarFault.NO_ANSWER)


async def _body(response: ClientResponse) -> bytes:
    if response.status != _OK or response.headers.get("Content-Encoding", "identity") != "identity":
        raise Unreadable(CalendarFault.NO_ANSWER)
    content = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        content += chunk
        if len(content) > MOST_BYTES:
            raise Unreadable(CalendarFault.TOO_LARGE)
    return bytes(content)
