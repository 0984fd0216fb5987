"""Files people and bots sent, in memory. Looks at pictures only as far as Telegram does."""

from __future__ import annotations

import hashlib
import secrets
import struct
from dataclasses import dataclass
from typing import Any

from simulator.errors import ApiError, bad

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
SIDES, RATIO = 10_000, 20
_MARKER = 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG parts that hold the size


@dataclass(frozen=True)
class File:
    """One stored file."""

    id: str
    unique: str
    path: str
    name: str
    mime: str
    content: bytes

    def as_file(self) -> dict[str, Any]:
        """The File object of the Bot API, without the path."""
        size = len(self.content)
        return {"file_id": self.id, "file_unique_id": self.unique, "file_size": size}


class Files:
    """All files, by their id and by their path."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}
        self.by_path: dict[str, File] = {}

    def add(self, content: bytes, folder: str, name: str, mime: str) -> File:
        """Store a file; the same content keeps its unique id."""
        if len(content) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        if not content:
            raise bad("file must be non-empty")
        unique = "AQ" + hashlib.sha256(content).hexdigest()[:16]
        number = len(self.by_id)
        ending = name.rsplit(".", 1)[-1] if "." in name else "bin"
        path = f"{folder}/file_{number}.{ending}"
        stored = File(f"BQACAg{secrets.token_urlsafe(24)}", unique, path, name, mime, content)
        self.by_id[stored.id] = self.by_path[path] = stored
        return stored

    def get(self, id: str) -> File:
        """The file with this id, or the 400 for a wrong one."""
        if id not in self.by_id:
            raise bad("wrong file identifier/HTTP URL specified")
        return self.by_id[id]


def photo_size(content: bytes) -> tuple[int, int]:
    """Width and height of a picture Telegram would take, or its 400."""
    if len(content) > PHOTO_LIMIT:
        raise bad("file is too big for a photo")
    size = _png(content) or _gif(content) or _webp(content) or _jpeg(content)
    if size is None:
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > SIDES or not width or not height:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    if max(width, height) > RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return size


def _png(content: bytes) -> tuple[int, int] | None:
    head = content[16:24]
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(head) < struct.calcsize(">II"):
        return None
    width, height = struct.unpack(">II", head)
    return width, height


def _gif(content: bytes) -> tuple[int, int] | None:
    head = content[6:10]
    if content[:6] not in (b"GIF87a", b"GIF89a") or len(head) < struct.calcsize("<HH"):
        return None
    width, height = struct.unpack("<HH", head)
    return width, height


def _webp(content: bytes) -> tuple[int, int] | None:
    # The size stands in three different places; Telegram's check of it is not worth copying.
    return (512, 512) if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKER:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
