"""Keyboards under messages: which ones Telegram takes, and as what it stores them."""

from __future__ import annotations

import json
from typing import Any

from simulator.errors import bad
from simulator.links import link_fault
from simulator.shapes import Json

BUTTONS = 100
PER_ROW = 8
JSON_BYTES = 10_000
DATA_BYTES = 64
COPY_LIMIT = 256
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)

Markup = dict[str, Any]


def checked_markup(raw: Json, *, inline_only: bool = False) -> Markup | None:
    """The keyboard to store, None for none; raises the 400 Telegram answers."""
    if raw is None or raw == {}:
        return None
    if not isinstance(raw, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in raw:
        return _inline(raw)
    if inline_only:
        raise bad("inline keyboard expected")
    if "keyboard" in raw:
        return _reply(raw)
    for flag in ("remove_keyboard", "force_reply"):
        if flag in raw and not isinstance(raw[flag], bool):
            raise bad(f'field "{flag}" must be of type Boolean')
    return dict(raw)


def _rows(raw: Markup, name: str) -> list[list[Any]]:
    rows = raw[name]
    if not isinstance(rows, list):
        raise bad(f'field "{name}" must be of type Array')
    if any(not isinstance(row, list) for row in rows):
        raise bad(f'field "{name}" must be an Array of Arrays')
    if len(json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode()) > JSON_BYTES:
        raise bad("reply markup is too long")
    return [row for row in rows if row]


def _inline(raw: Markup) -> Markup | None:
    rows = _rows(raw, "inline_keyboard")
    if sum(len(row) for row in rows) > BUTTONS or any(len(row) > PER_ROW for row in rows):
        raise bad("reply markup is too long")
    checked = [[_button(button) for button in row] for row in rows]
    return {"inline_keyboard": checked} if checked else None


def _button(button: Json) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if text is None:
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if not text.strip():
        raise bad("inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    actions += [name for name in button if name.startswith("switch_inline") and button[name] == ""]
    if not actions:
        reason = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {reason}")
    _check_action(button, actions[0])
    return {key: value for key, value in button.items() if value is not None}


def _check_action(button: dict[str, Any], action: str) -> None:
    value = button[action]
    inner = value if isinstance(value, dict) else {}
    if action == "callback_data":
        _check_data(value)
    elif action == "url":
        _check_url(str(value))
    elif action == "web_app":
        _check_web_app(str(inner.get("url", "")))
    elif action == "copy_text" and not 1 <= len(str(inner.get("text", ""))) <= COPY_LIMIT:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    elif action in ("pay", "callback_game"):
        raise bad("BUTTON_TYPE_INVALID")


def _check_data(data: object) -> None:
    if not isinstance(data, str) or len(data.encode()) > DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    fault = link_fault(url)
    if fault:
        raise bad(f"inline keyboard button URL '{url}' is invalid: {fault}")


def _check_web_app(url: str) -> None:
    if link_fault(url) or not url.lower().startswith("https://"):
        reason = "Only HTTPS links are allowed"
        raise bad(f"inline keyboard button Web App URL '{url}' is invalid: {reason}")


def _reply(raw: Markup) -> Markup:
    rows = _rows(raw, "keyboard")
    if not rows:
        raise bad("reply keyboard must be non-empty")
    checked = []
    for row in rows:
        buttons = [{"text": item} if isinstance(item, str) else item for item in row]
        if any(not isinstance(item, dict) or "text" not in item for item in buttons):
            raise bad("can't parse keyboard button: Can't find field \"text\"")
        for item in buttons:
            if not isinstance(item.get("request_location", False), bool):
                raise bad('field "request_location" must be of type Boolean')
        checked.append(buttons)
    return {**raw, "keyboard": checked}
