"""What the buttons about places say; those of staff are in `place_edit_buttons.py`."""

from messaging.callbacks import CallbackData

MOST_BYTES = 64  # Telegram's, of one button


class Places(CallbackData, prefix="P"):
    """The first page of places."""


class PlacesToday(CallbackData, prefix="Pt"):
    """What is open today, page by page."""

    page: int = 0


class PlacesWeek(CallbackData, prefix="Pw"):
    """The next seven days of every place, one after the other."""

    page: int = 0


class NearMe(CallbackData, prefix="Pn"):
    """What is near: the position is asked for."""


class PlaceCard(CallbackData, prefix="Pc"):
    """All that is known of one place."""

    place: int


class PlaceWeek(CallbackData, prefix="Pq"):
    """The next seven days of one place."""

    place: int


class PlaceWay(CallbackData, prefix="Pv"):
    """How to find one place."""

    place: int


class Nearby(CallbackData, prefix="Pm"):
    """The next of the nearest places: as `near` wrote them, for the position is not kept."""

    found: str
    n: int


def near(found: list[tuple[int, int]], n: int) -> str:
    """The data of the button that shows number `n` of these (place, metres); what fits."""
    while True:
        written = ".".join(f"{place}-{metres}" for place, metres in found)
        try:
            return Nearby(found=written, n=n).pack()
        except ValueError:  # too many bytes: the ones farthest down the list are left out
            found = found[:-1]


def read_near(found: str) -> list[tuple[int, int]]:
    """What `near` wrote; ValueError for anything else, which only a forger sends."""
    return [_pair(each) for each in found.split(".")]


def _pair(text: str) -> tuple[int, int]:
    place, metres = text.split("-")
    return int(place), int(metres)
