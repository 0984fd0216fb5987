"""Tags, marks of direction and worse, written into every field of the chat and then shown.

The fields are read out of the code: a new state that waits for words fails here until it has a row.
"""

import itertools
import json
import unicodedata

import pytest
from aiogram.types import Update
from sqlalchemy import String, select

from messaging import thread_texts
from messaging.isolates import MARKS
from messaging.keyboards import Message
from messaging.plain import markup_fault
from programme.letters import TeamAnswer
from services import inbox
from storage.tables import metadata
from tests.door import cells, press, table, ways
from tests.door.cells import known
from tests.door.world import NOW
from tests.effort import THOROUGH
from tests.messaging.reading_marks import isolates_fault

ODD = "<b>&\u202e\u2067\u200f\u200b\U0001f600<script>"
BROKEN = f"{ODD}\r\nBEGIN:VEVENT\x00\x1b[31m"
LONG = f"{BROKEN} " * 200

# Where words are kept: whose hands write them, and what is written ({0} finds it again).
KEPT = {
    "Answering:thread": ("nurse here", "{0}" + BROKEN),
    "Composing:words": ("coordinator here", "{0}" + BROKEN),
    "Inviting:name": ("coordinator here", "{0}" + BROKEN),
    "Naming:area": ("administrator here", "{0}" + BROKEN),
    "Opening:words": ("second nurse", "{0}" + BROKEN),
    "Registering:going_on": ("nurse here", "{0}" + BROKEN),
    "Writing:name": ("parent_supporter here", "{0}" + BROKEN),
    "Writing:to_team": ("neighbour", "{0}" + BROKEN),
    "Writing:way": ("parent_supporter here", "{0}" + BROKEN),
    "WritingActivity:link": (
        "parent_supporter here",
        "https://{0}.example/?a=<b>&amp;\u202e\u200f",
    ),
    "WritingActivity:words": ("parent_supporter here", "{0}" + BROKEN),
    "WritingNote:line": ("coordinator here", "{0}" + BROKEN),
    "WritingPage:text": ("parent_supporter here", "{0}\u200f\n\u202e\u2067Words\x07\u200b"),
    "WritingWords:text": ("coordinator here", "{0}" + BROKEN),
}
# Where words are not wanted and nothing of them may stay: a button, a place, a picture is.
NOT_KEPT = {
    "Asking:position": "amina", "ByPoster:day": "stranger", "ByPoster:deciding": "stranger",
    "ByPoster:first_child": "stranger", "Composing:picture": "coordinator here",
    "Giving:address": "nurse here", "Speaking:text": "nurse here",
    "StaffJoining:choosing_language": "stranger",
    "WantingNear:position": "amina", "Writing:position": "parent_supporter here",
    "WritingActivity:picture": "parent_supporter here",
}  # fmt: skip
# What the conversation knows besides.
KNOWN = {"WritingWords:text": {"language": "sv"}, "WritingPage:text": {"page": "bvc"}}
TO_BE_FINISHED = {"Registering:going_on"}  # kept with the last button of several
# What leaves as a letter, and the reason of a look, which the command line alone tells.
BY_LETTER = {"Answering:thread", "Opening:words", "Writing:to_team"}
# Where they are shown; `make faults` presses every button there is.
VIEWS = {
    "activity.ActOnActivity open", "activity.StaffActivity", "activity.Timetable", "door.Doors",
    "absence.WhoIsIll", "calendar.DayList", "translating.ShowWords", "notice.ActOnNotice whom",
    "notice.ActOnNotice see", "notice.NoticeList", "page_edit.PageIn bvc", "note.NoteList",
    "place_edit.ActOnPlace draft", "place_edit.ActOnPlace way", "register.AreaAct list",
    "register.Team list", "trust.Trust data", "note.YearlyBlocks", "callbacks.StaffPage area",
    "signup.MySignUp", "signup.SignUp", "whats_on.ListOn", "report.ReportOf",
}  # fmt: skip
# The conversation itself remembers what was typed until it is over: sealed, shown by nobody.
UNSHOWN = {"inbox", "conversation"}


class Reader:
    """Reads every message, button, file and pin that is said, as Telegram would."""

    def __init__(self, door, monkeypatch) -> None:
        self.door, self.wrong, self.read, self.kept = door, [], [], {}
        read = press._read

        def note(reply):
            for each in reply.messages if reply else ():
                self.look_at(each)
            return read(reply)

        monkeypatch.setattr(press, "_read", note)

    def look_at(self, message) -> None:
        labels = [button.text for row in message.rows for button in row]
        pin = [message.pin.title, message.pin.address] if message.pin else []
        self.read += [message.text, *labels, *pin]
        for text in (message.text, *labels, *pin):
            plain = text is not message.text
            fault = isolates_fault(text) or (None if plain else markup_fault(text))
            if fault or any(bad(sign) for sign in text):
                self.wrong.append((fault, text))

    async def write(self, state, who, text):
        """Somebody writes this where that is waited for; what they did stays done."""
        door, chat = self.door, self.door.world.chats[who]
        home = "neighbour" if who == "neighbour" else "amina"
        kept = {**known(door.world, home, state), "of_activity": False} | KNOWN.get(state, {})
        await inbox.write_conversation(door.tx, (press.BOT_ID, chat, chat), state, kept, NOW)
        person = {"id": chat, "is_bot": False, "first_name": ODD}
        here = {"message_id": next(_numbers), "chat": {"id": chat, "type": "private"}, "date": 0}
        raw = {"update_id": 1, "message": {**here, "from": person, "text": text}}
        try:
            async with door.tx.begin_nested():
                came = await door._feed(Update.model_validate(raw), NOW)
        finally:
            _, data = await inbox.read_conversation(door.tx, (press.BOT_ID, chat, chat))
            self.kept[state] = json.dumps(data, ensure_ascii=False)
            await inbox.write_conversation(door.tx, (press.BOT_ID, chat, chat), None, {}, NOW)
        return came


_numbers = itertools.count(90_001)


def bad(sign: str) -> bool:
    """Whether it steers something, or is nothing to see."""
    control = sign != "\n" and unicodedata.category(sign) in {"Cc", "Cs"}
    return control or sign in "\u200b\u2060\ufeff"


async def stored(tx, word):
    """Every text of the database in which that word stands, by its column."""
    for name, found in metadata.tables.items():
        for column in found.c if name not in UNSHOWN else ():
            if isinstance(column.type, String) or column.type.__class__.__name__ == "Sealed":
                for (text,) in await tx.execute(select(column).where(column.is_not(None))):
                    if isinstance(text, str) and word in text:
                        yield f"{name}.{column.name}", text


async def a_second_nurse(door, monkeypatch):
    """Somebody of the area who has to say why a colleague's family is opened."""
    facts = {"area_id": door.world.thing("area", "amina"), "language": "en", "role": "nurse"}
    chat = {"name": "Bea", "chat_id": 990_001}
    await door.tx.execute(metadata.tables["staff"].insert().values(**facts, **chat))
    monkeypatch.setitem(door.world.chats, "second nurse", 990_001)


def word_of(state: str) -> str:
    return f"zq{sorted(KEPT).index(state):02}q"


def test_every_field_of_the_chat_that_takes_words_is_tried():
    waits = {state for state, content in ways.written() if content == "text"}
    assert waits == {*KEPT, *NOT_KEPT}


async def test_what_is_too_long_or_not_wanted_is_answered_soundly_and_nothing_of_it_stays(
    door, monkeypatch
):
    reader = Reader(door, monkeypatch)
    await a_second_nurse(door, monkeypatch)
    for state in (*KEPT, *NOT_KEPT):
        who = NOT_KEPT.get(state) or KEPT[state][0]
        written = f"zqlong{LONG}" if state in KEPT else f"zqnever{BROKEN}"
        for text in (written, "\u202e\u2067\u200b\u200f"):
            await reader.write(state, who, text)
    assert reader.wrong == []
    assert [where async for where, _ in stored(door.tx, "zqnever")] == []
    whole = [where async for where, text in stored(door.tx, "zqlong") if len(text) > 1000]
    assert whole == []


@pytest.fixture
async def filled(door, monkeypatch):
    """Every field is filled by who may; whoever reads from now on."""
    reader = Reader(door, monkeypatch)
    await a_second_nurse(door, monkeypatch)
    for state, (who, text) in KEPT.items():
        await reader.write(state, who, text.format(word_of(state)))
    reader.read.clear()
    return reader


async def kept_of(reader, state):
    """What is kept of what was written there, by where."""
    found = [each async for each in stored(reader.door.tx, word_of(state))]
    if state in TO_BE_FINISHED:
        found.append(("conversation", json.loads(reader.kept[state])["label"]))
    return found


async def test_what_is_kept_is_clean(filled):
    for state in KEPT:
        found = await kept_of(filled, state)
        assert found, f"{state} keeps nothing: is it a field at all?"
        for where, text in found:
            assert not set(text) & MARKS, (state, where)
            assert not any(map(bad, text)), (state, where)
            assert "\\u20" not in text, (state, where)  # as JSON would write them


async def test_wherever_it_is_shown_it_is_escaped_and_isolated(filled, languages):
    for cell in looks(filled.door.world):
        await cell.try_at(filled.door)
    assert filled.wrong == []
    shown = "\n".join(filled.read)
    assert {state for state in KEPT if word_of(state) not in shown} == {*BY_LETTER, *TO_BE_FINISHED}
    words = [text for state in BY_LETTER for _, text in await kept_of(filled, state)]
    [(_, label)] = await kept_of(filled, "Registering:going_on")
    for t in languages:
        for text in words:
            answer = TeamAnswer(guardian_id=1, text=text, key="x", at=NOW, not_after=NOW)
            filled.look_at(Message(thread_texts.ask_body(t, label, text)))
            filled.look_at(Message(thread_texts.answer_body(answer, t)))
            filled.look_at(thread_texts.write_answer(t, t.own_name, text))
        filled.look_at(thread_texts.open_threads(t, [(1, label)]))
    assert filled.wrong == []


def looks(world):
    """For each row of the table that answers a button: whom of parents and of staff it lets in."""
    seen = set()
    for cell in cells.every(world):
        sort = (cell.way, cell.detail, cell.who in cells.STAFF)
        if not THOROUGH and f"{cell.way} {cell.detail}".strip() not in VIEWS:
            continue
        if cell.press and cell.state is None and sort not in seen and ours(cell):
            seen.add(sort)
            yield cell


def ours(cell) -> bool:
    """Whether it is about what was written, and is let in."""
    return cell.whose in {"amina", "neighbour"} and table.allows(cell)
