"""Pages of the guide in words for staff: their list, one language, the new version (F4)."""

from collections.abc import Sequence
from datetime import date

from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.guide import Page, text_as_html
from messaging.i18n import Tongue
from messaging.isolates import LRI, PDI, Ready
from messaging.keyboards import Button, File, Message, one_each
from messaging.page_edit_buttons import (
    ActOnPage,
    BringPageBack,
    PageAct,
    PageIn,
    PageIsRight,
    PrintGuide,
    PublishPage,
    StaffGuidePage,
    StaffPages,
    WritePage,
)
from messaging.page_faults import MOST_WORDS, Written
from messaging.place_edit_texts import edition_line, marked
from messaging.plain import plain


def pages_list(
    t: Tongue, shown: Sequence[tuple[Page, str | None]], screen: int, more: bool
) -> Message:
    """The pages, each a button that says what is to be done."""
    text = t.gettext("Pages that families read. Press one to look at it or change it.")
    buttons = [
        Button(
            marked(t, mark, page.title) if mark else page.title,
            StaffGuidePage(page=page.code).pack(),
        )
        for page, mark in shown
    ]
    if more:
        buttons.append(Button(t.gettext("More"), StaffPages(screen=screen + 1).pack()))
    # Translators: on a button: the whole guide as a file, for families without the chat.
    buttons.append(Button(t.gettext("Print the guide"), PrintGuide().pack()))
    buttons.append(Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack()))
    return Message(text, one_each(buttons))


def print_which(t: Tongue, codes: Sequence[str]) -> Message:
    """In which language is it wanted on paper."""
    names = [(code, t.language_name(code).capitalize()) for code in codes]
    buttons = [Button(name, PrintGuide(language=code).pack()) for code, name in names]
    buttons.append(Button(t.gettext("Back"), StaffPages().pack()))
    return Message(t.gettext("In which language shall the guide be printed?"), one_each(buttons))


def to_print(t: Tongue, code: str, guide: File) -> Message:
    """The file."""
    said = t.fill(t.gettext("The guide in {language}, to print."), language=t.language_name(code))
    return Message(said, file=guide)


def _act(t: Tongue, label: str, page: str, act: PageAct) -> Button:
    return Button(label, ActOnPage(page=page, act=act).pack())


def pages_one(
    t: Tongue,
    page: Page,
    codes: Sequence[str],
    done: Sequence[str],
    state: str | None,
    own: bool,
    said: str = "",
    seen: str = "",
) -> Message:
    """One page: its languages, what is written already, and what can be done."""
    title = Ready(f"<b>{text_as_html(page.title, t.rtl)}</b>")
    lines: list[str] = [*([said] * bool(said)), title]
    if state:
        names = t.language_names(done)
        lines.append(t.fill(t.gettext("New version, ready in: {languages}."), languages=names))
    buttons = []
    if state == "review" and not own:
        publish = PublishPage(page=page.code, seen=seen)
        buttons.append(Button(t.gettext("It is right: publish"), publish.pack()))
    elif state == "review":
        lines.append(t.gettext("A second person must look at it before families see it."))
    buttons += [_language(t, page.code, code) for code in codes]
    if state == "draft":
        label = t.gettext("Ready for a second person")
        buttons.append(_act(t, label, page.code, PageAct.SEND))
    if state:
        label = t.gettext("Throw the new version away")
        buttons.append(_act(t, label, page.code, PageAct.DROP))
    buttons += [
        _act(t, t.gettext("Earlier versions"), page.code, PageAct.HISTORY),
        Button(t.gettext("Back"), StaffPages().pack()),
    ]
    return Message("\n".join(lines), one_each(buttons))


def _language(t: Tongue, page: str, code: str) -> Button:
    # Translators: on a button: see the page in that language.
    label = plain(t.fill(t.gettext("See in {language}"), language=t.language_name(code)))
    return Button(label, PageIn(page=page, language=code).pack())


def pages_language(t: Tongue, page: Page, language: str) -> Message:
    """The page in one language, as families see it; the buttons in the reader's own."""
    buttons = [
        Button(t.gettext("Write it anew"), WritePage(page=page.code, language=language).pack()),
        Button(
            t.gettext("It is right as it is"),
            PageIsRight(page=page.code, language=language).pack(),
        ),
        Button(t.gettext("Back"), StaffGuidePage(page=page.code).pack()),
    ]
    return Message(page.html, one_each(buttons))


def pages_write(t: Tongue, language: str) -> Message:
    """How the new text is to be written."""
    text = t.gettext(
        "Write the page in {language} as one message, at most {n} words.\n"
        "Lines that begin with - are a list.\n"
        "For 1177 write {sign}: numbers are put in by themselves."
    )
    # Braces as numbers: what stands in braces is a placeholder everywhere else.
    sign = Ready(f"{LRI}&#123;health_line&#125;{PDI}")
    return Message(t.fill(text, language=t.language_name(language), n=MOST_WORDS, sign=sign))


def pages_fault(t: Tongue, fault: Written) -> str:
    """Why the text cannot be taken."""
    match fault:
        case Written.LONG:
            return t.fill(t.gettext("It is too long: at most {n} words."), n=MOST_WORDS)
        case Written.NUMBER:
            return t.gettext("Please write no long numbers: they change, and nobody notices.")
        case Written.LINE:
            return t.gettext("Every line must begin with a letter of that language.")
        case Written.UNREADABLE:
            return t.gettext("It cannot be shown like that. Use plain lines, and https links.")


def pages_missing(t: Tongue, codes: Sequence[str]) -> str:
    """Why it cannot be published yet."""
    languages = t.language_names(codes)
    text = t.gettext("Not ready yet in: {languages}. Write it there, or say that it is right.")
    return t.fill(text, languages=languages)


def pages_history(
    t: Tongue, page: str, shown: Sequence[tuple[int, date, str | None, str | None]]
) -> Message:
    """What staff have published, the newest first."""
    lines = [t.gettext("Earlier versions:")]
    lines += [edition_line(t, on, author, reviewer) for _, on, author, reviewer in shown]
    if not shown:
        lines.append(t.gettext("None."))
    buttons = []
    for number, on, _, _ in shown:
        label = plain(t.fill(t.gettext("Version of {date}"), date=t.date(on, with_year=True)))
        buttons.append(Button(label, BringPageBack(edition=number).pack()))
    back = Button(t.gettext("Back"), StaffGuidePage(page=page).pack())
    return Message("\n".join(lines), one_each([*buttons, back]))
