"""What stands around the help for staff: its list, one page, and the way to a checklist."""

from messaging.booking_buttons import ShowBooking
from messaging.callbacks import STAFF_MENU, StaffPage
from messaging.guide import text_as_html
from messaging.help_buttons import OpenHelp, StaffHelp
from messaging.i18n import Tongue
from messaging.keyboards import Button, Message, one_each
from messaging.staff_help import HelpPage, checklist_of


def help_list(t: Tongue) -> Message:
    """What staff can read about."""
    text = t.gettext("What would you like to read about?")
    if not t.staff_help:
        text = t.gettext("There is no help in your language yet.")
    buttons = [Button(each.title, OpenHelp(code=each.code).pack()) for each in t.staff_help]
    back = Button(t.gettext("Back"), StaffPage(page=STAFF_MENU).pack())
    return Message(text, one_each([*buttons, back]))


def help_page(t: Tongue, page: HelpPage, family: int = 0, booking: int = 0) -> Message:
    """One page, and the way back to the list, or to the booking it was opened from."""
    back = StaffHelp().pack()
    if family:
        back = ShowBooking(family=family, booking=booking).pack()
    title = f"<b>{text_as_html(page.title, t.rtl)}</b>"
    return Message(f"{title}\n\n{page.html}", one_each([Button(t.gettext("Back"), back)]))


def help_button(t: Tongue) -> Button:
    """To the list."""
    return Button(t.gettext("Help"), StaffHelp().pack())


def checklist_buttons(t: Tongue, visit: int, family: int, booking: int) -> list[Button]:
    """To what is good to think of at that visit; none for a meeting besides the six."""
    page = t.help_page(checklist_of(visit))
    if page is None:
        return []
    data = OpenHelp(code=page.code, family=family, booking=booking).pack()
    # Translators: on a button for staff: what to bring to a visit, and what to talk about there.
    return [Button(t.gettext("Checklist"), data)]
