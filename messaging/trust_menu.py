"""The buttons of trust in the menu; what is behind them is in files of their own."""

from messaging.i18n import Tongue
from messaging.keyboards import Button
from messaging.trust_buttons import CallMe, Threads, Trust, TrustPage


def exit_button(t: Tongue) -> Button:
    """To clearing the chat."""
    # Translators: on a button. Neutral: nobody who looks over the shoulder should wonder.
    return Button(t.gettext("Clear this chat"), Trust(page=TrustPage.EXIT).pack())


def my_data_button(t: Tongue) -> Button:
    """To everything that is saved."""
    # Translators: on a button: what Lotsen has saved about me.
    return Button(t.gettext("My data"), Trust(page=TrustPage.MY_DATA).pack())


def forget_button(t: Tongue) -> Button:
    """To the page that explains what deleting means."""
    return Button(t.gettext("Delete my data"), Trust(page=TrustPage.FORGET).pack())


def team_button(t: Tongue) -> Button:
    """To writing to the team."""
    return Button(t.gettext("Write to your team"), Trust(page=TrustPage.TEAM).pack())


def call_button(t: Tongue) -> Button:
    """Please call me."""
    return Button(t.gettext("Call me, with interpreter"), CallMe().pack())


def threads_button(t: Tongue) -> Button:
    """To what nobody has answered."""
    # Translators: on a button for staff: messages that parents have written.
    return Button(t.gettext("Messages from parents"), Threads().pack())
