"""Recordings in words for staff: what is missing, what to read aloud, what became of it (F5)."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.marks import N_
from messaging.plain import plain
from messaging.speech import Group, Script
from messaging.voice_buttons import (
    HearRecording,
    KeepRecording,
    OneRecording,
    RecordAgain,
    RecordingList,
    Recordings,
    RecordingsIn,
    RecordNext,
    RemoveRecording,
)
from programme.recordings import LONGEST, VoiceFault

_GROUPS: dict[Group, str] = {
    # Translators: on a button for staff: which texts are read aloud. {done} and {n} are numbers.
    Group.WAY_IN: N_("First messages and visits: {done} of {n}"),
    Group.DATES: N_("Dates and times: {done} of {n}"),
    Group.TIPS: N_("Tips and ideas: {done} of {n}"),
    Group.GUIDE: N_("Parent guide: {done} of {n}"),
}
_FAULTS: dict[VoiceFault, str] = {
    VoiceFault.LONG: N_("It is too long. At most {seconds} seconds, please."),
    VoiceFault.BIG: N_("The file is too large. Please speak it as a voice message."),
    VoiceFault.SILENT: N_("I hear nothing in it. Please check the microphone and speak again."),
    VoiceFault.NO_SOUND: N_("I cannot play this. Please speak it as a voice message."),
    VoiceFault.NOT_FETCHED: N_("I did not get it from Telegram. Please speak it again."),
}
_LABEL = 40  # signs of a text on a button


@dataclass(frozen=True)
class Progress:
    """How much of a group can be heard; `old`: its words have changed since."""

    group: Group
    done: int
    old: int
    n: int


@dataclass(frozen=True)
class Line:
    """One recording in the list."""

    id: int
    words: str
    old: bool


def record_button(t: Tongue) -> Button:
    """In the menu of staff."""
    # Translators: on a button for staff: texts that are read aloud for families.
    return Button(t.gettext("Recordings"), Recordings().pack())


def record_languages(t: Tongue, found: Sequence[tuple[str, int, int]]) -> Message:
    """Each language, with how many of its texts can be heard."""
    text = t.gettext(
        "Many parents understand better what they hear than what they read.\n"
        "Here you read texts aloud as voice messages. Families then find a Listen button.\n"
        "Which language do you speak?"
    )
    label = t.gettext("{language}: {done} of {n}")
    buttons = [
        _button(
            t.fill(label, language=t.language_name(code), done=done, n=n),
            RecordingsIn(language=code).pack(),
        )
        for code, done, n in found
    ]
    return Message(text, one_each([*buttons, _back(t, StaffPage(page=STAFF_MENU).pack())]))


def record_groups(t: Tongue, language: str, groups: Sequence[Progress]) -> Message:
    """What there is to record in that language."""
    name = t.language_name(language)
    lines: list[str] = [t.fill(t.gettext("Recordings in {language}."), language=name)]
    if old := sum(each.old for each in groups):
        text = t.ngettext(
            "{n} recording says other words than the text does now. Families do not hear it.",
            "{n} recordings say other words than the texts do now. Families do not hear them.",
            old,
        )
        lines.append(t.fill(text, n=old))
    lines.append(t.gettext("What would you like to read aloud?"))
    buttons = [_group(t, language, each) for each in groups]
    return Message("\n".join(lines), one_each([*buttons, _back(t, Recordings().pack())]))


def _group(t: Tongue, language: str, each: Progress) -> Button:
    label = t.fill(t.gettext(_GROUPS[each.group]), done=each.done, n=each.n)
    return _button(label, RecordNext(language=language, group=each.group).pack())


def record_ask(
    t: Tongue, language: str, script: Script, done: int, n: int, skip: int | None
) -> Message:
    """The words to read aloud; `skip`: the number of the one after it, None if it is the last."""
    group = script.group
    lines: list[str] = [
        t.fill(t.gettext("Recorded: {done} of {n}."), done=done, n=n),
        t.fill(
            t.gettext("Read this aloud in {language}, and send it as a voice message:"),
            language=t.language_name(language),
        ),
        "",
        f"<b>{_as_html(script.words)}</b>",
    ]
    if script.example and script.example != script.words:
        # Translators: under words to be read aloud: the sentence they stand in.
        example = t.fill(t.gettext("As in: {example}"), example=script.example)
        lines += ["", example, t.gettext("Say only the words in bold, as they sound there.")]
    buttons = []
    if skip is not None:
        label = t.gettext("Another one first")
        buttons.append(Button(label, RecordNext(language=language, group=group, skip=skip).pack()))
    return Message("\n".join(lines), one_each([*buttons, *_around(t, language, group)]))


def record_all_done(t: Tongue, language: str, group: Group) -> Message:
    """Nothing is missing in that group."""
    text = t.gettext("Everything here is recorded. Thank you!")
    return Message(text, one_each(_around(t, language, group)))


def _around(t: Tongue, language: str, group: Group) -> list[Button]:
    listed = RecordingList(language=language, group=group).pack()
    return [
        Button(t.gettext("What is recorded"), listed),
        _back(t, RecordingsIn(language=language).pack()),
    ]


def record_taken(t: Tongue) -> str:
    """The voice message is here; it is fetched now."""
    return t.gettext("Thank you! One moment: then you hear it as families will.")


def record_wants_voice(t: Tongue, language: str) -> Message:
    """Something else came than a voice message."""
    text = t.gettext(
        "Please send it as a voice message: hold down the microphone and speak.\n"
        "Nothing else is taken here."
    )
    return Message(text, one_each([_back(t, RecordingsIn(language=language).pack())]))


def record_refused(t: Tongue, language: str, fault: VoiceFault) -> Message:
    """It cannot be used, and can be spoken again; or back."""
    back = _back(t, RecordingsIn(language=language).pack())
    return Message(record_fault(t, fault), one_each([back]))


def record_fault(t: Tongue, fault: VoiceFault) -> Ready:
    """Why it cannot be used."""
    return t.fill(t.gettext(_FAULTS[fault]), seconds=LONGEST)


def record_heard(t: Tongue, number: int) -> Message:
    """Under the sound as families will hear it: is it good?"""
    text = t.gettext("This is how families will hear it. Is it good?")
    buttons = [
        # Translators: on a button: families may hear this recording.
        Button(t.gettext("Yes, use it"), KeepRecording(recording=number).pack()),
        Button(t.gettext("Speak it again"), RecordAgain(recording=number).pack()),
        Button(t.gettext("Remove"), RemoveRecording(recording=number).pack()),
    ]
    return Message(text, one_each(buttons))


def record_failed(t: Tongue, number: int, fault: VoiceFault) -> Message:
    """It was fetched and cannot be used: why, and once more."""
    again = Button(t.gettext("Speak it again"), RecordAgain(recording=number).pack())
    return Message(record_fault(t, fault), one_each([again, _back(t, Recordings().pack())]))


def record_kept(t: Tongue) -> str:
    """Families hear it now."""
    return t.gettext("Saved. Families can hear it now.")


def record_removed(t: Tongue) -> str:
    """It is gone."""
    return t.gettext("It is removed. Nobody can hear it any more.")


def record_list(
    t: Tongue, language: str, group: Group, lines: Sequence[Line], screen: int, more: bool
) -> Message:
    """What has been recorded, each a button."""
    text = t.gettext("Press one to hear it, to speak it again or to remove it.")
    if not lines:
        text = t.gettext("Nothing is recorded here yet.")
    buttons = [_line(t, each) for each in lines]
    if more:
        turn = RecordingList(language=language, group=group, screen=screen + 1).pack()
        buttons.append(Button(t.gettext("More"), turn))
    back = _back(t, RecordNext(language=language, group=group).pack())
    return Message(text, one_each([*buttons, back]))


def _line(t: Tongue, each: Line) -> Button:
    words = " ".join(each.words.split())[:_LABEL]
    # Translators: on a button: this recording says other words than the text does now.
    label = plain(t.fill(t.gettext("Old: {words}"), words=words)) if each.old else words
    return Button(label, OneRecording(recording=each.id).pack())


def record_one(
    t: Tongue, number: int, words: str, speaker: str | None, on: date, old: bool
) -> Message:
    """One recording: what it says, who spoke it and when."""
    text = t.gettext("Recorded on {date}.")
    if speaker:
        text = t.gettext("Recorded by {name} on {date}.")
    lines: list[str] = [t.fill(text, date=t.date(on, with_year=True), name=speaker or "")]
    if old:
        lines.append(t.gettext("The text has changed since. Families do not hear this recording."))
    lines += ["", f"<b>{_as_html(words)}</b>"]
    return Message("\n".join(lines), _one_rows(t, number))


def _one_rows(t: Tongue, number: int) -> Rows:
    buttons = [
        Button(t.gettext("Listen"), HearRecording(recording=number).pack()),
        Button(t.gettext("Speak it again"), RecordAgain(recording=number).pack()),
        Button(t.gettext("Remove"), RemoveRecording(recording=number).pack()),
        _back(t, Recordings().pack()),
    ]
    return one_each(buttons)


def _as_html(words: str) -> str:
    """Each line finds its own direction by its first letter, whatever the reader's language."""
    return html.escape(words, quote=False)


def _button(label: Ready, data: str) -> Button:
    return Button(plain(label), data)


def _back(t: Tongue, data: str) -> Button:
    return Button(t.gettext("Back"), data)
