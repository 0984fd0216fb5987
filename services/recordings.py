"""Staff read texts aloud for families: what is missing, send, keep, hear, remove (mission F5).

Recordings are everybody's: who meets families may speak them, and who translates. Only what a
colleague sends here, asked for it, is ever fetched; a parent's voice never is (F8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messaging.speech import Group, Script
from programme.errors import NotYours
from programme.recordings import LONGEST, MOST_BYTES, Stage, VoiceFault
from services.access import Colleague, writes_texts
from storage import recordings
from storage.database import Tx
from storage.recordings import Recording

__all__ = ["Recording"]


@dataclass(frozen=True)
class Shelf:
    """Everything of one language: what is to be spoken, and what has been."""

    scripts: Sequence[Script]
    standing: dict[str, Recording]

    def stands(self, script: Script) -> bool:
        """Whether families hear this text."""
        found = self.standing.get(script.key)
        return found is not None and found.words == script.mark

    def done(self, group: Group | None = None) -> int:
        """How many of these texts families hear."""
        return sum(self.stands(each) for each in self._of(group))

    def old(self, group: Group | None = None) -> int:
        """How many say other words than the text does now."""
        return sum(each.key in self.standing and not self.stands(each) for each in self._of(group))

    def missing(self, group: Group | None = None) -> list[Script]:
        """What nobody has spoken as it reads now, in order."""
        return [each for each in self._of(group) if not self.stands(each)]

    def unused(self) -> list[Recording]:
        """Recordings of texts that are not there any more."""
        keys = {each.key for each in self.scripts}
        return [each for key, each in self.standing.items() if key not in keys]

    def _of(self, group: Group | None) -> list[Script]:
        return [each for each in self.scripts if group in (None, each.group)]


def check(colleague: Colleague) -> None:
    """Raises NotYours for who has nothing to do with texts."""
    if not writes_texts(colleague):
        raise NotYours


async def shelf(tx: Tx, language: str, scripts: Sequence[Script]) -> Shelf:
    """What is recorded of these texts."""
    return Shelf(scripts, await recordings.standing(tx, language))


def fault_of(seconds: int, size: int) -> VoiceFault | None:
    """Why a voice message of that length and size will not be fetched."""
    if seconds > LONGEST:
        return VoiceFault.LONG
    return VoiceFault.BIG if size > MOST_BYTES else None


async def send(
    tx: Tx,
    colleague: Colleague,
    script: Script,
    language: str,
    file_id: str,
    seconds: int,
    now: datetime,
) -> None:
    """A colleague has spoken this text; the sound is fetched after the commit. NotYours."""
    check(colleague)
    staff_id = colleague.member.id
    await recordings.send(tx, script.key, language, script.mark, staff_id, file_id, seconds, now)


async def keep(tx: Tx, colleague: Colleague, number: int) -> Recording:
    """Families hear it from now on; raises NotYours if it is not the colleague's to say."""
    found = await one(tx, colleague, number)
    own = found.staff_id == colleague.member.id
    if not own or not (found.stage is Stage.STANDS or await recordings.keep(tx, number)):
        raise NotYours
    return found


async def remove(tx: Tx, colleague: Colleague, number: int) -> Recording:
    """It goes: one's own try, or whatever families hear; raises NotYours."""
    found = await one(tx, colleague, number)
    if found.stage is not Stage.STANDS and found.staff_id != colleague.member.id:
        raise NotYours
    await recordings.remove(tx, number)
    return found


async def one(tx: Tx, colleague: Colleague, number: int) -> Recording:
    """That recording; raises NotYours."""
    check(colleague)
    found = await recordings.get(tx, number)
    if found is None:
        raise NotYours
    return found


async def sound(tx: Tx, colleague: Colleague, number: int) -> tuple[bytes, int]:
    """How it sounds, and how many seconds that takes; raises NotYours."""
    found = await one(tx, colleague, number)
    content = await recordings.sound_of(tx, number)
    if content is None:
        raise NotYours
    return content, found.seconds
