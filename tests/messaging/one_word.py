"""One word for one thing (glossary): words that were once in use beside the right one."""

import re

from messaging.i18n import Tongue

_OTHERS = {
    "sv": {
        r"mobil\w*": "telefon",
        r"återkall\w*|tillbakadrag\w*": "ta tillbaka",
        r"kl\.": "klockan",
        r"orden på|ord saknas": "text",
    },
    "ar": {
        r"\w*لمترجم(?:ين|ون)": "مترجمو النصوص",  # several are translators, never interpreters
        r"(?<!\()Telegram": "تيليغرام",
    },
    "so": {
        r"taleefan\w*": "telefoon",
        r"turjumaann\w*": "turjumayaasha",
        r"fariim\w*|fariin\w*": "farriin",
        r"dib \w+ loo qaat\w*": "laga noqday",
        r"keydi\w*|kaydiyay": "kaydiyey",
    },
}


def other_words(text: str, t: Tongue) -> list[str]:
    """Every word for which the glossary has another one."""
    return [
        f"{found[0]!r} where we say {ours!r}"
        for wrong, ours in _OTHERS.get(t.code, {}).items()
        if (found := re.search(rf"(?<!\w)(?:{wrong})(?!\w)", text, re.IGNORECASE))
    ]
