"""Entities a bot lists itself instead of writing HTML: which ones Telegram takes."""

from __future__ import annotations

from simulator.errors import bad
from simulator.links import checked_link, link_fault
from simulator.shapes import Json
from simulator.text import ENTITY_LIMIT, Entity, ordered, utf16

_PLAIN = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
    ]
)
# Telegram finds these itself and takes no bot's word for them.
_FOUND_ANYWAY = frozenset(
    ["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"]
)
_NEEDS = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}


def given_entities(text: str, listed: Json) -> list[Entity]:
    """The listed entities as they will be stored, or Telegram's 400."""
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise bad("expected an Array of MessageEntity")
    size = utf16(text)
    checked = [_checked(one, size) for one in listed[:ENTITY_LIMIT]]
    return ordered([entity for entity in checked if entity is not None])


def _checked(entity: Json, size: int) -> Entity | None:
    if not isinstance(entity, dict):
        raise bad("can't parse MessageEntity: expected an Object")
    kind, offset, length = entity.get("type"), entity.get("offset", 0), entity.get("length", 0)
    if kind in _FOUND_ANYWAY:
        return None
    if kind not in _PLAIN and kind not in _NEEDS and kind != "pre":
        raise bad("can't parse MessageEntity: Unsupported type specified")
    needed = _NEEDS.get(kind)
    if needed and needed not in entity:
        raise bad(f"can't parse MessageEntity: Can't find field \"{needed}\"")
    _check_place(offset, length, size)
    if kind == "text_link":
        _check_url(entity["url"])
        entity = {**entity, "url": checked_link(entity["url"])}
    return {key: value for key, value in entity.items() if value is not None}


def _check_place(offset: int, length: int, size: int) -> None:
    if offset < 0:
        raise bad(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad(f"receive an entity with incorrect length {length}")
    if offset > size:
        raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > size:
        end = offset + length
        raise bad(
            f"entity beginning at UTF-16 offset {offset} "
            f"ends after the end of the text at UTF-16 offset {end}"
        )


def _check_url(url: str) -> None:
    fault = link_fault(url)
    if fault is not None:
        raise bad(f"entity URL '{url}' is invalid: {fault}")
