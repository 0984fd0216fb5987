// Draws one message: lines, entities, media, buttons. Sends nothing by itself.

import { icon } from "/icons.js";

const RTL_LANGUAGES = ["ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi", "dv"];
const RTL_LETTER =
  /[\u200f\u061c]|[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const LETTER = /\p{L}|[\u200e\u200f\u061c]/u;
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code",
  spoiler: "span", text_link: "a", url: "a", email: "a", phone_number: "a", mention: "a",
  hashtag: "span", bot_command: "a", date_time: "time", custom_emoji: "span",
  blockquote: "span", expandable_blockquote: "span", text_mention: "span",
};

export const isRtl = (language) => RTL_LANGUAGES.includes((language || "").split("-")[0]);

export function make(tag, classes = "", text = "") {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text) element.textContent = text;
  return element;
}

// The direction of a line: its first strong letter outside of isolates, as Unicode's rule P2 says.
export function directionOf(line, fallback = "ltr") {
  let depth = 0;
  for (const letter of line) {
    if (/[\u2066-\u2068]/.test(letter)) depth += 1;
    else if (letter === "\u2069") depth = Math.max(0, depth - 1);
    else if (depth === 0 && LETTER.test(letter)) return RTL_LETTER.test(letter) ? "rtl" : "ltr";
  }
  return fallback;
}

export function timeOf(iso, phone, options = { hour: "2-digit", minute: "2-digit" }) {
  return new Intl.DateTimeFormat("sv-SE", { ...options, timeZone: phone.zone }).format(new Date(iso));
}

function shownTime(entity, text, phone) {
  const format = entity.date_time_format || "";
  if (!format) return text;
  const moment = new Date(entity.unix_time * 1000);
  const language = [phone.language || "en", "sv-SE"]; // what the browser does not speak is Swedish
  if (format === "r") {
    const minutes = Math.round((moment - phone.now()) / 60000);
    const [amount, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"]
      : Math.abs(minutes) < 1440 ? [Math.round(minutes / 60), "hour"]
      : [Math.round(minutes / 1440), "day"];
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(amount, unit);
  }
  const options = { timeZone: phone.zone };
  if (format.includes("w")) options.weekday = "long";
  if (format.includes("d")) options.dateStyle = "short";
  if (format.includes("D")) options.dateStyle = "long";
  if (format.includes("t")) options.timeStyle = "short";
  if (format.includes("T")) options.timeStyle = "medium";
  if (options.weekday && (options.dateStyle || options.timeStyle)) {
    const day = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: phone.zone });
    delete options.weekday;
    return `${day.format(moment)} ${new Intl.DateTimeFormat(language, options).format(moment)}`;
  }
  return new Intl.DateTimeFormat(language, options).format(moment);
}

function addressOf(entity, text) {
  if (entity.type === "text_link") return entity.url;
  if (entity.type === "email") return `mailto:${text}`;
  if (entity.type === "phone_number") return `tel:${text.replace(/[^\d+]/g, "")}`;
  if (entity.type === "mention") return `https://t.me/${text.slice(1)}`;
  return /^\w+:/.test(text) ? text : `http://${text}`;
}

// Only addresses that cannot run anything in the page.
const harmless = (address) => /^(https?|mailto|tel|tg):/i.test(address);

function wrapped(entity, inner, text, phone) {
  const element = make(TAGS[entity.type] || "span", `entity ${entity.type}`);
  if (entity.type === "date_time") {
    element.dateTime = new Date(entity.unix_time * 1000).toISOString();
    element.textContent = shownTime(entity, text, phone);
    return element;
  }
  if (entity.type === "spoiler") {
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", "Hidden text");
    const show = () => element.classList.add("shown");
    element.onclick = show;
    element.onkeydown = (event) => event.key === "Enter" && show();
  }
  if (element.tagName === "A") link(element, entity, text, phone);
  element.append(inner);
  return element;
}

function link(element, entity, text, phone) {
  const command = entity.type === "bot_command";
  const address = command ? "#" : addressOf(entity, text);
  if (!command && !harmless(address)) return;
  element.href = address;
  element.rel = "noreferrer noopener";
  element.target = "_blank";
  element.onclick = (event) => {
    const bot = /^(https?:\/\/(www\.)?t\.me\/|tg:\/\/resolve)/i.test(address) && /start=/.test(address);
    if (!command && !bot) return;
    event.preventDefault();
    if (command) phone.write(text);
    else phone.open(address);
  };
}

function lineNode(text, start, entities, phone) {
  const end = start + text.length;
  const here = entities.filter((e) => e.offset < end && e.offset + e.length > start);
  const line = make("div", "line");
  line.dir = directionOf(text, isRtl(phone.language) ? "rtl" : "ltr");
  if (here.some((e) => e.type.endsWith("blockquote"))) line.classList.add("quote");
  if (here.some((e) => e.type === "pre")) line.classList.add("block");
  const cuts = new Set([start, end]);
  for (const e of here) {
    cuts.add(Math.max(start, e.offset));
    cuts.add(Math.min(end, e.offset + e.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  for (let i = 0; i + 1 < places.length; i += 1) {
    const piece = text.slice(places[i] - start, places[i + 1] - start);
    const around = here.filter((e) => e.offset <= places[i] && e.offset + e.length >= places[i + 1]);
    let node = document.createTextNode(piece);
    for (const entity of around.reverse()) node = wrapped(entity, node, piece, phone);
    line.append(node);
  }
  if (!text) line.append(make("br"));
  return line;
}

export function textNode(text, entities, phone) {
  const body = make("div", "text");
  if (phone.language) body.lang = phone.language;
  let start = 0;
  for (const line of text.split("\n")) {
    body.append(lineNode(line, start, entities, phone));
    start += line.length + 1;
  }
  return body;
}

const SIGNS = { voice: "voice", document: "document", venue: "place", location: "place", contact: "contact" };

function mediaNode(media) {
  if (media.kind === "photo") {
    const picture = make("img", "photo");
    picture.src = `/control/files/${encodeURIComponent(media.file_id)}`;
    picture.alt = "Photo";
    picture.width = Math.min(media.width, 260);
    picture.height = Math.round((picture.width * media.height) / media.width);
    return picture;
  }
  if (media.kind === "sticker") return make("div", "sticker", media.emoji || "🙂");
  const box = make("div", "media");
  box.appendChild(make("span", "sign")).append(icon(SIGNS[media.kind]));
  const words = box.appendChild(make("div", "media-words"));
  if (media.kind === "document") {
    const name = words.appendChild(make("a", "title", media.file_name));
    name.href = `/control/files/${encodeURIComponent(media.file_id)}`;
    name.download = media.file_name;
    words.append(make("div", "small", size(media.file_size)));
  } else if (media.kind === "voice") {
    const player = words.appendChild(make("audio", "player"));
    player.controls = true;
    player.preload = "none";
    player.src = `/control/files/${encodeURIComponent(media.file_id)}`;
    player.setAttribute("aria-label", `Voice message, ${media.duration} seconds`);
    words.append(make("div", "small", `Voice message · ${media.duration} s`));
  } else if (media.kind === "contact") {
    words.append(make("div", "title", media.first_name), make("div", "small", media.phone_number));
  } else {
    const place = media.location || media;
    const where = `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
    words.append(make("div", "title", media.title || "Location"));
    words.append(make("div", "small", media.address || where));
  }
  for (const part of words.children) part.dir = "auto";
  return box;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`);

function buttonNode(button, number, message, phone) {
  const element = make("button", "inline", button.text);
  element.type = "button";
  element.dir = "auto";
  if (phone.language) element.lang = phone.language;
  const address = button.url || button.web_app?.url;
  if (address) element.classList.add("out");
  element.onclick = () => {
    if (address) phone.leave(address);
    else if (button.copy_text) navigator.clipboard?.writeText(button.copy_text.text);
    else phone.press(message.id, number, element);
  };
  return element;
}

export function keyboardNode(message, phone) {
  const keyboard = make("div", "keyboard");
  keyboard.setAttribute("role", "group");
  keyboard.setAttribute("aria-label", "Buttons");
  let number = 0;
  for (const row of message.buttons) {
    const line = keyboard.appendChild(make("div", "row"));
    for (const button of row) {
      line.append(buttonNode(button, number, message, phone));
      number += 1;
    }
  }
  return keyboard;
}

function footNode(message, phone) {
  const foot = make("div", "foot");
  if (message.edited) foot.append(make("span", "edited", "edited"));
  const time = foot.appendChild(make("time", "", timeOf(message.at, phone)));
  time.dateTime = message.at;
  if (message.mine) foot.append(make("span", "ticks", "✓✓"));
  return foot;
}

export function messageNode(message, phone, replied) {
  const item = make("div", `message ${message.mine ? "mine" : "theirs"}`);
  item.dataset.id = message.id;
  item.dataset.revision = message.revision;
  if (message.service) {
    item.classList.add("service");
    item.append(make("span", "chip", `${message.from} ${message.service}`));
    return item;
  }
  const bubble = item.appendChild(make("div", "bubble"));
  if (message.deleted) {
    item.classList.add("deleted");
    bubble.append(make("div", "gone", "Message deleted"), footNode(message, phone));
    return item;
  }
  if (phone.group && !message.mine) bubble.append(make("div", "sender", message.from));
  if (message.forwarded) bubble.append(make("div", "forwarded", `Forwarded from ${message.forwarded}`));
  if (replied) bubble.append(make("div", "replied", replied.text.slice(0, 60) || "Message"));
  if (message.media) bubble.append(mediaNode(message.media));
  if (message.text) bubble.append(textNode(message.text, message.entities, phone));
  bubble.append(footNode(message, phone));
  if (message.media?.kind === "sticker") item.classList.add("bare");
  if (message.buttons.length) item.append(keyboardNode(message, phone));
  return item;
}
