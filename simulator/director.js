// What a demo adds to the page: a clock to wind, a guide, scenes, and a look behind the phones.
// Whoever runs the demo answers under the address that the page was given (docs/architecture.md).

import { listen, get, post } from "/control.js";
import { make } from "/make.js";
import { guide } from "/guide.js";
import { panel } from "/panel.js";
import { timeline } from "/timeline.js";
import { say } from "/words.js";

const base = document.querySelector("script[data-panel]").dataset.panel;
const ask = (path) => get(`${base}/${path}`);
const act = (path) => post(`${base}/${path}`);
const PLAY_PAUSE = 1500; // milliseconds to read a message before the next one
const WAITS = 700;

const SPANS = [["hour", say("oneHour")], ["day", say("oneDay")], ["week", say("oneWeek")],
  ["month", say("month")], ["next", say("toNext")]];
const note = make("span", "note");
note.setAttribute("role", "status");
const link = make("input", "link");
link.readOnly = true;
link.hidden = true;
link.setAttribute("aria-label", say("familyLink"));
let busy = false;
let playing = false;

function button(label, work) {
  const made = make("button", "pill", label);
  made.type = "button";
  made.disabled = true;
  made.onclick = () => alone(work);
  return made;
}

// One thing at a time: while it lasts nothing else can be pressed.
export async function alone(work) {
  if (busy) return;
  busy = true;
  draw();
  note.textContent = "…";
  try {
    note.textContent = (await work()) || "";
  } catch (error) {
    note.textContent = error.message;
  }
  busy = false;
  draw();
  look();
}

async function wind(span) {
  const answer = await act(`wind/${span}`);
  return answer.found === false ? say("noNext") : "";
}

async function family(child) {
  link.value = (await act(`family?child=${child}`)).link;
  link.hidden = false;
  link.focus();
  link.select();
  return say("openLink");
}

const play = make("button", "pill", say("playOn"));
play.type = "button";
play.setAttribute("aria-pressed", "false");
play.onclick = async () => {
  playing = !playing;
  draw();
  while (playing) {
    let ended = true;
    await alone(async () => {
      const said = await wind("next");
      ended = Boolean(said);
      return said;
    });
    if (ended) playing = false;
    else await new Promise((done) => setTimeout(done, PLAY_PAUSE));
  }
  draw();
};

const buttons = [
  ...SPANS.map(([span, label]) => button(label, () => wind(span))),
  button(say("newFamily"), () => family("born")),
  button(say("expecting"), () => family("expected")),
];
let ready = false;
let free = true; // nobody's story is told: families may come

function draw() {
  for (const each of buttons) each.disabled = busy || !ready || playing;
  play.textContent = playing ? say("playOff") : say("playOn");
  play.setAttribute("aria-pressed", String(playing));
  for (const each of buttons.slice(SPANS.length)) each.hidden = playing || !free;
  link.hidden ||= !free;
  play.disabled = !ready || (busy && !playing);
  for (const part of parts) part.busy?.(busy || playing);
}

// Puts these phones on the table, in this order, and no others.
function layOut(phones) {
  stage.family = null;
  if (phones.length) window.dispatchEvent(new CustomEvent("phones", { detail: phones }));
}

// What is behind one family, read once for all who draw it.
const stage = {
  ask, act, alone, layOut, family: null, seen: null,
  behind() {
    this.seen ??= ask(this.family ? `behind?family=${this.family}` : "behind");
    return this.seen;
  },
  forget() { this.seen = null; },
  again: () => look(),
};
const parts = [guide(stage), timeline(stage), panel(stage)];

let looking = null;
function look() {
  clearTimeout(looking);
  looking = setTimeout(async () => {
    try {
      const clock = await ask("clock");
      ready = clock.ready;
      free = clock.play === "free";
      draw();
      stage.forget();
      if (ready) for (const part of parts) await part.look?.();
    } catch { /* it is being set: the next look sees it */ }
  }, WAITS);
}

document.getElementById("controls").append(...buttons.slice(0, 5), play, ...buttons.slice(5), link, note);
listen((event) => { if (event.kind === "phone" || event.kind === "anew") look(); }, look);
setInterval(look, 5000);
draw();
