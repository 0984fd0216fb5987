"""The methods that put a message into a chat. They check words, chat, pace, welcome in turn."""

from __future__ import annotations

from typing import Any

from simulator import contents
from simulator.chats import Chat, Message
from simulator.contents import Content, Upload
from simulator.entities import given_entities
from simulator.errors import ApiError, bad, forbidden
from simulator.html import parse
from simulator.keyboards import checked_markup
from simulator.params import Params
from simulator.shapes import Json
from simulator.state import State
from simulator.text import CAPTION_LIMIT, RAW_LIMIT, TEXT_LIMIT, Entity, clean, finished
from simulator.users import Bot
from simulator.voices import is_voice

NORTH, EAST = 90, 180
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def words(params: Params, name: str = "text") -> tuple[str, list[Entity]]:
    """The text (or caption) of a call with its entities, as it will be stored."""
    caption = name == "caption"
    raw = params.text(name)
    if not raw and not caption:
        raise bad("message text is empty")
    if len(raw.encode("utf-8", "surrogatepass")) > RAW_LIMIT:
        raise bad("text is too long")
    mode = params.text("parse_mode").lower()
    if mode and mode not in ("none", "html"):
        raise bad("unsupported parse_mode")
    source = clean(raw)
    if mode == "html":
        text, entities = parse(source)
        text = clean(text)
    else:
        listed = params.json("caption_entities" if caption else "entities", "entities")
        text, entities = source, given_entities(source, listed)
    if caption and not text.strip():
        return "", []
    limit = CAPTION_LIMIT if caption else TEXT_LIMIT
    return finished(text, entities, limit, f"message {'caption ' * caption}is too long")


def text_content(params: Params) -> Content:
    """The content of a text message."""
    text, entities = words(params)
    content: Content = {"text": text} | ({"entities": entities} if entities else {})
    preview = params.json("link_preview_options", "link preview options")
    if params.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    return content | ({"link_preview_options": preview} if preview else {})


def caption_content(params: Params) -> Content:
    """The caption part of a message with a file; empty without one."""
    text, entities = words(params, "caption")
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def target(state: State, bot: Bot, params: Params) -> Chat:
    """The chat a call is for, or the 400 for a wrong one."""
    chat_id = params.text("chat_id").strip()
    if not chat_id:
        raise bad("chat_id is empty")
    chat = state.chat_for(bot, chat_id)
    if chat.moved_to is not None:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, text, migrate_to_chat_id=chat.moved_to)
    return chat


def check_welcome(bot: Bot, chat: Chat) -> None:
    """Raise the 403 if this bot may not write there."""
    if chat.person is not None:
        if chat.person.deleted:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif chat.closed:
        raise forbidden("the group chat was deleted")
    elif bot.username in chat.gone:
        raise forbidden(f"bot was kicked from the {_group_word(chat)} chat")


def _group_word(chat: Chat) -> str:
    return "supergroup" if chat.kind == "supergroup" else "group"


def deliver(state: State, bot: Bot, params: Params, content: Content) -> dict[str, Any]:
    """Put a bot's message into the chat of the call; gives the Message back."""
    if params.flag("allow_paid_broadcast"):
        raise bad("FLOODSKIP_NOT_ALLOWED")
    if params.text("business_connection_id"):
        raise bad("business connection not found")
    markup = checked_markup(params.json("reply_markup", "reply keyboard markup"))
    chat = target(state, bot, params)
    if params.number("message_thread_id"):
        raise bad("message thread not found")
    reply_to = _reply_target(chat, params)
    bot.pace.take(state.limits, chat.id)
    check_welcome(bot, chat)
    if params.flag("protect_content"):
        content = {**content, "has_protected_content": True}
    message = state.add_message(chat, bot, content, reply_to=reply_to, markup=markup)
    _set_keyboard(chat, message)
    return message.for_bot()


def _set_keyboard(chat: Chat, message: Message) -> None:
    markup = message.markup or {}
    if "keyboard" in markup:
        chat.keyboard = markup
    elif markup.get("remove_keyboard"):
        chat.keyboard = None


def _reply_target(chat: Chat, params: Params) -> int | None:
    wanted = params.json("reply_parameters", "reply parameters")
    lenient = params.flag("allow_sending_without_reply")
    number = params.number("reply_to_message_id")
    if isinstance(wanted, dict):
        if "message_id" not in wanted:
            raise bad('can\'t find field "message_id"')
        number, lenient = int(wanted["message_id"]), bool(wanted.get("allow_sending_without_reply"))
    if not number:
        return None
    message = chat.messages.get(number)
    if message is not None and not message.deleted:
        return number
    if lenient:
        return None
    raise bad("message to be replied not found")


def send_message(state: State, bot: Bot, params: Params) -> Json:
    """sendMessage."""
    return deliver(state, bot, params, text_content(params))


def file_content(state: State, params: Params, kind: str) -> Content:
    """The file of a call: uploaded, or one that is here already."""
    value = params.text(kind)
    attached = value.removeprefix("attach://") if value.startswith("attach://") else kind
    upload = params.files.get(attached)
    if upload is None:
        if not value:
            raise bad(f"there is no {kind} in the request")
        return contents.again(kind, state.files.get(value))
    return _stored(state, kind, upload, params)


def _stored(state: State, kind: str, upload: Upload, params: Params) -> Content:
    if kind == "photo":
        return contents.photo(state.files, upload)
    # A sound of another kind arrives as a file: nobody hears it in the chat.
    if kind == "voice" and is_voice(upload.content):
        return contents.voice(state.files, upload, params.number("duration") or None)
    return contents.document(state.files, upload)


def send_photo(state: State, bot: Bot, params: Params) -> Json:
    """sendPhoto."""
    return deliver(
        state, bot, params, file_content(state, params, "photo") | caption_content(params)
    )


def send_voice(state: State, bot: Bot, params: Params) -> Json:
    """sendVoice."""
    return deliver(
        state, bot, params, file_content(state, params, "voice") | caption_content(params)
    )


def send_document(state: State, bot: Bot, params: Params) -> Json:
    """sendDocument."""
    return deliver(
        state, bot, params, file_content(state, params, "document") | caption_content(params)
    )


def _place(params: Params) -> Content:
    latitude, longitude = params.decimal("latitude"), params.decimal("longitude")
    if abs(latitude) > NORTH or abs(longitude) > EAST:
        raise bad("wrong latitude or longitude specified")
    return contents.location(latitude, longitude)


def send_location(state: State, bot: Bot, params: Params) -> Json:
    """sendLocation."""
    return deliver(state, bot, params, _place(params))


def send_venue(state: State, bot: Bot, params: Params) -> Json:
    """sendVenue; bots see the place twice, as venue and as location."""
    place = _place(params)
    for name in ("title", "address"):
        if not params.text(name).strip():
            raise bad(f"{name} is empty")
    venue = {**place, "title": params.text("title"), "address": params.text("address")}
    return deliver(state, bot, params, {"venue": venue, **place})


def send_chat_action(state: State, bot: Bot, params: Params) -> Json:
    """sendChatAction; the phone shows it for some seconds."""
    action = params.text("action")
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat = target(state, bot, params)
    check_welcome(bot, chat)
    chat.action = (action, state.now())
    state.changed(chat)
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendDocument": send_document,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendChatAction": send_chat_action,
}
