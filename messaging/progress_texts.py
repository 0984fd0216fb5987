"""How far a notice is, in one message that is edited in place (mission E4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from messaging.i18n import Tongue
from messaging.isolates import Sign
from messaging.keyboards import Button, Message, lay_out
from messaging.marks import N_
from messaging.progress_buttons import Steer, Steering
from programme.notices import NoticeState

CELLS = 10
_STATES: dict[NoticeState, str] = {
    # Translators: how far a notice is, a line of its own. So the next four.
    NoticeState.SENDING: N_("It is leaving now."),
    NoticeState.PAUSED: N_("It is paused. Nothing leaves until you let it go on."),
    NoticeState.STOPPED: N_("It is stopped. Who had not got it never does."),
    NoticeState.DONE: N_("It is sent."),
    NoticeState.RECALLED: N_("It is taken back."),
}
_DROPPED: dict[str, str] = {
    # Translators: why parents did not get a notice after all, with how many they are.
    "stopped": N_("It was stopped before: {n}."),
    "recalled": N_("It was taken back before: {n}."),
    "too_late": N_("It would have come too late: {n}."),
    "week_full": N_("They had three messages this week already: {n}."),
    "language": N_("They have chosen another language since: {n}."),
    "paused": N_("They have paused their messages: {n}."),
    "away": N_("They are away: {n}."),
    "rests": N_("They get no messages now: {n}."),
}


@dataclass(frozen=True, kw_only=True)
class Mend:
    """How far the phones are with a correction, or with taking it back."""

    done: int = 0
    waiting: int = 0
    beyond: int = 0

    @property
    def any(self) -> bool:
        """Whether there was one."""
        return bool(self.done or self.waiting or self.beyond)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the message tells."""

    notice: int
    title: str
    state: NoticeState
    readers: int = 0
    sent: int = 0
    waiting: int = 0
    failed: int = 0
    unreachable: int = 0
    in_doubt: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    edits: Mend = Mend()
    deletes: Mend = Mend()
    left: timedelta | None = None  # about so long still, if anybody knows
    night: bool = False  # nothing of it may leave now
    never_left: bool = False  # what it tells of had begun before it could


def progress(t: Tongue, shown: Shown) -> Message:
    """The bar, the figures, how long still, and the buttons that fit."""
    # Translators: the first line of a page; {title} is what staff have called the notice.
    lines: list[str] = [t.fill(t.gettext("Notice: {title}"), title=shown.title)]
    if shown.never_left:
        text = t.gettext("It was not sent: what it tells of had begun, or is cancelled.")
        return Message("\n".join([*lines, text]))
    lines.append(t.gettext(_STATES[shown.state]))
    lines += [_bar(t, shown), *_figures(t, shown), *_mended(t, shown), *_time(t, shown)]
    return Message("\n".join(lines), lay_out(_buttons(t, shown), t.one_per_row))


def _bar(t: Tongue, shown: Shown) -> str:
    if not shown.readers:
        return t.gettext("Nobody was left to send it to.")
    done = shown.readers - shown.waiting
    full = done * CELLS // shown.readers
    bar = Sign("▓" * full + "░" * (CELLS - full))
    # Translators: {bar} is a line that fills up, {n} of {all} parents are done with.
    text = t.gettext("Done: {bar} {n} of {all}.")
    return t.fill(text, bar=bar, n=done, all=shown.readers)


def _figures(t: Tongue, shown: Shown) -> list[str]:
    said = (
        (shown.sent, t.gettext("Have it: {n}.")),
        (shown.waiting, t.gettext("Get it later: {n}.")),
        (shown.unreachable, t.gettext("Telegram does not reach them: {n}.")),
        (shown.failed, t.gettext("It failed for: {n}.")),
        (shown.in_doubt, t.gettext("Nobody knows if they have it: {n}.")),
    )
    lines: list[str] = [t.fill(text, n=n) for n, text in said if n]
    return [
        *lines,
        *(t.fill(t.gettext(text), n=n) for why, text in _DROPPED.items() if (n := _of(shown, why))),
    ]


def _of(shown: Shown, why: str) -> int:
    return shown.dropped.get(why, 0)


def _mended(t: Tongue, shown: Shown) -> list[str]:
    said = (
        (shown.edits.done, t.gettext("Phones on which it is corrected: {n}.")),
        (shown.edits.waiting, t.gettext("Phones on which it is corrected soon: {n}.")),
        (shown.edits.beyond, t.gettext("Phones on which it cannot be corrected: {n}.")),
        (shown.deletes.done, t.gettext("Phones from which it is taken: {n}.")),
        (shown.deletes.waiting, t.gettext("Phones from which it is taken soon: {n}.")),
        (shown.deletes.beyond, t.gettext("Phones from which it cannot be taken: {n}.")),
    )
    return [t.fill(text, n=n) for n, text in said if n]


def _time(t: Tongue, shown: Shown) -> list[str]:
    if shown.night and shown.state is NoticeState.SENDING and shown.waiting:
        return [t.gettext("It is night for families now: it goes on in the morning.")]
    if shown.left is None:
        return []
    minutes = max(1, round(shown.left.total_seconds() / 60))
    text = t.ngettext("About {n} minute still.", "About {n} minutes still.", minutes)
    return [t.fill(text, n=minutes)]


def _buttons(t: Tongue, shown: Shown) -> list[Button]:
    # Translators: on buttons: nothing of the notice leaves for now; it leaves again; never again.
    pause, resume, stop = t.gettext("Pause"), t.gettext("Go on"), t.gettext("Stop it")
    match shown.state:
        case NoticeState.SENDING:
            return [_steer(pause, shown, Steering.PAUSE), _steer(stop, shown, Steering.STOP)]
        case NoticeState.PAUSED:
            return [_steer(resume, shown, Steering.RESUME), _steer(stop, shown, Steering.STOP)]
        case _:
            return []


def _steer(label: str, shown: Shown, act: Steering) -> Button:
    return Button(label, Steer(notice=shown.notice, act=act).pack())


def ask_stop(t: Tongue, shown: Shown) -> Message:
    """Asked once, in a message of its own: the other one goes on counting."""
    text = t.gettext("Shall it be stopped? Who has not got it never gets it. Who has it keeps it.")
    buttons = [
        _steer(t.gettext("Yes, stop it"), shown, Steering.STOP_SURE),
        _steer(t.gettext("No"), shown, Steering.LOOK),
    ]
    return Message(text, lay_out(buttons, t.one_per_row))
