"""What a person reads on the way in: language, consent, first child, reasons, links.

What is said every day is in `texts.py`. Each function is one message, whole sentences only.
"""

from messaging import spoken
from messaging.callbacks import (
    MENU_BORN,
    ChooseLanguage,
    Consent,
    Eligible,
    Menu,
    MoreReasons,
    OtherLanguages,
    Reason,
    Role,
    Spoken,
)
from messaging.i18n import Languages, Tongue
from messaging.keyboards import Button, Message, Rows, lay_out, one_each
from messaging.marks import N_
from messaging.reason_texts import why_question
from programme.people import GuardianRole

_SPOKEN_PER_PAGE = 7


def choose_language(languages: Languages, others: bool = True) -> Message:
    """The question in every language, each on its line: only who has none yet reads a mix.

    `others`: with a button for those who read none of them.
    """
    # Translators: one line; it stands above the buttons with the languages' names.
    lines = [tongue.gettext("Choose language:") for tongue in languages]
    rows = language_rows(languages)
    if others:
        # Translators: a button; it stands beside the same words in another language.
        label = N_("Another language")
        rows += ((_button_for_all(languages, label, OtherLanguages().pack()),),)
    return Message("\n".join(lines), rows)


def language_rows(languages: Languages) -> Rows:
    """A button per language, by its own name."""
    return one_each([Button(t.own_name, ChooseLanguage(code=t.code).pack()) for t in languages])


def for_everybody(languages: Languages) -> list[Tongue]:
    """In which languages one writes to who reads none of ours: the first, and the source."""
    return [t for t in languages if t.traits.source or t.code == languages.codes[0]]


def other_languages(languages: Languages, page: int = 0) -> Message:
    """Which language do you speak? Each by its own name."""
    lines = [t.gettext("Which language do you speak?") for t in for_everybody(languages)]
    codes = spoken.offered(languages)
    last = (len(codes) - 1) // _SPOKEN_PER_PAGE
    page = min(max(page, 0), last)
    shown = codes[page * _SPOKEN_PER_PAGE : (page + 1) * _SPOKEN_PER_PAGE]
    buttons = [Button(spoken.own_name(code), Spoken(code=code).pack()) for code in shown]
    if page < last:
        more = OtherLanguages(page=page + 1).pack()
        buttons.append(_button_for_all(languages, N_("More languages"), more))
    missing = Spoken(code=spoken.NOT_LISTED).pack()
    buttons.append(_button_for_all(languages, N_("My language is not here"), missing))
    return Message("\n".join(lines), one_each(buttons))


def _button_for_all(languages: Languages, label: str, data: str) -> Button:
    said = dict.fromkeys(t.gettext(label) for t in for_everybody(languages))
    return Button(" / ".join(said), data)


def easy_language(languages: Languages, code: str) -> Message:
    """Not your language, but easy words in one of these."""
    lines = [_in_easy_words(t) for t in for_everybody(languages)]
    buttons = [
        Button(t.own_name, Spoken(code=code, text=t.code).pack()) for t in for_everybody(languages)
    ]
    return Message("\n\n".join(lines), one_each(buttons))


def _in_easy_words(t: Tongue) -> str:
    # Translators: name your own language, not English.
    return t.gettext(
        "I cannot write your language yet. I can write easy English.\n"
        "We can call you, with an interpreter."
    )


def language_set(t: Tongue) -> str:
    """The language has changed."""
    # Translators: name your own language, not English.
    return t.gettext("Now I write in English.")


def ask_consent(t: Tongue) -> Message:
    """May we write to you: what is saved, who sees it, how to stop; with yes and no."""
    text = t.fill(
        # Translators: at most 60 words together with the list that is {what_we_save}.
        t.gettext(
            "May we send you messages here in Telegram?\n"
            "We save: {what_we_save}.\n"
            "Telegram is a company outside Sweden. It also keeps what is written here.\n"
            "It is voluntary and free. You can get home visits even if you say no.\n"
            "You can stop when you want."
        ),
        what_we_save=what_we_save(t),
    )
    yes = Button(t.gettext("Yes, that is fine"), Consent(yes=True).pack())
    no = Button(t.gettext("No thanks"), Consent(yes=False).pack())
    return Message(text, lay_out([yes, no], t.one_per_row))


def what_we_save(t: Tongue) -> str:
    """Exactly what Lotsen keeps of a parent, as a short list inside a sentence."""
    # Translators: a part of a sentence, after "We save:". Small first letter, no full stop.
    return t.gettext(
        "your languages and role, child's birth date, visits, answers, chat number "
        "(only your team sees it)"
    )


def consent_yes(t: Tongue) -> str:
    """Thanks for the yes."""
    return t.gettext("Thank you! Let us start.")


def consent_no(t: Tongue) -> str:
    """A no is as good as a yes."""
    return t.gettext("That is fine. We will not send anything.\nYou can start again when you want.")


def welcome(t: Tongue) -> str:
    """Who speaks: a program, and what it never asks for."""
    return t.gettext(
        "Hi! I am Lotsen. I am a computer program, not a person.\n"
        "The City of Gothenburg and Region Västra Götaland are behind me.\n"
        "I remind you about home visits and give tips.\n"
        "I never ask for your personal number, BankID or money."
    )


def welcome_expecting(t: Tongue) -> Message:
    """The same for who waits for a child: a button that tells of the birth, and no question."""
    later = t.gettext("When your child is here, press this button if you like. I will not ask.")
    born = Button(t.gettext("Our child is here"), Menu(page=MENU_BORN).pack())
    return Message(f"{welcome(t)}\n\n{later}", lay_out([born], t.one_per_row))


def ask_eligible(t: Tongue) -> Message:
    """First child, or first in Sweden, for one of the parents: one question, no proof."""
    text = t.gettext(
        "Is this the first child, or the first child in Sweden, for one of you?\n"
        "You do not have to prove it."
    )
    yes = Button(t.gettext("Yes"), Eligible(yes=True).pack())
    no = Button(t.gettext("No"), Eligible(yes=False).pack())
    return Message(text, lay_out([yes, no], t.one_per_row))


def not_eligible_ack(t: Tongue) -> str:
    """The six visits are for others; BVC has something for everybody, and tips still come."""
    return t.gettext(
        "Thank you for your answer.\n"
        "The six home visits are for first children, or first children in Sweden.\n"
        "Ask at BVC (the child health centre) what there is for you.\n"
        "I will still send you tips."
    )


def ask_role(t: Tongue) -> Message:
    """What they are to the child: one question, three answers (mission B7)."""
    # Translators: the buttons below go on with the sentence "I am …".
    text = t.gettext("Who are you to the child?\nI am …")
    labels = {
        # Translators: goes on after "I am …". So the next two.
        GuardianRole.BIRTHING: t.gettext("the one who gave birth"),
        GuardianRole.OTHER_PARENT: t.gettext("the other parent"),
        GuardianRole.OTHER_ADULT: t.gettext("another adult"),
    }
    buttons = [Button(label, Role(role=role).pack()) for role, label in labels.items()]
    return Message(text, lay_out(buttons, t.one_per_row))


def waits_for_yes(t: Tongue) -> str:
    """Who came by the other parent's link."""
    return t.gettext("The other parent must say yes first. Then I write to you.")


def trust_note(t: Tongue, employer: str | None = None) -> str:
    """Who comes and why: at joining and behind "Who are you?", never in a reminder."""
    if not employer:
        return t.gettext(
            "All families here having their first child, or first child in Sweden, "
            "get the same offer.\n"
            "We come to help you, not to check on you or judge you.\n"
            "The nurse is from BVC. The parent supporter gives support. "
            "They do not investigate families.\n"
            "You decide what we talk about."
        )
    return t.fill(
        # Translators: {employer} is where the parent supporter works, as the area's staff wrote it.
        t.gettext(
            "All families here having their first child, or first child in Sweden, "
            "get the same offer.\n"
            "We come to help you, not to check on you or judge you.\n"
            "The nurse is from BVC. The parent supporter is from {employer} and gives support. "
            "They do not investigate families.\n"
            "You decide what we talk about."
        ),
        employer=employer,
    )


def voluntary_free(t: Tongue) -> str:
    """The visits are voluntary and free."""
    return t.gettext(
        "The home visits are voluntary and free.\n"
        "You can say no to one visit or to all of them.\n"
        "You are always welcome at BVC (the child health centre)."
    )


def ask_reason(t: Tongue, area: int, page: int = 0) -> Message:
    """Why no thanks, if one wants to tell."""
    return why_question(
        t,
        page,
        lambda why: Reason(area=area, code=why).pack(),
        lambda later: MoreReasons(area=area, page=later).pack(),
    )


def need_link(t: Tongue) -> str:
    """Whoever starts without a link."""
    return t.gettext(
        "You need a personal link to start.\nAsk for one at BVC (the child health centre)."
    )


def too_many_links(t: Tongue) -> str:
    """Link after link of nobody's was tried here."""
    return t.gettext("Too many links were tried here. Please wait an hour, then try again.")


def link_unknown(t: Tongue) -> str:
    """The link is not one of ours."""
    return t.gettext("I do not know this link.\nAsk for a new one where you got it.")


def link_used(t: Tongue) -> str:
    """The link has been used."""
    return t.gettext(
        "This link has been used already. It works only once.\nAsk for a new one where you got it."
    )


def link_expired(t: Tongue) -> str:
    """The link is too old."""
    return t.gettext("This link is too old.\nAsk for a new one where you got it.")


def own_link(t: Tongue) -> str:
    """A parent opened the link that they made for the other one."""
    return t.gettext("This link is for the other parent.\nPlease send it to them.")


def is_back(t: Tongue) -> str:
    """A parent who was here before, in a new chat."""
    return t.gettext("Welcome back! Now I write to you here.\nEverything is as it was.")


def already_in(t: Tongue) -> str:
    """This chat has joined before."""
    return t.gettext("You have already joined. You do not need to do anything.")


def only_private(t: Tongue) -> str:
    """Said in a group: nothing about a family belongs there."""
    return t.gettext(
        "I only write to one person at a time.\nPlease write to me in a chat of our own."
    )
