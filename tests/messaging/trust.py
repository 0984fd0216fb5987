"""Every text about data, erasure, clearing and writing to the team, made with given values."""

from collections.abc import Callable
from typing import Any

from messaging import exit_texts

# Parts of sentences and rows: not sent by themselves.
PARTS = {"clear_rows"}

ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    exit_texts.neutral_line: [()],
    exit_texts.before_clearing: [()],
    exit_texts.cleared: [()],
    exit_texts.deleted: [()],
    exit_texts.danger: [()],
}
