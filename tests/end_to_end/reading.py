"""How these tests read a message: its language, its first line, where its lines begin."""

import re
import unicodedata

ARABIC = re.compile("[\u0600-\u06ff]")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

# Small words that only one of the languages has; a text is in the language it has most of.
SMALL_WORDS = {
    "sv": "och att ni er ert era är på det för som inte med om vi ditt du här av till hos hur det",
    "en": "the and you your is of we can with it what are have this at from",
    "so": "ka oo u waa aad ku la ah marka iyo wax waxaa ayaa soo ama waxaad si ee kale uma "
    "waxay uu kartaan carruurta ilmahaaga ilmahaagu",
}
FIRST_LINES = {
    "sv": {"Hej från Lotsen!", "Ett tips från Lotsen", "En liten idé från Lotsen"},
    "en": {"Hi from Lotsen!", "A tip from Lotsen", "A small idea from Lotsen"},
    "so": {"Salaan ka timid Lotsen!", "Talo ka timid Lotsen", "Fikrad yar oo ka timid Lotsen"},
    "ar": {"مرحبًا من Lotsen!", "نصيحة من Lotsen", "فكرة صغيرة من Lotsen"},
}


def language_of(text: str) -> str:
    """The language most of the text's small words are of; Arabic by its letters."""
    letters = [sign for sign in text if sign.isalpha()]
    if sum(bool(ARABIC.match(sign)) for sign in letters) > len(letters) / 2:
        return "ar"
    words = WORD.findall(text.lower().replace("’", "'"))
    found = {
        code: sum(word in small.split() for word in words) for code, small in SMALL_WORDS.items()
    }
    best = max(found, key=lambda code: found[code])
    assert found[best] >= 2, (found, text)
    assert sorted(found.values())[-2] < found[best], (found, text)
    return best


def first_line(text: str) -> str:
    """What a lock screen shows."""
    return text.split("\n", maxsplit=1)[0]


def neutral_first_lines(language: str) -> set[str]:
    """The only first lines there are: they tell of no child, no visit and no programme."""
    return FIRST_LINES[language]


def arabic_lines_begin_in_arabic(text: str) -> bool:
    """Whether the first letter of every line, outside of isolates, is an Arabic one."""
    return all(_begins_in_arabic(line) for line in text.split("\n") if line.strip())


def _begins_in_arabic(line: str) -> bool:
    depth = 0
    for sign in line:
        if sign in "\u2066\u2067\u2068":
            depth += 1
        elif sign == "\u2069":
            depth -= 1
        elif depth == 0 and unicodedata.bidirectional(sign) in {"L", "R", "AL"}:
            return bool(ARABIC.match(sign))
    return False
