"""What can be wrong with words. Each class's first line is its sentence.

WordsError
├── UnknownLanguage   there is no folder for that language
├── BadLanguage       a language's folder cannot be read
├── MissingValue      a sentence wants a value that it was not given
└── NoText            a tip or an idea has no words
"""

from collections.abc import Iterable


class WordsError(Exception):
    """Words could not be found or made; str() is an English sentence for whoever runs this."""


class UnknownLanguage(WordsError, LookupError):
    """There is no folder for that language."""

    def __init__(self, code: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no language {code!r}. Languages: {', '.join(known)}.")


class BadLanguage(WordsError):
    """A language's folder cannot be read."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")


class MissingValue(WordsError, LookupError):
    """A sentence wants a value that it was not given."""

    def __init__(self, template: str, name: str) -> None:
        super().__init__(f"No value for {{{name}}} in {template!r}.")


class NoText(WordsError, LookupError):
    """A tip or an idea has no words."""

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(f"There is no text for the {kind} {code!r}.")
