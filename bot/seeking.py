"""Looking for words in what went out to Telegram: in the bytes, and in what they say once decoded.

A body is percent-encoded, a keyboard in it is JSON of its own, a text is HTML with marks of
direction: whoever looked at the bytes alone would find no Swedish, Arabic or second word.
"""

import html
import json
from collections.abc import Iterable, Iterator

from messaging.isolates import unmarked
from simulator.journal import Call


def saying(calls: Iterable[Call], words: Iterable[str]) -> int:
    """How many of the calls say any of the words, as written or in other capitals."""
    sought = [_alike(each) for each in words]
    return sum(any(each in said for said in _said(call) for each in sought) for call in calls)


def _said(call: Call) -> Iterator[str]:
    yield _alike(call.body.decode(errors="replace"))
    for text in _texts(call.params):
        yield _alike(html.unescape(text))


def _texts(value: object) -> Iterator[str]:
    """Every text within: names and values, and those in JSON that is sent as text."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from (name, *_texts(each))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
        yield from _texts(_nested(value))


def _nested(text: str) -> object:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict | list) else None


def _alike(text: str) -> str:
    return unmarked(text).casefold()
