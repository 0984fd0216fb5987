"""What a bot sends along with a call, in any of Telegram's four ways. Readers check the values."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from simulator.contents import Upload
from simulator.errors import bad
from simulator.shapes import Json

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?', re.IGNORECASE)
_FIELD = re.compile(rb'(filename\*?|name)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)


class Params:
    """The values of one call by name."""

    def __init__(self, values: dict[str, Any], files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str) -> str:
        """A string, empty if it is missing."""
        value = self.values.get(name)
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number, `default` if it is missing or none."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def decimal(self, name: str) -> float:
        """A number, or the 400 for a missing or wrong one."""
        value = self.values.get(name)
        if value in (None, ""):
            raise bad(f"{name} is empty")
        try:
            return float(str(value))
        except ValueError:
            raise bad(f"wrong {name} specified") from None

    def flag(self, name: str) -> bool:
        """True for true, yes or 1."""
        return str(self.values.get(name, "")).lower() in ("true", "yes", "1")

    def json(self, name: str, what: str) -> Json:
        """A nested value, None if it is missing; the 400 for JSON that is none."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what} JSON object") from None


def read(query: str, body: bytes, content_type: str) -> Params:
    """The values in the address and the body; the 400 for a body that cannot be read."""
    values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    files: dict[str, Upload] = {}
    if kind == "application/json":
        values |= _json_object(body)
    elif kind == "multipart/form-data":
        files = _multipart(body, content_type, values)
    elif body:
        values |= dict(parse_qsl(_decoded(body), keep_blank_values=True))
    return Params(values, files)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise bad("strings must be encoded in UTF-8") from None


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise bad("can't parse request JSON object")
    return found


def _plain(value: bytes) -> str:
    return value.decode(errors="replace").replace('\\"', '"')


def _multipart(body: bytes, content_type: str, values: dict[str, Any]) -> dict[str, Upload]:
    boundary = _BOUNDARY.search(content_type)
    if boundary is None:
        raise bad("boundary field not found")
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:]:
        head, separator, content = part.partition(b"\r\n\r\n")
        if not separator:
            continue
        named = {key.lower(): _plain(value) for key, value in _FIELD.findall(head)}
        if b"filename" in named or any(key.startswith(b"filename") for key in named):
            mime = re.search(rb"content-type:\s*([^\s;]+)", head, re.IGNORECASE)
            kind = mime[1].decode() if mime else "application/octet-stream"
            files[named.get(b"name", "")] = Upload(named.get(b"filename", "file"), kind, content)
        else:
            values[named.get(b"name", "")] = _decoded(content)
    return files
