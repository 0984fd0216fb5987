// The places around the phones: time line, guide, side panel. Whoever fills one offers it here;
// a switch in the toolbar then shows and hides it, and the browser remembers which.

import { make } from "/make.js";
import { say, switchLanguage, tongue } from "/words.js";
import { icon } from "/icons.js";

const NARROW = window.matchMedia("(max-width: 760px)");
const byId = (id) => document.getElementById(id);

function stored(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch { /* a private window: nothing is remembered */ }
  return null;
}

// A switch in the toolbar: a small drawing with a name.
export function toolButton(drawing, label) {
  const button = make("button", "tool");
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.append(icon(drawing));
  return button;
}

// The filled slot `name` (timeline, guide or panel) gets its switch. At phone width it starts closed.
// Comes back as { element, show(open), shown() }.
export function offer(name, label, { open = true, drawing = name } = {}) {
  const element = byId(name);
  const button = toolButton(drawing, label);
  button.setAttribute("aria-controls", name);
  element.setAttribute("aria-label", label);
  const show = (on) => {
    element.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  };
  button.onclick = () => {
    show(element.hidden);
    stored(`slot ${name}`, element.hidden ? "closed" : "open");
  };
  byId("toggles").prepend(button);
  const last = stored(`slot ${name}`);
  show(last && !NARROW.matches ? last === "open" : open && !NARROW.matches);
  return { element, show, shown: () => !element.hidden };
}

// The switch between light and dark.
export function themeSwitch() {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const button = toolButton("theme", say("dark"));
  const draw = () => {
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    button.setAttribute("aria-pressed", String(now === "dark"));
    return now;
  };
  button.onclick = () => {
    root.dataset.theme = draw() === "dark" ? "light" : "dark";
    stored("theme", root.dataset.theme);
    draw();
  };
  dark.addEventListener("change", draw);
  draw();
  return button;
}

// The other language of the page itself.
export function languageSwitch() {
  const button = make("button", "tool", tongue === "sv" ? "EN" : "SV");
  button.type = "button";
  button.title = say("otherLanguage");
  button.lang = tongue === "sv" ? "en" : "sv";
  button.append(make("span", "hidden", ` ${say("otherLanguage")}`));
  button.onclick = switchLanguage;
  return button;
}
