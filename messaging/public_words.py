"""Words that staff write for many families: taken in, checked, and shown (mission E1, E2).

They are plain text: nothing in them is a tag or a placeholder, whatever signs they hold.
"""

import re
from enum import StrEnum

from messaging.guide import text_as_html
from messaging.i18n import Tongue
from messaging.isolates import clean
from messaging.text_faults import line_faults
from programme.activities import Words

# With the lines that Lotsen adds it must fit under a picture, which takes 1,024 signs in all.
LONGEST_TITLE, LONGEST_BODY = 80, 900
_BRACES = re.compile(r"([{}])")


class Fault(StrEnum):
    """Why a text cannot be taken as public words."""

    EMPTY = "empty"
    TITLE = "title"  # too long
    BODY = "body"  # too long
    LINE = "line"  # it would run from the wrong side


def taken(text: str) -> Words:
    """What was typed, as words: the first line is the title, the others are the body."""
    lines = [clean(line) for line in text.splitlines()]
    title = next((line for line in lines if line), "")
    rest = "\n".join(lines[lines.index(title) + 1 :]) if title else ""
    return Words(title, re.sub(r"\n{3,}", "\n\n", rest.strip("\n")))


def fault(words: Words, rtl: bool) -> Fault | None:
    """What is wrong with words in a language that runs so; None if nothing is."""
    if not words.title:
        return Fault.EMPTY
    if _signs(words.title) > LONGEST_TITLE:
        return Fault.TITLE
    if _signs(words.body) > LONGEST_BODY:
        return Fault.BODY
    shown = as_html(words, rtl)
    return Fault.LINE if rtl and any(line_faults(shown)) else None


def _signs(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def as_html(words: Words, rtl: bool) -> str:
    """The title in bold and the body under it, as Telegram's HTML."""
    title = f"<b>{_line(words.title, rtl)}</b>"
    return "\n".join([title, *(_line(line, rtl) for line in words.body.splitlines())])


def _line(text: str, rtl: bool) -> str:
    # A brace by itself is no placeholder.
    pieces = (each if each in "{}" else text_as_html(each, rtl) for each in _BRACES.split(text))
    return "".join(pieces)


def fault_text(t: Tongue, found: Fault) -> str:
    """Why words cannot be taken; they can be written again."""
    match found:
        case Fault.EMPTY:
            return t.gettext("There must be a title at least.")
        case Fault.TITLE:
            text = t.ngettext(
                "The title, in the first line, is too long: at most {n} letter.",
                "The title, in the first line, is too long: at most {n} letters.",
                LONGEST_TITLE,
            )
            return t.fill(text, n=LONGEST_TITLE)
        case Fault.BODY:
            text = t.ngettext(
                "The text is too long: at most {n} letter.",
                "The text is too long: at most {n} letters.",
                LONGEST_BODY,
            )
            return t.fill(text, n=LONGEST_BODY)
        case Fault.LINE:
            return t.gettext("Every line must begin with a letter of that language.")
