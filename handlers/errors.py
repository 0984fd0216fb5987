"""What is said when something fails: a broken rule in words, anything else as an apology.

Never a traceback, an id or a word of another language. What failed is in the log, under the number
that the person was told.
"""

from messaging import join_texts, loss_texts, texts
from messaging.i18n import Languages
from messaging.keyboards import Message
from messaging.replies import Reply, say
from services import access, loss
from services.types import Tx


class Refused(Exception):
    """A rule was broken: what was written is rolled back, and this is said."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("refused")
        self.reply = reply


class Words:
    """Finds the language of whoever must be apologised to."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages

    async def apology(self, tx: Tx, chat_id: int | None, number: str) -> Reply | None:
        """Sorry, in the person's language, with the number by which staff find what it was; for a
        stranger the way to begin again."""
        reader = await access.reader_of(tx, chat_id) if chat_id is not None else None
        if reader is not None:
            t = self._languages.get(reader.guardian.language)
            if await loss.hushed(tx, reader):  # even then nothing else is ever said
                return say(loss_texts.resting(t, False))
            return say(Message(texts.error(t, number)))
        colleague = await access.colleague_of(tx, chat_id) if chat_id is not None else None
        if colleague is not None:
            t = self._languages.get(colleague.member.language)
            return say(Message(texts.error(t, number)))
        return say(join_texts.choose_language(self._languages))

    async def too_many(self, tx: Tx, chat_id: int) -> Reply | None:
        """That it was too much at once; to a stranger, and after a loss, nothing."""
        reader = await access.reader_of(tx, chat_id)
        if reader is not None:
            t = self._languages.get(reader.guardian.language)
            return None if await loss.hushed(tx, reader) else say(Message(texts.too_many(t)))
        colleague = await access.colleague_of(tx, chat_id)
        if colleague is None:
            return None
        return say(Message(texts.too_many(self._languages.get(colleague.member.language))))
