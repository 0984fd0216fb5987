"""What a parent can hear: only what was recorded in the words that are written now (mission F5)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from messaging import scripts, sound, visit_speech
from messaging.i18n import Languages, Tongue
from messaging.letters import foremost
from messaging.sound import Sound
from messaging.speech import Script
from messaging.voice_buttons import Listen, ListenVisit
from programme.letters import AgeLetter, Letter
from storage import recordings
from storage.database import Tx
from storage.recordings import Marks


async def stands(tx: Tx, language: str, spoken: Sequence[Script]) -> bool:
    """Whether all of it can be heard."""
    return bool(await _numbers(tx, language, spoken))


async def hear(tx: Tx, language: str, spoken: Sequence[Script]) -> Sound | None:
    """All of it as one voice message; None if a piece is missing, or its words have changed."""
    numbers = await _numbers(tx, language, spoken)
    found = await recordings.sounds(tx, set(numbers))
    if not numbers or any(each not in found for each in numbers):
        return None
    return sound.joined([found[each] for each in numbers])


async def _numbers(tx: Tx, language: str, spoken: Sequence[Script]) -> list[int]:
    return _found(await recordings.marks(tx, language), spoken)


def _found(marks: Marks, spoken: Sequence[Script]) -> list[int]:
    """The recordings of it, in order; none at all if one is missing."""
    found = [marks.get(each.key) for each in spoken]
    numbers = [
        known[0]
        for each, known in zip(spoken, found, strict=True)
        if known and known[1] == each.mark
    ]
    return numbers if len(numbers) == len(spoken) else []


async def hear_languages(tx: Tx, languages: Languages) -> Sound | None:
    """The choice of language, in each language that has been recorded; None if none has."""
    found = [await hear(tx, t.code, [scripts.choice(t, languages)]) for t in languages]
    spoken = [each.content for each in found if each]
    return sound.joined(spoken) if spoken else None


async def some_language_stands(tx: Tx, languages: Languages) -> bool:
    """Whether the choice of language can be heard at all."""
    for t in languages:
        if await stands(tx, t.code, [scripts.choice(t, languages)]):
            return True
    return False


def is_spoken(letters: Sequence[Letter], folded: bool) -> bool:
    """Whether these can be heard at all, in whatever language.

    Of several in one message the foremost is spoken. What is folded to lines is not.
    """
    first = foremost(letters)
    if first.staff_id is not None or (folded and isinstance(first, AgeLetter)):
        return False
    return visit_speech.said_by(first) is not None or scripts.is_spoken(first)


def button(marks: Marks, letters: Sequence[Letter], t: Tongue, zone: ZoneInfo) -> str | None:
    """What *Listen* under letters that are spoken sends; None if it cannot be heard."""
    first = foremost(letters)
    if not marks:
        return None
    if said := visit_speech.said_by(first):
        spoken = visit_speech.scripts_of(said, t, zone)
        return ListenVisit.of(said).pack() if _found(marks, spoken) else None
    script = scripts.of_letter(first, t)
    if script is None or not _found(marks, [script]):
        return None
    return Listen.to(script.key, t.code).pack()
