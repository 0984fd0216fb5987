"""Telegram's HTML: a strict reader that gives text and entities, with Telegram's own complaints.

It follows the rules of the public client library: complaints count in bytes, entities in UTF-16.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from simulator.errors import ApiError, bad
from simulator.links import checked_link
from simulator.text import Entity, ordered, utf16

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_ATTRIBUTE = re.compile(r"[^\s=>/\"']+")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_HIGHEST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass
class Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """The text without tags, and its entities; raises the 400 Telegram answers."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.size = 0
        self.length = 0
        self.open: list[Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "&":
                self._say(self._character())
            elif char != "<":
                self.at += 1
                self._say(char)
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.out), ordered([_without_hints(entity) for entity in self.entities])

    def _say(self, text: str) -> None:
        self.out.append(text)
        self.size += utf16(text)
        self.length += len(text)

    def _character(self) -> str:
        match = _CHARACTER.match(self.source, self.at)
        text = _decoded(match) if match else None
        if match is None or text is None:
            self.at += 1
            return "&"
        self.at = match.end()
        return text

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in " \t\r\n\v":
            self.at += 1

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode("utf-8", "surrogatepass"))

    def _word(self) -> str:
        start = self.at
        while self._peek() and self._peek() not in " \t\r\n\v>":
            self.at += 1
        return self.source[start : self.at]

    def _start_tag(self) -> None:
        begin = self.at
        place = self._byte(begin)
        self.at += 1
        tag = self._word().lower()
        if not self._peek():
            raise _cannot(f"Unclosed start tag at byte offset {place}")
        if tag not in _KINDS:
            raise _cannot(f'Unsupported start tag "{tag}" at byte offset {place}')
        attributes = self._attributes(tag, place)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        self.open.append(Open(tag, attributes, self.size, self.length))

    def _attributes(self, tag: str, place: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._peek() == ">":
                self.at += 1
                return found
            name = _ATTRIBUTE.match(self.source, self.at)
            if name is None and self._peek():
                raise _cannot(f'Empty attribute name in the tag "{tag}" at byte offset {place}')
            self.at = name.end() if name else self.at
            self._skip_space()
            if self._peek() == "=" and name:
                self.at += 1
                self._skip_space()
                found[name[0].lower()] = self._value(place)
            elif name:
                found[name[0].lower()] = ""
            if not self._peek():
                raise _cannot(f'Unclosed start tag "{tag}" at byte offset {place}')

    def _value(self, place: int) -> str:
        quote = self._peek()
        if quote in ("'", '"') and quote:
            return self._quoted(quote, place)
        start = self.at
        match = _TOKEN.match(self.source, start)
        self.at = match.end() if match else start
        if self._peek() and self._peek() not in " \t\r\n\v>":
            raise _cannot(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self.source[start : self.at].lower()

    def _quoted(self, quote: str, place: int) -> str:
        self.at += 1
        value: list[str] = []
        while self._peek() and self._peek() != quote:
            if self._peek() == "&":
                value.append(self._character())
            else:
                value.append(self._peek())
                self.at += 1
        if not self._peek():
            raise _cannot(f"Unclosed start tag at byte offset {place}")
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        place = self._byte(self.at)
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {place}")
        self.at += 2
        tag = self._word().lower()
        self._skip_space()
        if self._peek() != ">":
            raise _cannot(f"Unclosed end tag at byte offset {place}")
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            wanted = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise _cannot(f"Unmatched end tag at byte offset {place}, {wanted}")
        if self.size > opened.offset:
            self._add(opened)

    def _add(self, opened: Open) -> None:
        entity: Entity = {
            "type": _KINDS[opened.tag],
            "offset": opened.offset,
            "length": self.size - opened.offset,
        }
        if opened.tag == "a":
            shown = "".join(self.out)[opened.start :]
            link = checked_link(opened.attributes.get("href") or shown)
            if link is None:
                return
            entity["url"] = link
        elif opened.tag in ("code", "pre"):
            self._code(opened, entity)
            return
        else:
            entity |= _details(opened)
        self.entities.append(entity)

    def _code(self, opened: Open, entity: Entity) -> None:
        """Code right inside pre, or the other way round, is one block in a language."""
        last = self.entities[-1] if self.entities else {}
        twin = {"code": "pre", "pre": "code"}[opened.tag]
        css = opened.attributes.get("class", "")
        language = css.removeprefix("language-") if css.startswith("language-") else ""
        same = [last.get(key) for key in ("type", "offset", "length")]
        if same == [twin, entity["offset"], entity["length"]]:
            language = language or last.get("hint", "")
            if language:
                self.entities[-1] = {**entity, "type": "pre", "language": language}
                return
        if opened.tag == "code" and language:
            entity["hint"] = language
        self.entities.append(entity)


def _without_hints(entity: Entity) -> Entity:
    return {key: value for key, value in entity.items() if key != "hint"}


def _details(opened: Open) -> dict[str, Any]:
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        return {"type": "expandable_blockquote"}
    if opened.tag == "tg-emoji":
        number = opened.attributes.get("emoji-id", "")
        if not re.fullmatch(r"\d{1,19}", number) or not 0 < int(number) < 2**63:
            raise _cannot("Invalid custom emoji identifier specified")
        return {"custom_emoji_id": number}
    if opened.tag == "tg-time":
        return _time(opened)
    return {}


def _time(opened: Open) -> dict[str, Any]:
    unix, shape = opened.attributes.get("unix", ""), opened.attributes.get("format", "")
    if not re.fullmatch(r"\d{1,10}", unix) or int(unix) == 0:
        raise _cannot("Invalid Unix time specified")
    if not _TIME_FORMAT.fullmatch(shape):
        raise _cannot("Invalid date-time format specified")
    return {"unix_time": int(unix), **({"date_time_format": shape} if shape else {})}


def _decoded(match: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code == 0 or code > _HIGHEST or code in _SURROGATES:
        return None
    return chr(code)


def _cannot(reason: str) -> ApiError:
    return bad(f"can't parse entities: {reason}")
