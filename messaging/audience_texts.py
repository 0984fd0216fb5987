"""For whom a notice is, in words for coordinators, and how they change it (mission E1)."""

from collections.abc import Iterator, Sequence

from messaging import activity_lines
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, one_each
from messaging.marks import N_
from messaging.notice_buttons import (
    ANY_AGE,
    ActOnNotice,
    NoticeAct,
    NoticeAge,
    NoticeArea,
    NoticeFollowers,
)
from messaging.plain import plain
from programme.activities import ActivityKind
from programme.notices import Audience

AGES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 24, 36, 48, 60)  # in months, on buttons

_CONDITIONS: dict[NoticeAct, str] = {
    # Translators: for whom a notice is, on a button after "Yes:" or "No:". Small first letter.
    NoticeAct.FATHERS: N_("only fathers (the parent who did not give birth)"),
    NoticeAct.EXPECTING: N_("only who expects a child"),
    NoticeAct.FIRST_CHILD: N_("only for a first child"),
    NoticeAct.SIGNED_UP: N_("only who has signed up"),
}


def act_button(t: Tongue, label: str, notice: int, act: NoticeAct) -> Button:
    """A button that does that with the notice."""
    return Button(label, ActOnNotice(notice=notice, act=act).pack())


def back_to(t: Tongue, notice: int, act: NoticeAct = NoticeAct.SHOW) -> Button:
    """Back to a page of the notice."""
    return act_button(t, t.gettext("Back"), notice, act)


def audience_lines(t: Tongue, audience: Audience) -> Iterator[str]:
    """For whom it is, one line for each condition."""
    conditions = list(_conditions(t, audience))
    yield from conditions or [t.gettext("It is for everybody there.")]


def _conditions(t: Tongue, audience: Audience) -> Iterator[str]:
    # Translators: for whom a notice is, each a line of its own.
    said = (
        (audience.fathers, t.gettext("Only for fathers: the parent who did not give birth.")),
        (audience.expecting, t.gettext("Only for parents who expect a child.")),
        (audience.first_child, t.gettext("Only for parents of a first child.")),
        (audience.signed_up, t.gettext("Only for parents who have signed up.")),
    )
    yield from (text for holds, text in said if holds)
    if aged := activity_lines.age(t, audience.months_from, audience.months_to):
        yield aged
    elif audience.months_from is not None:  # from birth on, without an end
        yield t.gettext("Only for parents whose child is born.")
    if audience.follows is not None:
        # Translators: {kind} is what sort of activities parents have chosen to hear of.
        text = t.gettext("Only for parents who want to hear of: {kind}.")
        yield t.fill(text, kind=activity_lines.kind_name(t, audience.follows))


def notice_whom(
    t: Tongue, notice: int, areas: Sequence[str], at: Audience, announces: bool
) -> Message:
    """For whom, and how to change it; `announces`: an activity that one can sign up for."""
    lines = [
        t.fill(t.gettext("It goes to: {areas}."), areas=t.listing(list(areas))),
        *audience_lines(t, at),
        t.gettext("A parent gets it if everything here is true for them. Press to change it."),
    ]
    holds = {
        NoticeAct.FATHERS: at.fathers,
        NoticeAct.EXPECTING: at.expecting,
        NoticeAct.FIRST_CHILD: at.first_child,
        NoticeAct.SIGNED_UP: at.signed_up,
    }
    buttons = [
        # Translators: on a button: to which areas of the city.
        act_button(t, t.gettext("Areas"), notice, NoticeAct.AREAS),
        act_button(t, t.gettext("The child's age"), notice, NoticeAct.AGE),
        *(
            act_button(t, _toggle(t, t.gettext(_CONDITIONS[act]), on), notice, act)
            for act, on in holds.items()
            if act is not NoticeAct.SIGNED_UP or announces
        ),
        act_button(t, t.gettext("What they want to hear of"), notice, NoticeAct.FOLLOWS),
    ]
    return Message("\n".join(lines), one_each([*buttons, back_to(t, notice)]))


def _toggle(t: Tongue, what: str, on: bool) -> str:
    return plain(t.fill(t.gettext("Yes: {what}") if on else t.gettext("No: {what}"), what=what))


def notice_areas(
    t: Tongue, notice: int, areas: Sequence[tuple[int, str, bool]], said: str = ""
) -> Message:
    """The areas one runs: number, name, whether it goes there."""
    lines = [*([said] * bool(said)), t.gettext("To which areas? Press to change it.")]
    buttons = [
        Button(_toggle(t, name, on), NoticeArea(notice=notice, area=number, on=not on).pack())
        for number, name, on in areas
    ]
    return Message("\n".join(lines), one_each([*buttons, back_to(t, notice, NoticeAct.WHOM)]))


def one_area_at_least(t: Tongue) -> str:
    """The last area stays."""
    return t.gettext("It must go to one area at least.")


def age_from(t: Tongue, notice: int) -> Message:
    """From which age on."""
    buttons = [
        Button(_aged(t, months), NoticeAge(notice=notice, first=months).pack()) for months in AGES
    ]
    # Translators: on a button: the child may have any age.
    whole = NoticeAge(notice=notice, first=ANY_AGE, until=ANY_AGE)
    buttons.insert(0, Button(t.gettext("Any age"), whole.pack()))
    text = t.gettext("How old must a child be at least?")
    return Message(text, one_each([*buttons, back_to(t, notice, NoticeAct.WHOM)]))


def _aged(t: Tongue, months: int) -> str:
    # Translators: on a button; {age} is such as "3 months".
    return plain(t.fill(t.gettext("Age: {age}"), age=t.age(months)))


def age_until(t: Tongue, notice: int, first: int) -> Message:
    """Until which age."""
    buttons = [
        Button(_aged(t, months), NoticeAge(notice=notice, first=first, until=months).pack())
        for months in AGES
        if months >= first
    ]
    whole = NoticeAge(notice=notice, first=first, until=ANY_AGE)
    # Translators: on a button: also every age above.
    buttons.insert(0, Button(t.gettext("And older"), whole.pack()))
    text = t.fill(t.gettext("From {age} on. How old may a child be at most?"), age=t.age(first))
    return Message(text, one_each([*buttons, back_to(t, notice, NoticeAct.AGE)]))


def notice_followers(t: Tongue, notice: int) -> Message:
    """Only to those who want to hear of such activities."""
    text = t.gettext("Parents can choose what they want to hear of. Who gets this notice?")
    everybody = NoticeFollowers(notice=notice)
    buttons = [Button(t.gettext("Everybody"), everybody.pack())]
    buttons += [
        Button(activity_lines.kind_name(t, kind), NoticeFollowers(notice=notice, kind=kind).pack())
        for kind in ActivityKind
    ]
    return Message(text, one_each([*buttons, back_to(t, notice, NoticeAct.WHOM)]))
