"""Letters to staff about no family, in words. The titles they say are public words of staff."""

from messaging.i18n import Tongue
from messaging.keyboards import Button, Rows, one_each
from messaging.translating_buttons import ActOnWords, ShowWords, WordsAct, WriteIn
from programme.desk_letters import AboutWords, SentBack, TranslateAsk
from programme.letters import Letter


def body(letter: Letter, t: Tongue) -> str | None:
    """All lines of the letter; None for one about a family."""
    if not isinstance(letter, AboutWords):
        return None
    text = _about_words(letter, t)
    return t.fill(text, language=t.language_name(letter.language), title=letter.title)


def _about_words(letter: AboutWords, t: Tongue) -> str:
    match letter:
        case TranslateAsk(again=True):
            return t.gettext(
                "The words in {language} are still missing.\n"
                "It is about: {title}\n"
                "Can you take them?"
            )
        case TranslateAsk():
            # Translators: to a translator; {title} is what a coordinator wrote, in any language.
            return t.gettext(
                "Words are missing in {language}.\nIt is about: {title}\nWho takes it first has it."
            )
        case SentBack():
            return t.gettext(
                "The coordinator would like other words in {language}.\nIt is about: {title}"
            )
        case _:
            return t.gettext(
                "The words in {language} are ready.\n"
                "It is about: {title}\n"
                "Families see them after your yes."
            )


def rows(letter: Letter, t: Tongue) -> Rows:
    """Take it, or look at it."""
    if not isinstance(letter, AboutWords):
        return ()
    buttons = [look_button(t, letter.wording_id)]
    if isinstance(letter, TranslateAsk):
        buttons.insert(0, take_button(t, letter.wording_id))
    return one_each(buttons)


def take_button(t: Tongue, wording: int) -> Button:
    """I translate it."""
    # Translators: on a button: I translate this.
    return Button(t.gettext("I take it"), ActOnWords(wording=wording, act=WordsAct.TAKE).pack())


def look_button(t: Tongue, wording: int) -> Button:
    """The words, beside those that are translated."""
    return Button(t.gettext("Look at it"), ShowWords(wording=wording).pack())


def languages_button(t: Tongue) -> Button:
    """In which languages a translator is asked."""
    # Translators: on a button: the languages in which a translator writes.
    return Button(t.gettext("My languages"), WriteIn().pack())
