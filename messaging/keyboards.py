"""Buttons as neutral rows, and the two converters: one library listens, another pushes.

What a press means is in `callbacks.py`; both libraries give the same JSON from the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import messaging.types_when_needed  # noqa: F401 - for its effect on aiogram  # isort: skip
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from messaging.plain import utf16_units

MOST_BUTTONS = 3  # mission C5: at most three under a message, the rest behind More
LONGEST_CAPTION = 1024  # UTF-16 units of text that Telegram takes under a file
SHORT_LABEL = 12  # longer ones are cut off on a narrow phone when they stand side by side
HALF_LABEL = 17  # the same, where there are two of them
VOICE_NAME = "voice.ogg"


@dataclass(frozen=True)
class Button:
    """A label, as plain text, and what a press of it sends back."""

    text: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


class FileKind(StrEnum):
    """How a phone shows a file."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"  # played in the chat; OGG with Opus


@dataclass(frozen=True)
class File:
    """Picture, voice or file that a message carries; its text is at most 1,024 signs long then."""

    kind: FileKind
    name: str
    content: bytes
    seconds: int = 0  # of a voice message


@dataclass(frozen=True)
class Picture:
    """A picture that Telegram keeps already, by its number there; with text as under a file."""

    number: str


@dataclass(frozen=True)
class Pin:
    """A place on the map, which a phone opens in its own map; it stands alone, with buttons."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True)
class Keys:
    """Keys in the place of the phone's own, until they are taken away by empty ones.

    Only such a key can hand over where the phone is; the other one sends its label as a text.
    """

    position: str = ""
    other: str = ""


@dataclass(frozen=True)
class Message:
    """One message as a person gets it: Telegram HTML and rows of buttons, perhaps with a file.

    With a `pin` the text is not shown: its title and address are. With `keys` there are no rows.
    """

    text: str
    rows: Rows = ()
    silent: bool = False
    file: File | Picture | None = None
    pin: Pin | None = None
    keys: Keys | None = None


def parts(message: Message) -> tuple[Message, ...]:
    """The message as Telegram takes it: with too long a text its file goes ahead, silently."""
    if message.file is None or utf16_units(message.text) <= LONGEST_CAPTION:
        return (message,)
    return (Message("", silent=True, file=message.file), replace(message, file=None))


def as_file(message: Message) -> Message | None:
    """The message with its voice as a file: a phone may take no voices; None if it has none."""
    file = message.file
    if isinstance(file, File) and file.kind is FileKind.VOICE:
        return replace(message, file=replace(file, kind=FileKind.DOCUMENT))
    return None


def lay_out(buttons: Sequence[Button], one_per_row: bool) -> Rows:
    """The buttons in rows; side by side only if every label is short. ValueError above three."""
    if len(buttons) > MOST_BUTTONS:
        raise ValueError(f"{len(buttons)} buttons under one message: {MOST_BUTTONS} is the most")
    if one_per_row or any(len(button.text) > SHORT_LABEL for button in buttons):
        return one_each(buttons)
    return (tuple(buttons),) if buttons else ()


def one_each(buttons: Sequence[Button]) -> Rows:
    """Every button on a row of its own; without limit only for the choice of language."""
    return tuple((button,) for button in buttons)


def in_pairs(buttons: Sequence[Button], one_per_row: bool) -> Rows:
    """A long list at half its height: two beside each other where both are short enough."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        beside = rows[-1] if rows else ()
        fits = len(beside) == 1 and max(len(beside[0].text), len(button.text)) <= HALF_LABEL
        if fits and not one_per_row:
            rows[-1] = (*beside, button)
        else:
            rows.append((button,))
    return tuple(rows)


def for_aiogram(rows: Rows) -> InlineKeyboardMarkup | None:
    """The rows for an answer by the chat; None if there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=each.text, callback_data=each.data) for each in row]
            for row in rows
        ]
    )


def keys_for_aiogram(keys: Keys) -> ReplyKeyboardMarkup | ReplyKeyboardRemove:
    """The keys for an answer by the chat, put away as soon as one is pressed; or no keys at all."""
    if keys == Keys():
        return ReplyKeyboardRemove(remove_keyboard=True)
    position = KeyboardButton(text=keys.position, request_location=True)
    rows = [[position], [KeyboardButton(text=keys.other)]]
    return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, one_time_keyboard=True)


def for_push(rows: Rows) -> dict[str, Any] | None:
    """The rows as the `reply_markup` of a pushed message; None if there are none."""
    if not rows:
        return None
    keyboard = [[{"text": each.text, "callback_data": each.data} for each in row] for row in rows]
    return {"inline_keyboard": keyboard}
