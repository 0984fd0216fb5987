// The foot of a phone: where one starts, writes, taps a key, or comes back after blocking.

import { make } from "/make.js";
import { closeMenus, fillMenu, iconButton, menuButton } from "/menu.js";
import { chooseSound, spoken } from "/voice.js";
import { say } from "/words.js";

const SENDABLE = ["photo", "voice", "sticker", "document", "contact", "location"];
const LINK = /t\.me\/|tg:\/\//i;
const TALLEST = 120; // pixels that the writing may grow to

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.element = make("div", "composer");
    this.element.append(this.startForm(), this.writeForm(), this.barred());
  }

  startForm() {
    this.starting = make("form", "starting");
    this.code = this.starting.appendChild(make("input"));
    this.code.placeholder = say("startHint");
    this.code.setAttribute("aria-label", say("startCode"));
    const go = this.starting.appendChild(make("button", "start", say("start")));
    go.type = "submit";
    this.starting.onsubmit = async (event) => {
      event.preventDefault();
      const code = this.code.value.trim();
      const done = LINK.test(code) ? await this.phone.open(code)
        : await this.phone.act("start", { payload: code });
      if (done) this.code.value = "";
    };
    return this.starting;
  }

  writeForm() {
    this.writing = make("form", "writing");
    this.commands = this.menu("menu", say("commands"), "commands");
    this.attach = this.menu("clip", say("attach"), "attach");
    this.input = this.writing.appendChild(make("textarea"));
    this.input.rows = 1;
    this.input.dir = "auto";
    this.input.setAttribute("aria-label", say("message"));
    const send = this.writing.appendChild(iconButton("send", say("send"), "icon send"));
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

  menu(name, label, kind) {
    return menuButton(this.writing, name, label, kind, () => closeMenus(this.phone.element));
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight + 2, TALLEST)}px`;
  }

  async submit() {
    const text = this.input.value.trim();
    if (!text) return;
    const link = /^(https?:\/\/)?t\.me\/\S+start=\S+$/i.test(text);
    const done = link ? await this.phone.open(text) : await this.phone.write(text);
    if (done) this.input.value = "";
    this.grow();
    this.input.focus();
  }

  barred() {
    this.bar = make("button", "bar");
    this.bar.type = "button";
    this.bar.onclick = () => this.phone.act("start", {});
    return this.bar;
  }

  draw({ chat, view }) {
    const gone = view.deleted || chat.over;
    const barred = gone || chat.blocked;
    this.starting.hidden = barred || chat.started;
    this.writing.hidden = barred || !chat.started;
    this.bar.hidden = !barred;
    this.bar.disabled = gone;
    this.bar.textContent = view.deleted ? say("accountGone")
      : chat.over ? say("supergroup") : say("comeBack");
    this.input.placeholder = chat.keyboard?.input_field_placeholder || say("message");
    this.drawKeys(chat.keyboard);
  }

  // The reply keyboard; drawn anew only when it has changed, so that a focused key keeps its focus.
  drawKeys(keyboard) {
    const wanted = JSON.stringify(!this.writing.hidden && keyboard ? keyboard.keyboard : null);
    if (wanted === this.drawnKeys) return;
    this.drawnKeys = wanted;
    this.keys?.remove();
    if (wanted === "null") return;
    this.keys = make("div", "keys");
    this.keys.setAttribute("role", "group");
    this.keys.setAttribute("aria-label", say("buttons"));
    for (const row of keyboard.keyboard) {
      const line = this.keys.appendChild(make("div", "row"));
      for (const key of row) line.append(this.keyNode(key));
    }
    this.writing.after(this.keys);
  }

  keyNode({ text, request_location: asksPosition }) {
    const key = make("button", "key", text);
    key.type = "button";
    key.dir = "auto";
    key.onclick = () => (asksPosition ? this.send("location") : this.phone.write(text));
    return key;
  }

  fillMenus({ chat }) {
    const close = () => closeMenus(this.phone.element);
    fillMenu(this.commands, chat.commands.map(({ command, description }) =>
      [`/${command}`, () => this.phone.write(`/${command}`), description]), close);
    this.commands.parentElement.hidden = !chat.commands.length;
    fillMenu(this.attach, [
      ...SENDABLE.map((kind) => [say(kind), () => this.send(kind)]),
      [say("speak"), () => this.speak(spoken(this.writing)), say("speakHow")],
      [say("voiceFile"), () => this.speak(chooseSound())],
    ], close);
  }

  send(kind, more = {}) {
    return this.phone.act("send", { kind, chat: this.phone.where, ...more });
  }

  async speak(sound) {
    try {
      const voice = await sound;
      if (voice) await this.send("voice", voice);
    } catch (error) {
      this.phone.desk.complain(error.message);
    }
  }
}
