"""Recordings out of a studio's files, named by key: all of a folder, or nothing (mission F5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from messaging import sound
from messaging.sound import Sound
from messaging.speech import Script
from programme.recordings import LONGEST, Unusable, VoiceFault
from storage import recordings
from storage.database import Tx

ENDINGS = frozenset({".ogg", ".oga", ".opus", ".wav", ".mp3", ".m4a", ".flac"})
_SENTENCES = {
    VoiceFault.LONG: f"longer than {LONGEST} seconds",
    VoiceFault.BIG: "too large",
    VoiceFault.SILENT: "nothing can be heard in it",
    VoiceFault.NO_SOUND: "not a sound that can be read",
    VoiceFault.NOT_FETCHED: "cannot be read",
}


@dataclass(frozen=True)
class Taken:
    """What came of a folder; with `faults` nothing is to be kept."""

    new: int = 0
    replaced: int = 0
    faults: tuple[str, ...] = ()


def name_of(key: str) -> str:
    """The file's name for that key: a colon is no sign for a file."""
    return key.replace(":", "-", 1)


async def take(
    tx: Tx,
    language: str,
    scripts: Sequence[Script],
    files: Iterable[tuple[str, bytes]],
    now: datetime,
) -> Taken:
    """Every file stands for its text from now on; a line for each that cannot."""
    known = {name_of(each.key): each for each in scripts}
    standing = await recordings.standing(tx, language)
    new, replaced, faults = 0, 0, list[str]()
    for name, content in files:
        script = known.get(PurePath(name).stem)
        made = _cleaned(content)
        if script is None:
            faults.append(f"{name}: no text has this name. See: lotsen recordings")
        elif isinstance(made, VoiceFault):
            faults.append(f"{name}: {_SENTENCES[made]}")
        else:
            await recordings.put(
                tx, script.key, language, script.mark, made.content, made.seconds, now
            )
            new, replaced = _counted(new, replaced, script.key in standing)
    return Taken(new, replaced, tuple(faults))


def _counted(new: int, replaced: int, stood: bool) -> tuple[int, int]:
    return (new, replaced + 1) if stood else (new + 1, replaced)


def _cleaned(content: bytes) -> Sound | VoiceFault:
    try:
        return sound.cleaned(content)
    except Unusable as error:
        return error.fault
