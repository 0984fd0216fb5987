"""A name as a stranger's phone shows it: what of it may be shown to somebody else."""

from messaging.isolates import clean

LONGEST = 40
_MAKE_LINKS = str.maketrans(dict.fromkeys("./:@#\\", " "))  # Telegram would make them blue


def first_name(shown: str) -> str:
    """The name on one line, without direction marks, control characters, or a link in it."""
    return " ".join(clean(shown).translate(_MAKE_LINKS).split())[:LONGEST].strip()
