"""Telegram HTML read back as plain text, and what is wrong with it. Changes no message."""

import html
import re

_TAG = re.compile(r"<(/?)([a-z][a-z-]*)( [^<>]*)?>")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d+|#x[0-9a-fA-F]+);")
_TAGS = frozenset(
    {"a", "b", "blockquote", "code", "em", "i", "pre", "s", "strong", "tg-spoiler", "u"}
)


def plain(text: str) -> str:
    """The text as the eye sees it: no tags, entities undone, isolates kept."""
    return html.unescape(_TAG.sub("", text))


def leading_tags_off(line: str) -> str:
    """The line from its first sign that is not part of a tag."""
    while match := _TAG.match(line):
        line = line[match.end() :]
    return line


def utf16_units(text: str) -> int:
    """How long Telegram finds the text: it counts units, two for most emoji."""
    return len(plain(text).encode("utf-16-le")) // 2


def markup_fault(text: str) -> str | None:
    """What Telegram's HTML reader would refuse, as a short phrase; None if nothing."""
    rest = _ENTITY.sub("", _TAG.sub("", text))
    stray = next((sign for sign in "<>&" if sign in rest), None)
    if stray:
        return f"a bare {stray}"
    return _unbalanced(text)


def _unbalanced(text: str) -> str | None:
    opened: list[str] = []
    for closing, name, inside in _TAG.findall(text):
        if name not in _TAGS:
            return f"the tag {name}"
        if "{" in inside:
            return f"a value inside the tag {name}"
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return f"a closing {name} too many"
    return f"an open {opened[-1]}" if opened else None
