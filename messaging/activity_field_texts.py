"""The questions with which staff change an activity: words, place, languages, for whom (E10)."""

from collections.abc import Mapping, Sequence

from messaging import public_words
from messaging.activity_buttons import (
    ActivityAct,
    AskTranslators,
    Field,
    SetField,
    WordsIn,
)
from messaging.activity_lines import age
from messaging.activity_texts import act_button, correct_buttons, to_activity_button
from messaging.i18n import Tongue
from messaging.isolates import Value
from messaging.keyboards import Button, Message, Rows, in_pairs, one_each
from messaging.marks import N_
from messaging.plain import plain
from messaging.public_words import Fault
from messaging.team_texts import area_label
from messaging.translating_texts import translations_button
from programme.activities import Activity, ForWhom, Interpreter, SigningUp, Words
from programme.places import Venue

# Languages that families of the city speak besides those Lotsen writes (mission G6).
MORE_LANGUAGES = ("fa", "ti", "ku", "uk", "bs")
AGES = (2, 4, 6, 8, 10, 12, 15, 18, 24, 36, 48, 72)
CAPACITIES = (*range(4, 13), 14, 16, 18, 20, 24, 30, 40)

_WHOM: dict[ForWhom, str] = {
    # Translators: on a button: whom an activity is for. So the next three.
    ForWhom.EVERYBODY: N_("For everybody"),
    ForWhom.FATHERS: N_("For fathers"),
    ForWhom.MOTHERS: N_("For mothers"),
    ForWhom.EXPECTING: N_("For who expects a child"),
}
_INTERPRETER: dict[Interpreter | None, str] = {
    # Translators: on a button: which interpreter comes to an activity. So the next three.
    None: N_("No interpreter comes"),
    Interpreter.ANY: N_("An interpreter comes"),
    Interpreter.WOMAN: N_("A woman comes as interpreter"),
    Interpreter.MAN: N_("A man comes as interpreter"),
}
_SIGNING: dict[SigningUp, str] = {
    # Translators: on a button: how one signs up for an activity. So the next two.
    SigningUp.DROP_IN: N_("Just come"),
    SigningUp.ONCE: N_("Sign up once for all times"),
    SigningUp.EACH: N_("Sign up for each time"),
}


def edit_activity(t: Tongue, activity: Activity, notices: int = 0, said: str = "") -> Message:
    """All that can be changed, each a button that says how it stands."""
    number = activity.id
    lines = [*([said] * bool(said)), t.gettext("What do you want to change?")]
    labels = [
        (t.gettext("Place"), ActivityAct.PLACE),
        # Translators: on a button: the address of an activity on the internet.
        (t.gettext("Link"), ActivityAct.LINK),
        (t.gettext("Languages spoken"), ActivityAct.SPOKEN),
        (t.gettext("Interpreter"), ActivityAct.INTERPRETER),
        (t.gettext("For whom"), ActivityAct.FOR_WHOM),
        (t.gettext("Child's age"), ActivityAct.AGE),
        (_childcare(t, activity.childcare), ActivityAct.CHILDCARE),
        (_free(t, activity.free), ActivityAct.FREE),
        (t.gettext("Signing up"), ActivityAct.SIGNING_UP),
        (t.gettext("Picture"), ActivityAct.PICTURE),
        (t.gettext("Areas"), ActivityAct.AREAS),
    ]
    if activity.signing_up is not SigningUp.DROP_IN:
        labels.insert(-2, (t.gettext("Number of places"), ActivityAct.CAPACITY))
    buttons = [act_button(t, label, number, act) for label, act in labels]
    rows = in_pairs(buttons, t.one_per_row)
    last = [*correct_buttons(t, number, notices), to_activity_button(t, number)]
    return Message("\n".join(lines), (*rows, *one_each(last)))


def _childcare(t: Tongue, there: bool) -> str:
    return t.gettext("Child care: yes") if there else t.gettext("Child care: no")


def _free(t: Tongue, free: bool | None) -> str:
    match free:
        case None:
            # Translators: on a button: nobody has said yet whether it is free.
            return t.gettext("Free: not said")
        case True:
            return t.gettext("Free: yes")
        case False:
            return t.gettext("Free: no")


def _edit_rows(t: Tongue, activity: int, buttons: Sequence[Button]) -> Rows:
    back = act_button(t, t.gettext("Back"), activity, ActivityAct.EDIT)
    return (*in_pairs(buttons, t.one_per_row), *one_each([back]))


def _choice(t: Tongue, activity: int, field: Field, label: str, value: Value, on: bool) -> Button:
    shown = f"{label} ✓" if on else label
    return Button(shown, SetField(activity=activity, field=field, value=str(value)).pack())


# --- words -------------------------------------------------------------------------------------


def edit_words(
    t: Tongue,
    activity: Activity,
    codes: Sequence[str],
    states: Mapping[str, str],
    may_ask: bool,
    said: str = "",
) -> Message:
    """In which languages its words are written, and in which they are asked of translators."""
    lines = [*([said] * bool(said)), t.gettext("Title and text, in each language:")]
    lines += [_words_line(t, code, states.get(code, "")) for code in codes]
    buttons = [
        Button(
            # Translators: on a button: write the activity's title and text in this language.
            plain(t.fill(t.gettext("Write in: {language}"), language=t.language_name(code))),
            WordsIn(activity=activity.id, code=code).pack(),
        )
        for code in codes
    ]
    if may_ask:
        label = t.gettext("Ask the translators for the rest")
        buttons.append(Button(label, AskTranslators(activity=activity.id).pack()))
    if set(states.values()) - {"approved", ""}:
        buttons.append(translations_button(t))
    return Message("\n".join(lines), one_each([*buttons, to_activity_button(t, activity.id)]))


def _words_line(t: Tongue, code: str, state: str) -> str:
    name = t.language_name(code)
    match state:
        case "approved":
            # Translators: how far the words in one language are. So the next three.
            return t.fill(t.gettext("{language}: written"), language=name)
        case "wanted" | "taken":
            return t.fill(t.gettext("{language}: the translators are asked"), language=name)
        case "given":
            return t.fill(t.gettext("{language}: translated, waits for your yes"), language=name)
        case _:
            return t.fill(t.gettext("{language}: missing"), language=name)


def ask_words(
    t: Tongue,
    activity: Activity,
    theirs: Tongue,
    fault: Fault | None = None,
    before: Words | None = None,
) -> Message:
    """Write them as the next message: the title on the first line."""
    lines = [public_words.fault_text(t, fault)] if fault else []
    text = t.gettext(
        "Write in this language: {language}.\n"
        "The title on the first line, a short text below it: what one does there.\n"
        "Place, times, languages and signing up are added by themselves."
    )
    lines.append(t.fill(text, language=t.language_name(theirs.code)))
    if before:
        # Translators: above the words of an activity as they are now.
        lines += ["", t.gettext("Now it is:"), public_words.as_html(before, theirs.rtl)]
    back = act_button(t, t.gettext("Back"), activity.id, ActivityAct.WORDS)
    return Message("\n".join(lines), one_each([back]))


# --- one field each ----------------------------------------------------------------------------


def ask_place(t: Tongue, activity: Activity, venues: Sequence[Venue]) -> Message:
    """Which of the places."""
    number, now = activity.id, activity.venue.id if activity.venue else None
    buttons = [
        _choice(t, number, Field.PLACE, _place(t, each), each.id, each.id == now) for each in venues
    ]
    buttons.append(_choice(t, number, Field.PLACE, t.gettext("No place"), "", now is None))
    return Message(t.gettext("Where is it?"), _edit_rows(t, number, buttons))


def _place(t: Tongue, venue: Venue) -> str:
    # Translators: on a button: this place.
    return plain(t.fill(t.gettext("Place {place}"), place=venue.name))


def ask_link(t: Tongue, activity: Activity, wrong: bool = False) -> Message:
    """Write or paste the address."""
    lines = []
    if wrong:
        lines.append(t.gettext("That is not an address I can use. It must begin with https://"))
    lines.append(t.gettext("Write the address of the meeting on the internet."))
    if activity.link:
        lines.append(t.fill(t.gettext("Now it is: {text}"), text=activity.link))
    buttons = []
    if activity.link:
        label = t.gettext("No link")
        buttons.append(act_button(t, label, activity.id, ActivityAct.NO_LINK))
    return Message("\n".join(lines), _edit_rows(t, activity.id, buttons))


def ask_spoken(t: Tongue, activity: Activity, codes: Sequence[str]) -> Message:
    """Which languages are spoken there: one tap each."""
    buttons = _language_buttons(t, activity.id, Field.SPOKEN, codes, activity.spoken)
    text = t.gettext("Which languages are spoken there? Press each.")
    return Message(text, _edit_rows(t, activity.id, buttons))


def _language_buttons(
    t: Tongue, activity: int, field: Field, codes: Sequence[str], chosen: Sequence[str]
) -> list[Button]:
    return [
        _choice(t, activity, field, t.language_name(code), code, code in chosen)
        for code in dict.fromkeys((*codes, *MORE_LANGUAGES, *chosen))
    ]


def ask_interpreter(t: Tongue, activity: Activity, codes: Sequence[str]) -> Message:
    """Whether one comes, a woman or a man, and into which languages."""
    buttons = [
        _choice(
            t,
            activity.id,
            Field.INTERPRETER,
            t.gettext(label),
            which or "",
            which is activity.interpreter,
        )
        for which, label in _INTERPRETER.items()
    ]
    text = t.gettext("Does an interpreter come?")
    if activity.interpreter is not None:
        text = "\n".join([text, t.gettext("Into which languages? Press each.")])
        chosen = activity.interpreted
        buttons += _language_buttons(t, activity.id, Field.INTERPRETED, codes, chosen)
    return Message(text, _edit_rows(t, activity.id, buttons))


def ask_whom(t: Tongue, activity: Activity) -> Message:
    """Whom it is for."""
    buttons = [
        _choice(t, activity.id, Field.FOR_WHOM, t.gettext(label), whom, whom is activity.for_whom)
        for whom, label in _WHOM.items()
    ]
    return Message(t.gettext("Whom is it for?"), _edit_rows(t, activity.id, buttons))


def ask_age(t: Tongue, activity: Activity) -> Message:
    """For children of which age: the youngest, then the oldest."""
    text = t.gettext("For children of which age? First the youngest.")
    now = age(t, activity.months_from, activity.months_to)
    buttons = [_choice(t, activity.id, Field.YOUNGEST, t.gettext("Every age"), "", now is None)]
    buttons += [
        _choice(t, activity.id, Field.YOUNGEST, _age(t, months), months, False) for months in AGES
    ]
    return Message("\n".join([text, *([now] if now else [])]), _edit_rows(t, activity.id, buttons))


def _age(t: Tongue, months: int) -> str:
    # Translators: on a button: a child's age, such as 3 months.
    return plain(t.fill(t.gettext("Age: {age}"), age=t.age(months)))


def ask_oldest(t: Tongue, activity: Activity) -> Message:
    """The oldest child it is for."""
    youngest = activity.months_from or 0
    text = t.fill(t.gettext("From {age}. And the oldest?"), age=t.age(youngest))
    buttons = [
        _choice(t, activity.id, Field.OLDEST, t.gettext("No upper age"), "", False),
        *(
            _choice(t, activity.id, Field.OLDEST, _age(t, months), months, False)
            for months in AGES
            if months > youngest
        ),
    ]
    return Message(text, _edit_rows(t, activity.id, buttons))


def ask_signing_up(t: Tongue, activity: Activity) -> Message:
    """Whether one signs up, and for what."""
    buttons = [
        _choice(t, activity.id, Field.SIGNING_UP, t.gettext(label), how, how is activity.signing_up)
        for how, label in _SIGNING.items()
    ]
    return Message(t.gettext("How does one sign up?"), _edit_rows(t, activity.id, buttons))


def ask_capacity(t: Tongue, activity: Activity, now: int | None, said: str = "") -> Message:
    """For how many people there is room."""
    text = t.gettext("For how many people is there room? A parent with one child is two.")
    number = activity.id
    buttons = [
        _choice(t, number, Field.CAPACITY, t.gettext("No limit"), "", now is None),
        *(_choice(t, number, Field.CAPACITY, str(n), n, n == now) for n in CAPACITIES),
    ]
    return Message("\n".join([*([said] * bool(said)), text]), _edit_rows(t, number, buttons))


def ask_picture(t: Tongue, activity: Activity, wrong: bool = False) -> Message:
    """Send one, as a photo."""
    lines = [t.gettext("That is not a photo.")] if wrong else []
    lines.append(t.gettext("Send a photo. No children's faces, no names, nobody's home."))
    buttons = []
    if activity.picture:
        label = t.gettext("Take the picture away")
        buttons.append(act_button(t, label, activity.id, ActivityAct.NO_PICTURE))
    return Message("\n".join(lines), _edit_rows(t, activity.id, buttons))


def ask_areas(t: Tongue, activity: Activity, areas: Sequence[tuple[int, str]]) -> Message:
    """For the families of which areas."""
    buttons = [
        _choice(t, activity.id, Field.AREA, area_label(t, name), number, number in activity.areas)
        for number, name in areas
    ]
    text = t.gettext("For families of which areas? Press each.")
    return Message(text, _edit_rows(t, activity.id, buttons))
