// Buttons that open a small menu, usable with mouse, touch and keyboard.

import { icon } from "/icons.js";
import { make } from "/make.js";

export function iconButton(name, label, classes = "icon") {
  const button = make("button", classes);
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.append(icon(name));
  return button;
}

// A button in `parent` that opens the menu that is returned; `close` shuts all menus of the phone.
export function menuButton(parent, name, label, kind, close) {
  const holder = parent.appendChild(make("div", `holder ${kind}`));
  const button = holder.appendChild(iconButton(name, label));
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  const menu = holder.appendChild(make("div", "menu"));
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label);
  menu.hidden = true;
  button.onclick = () => {
    const open = menu.hidden;
    close();
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) menu.querySelector("button")?.focus();
  };
  menu.onkeydown = (event) => walk(event, menu, button);
  return menu;
}

function walk(event, menu, button) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items[(at + step + items.length) % items.length]?.focus();
  } else if (event.key === "Escape") button.focus();
}

export function closeMenus(phone) {
  for (const menu of phone.querySelectorAll(".menu")) menu.hidden = true;
  for (const one of phone.querySelectorAll("[aria-expanded]")) {
    one.setAttribute("aria-expanded", "false");
  }
}

// Entries are [label, act, description].
export function fillMenu(menu, entries, close) {
  menu.replaceChildren(...entries.map(([label, act, description]) => {
    const item = make("button", "item", label);
    item.type = "button";
    item.setAttribute("role", "menuitem");
    if (description) item.appendChild(make("span", "description", description)).dir = "auto";
    item.onclick = () => {
      close();
      menu.previousElementSibling?.focus(); // or whoever uses a keyboard begins from the top
      act();
    };
    return item;
  }));
}
