// Behind the phones: what was promised to one family and why, what became of it, what comes next.

import { make } from "/make.js";
import { offer } from "/layout.js";

function item(one, when) {
  const li = make("li", `promise ${one.state || "coming"}`);
  const head = li.appendChild(make("p", "head"));
  head.append(make("strong", "", one.name), make("span", "to", ` till ${one.to}`));
  li.append(make("p", "when", when));
  li.append(make("p", "rule", one.rule));
  return li;
}

function promised(one) {
  const ended = one.ended && one.ended !== one.due ? ` ${one.ended}` : "";
  const why = one.reason ? `: ${one.reason}` : "";
  return item(one, `${one.due} · ${one.said}${ended}${why}`);
}

function list(title, items, none) {
  const part = make("section");
  part.append(make("h2", "", title));
  const ul = part.appendChild(make("ul", "promises"));
  ul.append(...items);
  if (!items.length) part.append(make("p", "nothing", none));
  return part;
}

export function panel(stage) {
  const slot = offer("panel", "Varför kom det?", { drawing: "panel", open: false });
  slot.element.lang = "sv";
  slot.element.tabIndex = 0;
  const label = slot.element.appendChild(make("label", "family"));
  label.append(make("span", "", "Familj"));
  const choice = label.appendChild(make("select"));
  const staff = slot.element.appendChild(make("label", "staff"));
  const tick = staff.appendChild(make("input"));
  tick.type = "checkbox";
  tick.checked = true;
  staff.append(make("span", "", "Visa också det som går till personalen"));
  const body = slot.element.appendChild(make("div", "body"));
  const again = () => { stage.forget(); look().catch(() => {}); };
  choice.onchange = () => { stage.family = Number(choice.value); stage.again(); };
  tick.onchange = again;

  async function look() {
    const { families, family } = await stage.behind();
    const known = [...choice.options].map((one) => `${one.value} ${one.text}`).join();
    if (known !== families.map((one) => `${one.id} ${one.name}`).join()) {
      choice.replaceChildren(...families.map((one) => new Option(one.name, one.id)));
    }
    if (!family) {
      body.replaceChildren(make("p", "nothing", "Ingen familj finns än."));
      return;
    }
    choice.value = String(family.id);
    const wanted = (one) => tick.checked || !one.staff;
    body.replaceChildren(
      list("Kommer, om inget händer", family.coming.filter(wanted).map((one) => item(one, one.at)),
        "Ingenting: familjen ska lämnas i fred, eller allt är skickat."),
      list("Utkorgen, det senaste först", family.promised.filter(wanted).map(promised), "Ännu ingenting."),
    );
  }
  return { look };
}
