"""The line on which python-telegram-bot speaks: aiohttp's instead of httpx'.

httpx took most of a message's processor time at the wire (docs/decisions/0047). `BaseRequest` is
the library's own place for another line; forms and answers are the same.
"""

import os
import ssl
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies

import certifi
from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    TCPConnector,
    TraceConfig,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

NEVER_LEFT = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)  # no byte was on the wire
RESTS = (
    5.0  # seconds a connection is kept for the next message: longer, and the other end closes it
)
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Line(BaseRequest):
    """So many connections; each of opening, sending and waiting may take so many seconds.

    `leaving` is called at the last moment before the first byte, and may raise: then none leaves.
    """

    def __init__(self, connections: int, seconds: float, leaving: Callable[[], None]) -> None:
        self._connections, self._seconds, self._leaving = connections, seconds, leaving
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take."""
        return self._seconds

    async def initialize(self) -> None:
        """Make it ready; nothing is connected yet."""
        if self._session is None:
            self._session = self._open()

    def _open(self) -> ClientSession:
        traced = TraceConfig()
        traced.on_request_headers_sent.append(self._before_the_first_byte)
        return ClientSession(
            connector=TCPConnector(
                limit=self._connections,
                keepalive_timeout=RESTS,
                ssl=ssl.create_default_context(
                    cafile=os.environ.get("SSL_CERT_FILE") or certifi.where()
                ),
            ),
            timeout=ClientTimeout(
                total=3 * self._seconds, connect=self._seconds, sock_read=self._seconds
            ),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            trace_configs=[traced],
            trust_env=bool(getproxies()),  # to look for proxies costs time at every message
        )

    async def _before_the_first_byte(self, *_facts: object) -> None:
        self._leaving()  # aiohttp calls it once the connection is open and before it writes

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_more_timeouts: object,
    ) -> tuple[int, bytes]:
        """The answer's number and body; raises NetworkError, whose cause says what happened."""
        if self._session is None:
            raise RuntimeError("the line is not open")
        body, headers = _written(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error  # its words may hold the token


def _written(asked: RequestData | None) -> tuple[bytes | FormData | None, Mapping[str, str]]:
    """The body that says it, and the headers that it needs."""
    if asked is None:
        return None, {}
    if not (files := asked.multipart_data):
        return urlencode(asked.json_parameters).encode("ascii"), _FORM
    form = FormData()
    for name, value in asked.json_parameters.items():
        form.add_field(name, value)
    file: Any
    for name, file in files.items():
        filename, content, kind = file
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}
