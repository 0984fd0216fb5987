"""Write to your team, in words: for the parent, for staff, and what travels between them (F7)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from messaging.i18n import Tongue
from messaging.isolates import Sign, Value
from messaging.keyboards import Button, Message, Rows, lay_out, one_each
from messaging.plain import plain
from messaging.staff_texts import back_rows, called
from messaging.texts import back_button, menu_rows, start_again_button
from messaging.trust_buttons import AnswerThread, DeleteSent, Trust, TrustPage
from messaging.trust_menu import call_button, team_button
from programme.letters import Letter, TeamAnswer
from programme.people import Why


def may_write(t: Tongue, hours: tuple[int, int]) -> Message:
    """Who reads, when, and what not to write; the next message goes to the team."""
    lines = [
        t.gettext("Write one message now. I give it to your team."),
        _when_read(t, hours),
        t.gettext(
            "Please do not write about illness, money or family problems. "
            "Is it an emergency? Call 112."
        ),
    ]
    # Translators: on a button: I do not want to write after all.
    no = Button(t.gettext("Do not write"), Trust(page=TrustPage.TEAM_NO).pack())
    return Message("\n".join(lines), lay_out([no], t.one_per_row))


def _when_read(t: Tongue, hours: tuple[int, int]) -> str:
    """Only hours that the team has set are said."""
    begins, ends = hours
    if begins >= ends:
        return t.gettext("Somebody reads it on a working day, in the daytime.")
    text = t.gettext("Somebody reads it on a working day, between {begins} and {ends}.")
    return t.fill(text, begins=_clock(begins), ends=_clock(ends))


def _clock(minutes: int) -> Sign:
    return Sign(f"{minutes // 60:02}:{minutes % 60:02}")


def nobody_reads(t: Tongue) -> Message:
    """No colleague reads messages here."""
    text = t.gettext(
        "Your team does not read messages here.\n"
        "Ask us at the visit. Call 1177 for advice about illness."
    )
    return Message(text, lay_out([call_button(t), back_button(t)], t.one_per_row))


def first_start_again(t: Tongue, rest: Why) -> Message:
    """Messages rest: an answer could not come."""
    text = t.gettext("Your messages rest. An answer cannot reach you until you start again.")
    buttons = [start_again_button(t, rest), call_button(t), back_button(t)]
    return Message(text, lay_out(buttons, t.one_per_row))


def too_long(t: Tongue, most: int) -> str:
    """The message holds too much."""
    text = t.ngettext(
        "That is too long. Please write at most {n} letter.",
        "That is too long. Please write at most {n} letters.",
        most,
    )
    return t.fill(text, n=most)


def given_to_team(t: Tongue, message: int, hours: tuple[int, int]) -> Message:
    """The team has it; what was written can go from the phone."""
    lines = [t.gettext("Your team gets your message. The answer comes here."), _when_read(t, hours)]
    buttons = [
        Button(t.gettext("Delete what I wrote"), DeleteSent(message=message).pack()),
        back_button(t),
    ]
    return Message("\n".join(lines), lay_out(buttons, t.one_per_row))


def no_files(t: Tongue, message: int) -> Message:
    """A picture, voice message, file, contact or place: never opened, never kept (mission F8)."""
    text = t.gettext(
        "I cannot open pictures, voice messages or files. I do not keep them.\n"
        "We can call you, with an interpreter.\n"
        "Call 1177 for advice about illness."
    )
    buttons = [
        call_button(t),
        Button(t.gettext("Delete what I sent"), DeleteSent(message=message).pack()),
        back_button(t),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))


def will_call(t: Tongue) -> Message:
    """Staff are asked to call."""
    text = t.gettext(
        "Your team is told to call you, with an interpreter if you need one.\n"
        "They call on a working day. Is it an emergency? Call 112."
    )
    return Message(text, lay_out([back_button(t)], t.one_per_row))


def answer_body(letter: TeamAnswer, t: Tongue) -> str:
    """What the team answers, in their own words."""
    # Translators: {text} is what a person of the team has written, in any language.
    return t.fill(t.gettext("Your team answers: {text}"), text=letter.text)


def body(letter: Letter, t: Tongue, _zone: ZoneInfo) -> str | None:
    """The words of an answer of the team; None if it is something else."""
    return answer_body(letter, t) if isinstance(letter, TeamAnswer) else None


def rows(letter: Letter, t: Tongue, _zone: ZoneInfo) -> Rows:
    """One may write again."""
    if isinstance(letter, TeamAnswer):
        return lay_out([team_button(t), back_button(t)], t.one_per_row)
    return ()


# Staff ------------------------------------------------------------------------------------------


def ask_body(t: Tongue, family: Value, text: str) -> str:
    """To staff: what a parent has written, in their own words."""
    # Translators: {text} is what a parent has written, in any language.
    said = t.gettext("Family {family} writes: {text}")
    return t.fill(said, family=family, text=text)


def answer_button(t: Tongue, thread: int) -> Button:
    """I answer it."""
    return Button(t.gettext("Answer"), AnswerThread(thread=thread).pack())


def open_threads(t: Tongue, found: Sequence[tuple[int, Value]]) -> Message:
    """What nobody has answered: one button each."""
    if not found:
        return Message(t.gettext("Nobody waits for an answer."), back_rows(t))
    buttons = [
        Button(plain(called(t, family)), AnswerThread(thread=number).pack())
        for number, family in found
    ]
    return Message(
        t.gettext("These families wait for an answer:"), (*one_each(buttons), *back_rows(t))
    )


def write_answer(t: Tongue, language: str, text: str) -> Message:
    """How an answer is written, and who reads it."""
    lines = [
        # Translators: {text} is what a parent has written.
        t.fill(t.gettext("The parent wrote: {text}"), text=text),
        t.fill(
            t.gettext(
                "Write your answer now. Only the parent who asked reads it, as you write it.\n"
                "They read {language}. Write in easy words, or phone with an interpreter.\n"
                "Write nothing about health or money."
            ),
            language=language,
        ),
    ]
    return Message("\n".join(lines), back_rows(t))


def answer_given(t: Tongue) -> Message:
    """It is on its way to the parent."""
    return Message(t.gettext("Your answer is on its way to the parent."), back_rows(t))


def already_answered(t: Tongue) -> Message:
    """A colleague was faster, or its time is over."""
    text = t.gettext("Somebody has answered this, or it is closed.")
    return Message(text, back_rows(t))


def after_team(t: Tongue, rest: Why | None) -> Message:
    """The parent does not write after all."""
    return Message(t.gettext("All right. I give nothing to your team."), menu_rows(t, rest))
