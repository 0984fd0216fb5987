"""The methods that change, delete or answer what is there already."""

from __future__ import annotations

from datetime import timedelta

from simulator.chats import Chat, Message
from simulator.contents import Content
from simulator.errors import bad
from simulator.keyboards import checked_markup
from simulator.params import Params
from simulator.sending import (
    caption_content,
    check_welcome,
    file_content,
    target,
    text_content,
)
from simulator.shapes import Json
from simulator.state import State
from simulator.updates import PRESS_LIFE
from simulator.users import Bot

DELETE_LIFE = timedelta(hours=48)
TOAST_LIMIT = 200
DELETED_AT_ONCE = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_CAPTIONED = ("photo", "voice", "document")


def _editable(state: State, bot: Bot, params: Params) -> Message:
    chat = target(state, bot, params)
    number = params.number("message_id")
    if not number:
        raise bad("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad("message to edit not found")
    if message.sender is not bot:
        raise bad("message can't be edited")
    return message


def _edited(state: State, bot: Bot, params: Params, message: Message, content: Content) -> Json:
    raw = params.json("reply_markup", "reply keyboard markup")
    markup = checked_markup(raw, inline_only=True)
    if message.content.get("has_protected_content"):
        content = {**content, "has_protected_content": True}
    if content == message.content and markup == message.markup:
        raise bad(NOT_MODIFIED)
    bot.pace.take(state.limits, message.chat.id)
    check_welcome(bot, message.chat)
    only_buttons = content == message.content
    message.change(content, markup, message.edited if only_buttons else state.now())
    state.changed(message.chat)
    return message.for_bot()


def edit_text(state: State, bot: Bot, params: Params) -> Json:
    """editMessageText."""
    content = text_content(params)
    message = _editable(state, bot, params)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    return _edited(state, bot, params, message, content)


def edit_caption(state: State, bot: Bot, params: Params) -> Json:
    """editMessageCaption."""
    caption = caption_content(params)
    message = _editable(state, bot, params)
    if not any(kind in message.content for kind in _CAPTIONED):
        raise bad("there is no caption in the message to edit")
    rest = {k: v for k, v in message.content.items() if not k.startswith("caption")}
    return _edited(state, bot, params, message, {**rest, **caption})


def edit_media(state: State, bot: Bot, params: Params) -> Json:
    """editMessageMedia; of photos, which is all that is exchanged here."""
    media = params.json("media", "input media")
    if not isinstance(media, dict) or media.get("type") != "photo":
        raise bad("can't parse InputMedia: only photos are exchanged")
    inner = Params({**media, "photo": media.get("media")}, params.files)
    content = file_content(state, inner, "photo") | caption_content(inner)
    message = _editable(state, bot, params)
    if not any(kind in message.content for kind in _CAPTIONED):
        raise bad("there is no media in the message to edit")
    return _edited(state, bot, params, message, content)


def edit_markup(state: State, bot: Bot, params: Params) -> Json:
    """editMessageReplyMarkup."""
    message = _editable(state, bot, params)
    return _edited(state, bot, params, message, message.content)


def _delete(state: State, bot: Bot, chat: Chat, message: Message) -> None:
    if chat.kind != "private" and message.sender is not bot:
        raise bad("message can't be deleted")
    if state.now() - message.date > DELETE_LIFE:
        raise bad("message can't be deleted for everyone")
    message.deleted = True
    message.revision += 1
    state.changed(chat)


def delete_message(state: State, bot: Bot, params: Params) -> Json:
    """deleteMessage."""
    chat = target(state, bot, params)
    message = chat.messages.get(params.number("message_id"))
    if message is None or message.deleted:
        raise bad("message to delete not found")
    _delete(state, bot, chat, message)
    return True


def delete_messages(state: State, bot: Bot, params: Params) -> Json:
    """deleteMessages; ids that are not there are skipped."""
    chat = target(state, bot, params)
    numbers = params.json("message_ids", "message identifiers")
    if not isinstance(numbers, list) or not numbers:
        raise bad("message identifiers are not specified")
    if len(numbers) > DELETED_AT_ONCE:
        raise bad("too many message identifiers specified")
    for number in numbers:
        message = chat.messages.get(int(number))
        if message is not None and not message.deleted:
            _delete(state, bot, chat, message)
    return True


def answer_press(state: State, bot: Bot, params: Params) -> Json:
    """answerCallbackQuery; the phone shows the text and stops its little clock."""
    press = state.presses.get(params.text("callback_query_id"))
    late = press is not None and state.now() - press.at >= PRESS_LIFE
    if press is None or press.bot is not bot or press.answered or late:
        raise bad(TOO_OLD)
    text = params.text("text")
    if len(text) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    press.answer = {
        "text": text,
        "show_alert": params.flag("show_alert"),
        "url": params.text("url"),
        "press": press.id,
        "message_id": press.message_id,
        "at": state.now().isoformat(),
    }
    press.person.toasts.append(press.answer)
    state.feed.tell(kind="phone", id=press.person.id)
    return True


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_press,
}
