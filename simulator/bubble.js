// Draws one message: bubble, foot, buttons; and what a chat looks like between them.
// Sends nothing by itself.

import { textNode } from "/lines.js";
import { make } from "/make.js";
import { mediaNode } from "/media.js";
import { locale, say } from "/words.js";

const TOGETHER = 15 * 60 * 1000; // ms between messages that still hang together, as in Telegram
const EDGE = ["photo", "venue", "location"]; // reach to the bubble's edge

const formats = new Map(); // making one takes long, and a chat has hundreds of times

export function timeOf(iso, phone, options = { hour: "2-digit", minute: "2-digit" }) {
  const key = JSON.stringify([options, phone.zone]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone: phone.zone }));
  }
  return formats.get(key).format(new Date(iso));
}

function buttonNode(button, number, message, phone) {
  const element = make("button", "inline", button.text);
  element.type = "button";
  element.dir = "auto";
  if (phone.language) element.lang = phone.language;
  const address = button.url || button.web_app?.url;
  if (address) element.classList.add("out");
  element.onclick = () => {
    if (address) phone.leave(address);
    else if (button.copy_text) phone.copy(button.copy_text.text);
    else phone.press(message.id, number, element);
  };
  return element;
}

function keyboardNode(message, phone) {
  const keyboard = make("div", "keyboard");
  keyboard.setAttribute("role", "group");
  keyboard.setAttribute("aria-label", say("buttons"));
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
  if (message.edited) foot.append(make("span", "edited", say("edited")));
  const time = foot.appendChild(make("time", "", timeOf(message.at, phone)));
  time.dateTime = message.at;
  if (message.mine) {
    const ticks = foot.appendChild(make("span", "ticks", "✓✓"));
    ticks.setAttribute("role", "img");
    ticks.setAttribute("aria-label", say("delivered"));
  }
  return foot;
}

// The foot stands beside the last line, or below it where that line comes from the right.
function placeFoot(bubble, foot) {
  const last = bubble.querySelector(".text > :last-child");
  const beside = last && last.dir === "ltr" && !last.matches(".quote, .block");
  bubble.classList.add(beside ? "beside" : "below");
  if (beside) last.appendChild(make("span", "room")).dataset.room = [...foot.children].map((one) => one.textContent).join(" ");
  bubble.append(foot);
}

function fillBubble(bubble, message, phone, replied) {
  const { media } = message;
  if (phone.group && !message.mine) bubble.append(make("div", "sender", message.from));
  if (message.forwarded) {
    bubble.append(make("div", "forwarded", say("forwarded", { name: message.forwarded })));
  }
  if (replied) bubble.append(repliedNode(replied));
  if (media) bubble.append(mediaNode(message));
  if (message.text) bubble.append(textNode(message.text, message.entities, phone));
  placeFoot(bubble, footNode(message, phone));
  if (!media) return;
  if (EDGE.includes(media.kind)) bubble.classList.add("pictured");
  if (!message.text) bubble.classList.add("wordless");
}

function repliedNode({ from, text }) {
  const node = make("div", "replied");
  node.append(make("div", "sender", from));
  node.appendChild(make("div", "replied-text", text.split("\n")[0].slice(0, 80) || "…")).dir = "auto";
  return node;
}

export function messageNode(message, phone, replied) {
  const item = make("div", `message ${message.mine ? "mine" : "theirs"}`);
  item.dataset.id = message.id;
  item.dataset.revision = `${message.revision} ${message.deleted}`;
  if (message.service || message.deleted) {
    item.classList.add(message.deleted ? "deleted" : "service");
    const words = message.deleted ? say("deleted") : `${message.from} ${say(message.service)}`;
    item.append(make("span", message.deleted ? "gone" : "chip", words));
    return item;
  }
  const bubble = item.appendChild(make("div", "bubble"));
  fillBubble(bubble, message, phone, replied);
  if (message.media?.kind === "sticker") item.classList.add("bare");
  if (message.buttons.length) item.append(keyboardNode(message, phone));
  return item;
}

// The name of a day, as its first message is headed: "Today", "Yesterday", or its date.
export function dayOf(iso, phone) {
  const day = (moment) => timeOf(moment, phone, { dateStyle: "short" });
  const now = phone.now();
  if (day(iso) === day(now)) return say("today");
  if (day(iso) === day(new Date(now - 86400000))) return say("yesterday");
  return timeOf(iso, phone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

export function chipNode(kind, words) {
  const node = make("div", `message ${kind}`);
  node.append(make("span", "chip", words));
  return node;
}

// What hangs together: a tail only on the last of several bubbles, one line for several deletions.
export function hangTogether(messages, nodes) {
  let gone = 0;
  messages.forEach((message, n) => {
    const node = nodes.get(message.id);
    const next = messages[n + 1];
    gone = message.deleted ? gone + 1 : 0;
    if (message.deleted) {
      node.hidden = Boolean(next?.deleted);
      node.firstChild.textContent = gone > 1 ? say("deletedMany", { count: gone }) : say("deleted");
    }
    node.classList.toggle("tailed", !next || next.deleted || Boolean(next.service)
      || next.mine !== message.mine || next.from !== message.from
      || new Date(next.at) - new Date(message.at) > TOGETHER);
  });
}
