"""The Bot API over HTTP: read a call, write it down, let faults strike, answer. No rules here."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from simulator import api
from simulator.errors import ApiError
from simulator.faults import Fault
from simulator.journal import Call
from simulator.params import Params, read
from simulator.state import State
from simulator.users import Bot

WORLD: web.AppKey[State] = web.AppKey("world", State)
_PAGE = (
    "<html>\r\n<head><title>{0} {1}</title></head>\r\n<body>\r\n<center><h1>{0} {1}</h1></center>"
    "\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)
_REASONS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


@dataclass
class Exchange:
    """One call on its way through."""

    world: State
    request: web.Request
    bot: Bot
    call: Call
    params: Params


async def method(request: web.Request) -> web.StreamResponse:
    """Serve /bot<token>/<method>."""
    world = request.app[WORLD]
    began = time.monotonic()
    token = request.match_info["token"]
    try:
        bot = world.bot_for(token)
        body = await request.read()
    except ApiError as error:
        return _error(error)
    except web.HTTPRequestEntityTooLarge:
        return _error(ApiError(413, "Request Entity Too Large"))
    name = api.proper_name(request.match_info["method"])
    clean = body.replace(token.encode(), b"<token>")
    query = request.rel_url.raw_query_string
    content_type = request.headers.get("Content-Type", "")
    call = world.journal.open(world.now(), bot.id, name, clean or query.encode(), content_type)
    try:
        return await _answer(world, request, bot, call, (query, body, content_type))
    finally:
        call.seconds = time.monotonic() - began


async def _answer(
    world: State, request: web.Request, bot: Bot, call: Call, sent: tuple[str, bytes, str]
) -> web.StreamResponse:
    try:
        params = read(*sent)
    except ApiError as error:
        return _written(call, _error(error))
    call.params, call.chat = params.values, params.number("chat_id") or None
    exchange = Exchange(world, request, bot, call, params)
    half = world.faults.delay_ms / 2000
    if half:
        await asyncio.sleep(half)
    fault = world.faults.strike(call.method, call.chat)
    response = await (_troubled(exchange, fault) if fault else _obeyed(exchange))
    if half:
        await asyncio.sleep(half)
    return response


async def _obeyed(exchange: Exchange) -> web.Response:
    call = exchange.call
    try:
        answer = await api.call(exchange.world, exchange.bot, call.method, exchange.params)
    except ApiError as error:
        return _written(call, _error(error))
    call.obeyed = True
    return _written(call, _json(answer, 200))


async def _troubled(exchange: Exchange, fault: Fault) -> web.StreamResponse:
    call = exchange.call
    call.fault = fault.kind
    answer = await _obeyed(exchange) if fault.after else None
    if fault.kind == "hang":
        await asyncio.sleep(fault.seconds)
        return answer or await _obeyed(exchange)
    if fault.kind == "cut":
        call.status, call.answer = 0, b""
        return _cut(exchange.request)
    return _written(call, _spoiled(fault))


def _cut(request: web.Request) -> web.StreamResponse:
    """Drop the line with a reset; what is returned never arrives."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)


def _spoiled(fault: Fault) -> web.Response:
    if fault.kind == "html":
        reason = _REASONS.get(fault.status, "Error")
        page = fault.description or _PAGE.format(fault.status, reason)
        return web.Response(status=fault.status, text=page, content_type="text/html")
    if fault.kind == "garbage":
        text = fault.description or '{"ok":true,"result":{"message_id":'
        return web.Response(status=fault.status, text=text, content_type="application/json")
    return _error(fault.error())


def _written(call: Call, response: web.Response) -> web.Response:
    call.status = response.status
    call.answer = response.body if isinstance(response.body, bytes) else b""
    return response


def _json(answer: dict[str, Any], status: int) -> web.Response:
    body = json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode()
    return web.Response(status=status, body=body, content_type="application/json")


def _error(error: ApiError) -> web.Response:
    response = _json(error.body(), error.code)
    if "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


async def file(request: web.Request) -> web.Response:
    """Serve /file/bot<token>/<path>."""
    world = request.app[WORLD]
    try:
        world.bot_for(request.match_info["token"])
    except ApiError as error:
        return _error(error)
    stored = world.files.by_path.get(request.match_info["path"])
    if stored is None:
        return _error(ApiError(404, "Not Found"))
    return web.Response(body=stored.content, content_type="application/octet-stream")


async def elsewhere(request: web.Request) -> web.Response:
    """Anything else below /bot: Telegram's plain 404."""
    return _error(ApiError(404, "Not Found"))


async def obey_webhook(world: State, bot: Bot, answer: dict[str, Any]) -> None:
    """Do the call a webhook put into its answer; how it went is nobody's business."""
    name = api.proper_name(str(answer.pop("method")))
    body = json.dumps(answer).encode()
    call = world.journal.open(world.now(), bot.id, name, body, "application/json")
    call.params = answer
    try:
        done = await api.call(world, bot, name, Params(answer))
    except ApiError as error:
        call.status, call.answer = error.code, json.dumps(error.body()).encode()
    else:
        call.status, call.obeyed, call.answer = 200, True, json.dumps(done).encode()
