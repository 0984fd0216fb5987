// The text of a message: its lines, their directions, and what is marked in them.

import { make } from "/make.js";
import { say } from "/words.js";

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
    element.setAttribute("aria-label", say("hidden"));
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
