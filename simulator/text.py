"""Text as Telegram keeps it: cleaned, trimmed, counted in UTF-16, links found. Not the HTML."""

from __future__ import annotations

import re
from typing import Any

from simulator.errors import bad

Entity = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 32768
ENTITY_LIMIT = 100

_DROPPED = {0x0D, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A}
_CLEAN: dict[int, int | None] = {code: 0x20 for code in range(32) if code not in (0x0A, 0x0D)}
_CLEAN |= dict.fromkeys(_DROPPED)
_MARKS = re.compile("[\u200e\u200f]+(?=[\u200e\u200f])")
_INVISIBLE = re.compile(
    "[\\s\u180e\u200b-\u200f\u2000-\u200a\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)

_FOUND = (
    (
        "url",
        re.compile(
            r"\b(?:https?://|tg://|t\.me/|www\.)[^\s<>\u2066-\u2069]*[^\s<>.,:;!?)\]'\"\u2066-\u2069]"
        ),
    ),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w/@.])@[A-Za-z]\w{3,31}")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()-]{6,16}\d(?!\w)")),
)


def utf16(text: str) -> int:
    """How many UTF-16 units `text` takes, which is how Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """`text` without what Telegram drops: control characters, overrides, but not isolates."""
    cleaned = text.translate(_CLEAN)
    # Of several direction marks in a row Telegram keeps the last; the others become joiners.
    return _MARKS.sub(lambda found: "\u200c" * len(found[0]), cleaned)


def is_empty(text: str) -> bool:
    """Whether nobody would see anything of it."""
    return _INVISIBLE.fullmatch(text) is not None


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Text and entities without white space around; a leading entity keeps its own."""
    text = text.rstrip(" \n")
    first = min((entity["offset"] for entity in entities), default=len(text))
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    text, size = text[lead:], utf16(text[lead:])
    kept = []
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], size - offset)
        if length > 0:
            kept.append({**entity, "offset": offset, "length": length})
    return text, kept


def found(text: str, entities: list[Entity]) -> list[Entity]:
    """`entities` and what Telegram finds by itself: links, addresses, names, commands, in order."""
    result = list(entities)
    closed = [e for e in entities if e["type"] in ("code", "pre", "text_link", "text_mention")]
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            span = {"offset": utf16(text[: match.start()]), "length": utf16(match[0])}
            if not any(_overlap(span, other) for other in closed):
                closed.append(span)
                result.append({"type": kind, **span})
    return ordered(result)[:ENTITY_LIMIT]


def ordered(entities: list[Entity]) -> list[Entity]:
    """Entities as Telegram lists them: by place, the longer first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: Entity, other: Entity) -> bool:
    one_end = one["offset"] + one["length"]
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one_end)


def finished(
    raw: str, entities: list[Entity], limit: int, too_long: str
) -> tuple[str, list[Entity]]:
    """Text ready to be shown, or the 400 for one that is empty or too long."""
    text, kept = trim(raw, entities)
    if is_empty(text):
        raise bad("text must be non-empty")
    if utf16(text) > limit:
        raise bad(too_long)
    return text, found(text, kept)
