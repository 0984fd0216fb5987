// One phone on the table: reads its chats, draws them, does what is tapped. The table is page.js's.

import { calm, get, post, remove } from "/control.js";
import { isRtl, make, messageNode, timeOf } from "/bubble.js";
import { closeMenus, fillMenu, iconButton, menuButton } from "/menu.js";
import { chooseSound, spoken } from "/voice.js";

const NEAR = 80; // pixels from the end that still count as "at the end"
const TOAST = 4500;
const SENDABLE = [["photo", "Photo"], ["voice", "Voice"], ["sticker", "Sticker"],
  ["document", "Document"], ["contact", "Contact"], ["location", "Location"]];

export class Phone {
  constructor(id, desk) {
    this.id = id;
    this.desk = desk; // { zone, now, complain, close }
    this.chosen = null;
    this.toastsSeen = null;
    this.nodes = new Map();
    this.drawnChat = null;
    this.resting = true; // whether the chat stands at its end
    this.element = this.frame();
    this.refresh = calm(() => this.load());
  }

  get zone() { return this.desk.zone(); }
  get language() { return this.view?.language_code || ""; }
  get group() { return this.chat?.kind !== "private"; }
  get chat() {
    return this.view?.chats.find((chat) => chat.key === this.chosen) || this.view?.chats[0];
  }
  get where() { return this.group ? this.chat.id : this.chat.bot; }
  now() { return this.desk.now(); }

  async load() {
    this.view = await get(`/control/phones/${this.id}`);
    this.draw();
  }

  async act(name, body) {
    try {
      const answer = await post(`/control/phones/${this.id}/${name}`, body);
      this.toEnd = name === "write" || name === "start" || name === "open" || name === "send";
      this.refresh();
      return answer;
    } catch (error) {
      this.desk.complain(error.message);
      return null;
    }
  }

  write(text) { return this.act("write", { text, chat: this.where }); }
  open(link) { return this.act("open", { link }); }

  leave(address) {
    if (/t\.me\/|tg:\/\//i.test(address) && /start=/.test(address)) this.open(address);
    else window.open(address, "_blank", "noopener,noreferrer");
  }

  async press(messageId, button, element) {
    element.classList.add("waiting");
    await this.act("press", { message_id: messageId, button, chat: this.where, wait: 10 });
    element.classList.remove("waiting");
  }

  // --- the frame, made once ---

  frame() {
    const phone = make("section", "phone");
    phone.dataset.phone = this.id;
    phone.append(this.head(), this.tabs(), this.screen(), this.foot(), this.toastBox());
    phone.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(this.element));
    phone.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".menu, [aria-haspopup]")) closeMenus(this.element);
    });
    return phone;
  }

  head() {
    const head = make("header", "head");
    this.avatar = head.appendChild(make("span", "avatar"));
    this.avatar.setAttribute("aria-hidden", "true");
    const names = head.appendChild(make("div", "names"));
    this.owner = names.appendChild(make("h2", "owner"));
    this.subtitle = names.appendChild(make("p", "subtitle"));
    this.more = this.menu(head, "more", "More", "more");
    const close = head.appendChild(iconButton("close", "Put this phone away"));
    close.onclick = () => this.desk.close(this.id);
    return head;
  }

  tabs() {
    this.tabBar = make("div", "tabs");
    this.tabBar.hidden = true;
    return this.tabBar;
  }

  screen() {
    const screen = make("div", "screen");
    this.log = screen.appendChild(make("div", "log"));
    this.log.setAttribute("role", "log");
    this.log.tabIndex = 0;
    this.down = screen.appendChild(iconButton("down", "To the newest message", "icon down"));
    this.down.hidden = true;
    this.down.onclick = () => this.scrollToEnd();
    this.log.onscroll = () => {
      this.resting = this.atEnd();
      this.down.hidden = this.resting;
    };
    // A chat that stood at its end stays there when the phone gets smaller or a picture arrives.
    new ResizeObserver(() => this.resting && this.scrollToEnd()).observe(this.log);
    this.log.addEventListener("load", () => this.resting && this.scrollToEnd(), true);
    return screen;
  }

  foot() {
    const foot = make("footer", "composer");
    foot.append(this.startForm(), this.writeForm(), this.barred());
    return foot;
  }

  startForm() {
    this.starting = make("form", "starting");
    this.code = this.starting.appendChild(make("input"));
    this.code.placeholder = "Code or link (optional)";
    this.code.setAttribute("aria-label", "Start code or link");
    const go = this.starting.appendChild(make("button", "start", "START"));
    go.type = "submit";
    this.starting.onsubmit = async (event) => {
      event.preventDefault();
      const code = this.code.value.trim();
      const link = /t\.me\/|tg:\/\//i.test(code);
      const done = link ? await this.open(code) : await this.act("start", { payload: code });
      if (done) this.code.value = "";
    };
    return this.starting;
  }

  writeForm() {
    this.writing = make("form", "writing");
    this.commands = this.menu(this.writing, "menu", "Commands", "commands");
    this.attach = this.menu(this.writing, "clip", "Send something else", "attach");
    this.input = this.writing.appendChild(make("textarea"));
    this.input.rows = 1;
    this.input.dir = "auto";
    this.input.placeholder = "Message";
    this.input.setAttribute("aria-label", "Message");
    const send = this.writing.appendChild(iconButton("send", "Send", "icon send"));
    send.type = "submit";
    this.input.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.writing.requestSubmit();
    };
    this.input.oninput = () => this.grow();
    this.writing.onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    return this.writing;
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 120)}px`;
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const link = /^(https?:\/\/)?t\.me\/\S+start=\S+$/i.test(text);
    const done = link ? await this.open(text) : await this.write(text);
    if (done) this.input.value = "";
    this.grow();
    this.input.focus();
  }

  barred() {
    this.bar = make("button", "bar");
    this.bar.type = "button";
    this.bar.onclick = () => this.act("start", {});
    return this.bar;
  }

  toastBox() {
    this.toasts = make("div", "toasts");
    this.toasts.setAttribute("role", "status");
    return this.toasts;
  }

  menu(parent, name, label, kind) {
    return menuButton(parent, name, label, kind, () => closeMenus(this.element));
  }

  // --- what changes ---

  draw() {
    const { view, chat } = this;
    const first = this.drawnChat === null;
    this.element.setAttribute("aria-label", `${view.name}'s phone`);
    this.owner.textContent = view.name;
    this.avatar.textContent = [...view.name][0] || "?";
    this.avatar.className = `avatar tone-${view.id % 6}`;
    const typing = chat.typing ? "typing…" : `${chat.title} · ${view.language_code || "no language"}`;
    this.subtitle.textContent = typing;
    this.drawTabs();
    this.drawMessages(first);
    this.drawFoot();
    this.drawMenus();
    this.drawToasts();
  }

  drawTabs() {
    const { chats } = this.view;
    this.tabBar.hidden = chats.length < 2;
    this.tabBar.replaceChildren(...chats.map((chat) => {
      const tab = make("button", chat === this.chat ? "tab on" : "tab", chat.title);
      tab.type = "button";
      tab.setAttribute("aria-pressed", String(chat === this.chat));
      tab.onclick = () => { this.chosen = chat.key; this.draw(); };
      return tab;
    }));
  }

  drawMessages(first) {
    const { chat } = this;
    const key = `${chat.kind} ${chat.key}`;
    if (this.drawnChat !== key) {
      this.nodes.clear();
      this.log.replaceChildren();
      this.drawnChat = key;
      first = true;
    }
    const stay = !first && !this.toEnd && !this.resting;
    let day = null;
    for (const message of chat.messages) {
      const today = timeOf(message.at, this, { dateStyle: "full" });
      if (today !== day && !this.nodes.has(message.id)) this.log.append(this.dayNode(message, today));
      day = today;
      this.place(message, chat);
    }
    this.drawIntroduction(chat);
    if (!stay) this.scrollToEnd();
    this.toEnd = false;
    this.log.setAttribute("aria-label", `Chat with ${chat.title}`);
  }

  place(message, chat) {
    const old = this.nodes.get(message.id);
    if (old && old.dataset.revision === String(message.revision)) return;
    const replied = chat.messages.find((one) => one.id === message.reply_to);
    const node = messageNode(message, this, replied);
    if (old) old.replaceWith(node);
    else this.log.append(node);
    this.nodes.set(message.id, node);
  }

  dayNode(message, today) {
    const day = make("div", "message service");
    day.append(make("span", "chip", new Intl.DateTimeFormat("en-GB", {
      weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: this.zone,
    }).format(new Date(message.at))));
    day.title = today;
    return day;
  }

  drawIntroduction(chat) {
    this.intro?.remove();
    if (chat.messages.length) return;
    const text = chat.description || "No messages here yet. Press START below.";
    this.intro = this.log.appendChild(make("div", "intro", text));
    this.intro.dir = "auto";
  }

  drawFoot() {
    const { chat, view } = this;
    const gone = view.deleted || chat.over;
    const barred = gone || chat.blocked;
    this.starting.hidden = barred || chat.started;
    this.writing.hidden = barred || !chat.started;
    this.bar.hidden = !barred;
    this.bar.disabled = gone;
    this.bar.textContent = view.deleted ? "Account deleted"
      : chat.over ? "This group became a supergroup" : "BLOCKED · TAP TO COME BACK";
    this.element.classList.toggle("rtl", isRtl(view.language_code));
    this.drawReplyKeyboard();
  }

  drawReplyKeyboard() {
    this.keys?.remove();
    if (this.writing.hidden || !this.chat.keyboard) return;
    this.keys = make("div", "keys");
    for (const row of this.chat.keyboard.keyboard) {
      const line = this.keys.appendChild(make("div", "row"));
      for (const { text, request_location: asksPosition } of row) {
        const key = line.appendChild(make("button", "key", text));
        key.type = "button";
        key.dir = "auto";
        key.onclick = () => this.pressKey(text, asksPosition);
      }
    }
    this.writing.after(this.keys);
  }

  pressKey(text, asksPosition) {
    if (!asksPosition) return this.write(text);
    return this.act("send", { kind: "location", chat: this.where });
  }

  drawMenus() {
    if (!this.element.querySelector(".menu:not([hidden])")) this.fillMenus();
  }

  fillMenus() {
    const { chat, view } = this;
    this.fill(this.commands, chat.commands.map(({ command, description }) =>
      [`/${command}`, () => this.write(`/${command}`), description]));
    this.commands.parentElement.hidden = !chat.commands.length;
    this.fill(this.attach, [
      ...SENDABLE.map(([kind, label]) => [label, () => this.act("send", { kind, chat: this.where })]),
      ["Speak", () => this.speak(spoken(this.writing)), "with this computer's microphone"],
      ["Voice from a file", () => this.speak(chooseSound())],
    ]);
    const more = [["Start again", () => this.act("start", {})]];
    if (!chat.blocked) more.push(["Block the bot", () => this.act("block", { bot: chat.bot })]);
    if (chat.blocked) more.push(["Unblock the bot", () => this.act("unblock", { bot: chat.bot })]);
    more.push(["Delete the account", () => this.deleteAccount()]);
    this.fill(this.more, view.deleted ? [["Put away", () => this.desk.close(this.id)]] : more);
  }

  fill(menu, entries) { fillMenu(menu, entries, () => closeMenus(this.element)); }

  async speak(sound) {
    try {
      const voice = await sound;
      if (voice) await this.act("send", { kind: "voice", chat: this.where, ...voice });
    } catch (error) {
      this.desk.complain(error.message);
    }
  }

  async deleteAccount() {
    await remove(`/control/phones/${this.id}`);
    this.refresh();
  }

  drawToasts() {
    const all = this.view.toasts;
    const newest = all.at(-1)?.press || "";
    const fresh = this.toastsSeen === null ? []
      : all.slice(all.findIndex((toast) => toast.press === this.toastsSeen) + 1);
    this.toastsSeen = newest;
    for (const toast of fresh) if (toast.text) this.showToast(toast);
  }

  showToast({ text, show_alert: alert }) {
    const box = this.toasts.appendChild(make("div", alert ? "toast alert" : "toast"));
    const words = box.appendChild(make("p", "", text));
    words.dir = "auto";
    if (!alert) {
      setTimeout(() => box.remove(), TOAST);
      return;
    }
    box.setAttribute("role", "alertdialog");
    const ok = box.appendChild(make("button", "primary", "OK"));
    ok.type = "button";
    ok.onclick = () => box.remove();
    ok.focus();
  }

  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR; }

  scrollToEnd() {
    this.resting = true;
    this.log.scrollTop = this.log.scrollHeight;
  }
}
