// The table with the phones, the list of all of them, and the clock. One phone is phone.js's.

import { calm, get, listen, post } from "/control.js";
import { make } from "/bubble.js";
import { themeSwitch } from "/layout.js";
import { Phone } from "/phone.js";

const FIRST = 4; // phones on the table when the page is opened for the first time
const LISTED = 200;
const byId = (id) => document.getElementById(id);
const desk = byId("desk");
const phones = new Map(); // id -> Phone on the table
let all = [];
let zone = "Europe/Stockholm";
let skew = 0; // the simulator's clock minus this computer's, in ms
let movable = false;

const now = () => new Date(Date.now() + skew);

function complain(sentence) {
  const notice = byId("notice");
  notice.textContent = sentence;
  notice.hidden = false;
  clearTimeout(complain.timer);
  complain.timer = setTimeout(() => { notice.hidden = true; }, 5000);
}

const hooks = { zone: () => zone, now, complain, close: (id) => putAway(id) };

function remembered() {
  const fromAddress = location.hash.slice(1).split(",").filter(Boolean).map(Number);
  if (fromAddress.length) return fromAddress;
  try {
    return JSON.parse(localStorage.getItem("phones on the table"));
  } catch {
    return null;
  }
}

function remember() {
  try {
    localStorage.setItem("phones on the table", JSON.stringify([...phones.keys()]));
  } catch { /* a private window: nothing is remembered */ }
}

function putOnTable(id, show = true) {
  if (!phones.has(id)) {
    const phone = new Phone(id, hooks);
    phones.set(id, phone);
    desk.append(phone.element);
    phone.refresh();
    remember();
  }
  if (show) {
    const { element } = phones.get(id);
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  drawList();
}

function putAway(id) {
  phones.get(id)?.element.remove();
  phones.delete(id);
  remember();
  drawList();
}

function entry(summary) {
  const on = phones.has(summary.id);
  const item = make("li");
  const button = item.appendChild(make("button", on ? "entry on" : "entry"));
  button.type = "button";
  button.setAttribute("aria-pressed", String(on));
  const tone = `avatar tone-${summary.id % 6}`;
  const avatar = button.appendChild(make("span", tone, [...summary.name][0]));
  avatar.setAttribute("aria-hidden", "true");
  const words = button.appendChild(make("span", "words"));
  const name = words.appendChild(make("span", "name", summary.name));
  name.dir = "auto";
  const state = summary.deleted ? "account deleted" : summary.blocked ? "has blocked the bot"
    : summary.started ? summary.last.split("\n")[0] : "has not started";
  const last = words.appendChild(make("span", "last", state));
  last.dir = "auto";
  button.append(make("span", "language", summary.language_code || "–"));
  button.onclick = () => (on ? putAway(summary.id) : putOnTable(summary.id));
  return item;
}

function drawList() {
  const wanted = byId("search").value.trim().toLowerCase();
  const shown = all.filter((one) => one.name.toLowerCase().includes(wanted)).slice(0, LISTED);
  byId("list").replaceChildren(...shown.map(entry));
  byId("empty").hidden = phones.size > 0;
}

async function loadList() {
  all = await get("/control/phones");
  if (!loadList.done && all.length) {
    loadList.done = true;
    const known = new Set(all.map((one) => one.id));
    const before = (remembered() || []).filter((id) => known.has(id));
    const first = before.length ? before : all.slice(0, FIRST).map((one) => one.id);
    for (const id of first) putOnTable(id, false);
  }
  drawList();
}

async function loadBot() {
  const bot = (await get("/control/bots"))[0];
  byId("bot-name").textContent = `@${bot.username}`;
  const awake = bot.polling || bot.webhook;
  byId("bot-state").textContent = awake ? "listening" : "not listening";
  byId("bot-state").classList.toggle("off", !awake);
}

async function loadClock() {
  const clock = await get("/control/clock");
  zone = clock.zone;
  skew = new Date(clock.now) - new Date();
  movable = clock.movable;
  byId("clock").hidden = false;
  byId("clock-buttons").hidden = !movable || Boolean(document.querySelector("[data-panel]"));
  drawClock();
}

function drawClock() {
  const format = { weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", timeZone: zone };
  byId("clock-time").textContent = new Intl.DateTimeFormat("en-GB", format).format(now());
}

const refreshList = calm(loadList, 400);

function everything() {
  refreshList();
  loadBot();
  loadClock();
  for (const phone of phones.values()) phone.refresh();
}

function tell(event) {
  if (event.kind === "phone") {
    phones.get(event.id)?.refresh();
    refreshList();
  } else if (event.kind === "clock") loadClock();
  else if (event.kind === "anew") clearTable();
}

// Another story begins: those phones are nobody's any more.
function clearTable() {
  for (const id of [...phones.keys()]) putAway(id);
  loadClock();
  refreshList();
}

// Exactly these phones, in this order.
window.addEventListener("phones", ({ detail }) => {
  loadList.done = true;
  for (const id of [...phones.keys()]) if (!detail.includes(id)) putAway(id);
  for (const id of detail) putOnTable(id, false);
  const places = [...desk.querySelectorAll("[data-phone]")];
  detail.forEach((id, n) => {
    const { element } = phones.get(id); // who is moved forgets how far it was scrolled
    if (places[n] !== element) desk.insertBefore(element, places[n] ?? null);
  });
  refreshList();
});

byId("search").oninput = drawList;
byId("add").onclick = () => byId("add-sheet").showModal();
byId("add-cancel").onclick = () => byId("add-sheet").close();
byId("toggles").append(themeSwitch("Dark"));
byId("add-form").onsubmit = async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    const phone = await post("/control/phones", Object.fromEntries(new FormData(form)));
    form.reset();
    byId("add-sheet").close();
    loadList.done = true;
    await loadList();
    putOnTable(phone.id);
    phones.get(phone.id).code.focus();
  } catch (error) {
    complain(error.message);
  }
};
byId("clock-buttons").onclick = async (event) => {
  const step = event.target.dataset?.advance;
  if (step) await post("/control/clock", { advance: Number(step) });
};
setInterval(drawClock, 1000);
setInterval(() => { loadBot().catch(() => {}); loadClock().catch(() => {}); }, 5000);
listen(tell, everything);
