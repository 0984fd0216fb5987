"""Addresses: which links Telegram takes in texts and buttons, and what a t.me link opens."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_HOST = re.compile(
    r"(?:[\w-]+\.)+[A-Za-z\u0080-\uffff][\w-]*|\d+(?:\.\d+){3}|\[[0-9a-fA-F:]+\]|localhost"
)
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def link_fault(url: str) -> str | None:
    """What Telegram says against `url`, or None if it takes it."""
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)", url)
    kind = scheme[1].lower() if scheme else "http"
    if kind in ("tg", "ton", "tonsite", "mailto", "tel") and url[len(kind) + 1 :].strip("/"):
        return None
    if kind not in ("http", "https"):
        return "Unsupported URL protocol"
    if not url or re.fullmatch(r"https?:/{0,2}", url, re.IGNORECASE):
        return "URL host is empty"
    try:
        host = urlsplit(url if scheme else f"http://{url}").hostname or ""
    except ValueError:
        return "Wrong HTTP URL"
    return None if _HOST.fullmatch(host) and not re.search(r"\s", url) else "Wrong HTTP URL"


def checked_link(url: str) -> str | None:
    """`url` as Telegram stores it in a text, or None where it would drop the link."""
    url = url.strip()
    if link_fault(url) is not None:
        return None
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", url):
        url = f"http://{url}"
    parts = urlsplit(url)
    return f"{url}/" if parts.scheme in ("http", "https") and url.endswith(parts.netloc) else url


def opened_by(link: str) -> tuple[str, str] | None:
    """The bot's name and the start payload of a t.me or tg link; None for any other link."""
    parts = urlsplit(link.strip() if "://" in link else f"https://{link.strip()}")
    asked = parse_qs(parts.query)
    payload = asked.get("start", [""])[0]
    if parts.scheme == "tg" and parts.netloc == "resolve":
        return asked.get("domain", [""])[0], payload
    if parts.hostname in ("t.me", "telegram.me", "www.t.me"):
        return parts.path.strip("/"), payload
    return None
