// The child's age as a line: the six visits with their windows, what was sent, and where we are.

import { make } from "/make.js";
import { offer } from "/layout.js";

const MOST = 2; // lines; twins share one
const at = (line, iso) => {
  const begin = Date.parse(line.born);
  const end = Date.parse(line.ends);
  return Math.max(0, Math.min(100, ((Date.parse(iso) - begin) / (end - begin)) * 100));
};

function put(parent, name, left, words = "") {
  const made = parent.appendChild(make("span", name, words));
  made.style.left = `${left}%`;
  return made;
}

function visit(parent, line, one) {
  const left = at(line, one.opens);
  const bar = put(parent, `window ${one.state}`, left);
  bar.style.width = `${Math.max(1.2, at(line, one.closes) - left)}%`;
  bar.append(make("span", "visit", String(one.visit)));
  bar.title = `Besök ${one.visit}: ${one.opens} till ${one.closes}. ${one.said}${one.at ? `, ${one.at}` : ""}`;
  if (one.on && ["booked", "done"].includes(one.state)) put(parent, "booked-at", at(line, one.on), "◆").title = `Besök ${one.visit}: ${one.at}`;
}

function drawn(family, line) {
  const row = make("div", "age");
  row.append(make("span", "who", line.who));
  const track = row.appendChild(make("div", "track"));
  track.setAttribute("role", "img");
  const states = line.visits.map((one) => `besök ${one.visit} ${one.said}${one.at ? ` ${one.at}` : ""}`);
  const sent = family.promised.filter((one) => !one.staff && one.state === "sent");
  track.setAttribute("aria-label", `${line.who}. ${states.join(", ")}. Skickade meddelanden: ${sent.length}.`);
  line.months.forEach((day, n) => put(track, "month", at(line, day), `${n * 2} mån`));
  for (const one of line.visits) visit(track, line, one);
  for (const one of sent) put(track, "sent", at(line, one.on)).title = `${one.name} till ${one.to}, ${one.ended}`;
  for (const one of family.promised.filter((each) => !each.staff && each.state === "dropped")) {
    put(track, "sent dropped", at(line, one.on)).title = `${one.name} till ${one.to}: ${one.reason}`;
  }
  put(track, "now", at(line, family.now)).title = "Nu";
  return row;
}

export function timeline(stage) {
  const slot = offer("timeline", "Tidslinje", { drawing: "timeline" });
  slot.element.lang = "sv";
  return {
    async look() {
      const { family } = await stage.behind();
      const lines = family ? family.lines.slice(0, MOST) : [];
      slot.element.replaceChildren(...lines.map((line) => drawn(family, line)));
      if (!lines.length) slot.element.append(make("p", "nothing", "Inget barn är fött än, eller familjen ska lämnas i fred."));
    },
  };
}
