import pytest
from aiogram.types import ChatMemberAdministrator

from messaging import join_texts
from tests.handlers.phone import BOT_ID, BOT_NAME, GROUP, Shown
from tests.rows import resting

HERE = {"id": GROUP, "type": "supergroup", "title": "Planted neighbours"}


def member(status: str) -> dict[str, object]:
    user = {"id": BOT_ID, "is_bot": True, "first_name": "Lotsen", "username": BOT_NAME}
    if status == "administrator":
        fields = ChatMemberAdministrator.model_fields.items()
        rights = {name: False for name, field in fields if field.is_required()}
        return rights | {"status": status, "user": user}
    return {"status": status, "user": user, "until_date": 0}


def moved(phone, old: str, new: str, chat=HERE) -> dict[str, object]:
    """The bot's place in a chat changed."""
    event = {"chat": chat, "from": phone.user, "date": 1}
    return {
        "my_chat_member": event | {"old_chat_member": member(old), "new_chat_member": member(new)}
    }


@pytest.fixture
async def parent(lotsen):
    """Somebody who has joined, and is now in a group as well."""
    phone = lotsen.phone()
    await phone.join("so")
    return phone


async def test_put_into_a_group_it_says_once_in_every_language_to_write_in_private(lotsen, parent):
    said = await lotsen.take(moved(parent, "left", "member"))

    [only] = said
    assert only.buttons == ()
    assert only.text.split("\n\n") == [join_texts.only_private(t) for t in lotsen.languages]
    assert [chat for chat, _ in lotsen.line.said[-1:]] == [GROUP]


@pytest.mark.parametrize(
    ("old", "new"),
    [("member", "left"), ("member", "kicked"), ("member", "administrator")],
)
async def test_taken_out_of_a_group_or_promoted_it_says_nothing(lotsen, parent, old, new):
    assert await lotsen.take(moved(parent, old, new)) == []


async def test_made_an_administrator_at_once_it_says_so_too(lotsen, parent):
    assert len(await lotsen.take(moved(parent, "left", "administrator"))) == 1


async def test_put_into_a_channel_it_says_nothing(lotsen, parent):
    channel = {"id": GROUP, "type": "channel", "title": "News"}

    assert await lotsen.take(moved(parent, "left", "administrator", channel)) == []


@pytest.mark.parametrize("command", ["/start", "/help", "/stop", f"/stop@{BOT_NAME}", "/start abc"])
async def test_a_command_in_a_group_says_nothing_about_anybody(lotsen, parent, command):
    [said] = await lotsen.take({"message": parent.message(HERE, text=command)})

    assert said.text.split("\n\n") == [join_texts.only_private(t) for t in lotsen.languages]
    assert await resting(lotsen.db) == {}


async def test_a_command_for_another_bot_is_none_of_its_business(lotsen, parent):
    assert await lotsen.take({"message": parent.message(HERE, text="/help@OtherBot")}) == []


@pytest.mark.parametrize(
    "content",
    [
        {"text": "hello everybody"},
        {"text": f"@{BOT_NAME} are you there?"},
        {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]},
        {"new_chat_members": [{"id": 77, "is_bot": False, "first_name": "Dan"}]},
        {"left_chat_member": {"id": 77, "is_bot": False, "first_name": "Dan"}},
        {"migrate_to_chat_id": GROUP - 1},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_chatter_in_a_group_is_overheard_in_silence_and_forgotten(lotsen, parent, content):
    assert await lotsen.take({"message": parent.message(HERE, **content)}) == []

    kept = await lotsen.rows("inbox")
    assert [row.raw for row in kept if row.raw] == []


@pytest.mark.parametrize("data", ["m:who", "s", "f:1", "v:1:0:yes", "l:ar", "c:1", "junk"])
async def test_a_forged_press_in_a_group_changes_nothing_and_tells_nothing(lotsen, parent, data):
    press = parent.press_of(data)
    press["callback_query"]["message"]["chat"] = HERE
    before = await lotsen.rows("guardian")

    said = await lotsen.take(press)

    assert said == []
    assert press["callback_query"]["id"] in lotsen.line.answered
    assert await lotsen.rows("guardian") == before
    assert await lotsen.rows("conversation") == []


async def test_a_parent_writes_on_in_private_after_all_that(lotsen, parent):
    await lotsen.take(moved(parent, "left", "member"))

    [said] = await parent.write("/help")

    assert isinstance(said, Shown)
    assert len(said.buttons) == 3
