"""What coordinators read while they write a notice: what it is about, its words, for whom (E1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from messaging import activity_lines, public_words
from messaging.activity_buttons import ActivityOfNotice
from messaging.audience_texts import act_button, audience_lines, back_to
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.notice_buttons import (
    ActOnNotice,
    BeginNotice,
    NewNotice,
    NoticeAct,
    NoticeDesk,
    NoticeIn,
    NoticeList,
    NoticeTo,
    WriteNotice,
)
from messaging.plain import plain
from messaging.translating_buttons import ShowWords
from messaging.translating_texts import how_to_write
from programme.activities import Activity, Words
from programme.notices import Audience, NoticeState, WordingState

_LISTED: dict[NoticeState, str] = {
    # Translators: on a button in the list of notices; {title} is its first line. So the next six.
    NoticeState.DRAFT: N_("Draft: {title}"),
    NoticeState.SCHEDULED: N_("Leaves later: {title}"),
    NoticeState.SENDING: N_("Leaving now: {title}"),
    NoticeState.PAUSED: N_("Paused: {title}"),
    NoticeState.STOPPED: N_("Stopped: {title}"),
    NoticeState.DONE: N_("Sent: {title}"),
    NoticeState.RECALLED: N_("Taken back: {title}"),
}


@dataclass(frozen=True)
class Shown:
    """A draft as its page shows it."""

    id: int
    audience: Audience
    areas: Sequence[str]  # their names
    states: Mapping[str, WordingState]  # how far the words are, by language
    activity: Activity | None
    picture: bool
    urgent: bool
    state: NoticeState = NoticeState.DRAFT


def desk_button(t: Tongue) -> Button:
    """Opens everything about notices and activities."""
    # Translators: on a button for coordinators.
    return Button(t.gettext("Notices and activities"), NoticeDesk().pack())


def notice_desk(t: Tongue, more: Sequence[Button] = ()) -> Message:
    """Where coordinators tell many families something; `more`: the other tasks' buttons."""
    text = t.gettext(
        "Here you tell many families something at once, and plan what they can come to."
    )
    buttons = [
        Button(t.gettext("New notice"), NewNotice().pack()),
        # Translators: on a button: the list of what coordinators have told many families.
        Button(t.gettext("Notices"), NoticeList().pack()),
        *more,
        Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack()),
    ]
    return Message(text, one_each(buttons))


def _back_to_desk(t: Tongue) -> Button:
    return Button(t.gettext("Back"), NoticeDesk().pack())


def notice_about(t: Tongue, shown: Sequence[tuple[int, str]], page: int, more: bool) -> Message:
    """A new notice: with words of its own, or about one of the activities."""
    text = t.gettext(
        "What is the notice about? If it is about an activity, it says the activity's words, "
        "and when and where it is."
    )
    buttons = (
        [Button(t.gettext("Words of its own"), BeginNotice(activity=0).pack())] if not page else []
    )
    buttons += [
        Button(plain(activity_label(t, title)), BeginNotice(activity=number).pack())
        for number, title in shown
    ]
    if more:
        buttons.append(Button(t.gettext("More"), NewNotice(page=page + 1).pack()))
    return Message(text, one_each([*buttons, _back_to_desk(t)]))


def activity_label(t: Tongue, title: str) -> Ready:
    """An activity on a button or in a line."""
    # Translators: {title} is what an activity is called, such as: Fathers' group.
    return t.fill(t.gettext("Activity: {title}"), title=title)


def notice_list(
    t: Tongue, shown: Sequence[tuple[int, NoticeState, str]], page: int, more: bool
) -> Message:
    """The notices of one's areas, each a button."""
    text = (
        t.gettext("The notices of your areas, the newest first.")
        if shown
        else t.gettext("There are no notices here yet.")
    )
    buttons = [
        Button(notice_label(t, state, title), ActOnNotice(notice=number, act=NoticeAct.SHOW).pack())
        for number, state, title in shown
    ]
    if more:
        buttons.append(Button(t.gettext("More"), NoticeList(page=page + 1).pack()))
    return Message(text, one_each([*buttons, _back_to_desk(t)]))


def notice_label(t: Tongue, state: NoticeState, title: str) -> str:
    """One notice on a button: how far it is, and its title."""
    # Translators: in the place of a notice's title.
    called = title or t.gettext("no words yet")
    return plain(t.fill(t.gettext(_LISTED[state]), title=called))


# --- the draft ---------------------------------------------------------------------------------


def notice_draft(t: Tongue, draft: Shown, said: str = "") -> Message:
    """Everything about a draft, and what can be done with it."""
    lines = [
        *([said] * bool(said)),
        t.gettext("Draft. Only you see it until it is sent."),
        *notice_facts(t, draft),
    ]
    acts = [
        # Translators: on a button: the words of a notice, in every language.
        (t.gettext("Words"), NoticeAct.WORDS),
        # Translators: on a button: which families get the notice.
        (t.gettext("For whom"), NoticeAct.WHOM),
        _picture_act(t, draft.picture),
        _urgent_act(t, draft.urgent),
        # Translators: on a button: before a notice is sent.
        (t.gettext("Check it, and send it"), NoticeAct.CHECK),
        (t.gettext("Throw the draft away"), NoticeAct.DROP),
    ]
    buttons = [act_button(t, label, draft.id, act) for label, act in acts]
    back = Button(t.gettext("Back"), NoticeList().pack())
    return Message("\n".join(lines), one_each([*buttons, back]))


def _picture_act(t: Tongue, there: bool) -> tuple[str, NoticeAct]:
    if there:
        return t.gettext("Take the picture away"), NoticeAct.NO_PICTURE
    return t.gettext("Add a picture"), NoticeAct.PICTURE


def _urgent_act(t: Tongue, urgent: bool) -> tuple[str, NoticeAct]:
    label = t.gettext("Not urgent after all") if urgent else t.gettext("Make it urgent")
    return label, NoticeAct.URGENT


def notice_facts(t: Tongue, draft: Shown) -> list[str]:
    """What it is about, how far its words are, for whom it is."""
    return list(_facts(t, draft))


def _facts(t: Tongue, draft: Shown) -> Iterator[str]:
    if draft.activity is not None:
        yield activity_label(t, activity_lines.title(t, draft.activity))
    yield from word_lines(t, draft)
    yield t.fill(t.gettext("It goes to: {areas}."), areas=t.listing(list(draft.areas)))
    yield from audience_lines(t, draft.audience)
    if draft.picture:
        yield t.gettext("It has a picture.")
    if draft.urgent:
        yield t.gettext(
            "It is urgent: it goes before everything else, also to who has had three messages "
            "this week."
        )


def word_lines(t: Tongue, draft: Shown) -> Iterator[str]:
    """How far the words are in the chosen languages."""
    said = {
        WordingState.APPROVED: t.gettext("The words are ready in: {languages}."),
        WordingState.GIVEN: t.gettext("A translator has written it. Please look at: {languages}."),
        WordingState.TAKEN: t.gettext("A translator is writing: {languages}."),
        WordingState.WANTED: t.gettext("The translators are asked for: {languages}."),
        None: t.gettext("The words are missing in: {languages}."),
    }
    for state, text in said.items():
        codes = [each for each in draft.audience.languages if draft.states.get(each) is state]
        if codes:
            yield t.fill(text, languages=t.language_names(codes))


# --- words -------------------------------------------------------------------------------------


def notice_words(t: Tongue, draft: Shown, codes: Sequence[str], said: str = "") -> Message:
    """How far the words are; each language is a button."""
    lines = [*([said] * bool(said)), *word_lines(t, draft)]
    other = [code for code in codes if code not in draft.audience.languages]
    if other:
        text = t.gettext("It is not sent in: {languages}.")
        lines.append(t.fill(text, languages=t.language_names(other)))
    if draft.activity is not None:
        lines.append(t.gettext("These are the words of the activity. They are changed there."))
    buttons = [_language(t, draft.id, code) for code in codes]
    if draft.activity is not None:
        label = t.gettext("Go to the activity")
        data = ActivityOfNotice(activity=draft.activity.id, notice=draft.id)
        buttons.append(Button(label, data.pack()))
    lacks = any(draft.states.get(each) is None for each in draft.audience.languages)
    if lacks and draft.state is NoticeState.DRAFT:
        label = t.gettext("Ask the translators")
        buttons.append(act_button(t, label, draft.id, NoticeAct.ASK))
    return Message("\n".join(lines), one_each([*buttons, back_to(t, draft.id)]))


def _language(t: Tongue, notice: int, code: str) -> Button:
    label = plain(t.fill(t.gettext("See in {language}"), language=t.language_name(code)))
    return Button(label, NoticeIn(notice=notice, language=code).pack())


def notice_language(
    t: Tongue, theirs: Tongue, draft: Shown, words: Words | None, wording: int = 0, said: str = ""
) -> Message:
    """The words in one language, as they are; the buttons in the reader's own.

    `wording`: a translator has written them, and they wait for a yes; by that number.
    """
    name, code = t.language_name(theirs.code), theirs.code
    empty = t.fill(t.gettext("There are no words in {language} yet."), language=name)
    text = public_words.as_html(words, theirs.rtl) if words else empty
    buttons = []
    if wording:
        label = t.gettext("Look at the translation")
        buttons.append(Button(label, ShowWords(wording=wording).pack()))
    if draft.activity is None:
        label = t.gettext("Write it anew") if words else t.gettext("Write it")
        buttons.append(Button(label, WriteNotice(notice=draft.id, language=code).pack()))
    on = code not in draft.audience.languages
    if draft.state is NoticeState.DRAFT and (on or len(draft.audience.languages) > 1):
        label = (
            t.gettext("Send it in {language}") if on else t.gettext("Do not send it in {language}")
        )
        data = NoticeTo(notice=draft.id, language=code, on=on).pack()
        buttons.append(Button(plain(t.fill(label, language=name)), data))
    buttons.append(back_to(t, draft.id, NoticeAct.WORDS))
    return Message("\n".join([*([said] * bool(said)), text]), one_each(buttons))


def notice_write(t: Tongue, language: str, notice: int) -> Message:
    """How the words are to be written; the next message is them."""
    text = how_to_write(t, t.language_name(language), of_activity=False)
    # Translators: on a button: I do not want to write it now.
    no = Button(t.gettext("Do not write"), NoticeIn(notice=notice, language=language).pack())
    return Message(text, one_each([no]))


def looks_like(t: Tongue, language: str, meant: str) -> str:
    """The words seem to be another language's: asked, not forbidden."""
    text = t.gettext("Please look: this seems to be {language}, and not {meant}.")
    return t.fill(text, language=t.language_name(language), meant=t.language_name(meant))


def notice_saved(t: Tongue) -> str:
    """It is kept."""
    return t.gettext("It is saved.")


# --- the picture, and the end of a draft -------------------------------------------------------


def send_picture(t: Tongue, notice: int) -> Message:
    """The next message is the picture."""
    text = t.gettext(
        "Send one picture now, as a photo.\n"
        "All words together may then have 1,024 letters at most.\n"
        "Please send no picture on which somebody can be recognised."
    )
    return Message(text, one_each([back_to(t, notice)]))


def picture_fault(t: Tongue, why: str) -> str:
    """Why what was sent cannot be the picture."""
    match why:
        case "file":
            return t.gettext("That came as a file. Please send it as a photo.")
        case "album":
            return t.gettext("Those are several pictures. Please send one photo alone.")
        case "large":
            return t.gettext("The picture is too large. Please send a smaller one.")
        case _:
            return t.gettext("That is no picture. Please send one photo, or press Back.")


def ask_drop(t: Tongue, notice: int) -> Message:
    """Asked once: a draft is gone for good."""
    text = t.gettext("Shall the draft be thrown away, with everything that is written?")
    yes = act_button(t, t.gettext("Yes, throw it away"), notice, NoticeAct.DROP_SURE)
    return Message(text, one_each([yes, back_to(t, notice)]))
