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


def read(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, Sound | VoiceFault]]:
    """The sounds, or why not, by file name. It takes a while: before any transaction."""
    return [(name, _cleaned(content)) for name, content in files]


async def take(
    tx: Tx,
    language: str,
    scripts: Sequence[Script],
    files: Sequence[tuple[str, Sound | VoiceFault]],
    now: datetime,
) -> Taken:
    """Every file stands for its text from now on; a line for each that cannot."""
    known = {name_of(each.key): each for each in scripts}
    standing = await recordings.standing(tx, language)
    faults, replaced = list[str](), 0
    for name, made in files:
        script = known.get(PurePath(name).stem)
        if script is None:
            faults.append(f"{name}: no text has this name. See: lotsen recordings")
        elif isinstance(made, VoiceFault):
            faults.append(f"{name}: {_SENTENCES[made]}")
        else:
            content, seconds = made.content, made.seconds
            await recordings.put(tx, script.key, language, script.mark, content, seconds, now)
            replaced += script.key in standing
    return Taken(len(files) - len(faults) - replaced, replaced, tuple(faults))


def _cleaned(content: bytes) -> Sound | VoiceFault:
    try:
        return sound.cleaned(content)
    except Unusable as error:
        return error.fault
