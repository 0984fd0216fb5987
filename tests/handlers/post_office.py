"""What is pushed to the phones of the handler tests: planned and delivered as at work."""

from dataclasses import dataclass, field

from services import delivery, installation
from tests.fakes import Said
from tests.handlers.phone import BOT_NAME, Lotsen, Phone
from tests.services.post import Post


@dataclass
class PostOffice:
    """Delivers what waits in the outbox, at the hour of the chat's own clock."""

    lotsen: Lotsen
    post: Post
    read: dict[int, int] = field(default_factory=dict)

    async def to(self, phone: Phone) -> list[Said]:
        """What that phone has got by push since it was asked last."""
        self.post.clock.set(self.lotsen.clock.now())
        await self.post.deliver()
        got = [said for said in self.post.push.arrived if said.chat_id == phone.id]
        seen = self.read.get(phone.id, 0)
        self.read[phone.id] = len(got)
        return got[seen:]


def open_office(lotsen: Lotsen, monkeypatch) -> PostOffice:
    """A post office beside the chat, whose rests are short."""
    monkeypatch.setattr(delivery, "IDLE_SECONDS", 0.01)
    return PostOffice(lotsen, Post(lotsen.db, lotsen.languages, lotsen.clock.now()))


async def known_bot(lotsen: Lotsen) -> None:
    """As after the first start: the bot's name is known."""
    await installation.remember_bot(lotsen.db, BOT_NAME)


def presses(said: Said) -> dict[str, str]:
    """The buttons of a pushed message: label and data."""
    rows = said.keyboard["inline_keyboard"] if said.keyboard else []
    return {each["text"]: each["callback_data"] for row in rows for each in row}
