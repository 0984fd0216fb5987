// One phone on the table: reads its chats, draws them, does what is tapped. The table is page.js's.

import { calm, get, post, remove } from "/control.js";
import { chipNode, dayOf, hangTogether, messageNode, timeOf } from "/bubble.js";
import { Composer } from "/composer.js";
import { make } from "/make.js";
import { closeMenus, fillMenu, iconButton, menuButton } from "/menu.js";
import { aboutOf, say } from "/words.js";

const NEAR = 80; // pixels from the end that still count as "at the end"
const TOAST = 4500;
const SKEW = 5000; // ms that two clocks may differ
const TYPING = 6500; // ms after which "typing" is over, if nothing has come

export class Phone {
  constructor(id, desk) {
    this.id = id;
    this.desk = desk; // { zone, now, complain, close, read, wound }
    this.chosen = null;
    this.toastsSeen = null;
    this.nodes = new Map();
    this.days = new Map();
    this.drawnChat = null;
    this.resting = true; // whether the chat stands at its end
    this.looked = new Set(); // chats that were seen to their end
    this.seen = false; // whether the phone is in sight
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
    const newest = this.chat.messages.at(-1);
    // What comes from the future says that the clock was wound.
    if (newest && new Date(newest.at) - this.now() > SKEW) await this.desk.wound();
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

  copy(text) {
    navigator.clipboard?.writeText(text).catch(() => {});
    this.showToast({ text: say("copied") });
  }

  async press(messageId, button, element) {
    element.classList.add("waiting");
    element.setAttribute("aria-busy", "true");
    await this.act("press", { message_id: messageId, button, chat: this.where, wait: 10 });
    element.classList.remove("waiting");
    element.removeAttribute("aria-busy");
  }

  // --- the frame, made once ---

  frame() {
    const phone = make("section", "phone");
    phone.dataset.phone = this.id;
    this.composer = new Composer(this);
    this.device = make("div", "device");
    this.device.append(this.head(), this.tabs(), this.screen(), this.composer.element, this.toastBox());
    phone.append(this.caption(), this.device);
    phone.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(phone));
    phone.addEventListener("pointerdown", (event) => {
      if (!event.target.closest(".menu, [aria-haspopup]")) closeMenus(phone);
    });
    return phone;
  }

  // Whose phone it is: above it, for those who look on.
  caption() {
    const caption = make("div", "caption");
    this.avatar = caption.appendChild(make("span", "avatar"));
    this.avatar.setAttribute("aria-hidden", "true");
    const names = caption.appendChild(make("div", "names"));
    this.owner = names.appendChild(make("h2", "owner"));
    this.owner.dir = "auto";
    this.about = names.appendChild(make("p", "about"));
    this.more = menuButton(caption, "more", say("more"), "more", () => closeMenus(this.element));
    const close = caption.appendChild(iconButton("close", say("putAway")));
    close.onclick = () => this.desk.close(this.id);
    return caption;
  }

  // What the owner sees: with whom they chat.
  head() {
    const head = make("div", "head");
    this.face = head.appendChild(make("span", "avatar bot"));
    this.face.setAttribute("aria-hidden", "true");
    const names = head.appendChild(make("div", "names"));
    this.title = names.appendChild(make("p", "title"));
    this.subtitle = names.appendChild(make("p", "subtitle"));
    this.watch = head.appendChild(make("span", "watch"));
    this.watch.setAttribute("aria-hidden", "true");
    return head;
  }

  tabs() {
    this.tabBar = make("div", "tabs");
    this.tabBar.setAttribute("role", "group");
    this.tabBar.setAttribute("aria-label", say("chatsOf"));
    this.tabBar.hidden = true;
    return this.tabBar;
  }

  screen() {
    const screen = make("div", "screen");
    this.log = screen.appendChild(make("div", "log"));
    this.log.setAttribute("role", "log");
    this.log.tabIndex = 0;
    this.down = screen.appendChild(iconButton("down", say("newest"), "icon down"));
    this.down.append(make("span", "unread"));
    this.down.hidden = true;
    this.down.onclick = () => {
      this.scrollToEnd();
      this.log.focus();
    };
    this.log.onscroll = () => {
      if (this.log.clientHeight !== this.height) return; // it is the phone that moves, not a hand
      this.resting = this.atEnd();
      this.drawDown();
      this.markRead();
    };
    // A chat that stood at its end stays there when the phone gets smaller or a picture arrives.
    new ResizeObserver(() => {
      this.height = this.log.clientHeight;
      if (this.resting) this.scrollToEnd();
    }).observe(this.log);
    this.log.addEventListener("load", () => this.resting && this.scrollToEnd(), true);
    return screen;
  }

  toastBox() {
    this.toasts = make("div", "toasts");
    this.toasts.setAttribute("role", "status");
    return this.toasts;
  }

  // --- what changes ---

  draw() {
    const { view, chat } = this;
    this.element.setAttribute("aria-label", say("phoneOf", { name: view.name }));
    this.owner.textContent = view.name;
    this.about.textContent = aboutOf(view);
    this.avatar.textContent = [...view.name][0] || "?";
    this.avatar.className = `avatar tone-${view.id % 6}`;
    this.drawHead(chat);
    this.drawTabs();
    this.drawMessages();
    this.composer.draw(this);
    this.drawMenus();
    this.drawToasts();
    this.markRead();
  }

  drawHead(chat) {
    this.face.textContent = [...chat.title][0] || "?";
    this.title.textContent = chat.title;
    this.subtitle.textContent = chat.typing ? say("typing") : this.group ? say("group") : say("bot");
    this.subtitle.classList.toggle("typing", Boolean(chat.typing));
    clearTimeout(this.waiting);
    if (chat.typing) this.waiting = setTimeout(this.refresh, TYPING);
  }

  // What changes although nothing has come: the time, and which day is today.
  drawTime() {
    this.watch.textContent = timeOf(this.now(), this);
    for (const { node, at } of this.days.values()) {
      const day = dayOf(at, this);
      if (node.firstChild.textContent !== day) node.firstChild.textContent = day;
    }
  }

  drawTabs() {
    const { chats } = this.view;
    this.tabBar.hidden = chats.length < 2;
    this.tabBar.replaceChildren(...chats.map((chat) => {
      const tab = make("button", chat === this.chat ? "tab on" : "tab", chat.title);
      tab.type = "button";
      tab.setAttribute("aria-pressed", String(chat === this.chat));
      if (chat.unread && chat !== this.chat) tab.append(" ", make("span", "unread", String(chat.unread)));
      tab.onclick = () => { this.chosen = chat.key; this.draw(); };
      return tab;
    }));
  }

  drawMessages() {
    const { chat } = this;
    const key = `${chat.kind} ${chat.key}`;
    const first = this.drawnChat !== key;
    if (first) this.begin(key);
    const stay = !first && !this.toEnd && !this.resting;
    for (const message of chat.messages) {
      if (!this.nodes.has(message.id)) this.headDay(message);
      this.place(message, chat);
    }
    this.drawTime();
    hangTogether(chat.messages, this.nodes);
    this.drawIntroduction(chat);
    this.drawUnreadLine(chat);
    this.log.setAttribute("aria-label", say("chatWith", { name: chat.title }));
    if (!stay) this.scrollToEnd();
    this.toEnd = false;
    this.drawDown();
  }

  begin(key) {
    this.nodes.clear();
    this.days.clear();
    this.log.replaceChildren();
    this.drawnChat = key;
    this.unreadLine = null;
  }

  headDay(message) {
    const day = timeOf(message.at, this, { dateStyle: "short" });
    if (this.days.has(day)) return;
    const node = this.log.appendChild(chipNode("day", ""));
    this.days.set(day, { node, at: message.at });
  }

  place(message, chat) {
    const old = this.nodes.get(message.id);
    if (old && old.dataset.revision === `${message.revision} ${message.deleted}`) return;
    const replied = chat.messages.find((one) => one.id === message.reply_to && !one.deleted);
    const node = messageNode(message, this, replied);
    // Whoever has just pressed a button goes on from there with the keyboard.
    const button = old?.contains(document.activeElement)
      ? [...old.querySelectorAll(".inline")].indexOf(document.activeElement) : -1;
    if (old) old.replaceWith(node);
    else this.log.append(node);
    this.nodes.set(message.id, node);
    if (button >= 0) (node.querySelectorAll(".inline")[button] || this.log).focus({ preventScroll: true });
  }

  drawIntroduction(chat) {
    this.intro?.remove();
    if (chat.messages.length) return;
    this.intro = this.log.appendChild(make("div", "intro", chat.description || say("noMessages")));
    this.intro.dir = "auto";
  }

  // Above the first message that came while nobody looked.
  drawUnreadLine(chat) {
    if (this.toEnd) {
      this.unreadLine?.remove();
      this.unreadLine = null;
    }
    if (this.unreadLine || !chat.unread || (this.seen && this.resting)) return;
    if (!chat.read && !this.looked.has(chat.key)) return; // all of it is new
    const fresh = chat.messages.find((one) => one.id > chat.read && !one.mine && !one.deleted);
    if (!fresh) return;
    this.unreadLine = chipNode("unread-line", say("newMessages"));
    this.nodes.get(fresh.id).before(this.unreadLine);
  }

  drawDown() {
    this.down.hidden = this.resting;
    const badge = this.down.lastChild;
    badge.textContent = this.chat?.unread || "";
    badge.hidden = !this.chat?.unread;
  }

  // What stands on a phone in sight, at the end of its chat, has been read.
  markRead() {
    const { chat } = this;
    if (!chat || !this.seen || !this.resting || document.hidden) return;
    this.looked.add(chat.key);
    if (!chat.unread) return;
    chat.unread = 0;
    chat.read = chat.messages.at(-1).id;
    this.drawDown();
    post(`/control/phones/${this.id}/read`, { chat: this.where, message_id: chat.read })
      .then(() => this.desk.read(), () => {});
  }

  drawMenus() {
    if (!this.element.querySelector(".menu:not([hidden])")) this.fillMenus();
  }

  fillMenus() {
    const { chat, view } = this;
    this.composer.fillMenus(this);
    const away = [say("away"), () => this.desk.close(this.id)];
    const more = [
      [say("startAgain"), () => this.act("start", {})],
      chat.blocked ? [say("unblock"), () => this.act("unblock", { bot: chat.bot })]
        : [say("block"), () => this.act("block", { bot: chat.bot })],
      [say("deleteAccount"), () => this.deleteAccount()],
    ];
    fillMenu(this.more, view.deleted ? [away] : more, () => closeMenus(this.element));
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
    const before = document.activeElement;
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", text);
    const ok = box.appendChild(make("button", "primary", "OK"));
    ok.type = "button";
    ok.onclick = () => {
      box.remove();
      before?.focus?.();
    };
    ok.focus();
  }

  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR; }

  scrollToEnd() {
    this.resting = true;
    this.log.scrollTop = this.log.scrollHeight;
  }
}
