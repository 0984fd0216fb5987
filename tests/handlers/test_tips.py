from datetime import timedelta

import pytest

from messaging import pause_texts, texts
from tests.cast import JOINED, local
from tests.handlers.home import a_parent, counted, data, delivered, labels, the_other_parent
from tests.handlers.wording import faults
from tests.rows import resting

FOUR = ("sv", "ar", "so", "en")


@pytest.mark.parametrize("code", FOUR)
async def test_the_buttons_under_a_tip_answer_in_the_parents_language(lotsen, code):
    t = lotsen.languages.get(code)
    phone = lotsen.phone()
    await phone.join(code)
    [child] = await lotsen.rows("child")
    lotsen.clock.set(local("2027-02-14T10:00"))

    [why] = await phone.press(f"w:faces:{child.id}")
    [fewer] = await phone.press("f:1")
    [guardian] = await lotsen.rows("guardian")
    assert guardian.fewer is True
    [again] = await phone.tap(t.gettext("Undo"))

    assert [why.text, fewer.text, again.text] == [
        texts.why_tip(t, 3),
        pause_texts.fewer_on(t).text,
        pause_texts.fewer_off(t),
    ]
    assert faults([why, fewer, again], t, lotsen.languages) == []
    [guardian] = await lotsen.rows("guardian")
    assert guardian.fewer is False


async def test_the_child_of_another_family_is_answered_like_no_child_at_all(lotsen):
    t = lotsen.languages.get("en")
    amina, dan = lotsen.phone(), lotsen.phone()
    await amina.join("en")
    await dan.join("en")
    [hers, his] = [row.id for row in await lotsen.rows("child")]

    for sent in (f"w:faces:{hers}", "w:faces:9999", "w:faces:0", f"w:faces:{10**30}"):
        [said] = await dan.press(sent)
        assert said.text == texts.old_button(t), sent
    [own] = await dan.press(f"w:faces:{his}")
    assert own.text == texts.why_tip(t, 0)


async def test_a_child_who_is_not_born_yet_gives_no_reason_for_a_tip(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET born = NULL, due = '2026-12-01'")
    [child] = await lotsen.rows("child")

    [said] = await phone.press(f"w:faces:{child.id}")

    assert said.text == texts.old_button(lotsen.languages.get("en"))


async def test_pressing_fewer_often_is_pressing_it_once(lotsen):
    phone = lotsen.phone()
    await phone.join("en")

    await lotsen.take(*[phone.press_of("f:1") for _ in range(5)])

    [guardian] = await lotsen.rows("guardian")
    assert guardian.fewer is True


async def test_who_has_stopped_may_still_ask_why(lotsen):
    phone = lotsen.phone()
    await phone.join("en")
    await phone.write("/stop")
    [child] = await lotsen.rows("child")
    lotsen.clock.set(JOINED + timedelta(days=100))

    [said] = await phone.press(f"w:faces:{child.id}")

    assert said.text == texts.why_tip(lotsen.languages.get("en"), 3)
    assert await resting(lotsen.db) == {"stopped": JOINED}


# ---- was it useful?

TIP = local("2026-11-04T10:00")


async def with_tip(lotsen, code: str = "en"):
    """A parent who was sent the first tip; its child's id."""
    phone, _ = await a_parent(lotsen, code)
    [tip] = await delivered(lotsen, TIP)
    [child] = await lotsen.rows("child")
    return phone, child.id, tip


@pytest.mark.parametrize("code", FOUR)
async def test_a_tip_is_sent_with_thumbs_and_more(lotsen, code):
    t = lotsen.languages.get(code)
    phone, child, tip = await with_tip(lotsen, code)

    sent = [each["callback_data"] for row in tip.keyboard["inline_keyboard"] for each in row]
    assert sent == [f"t:gift_book:{child}:1", f"t:gift_book:{child}:0", f"tm:gift_book:{child}"]
    [more] = await phone.press(sent[2])
    assert data(more) == [f"w:gift_book:{child}", "f:1"]
    [thanks] = await phone.press(sent[0])

    assert thanks.text == texts.voted(t)
    assert faults([more, thanks], t, lotsen.languages) == []


@pytest.mark.parametrize(("useful", "what"), [(1, "useful"), (0, "not_useful")])
async def test_a_vote_is_counted_once_for_each_parent_and_tip_and_never_with_who(
    lotsen, useful, what
):
    phone, child, _ = await with_tip(lotsen)

    for press in (useful, useful, 1 - useful):
        await phone.press(f"t:gift_book:{child}:{press}")

    assert await counted(lotsen, "useful", "not_useful") == [(what, None, "gift_book")]
    assert [row.voted for row in await lotsen.rows("item")] == [True]


async def test_both_parents_are_counted(lotsen):
    amina, family_id = await a_parent(lotsen)
    yusuf = await the_other_parent(lotsen, family_id)
    await delivered(lotsen, TIP)
    [child] = await lotsen.rows("child")

    await amina.press(f"t:gift_book:{child.id}:1")
    await yusuf.press(f"t:gift_book:{child.id}:0")

    assert [what for what, _, _ in await counted(lotsen, "useful", "not_useful")] == [
        "useful",
        "not_useful",
    ]


@pytest.mark.parametrize("forged", ["t:faces:{}:1", "t:gift_book:9999:1", "t:gone:{}:1"])
async def test_a_tip_that_was_never_sent_is_not_voted_on(lotsen, forged):
    phone, child, _ = await with_tip(lotsen)

    await phone.press(forged.format(child))

    assert await counted(lotsen, "useful", "not_useful") == []


async def test_before_the_birth_a_tip_comes_because_a_child_is_expected(lotsen):
    phone, _ = await a_parent(lotsen)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET born = NULL, due = '2026-12-20'")
    [child] = await lotsen.rows("child")

    tips = await delivered(lotsen, local("2026-11-08T10:00"))

    [tip] = tips
    assert tip.chat_id == phone.id
    assert tip.text.startswith("A tip from Lotsen\nThe family centre (familjecentral) is open")
    [why] = await phone.press(f"w:expecting_welcome:{child.id}")
    assert why.text == texts.why_early(lotsen.languages.get("en"))
    await phone.press(f"t:expecting_welcome:{child.id}:1")
    assert await counted(lotsen, "useful") == [("useful", None, "expecting_welcome")]
    assert labels(why) == []


async def test_nothing_is_explained_about_a_child_of_whom_nothing_is_said(lotsen):
    phone, child, _ = await with_tip(lotsen)
    async with lotsen.db.write() as tx:
        await tx.exec_driver_sql("UPDATE child SET silent = true")

    for press in (f"w:gift_book:{child}", f"t:gift_book:{child}:1", f"w:expecting_welcome:{child}"):
        [said] = await phone.press(press)
        assert said.text == texts.old_button(lotsen.languages.get("en"))
    assert await counted(lotsen, "useful") == []
