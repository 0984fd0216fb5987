"""What parents find under a message that can be heard: *Listen*, in a row of its own (F5)."""

from dataclasses import replace

from messaging.i18n import Tongue
from messaging.keyboards import VOICE_NAME, Button, File, FileKind, Message
from messaging.sound import Sound

LOUDSPEAKER = "🔊"  # also for who does not read, and before a language is chosen


def with_listen(message: Message, data: str, t: Tongue | None) -> Message:
    """The message with *Listen* under its buttons, which stay where they are and are as many.

    `t` is None before a language is chosen.
    """
    label = f"{t.gettext('Listen')} {LOUDSPEAKER}" if t else LOUDSPEAKER
    return replace(message, rows=(*message.rows, (Button(label, data),)))


def voice(sound: Sound) -> Message:
    """The answer to *Listen*."""
    file = File(FileKind.VOICE, VOICE_NAME, sound.content, sound.seconds)
    return Message("", file=file)


def cannot_be_heard(t: Tongue) -> str:
    """Its recording is gone, or its words have changed since."""
    return t.gettext("Sorry, I cannot read this aloud just now.")
