"""Languages Lotsen does not write, by their own names: for the interpreter (mission G6)."""

from babel import Locale

from messaging.i18n import Languages, Tongue

NOT_LISTED = "mis"  # ISO 639: a language that has no code here

# In about the order in which they are asked for; each with its locale in Babel.
_LOCALES = {
    "ti": "ti",
    "fa": "fa",
    "prs": "fa_AF",
    "ckb": "ckb",
    "kmr": "ku",
    "tr": "tr",
    "bs": "bs",
    "sq": "sq",
    "uk": "uk",
    "ru": "ru",
    "pl": "pl",
    "es": "es",
    "fr": "fr",
    "am": "am",
    "ps": "ps",
    "ur": "ur",
    "ro": "ro",
    "vi": "vi",
    "th": "th",
    "zh": "zh",
}
CODES = tuple(_LOCALES)


def offered(languages: Languages) -> list[str]:
    """The codes of languages that Lotsen does not write, in order."""
    return [code for code in CODES if code not in languages.codes]


def is_known(code: str, languages: Languages) -> bool:
    """Whether an interpreter can be asked for by that code."""
    return code in {*CODES, NOT_LISTED, *languages.codes}


def by_name(languages: Languages) -> dict[str, str]:
    """The codes by what people may call the languages, in any of ours; small letters."""
    found: dict[str, str] = {}
    for code in (*languages.codes, *CODES):
        own = own_name(code) if code in _LOCALES else languages.get(code).own_name
        names = (code, own, *(name_for(t, code) for t in languages))
        found |= {name.casefold(): code for name in names}
    return found


def own_name(code: str) -> str:
    """What its speakers call it."""
    locale = Locale.parse(_LOCALES[code])
    name = _name_in(locale, code)
    return name[:1].upper() + name[1:]


def name_for(t: Tongue, code: str) -> str:
    """What the reader's language calls it, as a value; its own name where there is no word."""
    if code not in _LOCALES:
        return t.language_name(code)
    found = _name_in(t.traits.babel, code)
    return own_name(code) if found == "None" else found


def english_name(code: str) -> str:
    """What staff read in a terminal; the code itself for one that is not in the list."""
    return _name_in(Locale.parse("en"), code) if code in _LOCALES else code


def _name_in(locale: Locale, code: str) -> str:
    tag = _LOCALES[code]
    found = locale.languages.get(tag) or locale.languages.get(Locale.parse(tag).language)
    return str(found)
