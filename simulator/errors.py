"""What goes wrong: answers a bot gets, and acts a person's phone would not offer. No logic."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer with `ok: false`, in Telegram's own words."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object Telegram would send."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(reason: str) -> ApiError:
    """A 400 with Telegram's usual prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """A 403 with Telegram's usual prefix."""
    return ApiError(403, f"Forbidden: {reason}")


def too_many(seconds: int) -> ApiError:
    """A 429 that says how long to wait."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


class Impossible(Exception):
    """A person tried what the app on a phone would not let them do."""


class Unknown(Exception):
    """There is no such phone, chat, message or bot."""
