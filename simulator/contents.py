"""What can be in a message besides text, in the Bot API's form. Stores files, sends nothing."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Any

from simulator import voices
from simulator.files import File, Files, photo_size

Content = dict[str, Any]
VOICE = "audio/ogg"


@dataclass(frozen=True)
class Upload:
    """A file on its way in."""

    name: str
    mime: str
    content: bytes


def grey_picture(width: int = 240, height: int = 160) -> bytes:
    """A small PNG, for people who send a photo and do not care which."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = b"".join(
        b"\0" + bytes(120 + (x + y) // 4 % 80 for x in range(width)) for y in range(height)
    )
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def photo(files: Files, upload: Upload) -> Content:
    """A photo that Telegram takes, else its 400."""
    width, height = photo_size(upload.content)
    stored = files.add(upload.content, "photos", upload.name, upload.mime)
    return {"photo": [{**stored.as_file(), "width": width, "height": height}]}


def voice(files: Files, upload: Upload, duration: int | None = None) -> Content:
    """A voice message; what does not say how long it is takes three seconds."""
    stored = files.add(upload.content, "voice", upload.name, VOICE)
    return _voice(stored, duration)


def _voice(stored: File, duration: int | None = None) -> Content:
    length = duration or voices.seconds(stored.content) or 3
    return {"voice": {**stored.as_file(), "duration": length, "mime_type": VOICE}}


def document(files: Files, upload: Upload) -> Content:
    """Any file."""
    stored = files.add(upload.content, "documents", upload.name, upload.mime)
    named = {"file_name": upload.name, "mime_type": upload.mime}
    return {"document": {**stored.as_file(), **named}}


def sticker(files: Files, emoji: str = "👍") -> Content:
    """A sticker of no particular set."""
    stored = files.add(emoji.encode(), "stickers", "sticker.webp", "image/webp")
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False}
    return {"sticker": {**stored.as_file(), **shape, "is_video": False, "emoji": emoji}}


def location(latitude: float, longitude: float) -> Content:
    """A place on the map."""
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(phone_number: str, first_name: str, user_id: int | None = None) -> Content:
    """Somebody's number."""
    card: Content = {"phone_number": phone_number, "first_name": first_name}
    return {"contact": card | ({"user_id": user_id} if user_id else {})}


def again(kind: str, stored: File) -> Content:
    """A stored file in a new message."""
    if kind == "photo":
        width, height = photo_size(stored.content)
        return {"photo": [{**stored.as_file(), "width": width, "height": height}]}
    if kind == "voice":
        return _voice(stored)
    named = {"file_name": stored.name, "mime_type": stored.mime}
    return {"document": {**stored.as_file(), **named}}
