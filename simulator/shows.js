// What a click of the guided demo shows besides phones: calendars, calls, figures, quiet, a page.

import { make } from "/make.js";

const el = (tag, name, words, ...inside) => {
  const made = make(tag, name, words);
  made.append(...inside);
  return made;
};

function table(head, rows) {
  const body = rows.map((row) => el("tr", "", undefined, ...row.map((cell) => el("td", "", cell))));
  const top = el("tr", "", undefined, ...head.map((cell) => {
    const made = el("th", "", cell);
    made.scope = "col";
    return made;
  }));
  return el("table", "", undefined, el("thead", "", undefined, top), el("tbody", "", undefined, ...body));
}

const counted = (number) => number.toLocaleString("sv-SE");

const entry = (one) => `${one.when} ${one.what}`;
const entries = (list) => list.map(entry).join("\n") || "–";

function calendars(show) {
  const head = ["Kalender", "Före", "Efter"];
  const rows = show.rows.map((row) => [row.name, entries(row.before), entries(row.after)]);
  const files = show.rows.map((row) => {
    const details = el("details", "", undefined, el("summary", "", `Kalenderfilen för ${row.name}`));
    details.append(el("pre", "", row.file));
    return details;
  });
  return [table(head, rows), ...files];
}

function call(one) {
  const head = el("p", "", `${one.method} · ${one.at} · ${counted(one.bytes)} byte · ${one.type}`);
  const params = Object.entries(one.params).map(([name, value]) => [name,
    typeof value === "string" ? value : JSON.stringify(value)]);
  const read = el("details", "", undefined, el("summary", "", "Samma sak, avkodat"));
  read.append(table(["Fält", "Värde"], params));
  const numbers = el("details", "", undefined, el("summary", "", "De första byten som tal"));
  numbers.append(el("pre", "bytes", one.hex));
  return [head, el("pre", "bytes", one.body), read, numbers];
}

function calls(show) {
  const methods = show.methods.map(([name, count]) => `${counted(count)} ${name}`).join(", ");
  const sought = show.sought.map(([what, count]) => [what, `${counted(count)} av ${counted(show.count)}`]);
  return [
    el("p", "", `${counted(show.count)} anrop, ${counted(show.bytes)} byte: ${methods}.`),
    table(["Letat efter, avkodat, på alla språk", "Anrop som har det"], sought),
    ...show.calls.flatMap(call),
  ];
}

function quiet(show) {
  const rows = Object.entries(show.calls).map(([name, count]) => [`Meddelanden till ${name} på sju dagar`, String(count)]);
  rows.push(["Tips och påminnelser som väntade på sin dag före", String(show.before)],
    ["… och efter", String(show.coming)]);
  return [table(["Efter trycket", ""], rows)];
}

const figures = (show) => [table(["Delrapport 4", ""], show.rows)];

function page(show) {
  const link = el("a", "primary", "Sidan att ta med (PDF)");
  link.href = show.href;
  link.target = "_blank";
  return [el("p", "", show.text), link];
}

const KINDS = { calendars, calls, quiet, figures, page };

export function shown(show) {
  return el("div", `show ${show.kind}`, undefined, ...KINDS[show.kind](show));
}
