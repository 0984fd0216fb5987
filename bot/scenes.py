"""Scenes: one click sets a stage and plays a story on it, for who wants to see one thing alone."""

from dataclasses import dataclass

from bot.theatre import FREE, Play


@dataclass(frozen=True)
class Scene:
    """One story: what it is called, what one sees."""

    play: Play
    title: str
    text: str


SCENES = (
    Scene(FREE, "Fri lek", "Fyra familjer och tre kollegor. Vrid på klockan och tryck själv."),
)
