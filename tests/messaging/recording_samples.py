"""Samples of what staff read while they read aloud, and of what parents find who listen."""

from collections.abc import Callable
from typing import Any

from messaging import listen_texts, recording_texts, scripts
from messaging.recording_texts import Line, Progress
from messaging.speech import Group
from programme.recordings import VoiceFault
from tests.messaging.place_samples import DAY

PARTS = ("record_button",)
STAFF_NAMES = ("record_",)


def answers(t) -> dict[str, Any]:
    """Made with that language's own texts: they stand in it."""
    page = scripts.of_page(t, t.pages[0])
    return {
        "record_ask": recording_texts.record_ask(t, t.code, page, 3, 20, 1),
        "record_list": recording_texts.record_list(
            t, t.code, Group.GUIDE, [Line(1, page.words, True), Line(2, page.words, False)], 0, True
        ),
        "record_one": recording_texts.record_one(t, 1, page.words, None, DAY, False),
        "record_one old": recording_texts.record_one(t, 1, page.words, "Bo", DAY, True),
    }


ANSWERS: dict[Callable[..., Any], list[tuple[Any, ...]]] = {
    recording_texts.record_languages: [([("sv", 3, 190), ("ar", 0, 190)],)],
    recording_texts.record_groups: [
        ("ar", [Progress(each, n, n, 20) for n, each in enumerate(Group)]),
        ("ar", [Progress(Group.DATES, 1, 0, 20)]),
    ],
    recording_texts.record_all_done: [("ar", Group.TIPS)],
    recording_texts.record_taken: [()],
    recording_texts.record_wants_voice: [("so",)],
    recording_texts.record_refused: [("ar", each) for each in VoiceFault],
    recording_texts.record_fault: [(each,) for each in VoiceFault],
    recording_texts.record_heard: [(1,)],
    recording_texts.record_failed: [(1, VoiceFault.SILENT)],
    recording_texts.record_kept: [()],
    recording_texts.record_removed: [()],
    listen_texts.cannot_be_heard: [()],
}
MADE = (recording_texts.record_ask, recording_texts.record_list, recording_texts.record_one)
