"""Buttons with which words are translated: by translators, and looked through by coordinators."""

from enum import StrEnum

from messaging.callbacks import CallbackData


class WordsAct(StrEnum):
    """What somebody does with the words in one language."""

    TAKE = "take"  # I translate it
    LEAVE = "leave"  # somebody else may
    GIVE = "give"  # it is ready: the coordinator looks at it
    YES = "yes"  # they are right
    BACK = "back"  # other words, please
    WRITE = "write"  # type them: who has taken them, or the coordinator
    AGAIN = "again"  # ask the translators once more: what is translated has changed


class Translations(CallbackData, prefix="NT"):
    """What waits: for a translator, or for a coordinator."""

    page: int = 0


class ShowWords(CallbackData, prefix="NTW"):
    """The words in one language, beside those that are translated."""

    wording: int


class ActOnWords(CallbackData, prefix="NTA"):
    """That, with those words."""

    wording: int
    act: WordsAct
    revision: int = 0  # which words were seen


class WriteIn(CallbackData, prefix="NTL"):
    """I write in that language, or not any more; empty: show which."""

    code: str = ""
