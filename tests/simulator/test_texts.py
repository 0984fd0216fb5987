"""What Telegram does to texts before it shows them."""

import pytest

from simulator.html import parse
from simulator.text import clean


async def text(rig, person, **params):
    return await rig.ok("sendMessage", chat_id=person.id, **params)


async def test_an_empty_text_is_refused(rig, amina):
    why = await rig.refused("sendMessage", chat_id=amina.id, text="")
    assert why == "400 Bad Request: message text is empty"


@pytest.mark.parametrize("blank", ["   ", "\n\n", "\u200b", "<b> </b>"])
async def test_a_text_nobody_sees_is_refused(rig, amina, blank):
    why = await rig.refused("sendMessage", chat_id=amina.id, text=blank, parse_mode="HTML")
    assert why == "400 Bad Request: text must be non-empty"


async def test_4096_units_pass_and_4097_do_not(rig, amina):
    await rig.ok("sendMessage", chat_id=amina.id, text="x" * 4096)
    why = await rig.refused("sendMessage", chat_id=amina.id, text="x" * 4097)
    assert why == "400 Bad Request: message is too long"


async def test_an_emoji_counts_twice_and_a_tag_not_at_all(rig, amina):
    await rig.ok("sendMessage", chat_id=amina.id, text="😀" * 2048)
    tagged = "<b>" + "x" * 4096 + "</b>"
    await rig.ok("sendMessage", chat_id=amina.id, text=tagged, parse_mode="HTML")
    why = await rig.refused("sendMessage", chat_id=amina.id, text="😀" * 2049)
    assert why == "400 Bad Request: message is too long"


async def test_raw_text_over_32768_bytes_is_refused_before_it_is_read(rig, amina):
    tags = "<b></b>" * 5000
    why = await rig.refused("sendMessage", chat_id=amina.id, text=tags + "x", parse_mode="HTML")
    assert why == "400 Bad Request: text is too long"


async def test_a_caption_takes_1024_units(rig, amina):
    stored = await rig.ok("sendDocument", chat_id=amina.id, document=await a_document(rig, amina))
    file_id = stored["document"]["file_id"]
    await rig.ok("sendDocument", chat_id=amina.id, document=file_id, caption="c" * 1024)
    why = await rig.refused("sendDocument", chat_id=amina.id, document=file_id, caption="c" * 1025)
    assert why == "400 Bad Request: message caption is too long"


async def a_document(rig, person):
    message = rig.world.send(person, "document")
    return message.content["document"]["file_id"]


async def test_overrides_and_separators_go_but_isolates_stay(rig, amina):
    raw = "a\u202ab\u202bc\u202cd\u202de\u202ef\u2028g\u2029h \u2068Anna\u2069 \u206610\u2069"
    message = await text(rig, amina, text=raw)
    assert message["text"] == "abcdefgh \u2068Anna\u2069 \u206610\u2069"


async def test_space_around_goes_but_a_bold_beginning_keeps_its_own(rig, amina):
    assert (await text(rig, amina, text="  \n hej \n "))["text"] == "hej"
    message = await text(rig, amina, text=" <b> hej</b> ", parse_mode="HTML")
    assert message["text"] == " hej"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4}]


async def test_control_characters_become_spaces_and_returns_vanish():
    assert clean("a\tb\r\nc\x07d") == "a b\nc d"


async def test_offsets_count_utf16(rig, amina):
    message = await text(rig, amina, text="😀 <b>då</b> <i>نعم</i>", parse_mode="HTML")
    assert message["entities"] == [
        {"type": "bold", "offset": 3, "length": 2},
        {"type": "italic", "offset": 6, "length": 3},
    ]


async def test_telegram_finds_links_commands_and_addresses_itself(rig, amina):
    raw = "/help https://goteborg.se a@b.se @lotsen #tag +46 31 365 00 00"
    found = (await text(rig, amina, text=raw))["entities"]
    kinds = {raw[e["offset"] : e["offset"] + e["length"]]: e["type"] for e in found}
    assert kinds == {
        "/help": "bot_command",
        "https://goteborg.se": "url",
        "a@b.se": "email",
        "@lotsen": "mention",
        "#tag": "hashtag",
        "+46 31 365 00 00": "phone_number",
    }


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("å <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        (
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("x <3", "Unclosed start tag at byte offset 2"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="x">x</tg-time>', "Invalid Unix time specified"),
    ],
)
async def test_html_that_is_not_well_formed_is_refused(rig, amina, source, complaint):
    why = await rig.refused("sendMessage", chat_id=amina.id, text=source, parse_mode="HTML")
    assert why == f"400 Bad Request: can't parse entities: {complaint}"


KNOWN_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    'span class="tg-spoiler"': "spoiler",
    'a href="https://a.se/b"': "text_link",
    'tg-emoji emoji-id="5368324170671202286"': "custom_emoji",
    'tg-time unix="1800000000" format="wDt"': "date_time",
    "blockquote expandable": "expandable_blockquote",
}


@pytest.mark.parametrize(("tag", "kind"), KNOWN_TAGS.items())
def test_every_tag_telegram_knows_is_taken(tag, kind):
    shown, entities = parse(f"<{tag}>x</{tag.split()[0]}>")
    assert (shown, [entity["type"] for entity in entities]) == ("x", [kind])


def test_links_emoji_and_times_keep_what_they_stand_for():
    tags = [tag for tag in KNOWN_TAGS if tag.startswith(("a ", "tg-e", "tg-t"))]
    link, emoji, time = (parse(f"<{tag}>x</{tag.split()[0]}>")[1][0] for tag in tags)
    assert link["url"] == "https://a.se/b"
    assert emoji["custom_emoji_id"] == "5368324170671202286"
    assert (time["unix_time"], time["date_time_format"]) == (1800000000, "wDt")


async def test_code_in_pre_is_a_block_in_a_language():
    _, entities = parse('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


async def test_only_four_names_and_numbers_are_characters():
    assert parse("&lt;&gt;&amp;&quot;&#233;&#xE9;&eacute;")[0] == '<>&"éé&eacute;'


async def test_an_unknown_parse_mode_is_refused(rig, amina):
    why = await rig.refused("sendMessage", chat_id=amina.id, text="x", parse_mode="Markup")
    assert why == "400 Bad Request: unsupported parse_mode"


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        (
            {"type": "bold", "offset": 100, "length": 1},
            "entity begins after the end of the text at UTF-16 offset 100",
        ),
        (
            {"type": "bold", "offset": 0, "length": 9},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
        ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        (
            {"type": "loud", "offset": 0, "length": 1},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            {"type": "text_link", "offset": 0, "length": 1, "url": "not-a-url"},
            "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_listed_entities_are_checked(rig, amina, entity, complaint):
    why = await rig.refused("sendMessage", chat_id=amina.id, text="hello", entities=[entity])
    assert why == f"400 Bad Request: {complaint}"


async def test_listed_entities_come_back(rig, amina):
    bold = {"type": "bold", "offset": 0, "length": 3}
    assert (await text(rig, amina, text="hej då", entities=[bold]))["entities"] == [bold]


async def test_more_than_a_hundred_entities_are_cut(rig, amina):
    message = await text(rig, amina, text="<b>x</b> " * 150, parse_mode="HTML")
    assert len(message["entities"]) == 100
