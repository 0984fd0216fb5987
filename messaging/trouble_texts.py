"""What is said while the database does not answer, to whoever it is: in every language at once."""

from messaging.i18n import Languages, Tongue


def nothing_can_be_kept(languages: Languages) -> str:
    """The same in each language, each on its lines: nobody can look up which is theirs."""
    return "\n\n".join(_in(tongue) for tongue in languages)


def _in(t: Tongue) -> str:
    # Translators: very short: it stands below the same words in the other languages.
    return t.gettext("We cannot answer now. We answer later.\nEmergency? Call 112.")
