"""What people and tests do, over HTTP with JSON. Everything here is also a method of `World`.

A POST must say `Content-Type: application/json`. A phone is named by its number. `chat` says where:
left out for the main bot, a bot's username for another one, a negative number for a group. Wrong
requests get 400, what is not there 404, what a phone would not offer 409, each with
`{"error": sentence}`. A `?` marks what may be left out.

| request                      | body (or query)                               | answer
|------------------------------|-----------------------------------------------|-------------------
| GET  /control/phones         |                                               | list of summaries
| POST /control/phones         | first_name, language_code?, last_name?,       | phone
|                              | username?, phone?, id?                        |
| GET  /control/phones/ID      |                                               | phone with chats
| DELETE /control/phones/ID    |                                               | phone, now deleted
| POST /control/phones/ID/...  |                                               |
|   start                      | payload?, bot?                                | message
|   open                       | link                                          | message
|   write                      | text, chat?, reply_to?                        | message
|   send                       | kind (sticker, voice, photo, document,        | message
|                              | contact, location), chat?, caption?, name?,   |
|                              | mime?, content_base64?, emoji?, duration?,    |
|                              | latitude?, longitude?, phone_number?          |
|   forward                    | text, origin?, chat?                          | message
|   edit                       | message_id, text, chat?                       | message
|   press                      | message_id?, button? (number or label),       | press
|                              | data? (forged), chat?, wait? (seconds)        |
|   read                       | message_id, chat?                             | phone
|   block, unblock             | bot?                                          | phone
| POST /control/groups         | title, owner, members?, bot? (false: none)    | group
| GET  /control/groups/ID      |                                               | group
| POST /control/groups/ID/...  |                                               |
|   add_bot, remove_bot        | by, bot?                                      | group
|   upgrade                    | by?                                           | the new group
| POST /control/updates        | update (reaches the bot exactly so), bot?     | update_id
| GET  /control/bots           |                                               | list of bots
| GET  /control/faults         |                                               | faults, delay_ms
| POST /control/faults         | the fields of `faults.Fault`                  | fault
| DELETE /control/faults       | ?id=                                          | faults, delay_ms
| POST /control/delay          | ms (round trip of every call)                 | delay_ms
| POST /control/limits         | off: true, or fields of `limits.Limits`       | limits
| GET  /control/journal        | ?since= &method= &chat= &limit= &brief=1      | calls, last
| GET  /control/clock          |                                               | now, movable, zone
| POST /control/clock          | to (ISO with offset) or advance (seconds)     | now, movable, zone
| GET  /control/events         | server-sent events {kind, id}                 | what to read again
| GET  /control/files/FILE_ID  |                                               | the file
"""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from simulator import profile, views
from simulator.chats import Chat, Message
from simulator.errors import ApiError, Impossible, Unknown
from simulator.limits import Limits
from simulator.shapes import Json
from simulator.state import Press
from simulator.users import Person
from simulator.world import World

WORLD: web.AppKey[World] = web.AppKey("people", World)
Body = dict[str, Any]
Answer = Callable[[World, web.Request, Body], Awaitable[Any]]
_PEOPLE = ("first_name", "language_code", "last_name", "username", "phone", "id")
_WORDS = {"text", "link", "payload", "origin", "bot"}
_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg")


def _body_of(raw: bytes) -> Body:
    body = json.loads(raw or b"{}")
    if not isinstance(body, dict):
        raise TypeError("The body must be a JSON object.")
    return body


def served(act: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The act as a request handler: JSON in, JSON out, errors as sentences."""

    async def handler(request: web.Request) -> web.StreamResponse:
        # A page elsewhere can post a form here, but not JSON without asking first.
        if request.method == "POST" and request.content_type != "application/json":
            return _fault(415, "Send application/json.")
        try:
            body = _body_of(await request.read()) if request.method == "POST" else {}
            return web.json_response(await act(request.app[WORLD], request, body))
        except Unknown as error:
            return _fault(404, str(error))
        except Impossible as error:
            return _fault(409, str(error))
        except ApiError as error:
            return _fault(409, error.description)
        except KeyError as error:
            return _fault(400, f"The field {error} is missing.")
        except (ValueError, TypeError) as error:
            return _fault(400, str(error))

    return handler


def _fault(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


def _person(world: World, request: web.Request) -> Person:
    return world.who(int(request.match_info["id"]))


def _group(world: World, chat: Chat) -> Body:
    some = next(iter(chat.members.values()))
    return {
        **chat.for_bot(),
        "members": list(chat.members),
        "bots": list(chat.bots),
        "moved_to": chat.moved_to,
        "messages": [views.message_view(one, some) for one in chat.messages.values()],
    }


def _press(press: Press) -> Body:
    return {"id": press.id, "data": press.data, "answer": press.answer}


async def phones(world: World, request: web.Request, body: Body) -> Json:
    """GET /control/phones."""
    return [views.summary(world, person) for person in world.people.values()]


async def add_phone(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/phones."""
    person = world.person(body.pop("first_name"), **{k: body[k] for k in _PEOPLE if k in body})
    return world.view(person)


async def phone(world: World, request: web.Request, body: Body) -> Json:
    """GET /control/phones/ID."""
    return world.view(_person(world, request))


async def delete_phone(world: World, request: web.Request, body: Body) -> Json:
    """DELETE /control/phones/ID."""
    world.delete_account(_person(world, request))
    return world.view(_person(world, request))


async def act(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/phones/ID/ACT."""
    person, name = _person(world, request), request.match_info["act"]
    if name == "press":
        return await _pressed(world, person, body)
    if name not in _ACTS:
        raise Unknown(f"A phone cannot {name}.")
    for key in _WORDS & body.keys():
        if not isinstance(body[key], str):
            raise TypeError(f"The field {key!r} must be a string.")
    done = _ACTS[name](world, person, body)
    if isinstance(done, Message):
        return views.message_view(done, person)
    return world.view(person)


async def _pressed(world: World, person: Person, body: Body) -> Body:
    wait = float(body.pop("wait", 0))
    press = world.press(person, **body)
    if wait:
        try:
            await world.answer(press, wait)
        except TimeoutError:
            return {**_press(press), "waited": True}
    return _press(press)


def _send(world: World, person: Person, body: Body) -> Message:
    if "content_base64" in body:
        body["content"] = base64.b64decode(body.pop("content_base64"), validate=True)
    return world.send(person, body.pop("kind"), body.pop("chat", None), **body)


_ACTS: dict[str, Callable[[World, Person, Body], Message | None]] = {
    "start": lambda world, person, body: world.start(person, **body),
    "open": lambda world, person, body: world.open_link(person, **body),
    "write": lambda world, person, body: world.write(person, **body),
    "send": _send,
    "forward": lambda world, person, body: world.forward(person, **body),
    "edit": lambda world, person, body: world.edit(person, **body),
    "read": lambda world, person, body: world.read(person, **body),
    "block": lambda world, person, body: world.block(person, **body),
    "unblock": lambda world, person, body: world.unblock(person, **body),
}


async def add_group(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/groups."""
    group = world.make_group(body["title"], body["owner"], tuple(body.get("members", ())))
    if body.get("bot") is not False:
        world.add_bot(group.id, body["owner"], body.get("bot"))
    return _group(world, group)


async def group(world: World, request: web.Request, body: Body) -> Json:
    """GET /control/groups/ID."""
    return _group(world, world.group(int(request.match_info["id"])))


async def change_group(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/groups/ID/CHANGE."""
    number, name = int(request.match_info["id"]), request.match_info["change"]
    if name == "upgrade":
        return _group(world, world.upgrade(number, body.get("by")))
    if name == "add_bot":
        return _group(world, world.add_bot(number, **body))
    if name == "remove_bot":
        return _group(world, world.remove_bot(number, **body))
    raise Unknown(f"A group knows no {name}.")


async def inject(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/updates."""
    return {"update_id": world.inject(body["update"], body.get("bot")).id}


async def bots(world: World, request: web.Request, body: Body) -> Json:
    """GET /control/bots."""
    return [
        {
            **bot.as_user(),
            "adopted": bot.adopted,
            "polling": bot.updates.poll is not None,
            "webhook": bot.webhook.url if bot.webhook else None,
            "waiting": len(bot.updates.current()),
            "allowed_updates": bot.updates.allowed,
            **profile.settings(bot),
        }
        for bot in world.bots
    ]


def _faults(world: World) -> Body:
    active = [fault.as_dict() for fault in world.faults.active if not fault.over()]
    return {"faults": active, "delay_ms": world.faults.delay_ms}


async def faults(world: World, request: web.Request, body: Body) -> Json:
    """GET /control/faults."""
    return _faults(world)


async def add_fault(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/faults."""
    return world.faults.from_dict(body).as_dict()


async def clear_faults(world: World, request: web.Request, body: Body) -> Json:
    """DELETE /control/faults."""
    number = request.query.get("id")
    world.faults.clear(int(number) if number else None)
    return _faults(world)


async def delay(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/delay."""
    world.faults.delay_ms = float(body["ms"])
    return {"delay_ms": world.faults.delay_ms}


async def limits(world: World, request: web.Request, body: Body) -> Json:
    """POST /control/limits."""
    off = body.pop("off", False)
    base = Limits.off() if off else world.limits
    world.limits = base.with_changes(**body)
    return asdict(world.limits)


async def journal(world: World, request: web.Request, body: Body) -> Json:
    """GET /control/journal."""
    query = request.query
    chat = query.get("chat")
    since = int(query.get("since", 0))
    calls = world.journal.calls(query.get("method"), chat=int(chat) if chat else None, since=since)
    shown = [call.as_dict() for call in calls[: int(query.get("limit", len(calls)))]]
    if "brief" in query:
        keep = ("n", "at", "method", "chat", "status", "fault", "obeyed")
        shown = [{key: call[key] for key in keep} for call in shown]
    return {"calls": shown, "last": world.journal.count}


async def stored_file(request: web.Request) -> web.Response:
    """GET /control/files/FILE_ID; what is no picture or voice comes as a download."""
    stored = request.app[WORLD].files.by_id.get(request.match_info["id"])
    if stored is None:
        return _fault(404, "There is no such file.")
    # What a bot or a person calls its file must not decide what the page runs.
    mime = stored.mime if stored.mime in _INLINE else "application/octet-stream"
    headers = {} if mime in _INLINE else {"Content-Disposition": "attachment"}
    return web.Response(body=stored.content, content_type=mime, headers=headers)


def routes() -> list[web.AbstractRouteDef]:
    """All routes but the clock's and the stream's."""
    return [
        web.get("/control/phones", served(phones)),
        web.post("/control/phones", served(add_phone)),
        web.get(r"/control/phones/{id:\d+}", served(phone)),
        web.delete(r"/control/phones/{id:\d+}", served(delete_phone)),
        web.post(r"/control/phones/{id:\d+}/{act}", served(act)),
        web.post("/control/groups", served(add_group)),
        web.get(r"/control/groups/{id:-\d+}", served(group)),
        web.post(r"/control/groups/{id:-\d+}/{change}", served(change_group)),
        web.post("/control/updates", served(inject)),
        web.get("/control/bots", served(bots)),
        web.get("/control/faults", served(faults)),
        web.post("/control/faults", served(add_fault)),
        web.delete("/control/faults", served(clear_faults)),
        web.post("/control/delay", served(delay)),
        web.post("/control/limits", served(limits)),
        web.get("/control/journal", served(journal)),
        web.get("/control/files/{id}", stored_file),
    ]
