"""What a bot says about itself, and what it may ask about chats: names, commands, menus, files."""

from __future__ import annotations

import json
import re
from typing import Any

from simulator.errors import bad
from simulator.params import Params
from simulator.sending import check_welcome, target
from simulator.shapes import Json
from simulator.state import State
from simulator.users import Bot

COMMANDS, COMMAND_TEXT = 100, 256
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")
_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
_NOT_ACCEPTED = {"unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False}


def get_me(state: State, bot: Bot, params: Params) -> Json:
    """getMe."""
    return bot.as_me()


def _language(params: Params) -> str:
    code = params.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad("invalid language code specified")
    return code


def _scope(state: State, bot: Bot, params: Params) -> str:
    scope = params.json("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if not kind.startswith("chat"):
        return str(kind)
    chat = state.chat_for(bot, str(scope.get("chat_id", "")))
    return f"{kind}:{chat.id}"


def _command(given: Json) -> dict[str, str]:
    if not isinstance(given, dict) or "command" not in given or "description" not in given:
        raise bad("can't parse BotCommand: expected an Object with command and description")
    name, text = str(given["command"]).removeprefix("/"), str(given["description"]).strip()
    if not _NAME.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(text) <= COMMAND_TEXT:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": text}


def set_commands(state: State, bot: Bot, params: Params) -> Json:
    """setMyCommands."""
    given = params.json("commands", "commands")
    if not isinstance(given, list):
        raise bad("expected an Array of BotCommand")
    if len(given) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(one) for one in given]
    key = (_scope(state, bot, params), _language(params))
    bot.commands.pop(key, None)
    if commands:
        bot.commands[key] = commands
    _all_phones(state)
    return True


def get_commands(state: State, bot: Bot, params: Params) -> Json:
    """getMyCommands."""
    return bot.commands.get((_scope(state, bot, params), _language(params)), [])


def delete_commands(state: State, bot: Bot, params: Params) -> Json:
    """deleteMyCommands."""
    bot.commands.pop((_scope(state, bot, params), _language(params)), None)
    _all_phones(state)
    return True


def _all_phones(state: State) -> None:
    for id in state.people:
        state.feed.tell(kind="phone", id=id)


def commands_for(
    bot: Bot, chat_id: int, language: str | None, kind: str = "private"
) -> list[dict[str, str]]:
    """The menu in a chat for a reader of `language`: the most specific list wins."""
    wide = "all_private_chats" if kind == "private" else "all_group_chats"
    for scope in (f"chat:{chat_id}", wide, "default"):
        for code in ((language or "")[:2], ""):
            if (scope, code) in bot.commands:
                return bot.commands[scope, code]
    return []


def word(bot: Bot, what: str, language: str | None) -> str:
    """A bot's name or description for a reader of `language`."""
    return bot.words.get((what, (language or "")[:2])) or bot.words.get((what, ""), "")


def set_words(what: str) -> Json:
    """The method that sets the bot's name or a description."""

    def setter(state: State, bot: Bot, params: Params) -> Json:
        text = params.text(what)
        if len(text) > _LIMITS[what]:
            raise bad(f"BOT_{what.upper()}_TOO_LONG")
        bot.words[what, _language(params)] = text
        if what == "name" and text and not params.text("language_code"):
            bot.name = text
        _all_phones(state)
        return True

    return setter


def get_words(what: str) -> Json:
    """The method that reads the bot's name or a description."""

    def getter(state: State, bot: Bot, params: Params) -> Json:
        text = word(bot, what, _language(params))
        return {what: text or (bot.name if what == "name" else "")}

    return getter


def set_menu(state: State, bot: Bot, params: Params) -> Json:
    """setChatMenuButton."""
    button = params.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "default", "web_app"):
        raise bad("can't parse menu button: Unsupported type specified")
    bot.menus[params.number("chat_id")] = button
    return True


def get_menu(state: State, bot: Bot, params: Params) -> Json:
    """getChatMenuButton."""
    button = bot.menus.get(params.number("chat_id")) or bot.menus.get(0)
    return button if button and button["type"] != "default" else {"type": "commands"}


def get_chat(state: State, bot: Bot, params: Params) -> Json:
    """getChat; only for people the bot has met and groups it is in."""
    chat = target(state, bot, params)
    if chat.person is not None and not chat.messages:
        raise bad("chat not found")
    if chat.person is None:
        check_welcome(bot, chat)
    full = {"accent_color_id": 0, "max_reaction_count": 11}
    gifts = {**_NOT_ACCEPTED, "premium_subscription": False, "gifts_from_channels": False}
    return {**chat.for_bot(), **full, "accepted_gift_types": gifts}


def leave_chat(state: State, bot: Bot, params: Params) -> Json:
    """leaveChat."""
    chat = target(state, bot, params)
    if chat.person is not None:
        raise bad("chat member status can't be changed in private chats")
    check_welcome(bot, chat)
    del chat.bots[bot.username]
    state.changed(chat)
    return True


def get_file(state: State, bot: Bot, params: Params) -> Json:
    """getFile."""
    stored = state.files.by_id.get(params.text("file_id"))
    if stored is None:
        raise bad("invalid file_id")
    if len(stored.content) > 20 * 1024 * 1024:
        raise bad("file is too big")
    return {**stored.as_file(), "file_path": stored.path}


def nothing(state: State, bot: Bot, params: Params) -> Json:
    """logOut and close: there is nothing to leave here."""
    return True


def settings(bot: Bot) -> dict[str, Any]:
    """Everything a bot has set about itself, for the control interface."""
    commands = [
        {"scope": scope, "language_code": code, "commands": listed}
        for (scope, code), listed in bot.commands.items()
    ]
    words = [{"what": w, "language_code": c, "text": t} for (w, c), t in bot.words.items()]
    menus = json.loads(json.dumps(bot.menus))
    return {"commands": commands, "words": words, "menus": menus}


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": set_words("name"),
    "getMyName": get_words("name"),
    "setMyDescription": set_words("description"),
    "getMyDescription": get_words("description"),
    "setMyShortDescription": set_words("short_description"),
    "getMyShortDescription": get_words("short_description"),
    "setChatMenuButton": set_menu,
    "getChatMenuButton": get_menu,
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "getFile": get_file,
    "logOut": nothing,
    "close": nothing,
}
