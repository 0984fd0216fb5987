// The table with the phones, the list of all of them, and the clock. One phone is phone.js's.

import { calm, get, listen, post } from "/control.js";
import { languageSwitch, themeSwitch } from "/layout.js";
import { make } from "/make.js";
import { Phone } from "/phone.js";
import { aboutOf, fillPage, locale, say } from "/words.js";

const FIRST = 4; // phones on the table when the page is opened for the first time
const LISTED = 200;
const byId = (id) => document.getElementById(id);
const desk = byId("desk");
const narrow = window.matchMedia("(max-width: 760px)"); // as in page.css: one phone at a time
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

const hooks = { zone: () => zone, now, complain, close: (id) => putAway(id), read: () => refreshList(),
  wound: () => loadClock() };

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
    inSight.observe(phone.element);
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
  const phone = phones.get(id);
  if (!phone) return;
  inSight.unobserve(phone.element);
  phone.element.remove();
  phones.delete(id);
  remember();
  drawList();
}

// Which phones are in sight: what comes there has been read; at phone width it is one.
const inSight = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const phone = phones.get(Number(target.dataset.phone));
    if (!phone) continue;
    phone.seen = isIntersecting;
    phone.markRead();
  }
  drawList();
}, { root: desk, threshold: 0.6 });

function stateOf(summary) {
  if (summary.deleted) return say("deletedAccount");
  if (summary.blocked) return say("hasBlocked");
  return summary.started ? summary.last.split("\n")[0] : say("notStarted");
}

function wordsOf(summary) {
  const words = make("span", "words");
  words.appendChild(make("span", "name", summary.name)).dir = "auto";
  words.append(make("span", "about", aboutOf(summary)));
  words.appendChild(make("span", "last", stateOf(summary))).dir = "auto";
  return words;
}

function entry(summary) {
  const phone = phones.get(summary.id);
  const item = make("li");
  const button = item.appendChild(make("button", phone ? "entry on" : "entry"));
  button.type = "button";
  button.dataset.entry = summary.id;
  button.setAttribute("aria-pressed", String(Boolean(phone)));
  if (narrow.matches && phone?.seen) button.setAttribute("aria-current", "true");
  const tone = `avatar tone-${summary.id % 6}`;
  button.appendChild(make("span", tone, [...summary.name][0])).setAttribute("aria-hidden", "true");
  button.append(wordsOf(summary));
  if (summary.unread) {
    const badge = button.appendChild(make("span", "unread", String(summary.unread)));
    badge.append(make("span", "hidden", ` ${say("unread", { count: "" }).trim()}`));
  }
  button.onclick = () => (phone && !narrow.matches ? putAway(summary.id) : putOnTable(summary.id));
  return item;
}

function drawList() {
  const wanted = byId("search").value.trim().toLowerCase();
  const shown = all.filter((one) => one.name.toLowerCase().includes(wanted)).slice(0, LISTED);
  const focused = document.activeElement?.dataset?.entry;
  byId("list").replaceChildren(...shown.map(entry));
  if (focused) byId("list").querySelector(`[data-entry="${focused}"]`)?.focus({ preventScroll: true });
  byId("empty").hidden = phones.size > 0;
  showCurrent();
}

// At phone width the list is a row: the phone in sight is in sight there too.
function showCurrent() {
  const current = byId("list").querySelector("[aria-current]");
  if (!current || current.dataset.entry === showCurrent.last) return;
  showCurrent.last = current.dataset.entry;
  const row = byId("list");
  row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}

// On the table when nobody has chosen yet: those the demo is about, else the first ones.
function firstOnes() {
  const marked = all.filter((one) => one.in_front).sort((a, b) => a.in_front - b.in_front);
  return (marked.length ? marked : all).slice(0, FIRST).map((one) => one.id);
}

async function loadList() {
  all = await get("/control/phones");
  const known = new Set(all.map((one) => one.id));
  const gone = [...phones.keys()].filter((id) => !known.has(id));
  const cleared = gone.length > 0 && gone.length === phones.size;
  gone.forEach(putAway);
  if ((!loadList.done || cleared) && all.length) {
    const before = (loadList.done ? [] : remembered() || []).filter((id) => known.has(id));
    loadList.done = true;
    for (const id of before.length ? before : firstOnes()) putOnTable(id, false);
  }
  drawList();
}

async function loadBot() {
  const bot = (await get("/control/bots"))[0];
  byId("bot-name").textContent = `@${bot.username}`;
  const awake = bot.polling || bot.webhook;
  byId("bot-state").textContent = say(awake ? "listening" : "silent");
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
  for (const phone of phones.values()) phone.drawTime();
  const format = { weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", timeZone: zone };
  byId("clock-time").textContent = new Intl.DateTimeFormat(locale, format).format(now());
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
fillPage();
byId("toggles").append(languageSwitch(), themeSwitch());
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
    phones.get(phone.id).composer.code.focus();
  } catch (error) {
    complain(error.message);
  }
};
byId("clock-buttons").onclick = async (event) => {
  const step = event.target.dataset?.advance;
  if (step) await post("/control/clock", { advance: Number(step) });
};
document.addEventListener("visibilitychange", () => {
  for (const phone of phones.values()) phone.markRead();
});
setInterval(drawClock, 1000);
setInterval(() => { loadBot().catch(() => {}); loadClock().catch(() => {}); }, 5000);
listen(tell, everything);
