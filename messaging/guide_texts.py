"""What stands around the pages of the guide: their list, one page, several that may be meant."""

from collections.abc import Sequence

from messaging.exit_texts import clear_rows, fades_soon
from messaging.finding import Found
from messaging.guide import Page, text_as_html
from messaging.guide_buttons import Guide, GuidePage
from messaging.i18n import Tongue
from messaging.isolates import Ready
from messaging.keyboards import Button, Message, lay_out
from messaging.replies import Reply, say
from messaging.texts import PER_PAGE, back_button, guide_button, more_button


def guide(t: Tongue, pages: Sequence[Page], screen: int) -> Message:
    """Two titles and *More*; a screen that is not there is the first."""
    screens = max(-(-len(pages) // PER_PAGE), 1)
    screen = screen if 0 <= screen < screens else 0
    buttons = [_title(page) for page in pages[screen * PER_PAGE :][:PER_PAGE]]
    more = screen + 1 < screens
    turn = more_button(t, Guide(screen=screen + 1).pack()) if more else back_button(t)
    text = t.gettext(
        "What would you like to read about?\nYou can also write a question here, in your own words."
    )
    return Message(text, lay_out([*buttons, turn], t.one_per_row))


def guide_page(t: Tongue, page: Page, beside: Page | None = None) -> Message:
    """One page, and the way to another one."""
    checked = t.fill(
        # Translators: under a page of the guide: when somebody last looked whether it is true.
        t.gettext("Checked on {date}."),
        date=t.date(page.checked_on, with_year=True),
    )
    title = Ready(f"<b>{text_as_html(page.title, t.rtl)}</b>")
    text = f"{title}\n\n{page.html}\n\n{checked}"
    if page.fades:  # no way on: what stands in its place would go with it
        return Message(f"{text}\n{fades_soon(t)}", clear_rows(t))
    buttons = [*([_title(beside)] if beside else []), guide_button(t), back_button(t)]
    return Message(text, lay_out(buttons, t.one_per_row))


def several_pages(t: Tongue, pages: Sequence[Page]) -> Message:
    """It is not sure which page is meant: their titles, and a person to ask."""
    text = t.gettext(
        "Is it one of these?\nIf not, ask us at the visit, or ask at BVC (the child health centre)."
    )
    return Message(text, lay_out([_title(page) for page in pages], t.one_per_row))


def opened(t: Tongue, page: Page, beside: Page | None = None) -> Reply:
    """The page as an answer; one that nobody should find later is gone in ten minutes."""
    said = guide_page(t, page, beside)
    return Reply(messages=(said,), fades=t.code if page.fades else None)


def answer(t: Tongue, found: Found, current: Sequence[Page]) -> Reply | None:
    """What was found among the pages as they are now; None if that is nothing."""
    by_code = {page.code: page for page in current}
    pages = [by_code[code] for code in found.codes if code in by_code]
    if not pages:
        return None
    if found.sure or len(pages) == 1:
        return opened(t, pages[0], pages[1] if len(pages) > 1 else None)
    return say(several_pages(t, pages))


def _title(page: Page) -> Button:
    return Button(page.title, GuidePage(code=page.code).pack())
