// The guided demo and the scenes, in Swedish: one button at a time, and what one sees.

import { make } from "/make.js";
import { offer } from "/layout.js";
import { shown } from "/shows.js";

const BEGIN = "Börja visningen";
const AGAIN = "Börja om";

export function guide(stage) {
  const slot = offer("guide", "Visning", { drawing: "guide" });
  slot.element.lang = "sv";
  const steps = slot.element.appendChild(make("ol", "clicks"));
  const row = slot.element.appendChild(make("div", "telling"));
  const text = row.appendChild(make("div", "told"));
  const said = text.appendChild(make("p"));
  said.setAttribute("role", "status");
  const next = text.appendChild(make("button", "primary"));
  next.type = "button";
  next.hidden = true;
  const again = text.appendChild(make("button", "pill", AGAIN));
  again.type = "button";
  const besides = row.appendChild(make("div", "besides"));
  besides.tabIndex = 0;
  besides.setAttribute("role", "region");
  besides.setAttribute("aria-label", "Det här hände");
  const scenes = text.appendChild(make("div", "scenes"));
  scenes.setAttribute("role", "group");
  scenes.setAttribute("aria-label", "Scener");
  let state = null;
  let chosen = -1; // which click is read again; -1: the newest
  let hinder = false;

  const click = (number) => stage.alone(async () => {
    if (number === 0 || state.halfway) waiting("Scenen ställs i ordning. Det tar några sekunder …");
    try {
      state = await stage.act(`guide/${number}`);
    } catch (error) { // it is told above the phones; here, how far it came
      state = await stage.ask("guide");
      throw error;
    } finally {
      chosen = -1;
      draw();
    }
    const told = state.told[number - 1];
    stage.layOut(told ? told.phones : (await stage.ask("clock")).phones);
    return "";
  });
  const waiting = (sentence) => {
    said.textContent = sentence;
    besides.replaceChildren();
    besides.hidden = true;
  };

  function step(title, n) {
    const item = make("li");
    const button = item.appendChild(make("button", "click"));
    button.type = "button";
    const done = state.begun && n < state.told.length;
    button.append(make("span", "number", String(n + 1)), make("span", "title", title));
    button.disabled = hinder || !done;
    if (n === (chosen < 0 ? state.told.length - 1 : chosen)) button.setAttribute("aria-current", "step");
    button.classList.toggle("done", done);
    button.onclick = () => {
      chosen = n;
      draw();
      stage.layOut(state.told[n].phones);
    };
    return item;
  }

  function draw() {
    if (!state) return;
    steps.replaceChildren(...state.titles.map(step));
    const halfway = chosen < 0 ? state.halfway : null;
    const told = halfway ? null : state.told[chosen < 0 ? state.told.length - 1 : chosen];
    const number = state.told.length + 1;
    said.textContent = halfway ? halfway : told ? told.text : state.begun ? state.opening
      : "Sju klick visar hela vägen, på ungefär två minuter. Varje klick gör det på riktigt.";
    next.hidden = state.begun && number > state.titles.length;
    next.textContent = state.begun ? `${number}. ${state.titles[number - 1]}` : BEGIN;
    next.disabled = hinder;
    next.onclick = () => click(state.begun ? number : 0);
    again.hidden = !state.begun || !state.told.length;
    again.disabled = hinder;
    again.onclick = () => click(0);
    const parts = (told ? told.shows : []).map((each) => shown(each));
    besides.replaceChildren(...parts);
    besides.hidden = !parts.length;
  }

  function scene(one, playing) {
    const button = make("button", "pill", one.title);
    button.type = "button";
    button.title = one.text;
    button.disabled = hinder;
    button.setAttribute("aria-pressed", String(one.key === playing));
    button.onclick = () => stage.alone(async () => {
      waiting("Scenen ställs i ordning. Det tar några sekunder …");
      let now;
      try {
        now = await stage.act(`scenes/${one.key}${location.search}`);
      } finally {
        state = await stage.ask("guide");
        draw();
      }
      said.textContent = one.text;
      stage.layOut(now.phones);
      return "";
    });
    return button;
  }

  let listed = null;
  function drawScenes() {
    if (!listed) return;
    const label = make("span", "label", "Scener:");
    scenes.replaceChildren(label, ...listed.scenes.map((one) => scene(one, listed.playing)));
  }

  return {
    async look() {
      listed = await stage.ask("scenes");
      drawScenes();
      if (hinder) return;
      if (!state || listed.playing !== (state.begun ? "guide" : listed.playing)) {
        state = await stage.ask("guide");
        draw();
      }
      const current = listed.scenes.find((one) => one.key === listed.playing);
      if (current && !state.begun && listed.playing !== "free") said.textContent = current.text;
    },
    busy(on) {
      if (on === hinder) return;
      hinder = on;
      for (const each of slot.element.querySelectorAll("button")) each.disabled = on;
      if (!on) { drawSteps(); drawScenes(); }
    },
  };

  function drawSteps() {
    next.disabled = false;
    again.disabled = false;
    if (state) steps.replaceChildren(...state.titles.map(step));
  }
}
