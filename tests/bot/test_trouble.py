"""Who writes while nothing can be kept reads why nobody answers, and where help is."""

from bot.trouble import TELL_AFTER, Trouble
from messaging.replies import Reply

PRESSED = {"callback_query": {"id": "77"}}


class Voice:
    """A speaker that keeps what it says."""

    def __init__(self) -> None:
        self.said: list[tuple[int, str, str | None]] = []

    async def speak(self, chat_id: int, reply: Reply, press) -> list[int]:
        self.said.append((chat_id, reply.messages[0].text, press and press["id"]))
        return []


async def test_each_person_is_told_once_in_every_language_and_again_in_the_next_trouble(languages):
    voice = Voice()
    trouble = Trouble(voice, languages)
    wrote = [(5, {"message": {}}), (6, PRESSED), (-7, {"message": {}}), (None, {})]

    for failure in range(1, TELL_AFTER + 3):
        await trouble.tell(wrote)
        assert len(voice.said) == (2 if failure >= TELL_AFTER else 0)
    assert [(chat, press) for chat, _, press in voice.said] == [(5, None), (6, "77")]
    words = voice.said[0][1]
    assert all(len(own.split()) <= 20 for own in words.split("\n\n"))
    assert words.count("112") == len(list(languages))

    trouble.over()
    for _ in range(TELL_AFTER):
        await trouble.tell(wrote)
    assert len(voice.said) == 4
