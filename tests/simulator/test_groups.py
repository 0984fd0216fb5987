"""Groups: what the bot hears there, and what happens when a group is upgraded."""

import pytest

MIGRATED = "Bad Request: group chat was upgraded to a supergroup chat"


@pytest.fixture
def group(rig, amina):
    made = rig.world.make_group("Familjen", amina)
    rig.world.add_bot(made.id, amina)
    return made


async def test_the_bot_is_told_that_it_joined(rig, group):
    joined, service = (await rig.ok("getUpdates"))[1:]
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["username"] == "LotsenDemoBot"


async def test_the_bot_reads_only_what_is_meant_for_it(rig, amina, group):
    said = await rig.ok("sendMessage", chat_id=group.id, text="hej")
    rig.world.write(amina, "between us", group.id)
    rig.world.write(amina, "/help", group.id)
    rig.world.write(amina, "hej @LotsenDemoBot", group.id)
    rig.world.write(amina, "svar", group.id, reply_to=said["message_id"])
    heard = [u["message"].get("text") for u in (await rig.ok("getUpdates"))[3:]]
    assert heard == ["/help", "hej @LotsenDemoBot", "svar"]


async def test_an_upgraded_group_sends_the_bot_to_its_new_number(rig, amina, group):
    new = rig.world.upgrade(group.id)
    answer = await rig.call("sendMessage", chat_id=group.id, text="x")
    assert answer["description"] == MIGRATED
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    sent = await rig.ok("sendMessage", chat_id=new.id, text="x")
    assert sent["chat"] == {"id": new.id, "title": "Familjen", "type": "supergroup"}
    moved = [u["message"] for u in (await rig.ok("getUpdates"))[3:]]
    assert moved[0]["migrate_to_chat_id"] == new.id
    assert moved[1]["migrate_from_chat_id"] == group.id


async def test_a_bot_that_was_thrown_out_cannot_write(rig, amina, group):
    rig.world.remove_bot(group.id, amina)
    why = await rig.refused("sendMessage", chat_id=group.id, text="x")
    assert why == "403 Forbidden: bot was kicked from the group chat"


async def test_a_bot_can_leave_and_then_does_not_know_the_group(rig, group):
    await rig.ok("leaveChat", chat_id=group.id)
    why = await rig.refused("sendMessage", chat_id=group.id, text="x")
    assert why == "400 Bad Request: chat not found"


async def test_groups_are_made_and_upgraded_over_http(rig, amina):
    _, group = await rig.control("POST", "groups", {"title": "G", "owner": amina.id})
    assert group["bots"] == ["LotsenDemoBot"]
    _, new = await rig.control("POST", f"groups/{group['id']}/upgrade", {})
    assert new["type"] == "supergroup"
    _, old = await rig.control("GET", f"groups/{group['id']}")
    assert old["moved_to"] == new["id"]
