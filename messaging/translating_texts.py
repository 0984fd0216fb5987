"""Translating in words: what waits, and the words beside their source (mission E3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from messaging import public_words
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.desk_letters import languages_button, take_button
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, Rows, one_each
from messaging.notice_buttons import NoticeDesk
from messaging.plain import plain
from messaging.public_words import LONGEST_BODY, LONGEST_TITLE
from messaging.translating_buttons import (
    ActOnWords,
    ShowWords,
    Translations,
    WordsAct,
    WriteIn,
)
from programme.activities import Words
from programme.notices import WordingState

PER_PAGE = 8


@dataclass(frozen=True, kw_only=True)
class ShownWords:
    """The words in one language, for one colleague."""

    id: int
    state: WordingState
    revision: int = 0
    words: Words | None = None  # as far as this colleague may see them
    source: Words | None = None
    lines: tuple[str, ...] = ()  # what Lotsen itself tells below them, in their language
    of_activity: bool = False
    mine: bool = False  # they have taken them
    free: bool = False  # they may take them
    looks_through: bool = False  # their yes is needed


@dataclass(frozen=True)
class Waiting:
    """One line of the list: how far it is, for the one who looks."""

    wording: int
    language: str
    title: str
    how: str  # wanted, mine, taken, given


def translations_button(t: Tongue) -> Button:
    """Opens the list."""
    # Translators: on a button: words that are to be translated, or looked through.
    return Button(t.gettext("Translations"), Translations().pack())


def what_waits(t: Tongue, waiting: Sequence[Waiting], page: int, translates: bool) -> Message:
    """What is to be translated, or looked through."""
    begin = max(page, 0) * PER_PAGE
    shown, more = waiting[begin : begin + PER_PAGE], len(waiting) > begin + PER_PAGE
    text = t.gettext("Words that wait. Press one to look at it.")
    if not waiting:
        text = t.gettext("No words wait now.")
    buttons = [_waits(t, each) for each in shown]
    if more:
        buttons.append(Button(t.gettext("More"), Translations(page=max(page, 0) + 1).pack()))
    if translates:
        buttons.append(languages_button(t))
    return Message(text, one_each([*buttons, _back(t, translates)]))


def _back(t: Tongue, translates: bool) -> Button:
    """To where the list is opened: a coordinator's desk, or the menu of who translates."""
    to = StaffPage(page=STAFF_MENU) if translates else NoticeDesk()
    return Button(t.gettext("Back"), to.pack())


def _waits(t: Tongue, each: Waiting) -> Button:
    match each.how:
        case "given":
            # Translators: on a button: words in that language wait for the coordinator's yes.
            text = t.gettext("Look through: {language}, {title}")
        case "mine":
            # Translators: on a button: I have taken these words. The next: somebody else has.
            text = t.gettext("Yours: {language}, {title}")
        case "taken":
            text = t.gettext("Is being written: {language}, {title}")
        case _:
            # Translators: on a button: words are missing in that language.
            text = t.gettext("Missing: {language}, {title}")
    label = t.fill(text, language=t.language_name(each.language), title=each.title)
    return Button(plain(label), ShowWords(wording=each.wording).pack())


def words_page(
    t: Tongue, theirs: Tongue, source: Tongue | None, shown: ShownWords, said: str = ""
) -> Message:
    """The words as phones show them, below those they are made from."""
    parts = [said] if said else []
    if source is not None and shown.source is not None:
        text = t.gettext("The original. Its language: {language}")
        parts.append(
            t.fill(text, language=t.language_name(source.code))
            + "\n\n"
            + public_words.as_html(shown.source, source.rtl)
        )
    name = t.language_name(theirs.code)
    if shown.words is not None:
        text = t.gettext("This is how phones show them. The language: {language}")
        seen = [public_words.as_html(shown.words, theirs.rtl), *([""] * bool(shown.lines))]
        parts.append("\n".join([t.fill(text, language=name), "", *seen, *shown.lines]))
    parts.append(_how_far(t, shown, name))
    return Message("\n\n".join(parts), _what_to_do(t, shown))


def _how_far(t: Tongue, shown: ShownWords, language: str) -> str:
    match shown:
        case ShownWords(state=WordingState.APPROVED):
            text = t.gettext("These words are ready. Their language: {language}")
        case ShownWords(state=WordingState.GIVEN, looks_through=True):
            text = t.gettext("Are they right? Families see them after your yes.")
        case ShownWords(state=WordingState.GIVEN):
            text = t.gettext("The coordinator looks at these words now.")
        case ShownWords(mine=True, words=None):
            return how_to_write(t, language, shown.of_activity)
        case ShownWords(mine=True):
            text = t.gettext("Only you see it so far. Give it when it is ready.")
        case ShownWords(free=True):
            text = t.gettext("Words are missing in this language: {language}")
        case ShownWords(state=WordingState.TAKEN):
            text = t.gettext("A translator writes it now, in this language: {language}")
        case _:
            text = t.gettext("The translators are asked, for this language: {language}")
    return t.fill(text, language=language)


def _what_to_do(t: Tongue, shown: ShownWords) -> Rows:
    buttons: list[Button] = []
    if shown.free and not shown.mine:
        buttons.append(take_button(t, shown.id))
    if shown.mine:
        buttons += _own(t, shown)
    if shown.looks_through:
        buttons += _coordinators(t, shown)
    return one_each([*buttons, Button(t.gettext("Back"), Translations().pack())])


def _act(label: str, shown: ShownWords, act: WordsAct) -> Button:
    return Button(label, ActOnWords(wording=shown.id, act=act, revision=shown.revision).pack())


def _own(t: Tongue, shown: ShownWords) -> list[Button]:
    if shown.words is None:
        first = [_act(t.gettext("Write it"), shown, WordsAct.WRITE)]
    else:
        first = [
            # Translators: on a button: my translation is ready, the coordinator may look at it.
            _act(t.gettext("It is ready"), shown, WordsAct.GIVE),
            _act(t.gettext("Write it anew"), shown, WordsAct.WRITE),
        ]
    # Translators: on a button: I do not translate it after all.
    return [*first, _act(t.gettext("Somebody else may take it"), shown, WordsAct.LEAVE)]


def _coordinators(t: Tongue, shown: ShownWords) -> list[Button]:
    # Translators: on a button: the coordinator writes the words instead of a translator.
    own = _act(t.gettext("Write it myself"), shown, WordsAct.WRITE)
    match shown.state:
        case WordingState.GIVEN:
            return [
                # Translators: on a button: the coordinator's yes to a translation.
                _act(t.gettext("Yes, it is right"), shown, WordsAct.YES),
                # Translators: on a button: the translator is asked to write it differently.
                _act(t.gettext("Other words, please"), shown, WordsAct.BACK),
                own,
            ]
        case WordingState.APPROVED:
            label = t.gettext("Ask the translators again")
            return [_act(label, shown, WordsAct.AGAIN), own]
        case _:
            return [own]


def write_words(t: Tongue, language: str, wording: int, of_activity: bool) -> Message:
    """How the words are to be written; the next message is them."""
    # Translators: on a button: I do not want to write it now.
    no = Button(t.gettext("Do not write"), ShowWords(wording=wording).pack())
    text = how_to_write(t, t.language_name(language), of_activity)
    return Message(text, one_each([no]))


def how_to_write(t: Tongue, language: str, of_activity: bool) -> str:
    """The title in the first line, the text below it; `language` by its name."""
    text = t.gettext(
        "Write it now, as one message, in this language: {language}\n"
        "The first line is the title, at most {title} letters.\n"
        "Below it comes the text, at most {body} letters."
    )
    if of_activity:
        added = t.gettext("Days, hours and places are added by themselves.")
        text = f"{text}\n{added}"
    return t.fill(text, language=language, title=LONGEST_TITLE, body=LONGEST_BODY)


def words_done(t: Tongue, what: str) -> str:
    """What came of a press."""
    match what:
        case "given":
            return t.gettext("Thank you! The coordinator gets it.")
        case "back":
            return t.gettext("The translator is asked for other words.")
        case "left":
            return t.gettext("Somebody else may take it now.")
        case _:
            return t.gettext("It is saved.")


def words_refused(t: Tongue, why: str) -> str:
    """Why nothing came of a press."""
    match why:
        case "taken":
            return t.gettext("Somebody else has it.")
        case "changed":
            return t.gettext("The words are others by now. Please look again.")
        case "empty":
            return t.gettext("Nothing is written yet.")
        case "leaves":
            return t.gettext("A message with these words is being sent. Wait until it is done.")
        case _:
            return t.gettext("It is written already, or is not needed any more.")


def are_asked(
    t: Tongue, languages: Sequence[str], nobody: Sequence[str], nothing: bool = False
) -> str:
    """Who is asked for the missing words, and where there is nobody; `nothing`: no words at all."""
    if nothing:
        return t.gettext("Write the words in one language first. Then they can be translated.")
    reached = [each for each in languages if each not in nobody]
    lines: list[str] = []
    if reached:
        text = t.gettext("The translators are asked now: {languages}. You hear when it is written.")
        lines.append(t.fill(text, languages=t.language_names(reached)))
    if nobody:
        text = t.gettext(
            "No translator of your areas reads messages here for: {languages}. "
            "Please write it yourself."
        )
        lines.append(t.fill(text, languages=t.language_names(nobody)))
    return "\n".join(lines) or t.gettext("Nothing is missing.")


def my_languages(t: Tongue, chosen: dict[str, bool]) -> Message:
    """The languages in which a translator writes; each press is one more, or one less."""
    text = t.gettext("In which languages do you write? You are asked when words are missing there.")
    buttons = [_language(t, code, on) for code, on in chosen.items()]
    return Message(text, one_each([*buttons, Button(t.gettext("Back"), Translations().pack())]))


def _language(t: Tongue, code: str, on: bool) -> Button:
    # Translators: on a button, one of these two: a translator writes in that language, or not.
    text = t.gettext("Yes: {language}") if on else t.gettext("No: {language}")
    return Button(plain(t.fill(text, language=t.language_name(code))), WriteIn(code=code).pack())
