// Pictures, voices, files, places and contacts inside a bubble.

import { icon } from "/icons.js";
import { make } from "/make.js";
import { playerNode } from "/voice.js";
import { say } from "/words.js";

const WIDEST = 300; // pixels
const TALLEST = 360;

export const fileAt = (media) => `/control/files/${encodeURIComponent(media.file_id)}`;
const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} kB`
  : `${(bytes / 1048576).toFixed(1)} MB`);

// A picture that opens large when it is pressed; its caption says what it shows.
function photoNode(media, caption) {
  const button = make("button", "photo-button");
  button.type = "button";
  button.setAttribute("aria-label", say("opened"));
  const picture = button.appendChild(make("img", "photo"));
  picture.src = fileAt(media);
  picture.alt = caption || say("photo");
  const scale = Math.min(WIDEST / media.width, TALLEST / media.height, 1);
  picture.width = Math.round(media.width * scale);
  picture.height = Math.round(media.height * scale);
  button.onclick = () => enlarge(picture);
  return button;
}

function enlarge(picture) {
  const sheet = document.body.appendChild(make("dialog", "viewer"));
  sheet.setAttribute("aria-label", say("photo"));
  const large = sheet.appendChild(make("img"));
  large.src = picture.src;
  large.alt = picture.alt;
  const close = sheet.appendChild(make("button", "primary", say("close")));
  close.type = "button";
  sheet.onclick = () => sheet.close();
  sheet.onclose = () => sheet.remove();
  sheet.showModal();
}

function box(kind, sign) {
  const node = make("div", `media ${kind}`);
  if (sign) node.append(sign);
  return [node, node.appendChild(make("div", "media-words"))];
}

function signOf(name) {
  const sign = make("span", "sign");
  sign.append(icon(name));
  return sign;
}

function documentNode(media) {
  const ending = /\.(\w{1,4})$/.exec(media.file_name)?.[1].toUpperCase() || "";
  const [node, words] = box("document", signOf(ending === "ICS" ? "calendar" : "document"));
  const name = words.appendChild(make("a", "title", media.file_name));
  name.href = fileAt(media);
  name.download = media.file_name;
  name.dir = "auto";
  words.append(make("div", "small", [size(media.file_size), ending].filter(Boolean).join(" · ")));
  return node;
}

// No map comes from outside: a drawn one shows that there is a place, its words say which.
function placeNode(media) {
  const place = media.location || media;
  const node = make("div", "place");
  const map = node.appendChild(make("div", "map"));
  map.setAttribute("role", "img");
  map.setAttribute("aria-label", say("place"));
  map.style.backgroundPosition = `${Math.round(place.longitude * 7e4) % 160}px ${Math.round(place.latitude * 7e4) % 120}px`;
  map.append(icon("pin"));
  const words = node.appendChild(make("div", "place-words"));
  const where = `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
  for (const [kind, text] of [["title", media.title || say("location")], ["small", media.address || where]]) {
    words.appendChild(make("div", kind, text)).dir = "auto";
  }
  return node;
}

function contactNode(media) {
  const [node, words] = box("contact", signOf("contact"));
  words.appendChild(make("div", "title", media.first_name)).dir = "auto";
  words.append(make("div", "small", media.phone_number));
  return node;
}

// What `message` carries besides its text.
export function mediaNode(message) {
  const { media } = message;
  switch (media.kind) {
    case "photo": return photoNode(media, message.text.split("\n")[0]);
    case "sticker": return make("div", "sticker", media.emoji || "🙂");
    case "voice": return playerNode(fileAt(media), media.duration);
    case "document": return documentNode(media);
    case "contact": return contactNode(media);
    default: return placeNode(media);
  }
}
