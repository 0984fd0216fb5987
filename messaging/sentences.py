"""What tips and ideas say, by kind and code; and the first sentence alone, as a title or a line."""

import re

from messaging.errors import NoText
from messaging.i18n import Tongue
from messaging.tip_texts import BOKSTART_TEXTS, EARLY_TEXTS, STRENGTH_TEXTS, TIP_TEXTS
from programme.kinds import Kind

_BODIES: dict[Kind, dict[str, str]] = {
    Kind.TIP: TIP_TEXTS,
    Kind.STRENGTH: STRENGTH_TEXTS,
    Kind.BOKSTART: BOKSTART_TEXTS,
    Kind.EARLY_TIP: EARLY_TEXTS,
}
# A sentence ends with its mark and a space, or with the line; also the Arabic question mark.
_END = re.compile(r"(?<=[.!?\u061f])\s|\n")


def age_text(kind: Kind, code: str, t: Tongue) -> str:
    """The words of a tip or an idea; NoText for an unknown code."""
    try:
        return t.gettext(_BODIES[kind][code])
    except KeyError as error:
        raise NoText(kind, code) from error


def first_sentence(text: str) -> str:
    """The first sentence, as Telegram HTML; a tag that it opens it must close."""
    return _END.split(text, maxsplit=1)[0]
