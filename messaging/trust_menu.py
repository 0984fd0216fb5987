"""The buttons of trust in the menu; what is behind them is in files of their own."""

from messaging.i18n import Tongue
from messaging.keyboards import Button
from messaging.trust_buttons import Trust, TrustPage


def exit_button(t: Tongue) -> Button:
    """To clearing the chat."""
    # Translators: on a button. Neutral: nobody who looks over the shoulder should wonder.
    return Button(t.gettext("Clear this chat"), Trust(page=TrustPage.EXIT).pack())
