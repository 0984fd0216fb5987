"""Who said yes can be shown the words: each version is kept, as it was read in every language."""

from pathlib import Path

import pytest

from messaging.join_texts import ask_consent
from services.joining import CONSENT_VERSION

KEPT = Path(__file__).parents[2] / "docs" / "consent" / f"version-{CONSENT_VERSION}.md"
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


@pytest.mark.parametrize("code", ["sv", "ar", "so", "en"])
def test_the_words_that_are_asked_are_those_that_are_kept(languages, code):
    words = ask_consent(languages.get(code)).text.translate(ISOLATES)
    assert words in KEPT.read_text("utf-8"), (
        f"The words of the consent in {code} are not those in {KEPT.name}. If they mean something "
        "else now, raise CONSENT_VERSION and keep them in a new file: every parent is asked again. "
        "If only a word was mended, write it there as well (docs/decisions/0039)."
    )
