"""What coordinators read before a notice is sent, and of one that leaves (E1, E2, E4-E6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from messaging.audience_texts import act_button, back_to
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.notice_buttons import SEND_DAY, SEND_TIME, NoticeAct, NoticeList
from messaging.picker_buttons import NoChoice
from messaging.pickers import Asked
from messaging.progress_texts import Shown, progress
from messaging.visit_texts import at as filled_at
from programme.audience import LeftOut
from programme.notices import NoticeState

_LEFT_OUT: dict[LeftOut, str] = {
    # Translators: why parents do not get a notice, each a line of its own with how many they are.
    LeftOut.LANGUAGE: N_("They read a language that is not chosen: {n}."),
    LeftOut.PAUSED: N_("They have paused their messages, or their area is paused: {n}."),
    LeftOut.AWAY: N_("They are away: {n}."),
    LeftOut.NO_CONSENT: N_("They have not said yes to messages: {n}."),
    LeftOut.UNREACHABLE: N_("Telegram does not reach them: {n}."),
    LeftOut.NO_CHAT: N_("Families who do not use the chat: {n}."),
    LeftOut.RESTS: N_("They get no messages now: {n}."),
}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Who gets it and who does not, as a page shows it."""

    families: int
    parents: Mapping[str, int]  # by language
    later: int = 0
    left_out: Mapping[LeftOut, int]
    unsaid: int = 0


@dataclass(frozen=True, kw_only=True)
class Hindrance:
    """What makes sending impossible; nothing: it may leave."""

    missing: Sequence[str] = ()  # languages without words
    long: Sequence[str] = ()  # in which it does not fit into one message
    begun: bool = False  # what it tells of has begun

    @property
    def any(self) -> bool:
        """Whether it cannot be sent like that."""
        return bool(self.missing or self.long or self.begun)


def notice_check(
    t: Tongue, notice: int, counted: Counted, in_the_way: Hindrance, said: str = ""
) -> Message:
    """Before it is sent: how many get it, who is left out and why, and what is in the way."""
    lines = [*([said] * bool(said)), *_who(t, counted), *_left_out(t, counted)]
    lines += hindrance_lines(t, in_the_way)
    buttons = [act_button(t, t.gettext("See it as phones show it"), notice, NoticeAct.PREVIEW)]
    if counted.families and not in_the_way.any:
        buttons += _send(t, notice)
    return Message("\n".join(lines), one_each([*buttons, back_to(t, notice)]))


def _send(t: Tongue, notice: int) -> list[Button]:
    return [
        act_button(t, t.gettext("Send it now"), notice, NoticeAct.SEND),
        # Translators: on a button: choose day and hour at which it is sent.
        act_button(t, t.gettext("Send it later"), notice, NoticeAct.WHEN),
    ]


def _who(t: Tongue, counted: Counted) -> list[str]:
    if not counted.families:
        return [t.gettext("Nobody would get it.")]
    lines: list[str] = [t.fill(t.gettext("Families that get it: {n}."), n=counted.families)]
    for code, n in counted.parents.items():
        text = t.gettext("Parents who read it in {language}: {n}.")
        lines.append(t.fill(text, language=t.language_name(code), n=n))
    if counted.later:
        text = t.gettext(
            "Of these it reaches some later, or not at all, for they have had three messages "
            "this week: {n}."
        )
        lines.append(t.fill(text, n=counted.later))
    return lines


def _left_out(t: Tongue, counted: Counted) -> list[str]:
    found = [
        t.fill(t.gettext(text), n=n)
        for why, text in _LEFT_OUT.items()
        if (n := counted.left_out.get(why, 0))
    ]
    if counted.unsaid:
        text = t.gettext(
            "They have not said which parent they are, or if it is the first child: {n}."
        )
        found.append(t.fill(text, n=counted.unsaid))
    return ["", t.gettext("Who does not get it, and why:"), *found] if found else []


def hindrance_lines(t: Tongue, there: Hindrance) -> list[str]:
    """Why it cannot be sent, each reason a line."""
    lines = [""] if there.any else []
    if there.missing:
        text = t.gettext("It cannot be sent yet. The words are missing in: {languages}.")
        lines.append(t.fill(text, languages=t.language_names(there.missing)))
    if there.long:
        text = t.gettext("It does not fit into one message. Please shorten it in: {languages}.")
        lines.append(t.fill(text, languages=t.language_names(there.long)))
    if there.begun:
        lines.append(t.gettext("What it tells of is over, or is cancelled."))
    return lines


def preview_end(t: Tongue, notice: int, draft: bool) -> Message:
    """Under the messages as phones show them."""
    text = t.gettext("This is how phones show it. The buttons do nothing here.")
    there = NoticeAct.CHECK if draft else NoticeAct.SHOW
    return Message(text, one_each([back_to(t, notice, there)]))


def harmless(message: Message) -> Message:
    """The message as it will stand on a phone; its buttons do nothing."""
    nothing = NoChoice().pack()
    rows = tuple(tuple(Button(each.text, nothing) for each in row) for row in message.rows)
    return Message(message.text, rows, silent=True, file=message.file, pin=message.pin)


def said_already(t: Tongue, notice: int, later: bool) -> Message:
    """The same within a day: asked once (mission E6). `later`: then the day is chosen again."""
    text = t.gettext(
        "The same notice went to the same area less than a day ago, or is about to go. "
        "Shall families get it twice?"
    )
    act = NoticeAct.WHEN_AGAIN if later else NoticeAct.SEND_AGAIN
    yes = act_button(t, t.gettext("Yes, send it again"), notice, act)
    return Message(text, one_each([yes, back_to(t, notice, NoticeAct.CHECK)]))


def ask_send_day(t: Tongue, notice: int, again: bool) -> Asked:
    """On which day it leaves."""
    question = t.gettext("On which day is it sent?")
    return Asked(question, SEND_DAY, (notice, int(again)), back_to(t, notice, NoticeAct.CHECK))


def ask_send_time(t: Tongue, notice: int, again: bool) -> Asked:
    """At which hour of that day."""
    question = t.gettext("At which time is it sent?")
    return Asked(question, SEND_TIME, (notice, int(again)), back_to(t, notice, NoticeAct.WHEN))


# --- while it leaves, and afterwards -----------------------------------------------------------


def notice_leaving(
    t: Tongue,
    shown: Shown,
    facts: Sequence[str],
    send_at: datetime | None,
    zone: ZoneInfo,
    own_words: bool,
    said: str = "",
    own_picture: bool = False,
) -> Message:
    """A notice that is scheduled, leaves, or has left; and what can be done with it."""
    if shown.state is NoticeState.SCHEDULED and send_at is not None:
        stands: str = filled_at(t, t.gettext("It leaves on {date} at {time}."), send_at, zone)
    else:
        stands = progress(t, shown).text
    lines = [*([said] * bool(said)), stands, "", *facts]
    acts = _acts(t, shown.state, own_words, own_picture)
    buttons = [act_button(t, label, shown.notice, act) for label, act in acts]
    back = Button(t.gettext("Back"), NoticeList().pack())
    return Message("\n".join(lines), one_each([*buttons, back]))


def _acts(
    t: Tongue, state: NoticeState, own_words: bool, own_picture: bool
) -> list[tuple[str, NoticeAct]]:
    see = (t.gettext("See it as phones show it"), NoticeAct.PREVIEW)
    mend = [
        *([(t.gettext("Correct the words"), NoticeAct.WORDS)] if own_words else []),
        # Translators: on a button: another picture in place of the one that was sent.
        *([(t.gettext("Change the picture"), NoticeAct.PICTURE)] if own_picture else []),
        (t.gettext("Take it back"), NoticeAct.RECALL),
    ]
    # Translators: on a button: nothing more of the notice leaves, for good.
    stop = (t.gettext("Stop it"), NoticeAct.STOP)
    match state:
        case NoticeState.SCHEDULED:
            return [see, (t.gettext("Make it a draft again"), NoticeAct.UNSCHEDULE)]
        case NoticeState.SENDING:
            return [(t.gettext("Pause it"), NoticeAct.PAUSE), stop, see, *mend]
        case NoticeState.PAUSED:
            return [(t.gettext("Let it go on"), NoticeAct.RESUME), stop, see, *mend]
        case NoticeState.RECALLED:
            return [see]
        case _:
            return [see, *mend]


def ask_stop(t: Tongue, notice: int) -> Message:
    """Asked once."""
    text = t.gettext("Shall it be stopped? Who has not got it never gets it. Who has it keeps it.")
    yes = act_button(t, t.gettext("Yes, stop it"), notice, NoticeAct.STOP_SURE)
    return Message(text, one_each([yes, back_to(t, notice)]))


def ask_recall(t: Tongue, notice: int) -> Message:
    """Asked once."""
    text = t.gettext(
        "Shall it be taken back? It is deleted from the phones. Where that cannot be done any "
        "more, it says that it is taken back."
    )
    yes = act_button(t, t.gettext("Yes, take it back"), notice, NoticeAct.RECALL_SURE)
    return Message(text, one_each([yes, back_to(t, notice)]))


def notice_done(t: Tongue, what: str) -> str:
    """What has just been done."""
    match what:
        case "sent":
            return t.gettext("It begins to leave now.")
        case "scheduled":
            return t.gettext("It is planned.")
        case _:
            return t.gettext("Somebody else was faster. Please look again.")


def corrected(t: Tongue, phones: int, beyond: int) -> str:
    """The words of a notice that was sent are others; how many phones follow."""
    text = t.gettext("The words are corrected. Phones on which they change now: {n}.")
    lines = [t.fill(text, n=phones)]
    if beyond:
        text = t.gettext("Phones on which they cannot be changed, or nobody knows: {n}.")
        lines.append(t.fill(text, n=beyond))
    return "\n".join(lines)


def withdrawn_now(t: Tongue, phones: int, beyond: int) -> str:
    """The notice is withdrawn; on how many phones."""
    lines = [t.fill(t.gettext("Phones from which it is taken away now: {n}."), n=phones)]
    if beyond:
        text = t.gettext("Phones on which it stays, or nobody knows: {n}.")
        lines.append(t.fill(text, n=beyond))
    return "\n".join(lines)
