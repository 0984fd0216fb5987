"""What the page says above each phone, for those who look on: who that is in the demo's stories."""

from programme.people import Role

_LANGUAGES = {
    "so": ("somaliska", "Somali"),
    "ar": ("arabiska", "Arabic"),
    "sv": ("svenska", "Swedish"),
    "en": ("engelska", "English"),
}
_MOTHER = ("mamma", "mother")
_PARENTS = {"Amina": _MOTHER, "Maria": _MOTHER, "Grace": _MOTHER, "Yusuf": ("pappa", "father")}
_STAFF = {
    Role.NURSE: ("sjuksköterska", "nurse"),
    Role.PARENT_SUPPORTER: ("föräldrastödjare", "parent supporter"),
    Role.COORDINATOR: ("samordnare", "coordinator"),
    Role.ADMINISTRATOR: ("administratör", "administrator"),
}
_IN_FRONT = ("Amina", "Yusuf", "Anna", "Carla")


def parent(name: str, language: str) -> dict[str, str]:
    """A parent and their language, in Swedish and English."""
    who = _PARENTS.get(name, ("förälder", "parent"))
    spoken = _LANGUAGES.get(language, (language, language))
    return {"sv": f"{who[0]}, {spoken[0]}", "en": f"{who[1]}, {spoken[1]}"}


def colleague(role: Role) -> dict[str, str]:
    """Somebody of the staff; nothing for a role that no story has."""
    words = _STAFF.get(role)
    return {"sv": words[0], "en": words[1]} if words else {}


def in_front(name: str) -> int:
    """The phone's place on the page before anybody has chosen, from 1; 0: not shown then."""
    return _IN_FRONT.index(name) + 1 if name in _IN_FRONT else 0
