// What the page itself says, in Swedish and in English. What people and bots say is never touched.

const WORDS = {
  phones: ["Telefoner", "Phones"],
  allPhones: ["Alla telefoner", "All phones"],
  onTheTable: ["Telefonerna på bordet", "Phones on the table"],
  nothing: ["Ingen telefon på bordet. Lägg till en, eller välj en i listan.",
    "No phone on the table. Add one, or pick one from the list."],
  find: ["Sök telefon", "Find a phone"],
  add: ["Ny telefon", "Add a phone"],
  name: ["Namn", "Name"],
  language: ["Språk", "Language"],
  noLanguage: ["inget språk", "no language"],
  cancel: ["Avbryt", "Cancel"],
  create: ["Lägg till", "Add"],
  hour: ["+ 1 timme", "+ hour"],
  day: ["+ 1 dag", "+ day"],
  oneHour: ["+ 1 timme", "+ 1 hour"],
  oneDay: ["+ 1 dag", "+ 1 day"],
  oneWeek: ["+ 1 vecka", "+ 1 week"],
  month: ["+ 30 dagar", "+ 30 days"],
  toNext: ["Till nästa meddelande", "To the next message"],
  noNext: ["Inget meddelande på länge.", "No message for a long time."],
  playOn: ["▶ Spela", "▶ Play"],
  playOff: ["⏸ Paus", "⏸ Pause"],
  newFamily: ["Ny familj", "New family"],
  expecting: ["Väntar barn", "Expecting family"],
  familyLink: ["Den nya familjens länk: klistra in den i en telefon", "Link of the new family: paste it into a phone"],
  openLink: ["Öppna länken på en telefon.", "Open this link on a phone."],
  dark: ["Mörkt", "Dark"],
  otherLanguage: ["In English", "På svenska"],
  timeline: ["Tidslinje", "Time line"],
  guide: ["Rundtur", "Guided demo"],
  panel: ["Bakom telefonerna", "Behind the phones"],
  listening: ["lyssnar", "listening"],
  silent: ["svarar inte", "not listening"],
  deletedAccount: ["kontot raderat", "account deleted"],
  hasBlocked: ["har blockerat boten", "has blocked the bot"],
  notStarted: ["har inte börjat", "has not started"],
  phoneOf: ["Telefon: {name}", "{name}'s phone"],
  chatWith: ["Chatt med {name}", "Chat with {name}"],
  chatsOf: ["Chattar", "Chats"],
  bot: ["bot", "bot"],
  group: ["grupp", "group"],
  typing: ["skriver", "typing"],
  more: ["Mer", "More"],
  putAway: ["Lägg undan telefonen", "Put this phone away"],
  newest: ["Till det senaste meddelandet", "To the newest message"],
  unread: ["{count} olästa", "{count} unread"],
  newMessages: ["Olästa meddelanden", "Unread messages"],
  today: ["I dag", "Today"],
  yesterday: ["I går", "Yesterday"],
  startCode: ["Startkod eller länk", "Start code or link"],
  startHint: ["Kod eller länk (valfritt)", "Code or link (optional)"],
  start: ["STARTA", "START"],
  commands: ["Kommandon", "Commands"],
  menu: ["Meny", "Menu"],
  attach: ["Skicka något annat", "Send something else"],
  message: ["Meddelande", "Message"],
  send: ["Skicka", "Send"],
  noMessages: ["Inga meddelanden än. Tryck på STARTA nedan.", "No messages here yet. Press START below."],
  accountGone: ["Kontot är raderat", "Account deleted"],
  supergroup: ["Gruppen har blivit en supergrupp", "This group became a supergroup"],
  comeBack: ["BLOCKERAD · TRYCK FÖR ATT KOMMA TILLBAKA", "BLOCKED · TAP TO COME BACK"],
  startAgain: ["Starta igen", "Start again"],
  block: ["Blockera boten", "Block the bot"],
  unblock: ["Häv blockeringen", "Unblock the bot"],
  deleteAccount: ["Radera kontot", "Delete the account"],
  away: ["Lägg undan", "Put away"],
  photo: ["Bild", "Photo"],
  voice: ["Röst", "Voice"],
  sticker: ["Klistermärke", "Sticker"],
  document: ["Dokument", "Document"],
  contact: ["Kontakt", "Contact"],
  location: ["Plats", "Location"],
  speak: ["Tala", "Speak"],
  speakHow: ["med datorns mikrofon", "with this computer's microphone"],
  voiceFile: ["Röst från en fil", "Voice from a file"],
  speakNow: ["● TALA NU · TRYCK FÖR ATT SKICKA", "● SPEAK NOW · TAP TO SEND"],
  edited: ["redigerat", "edited"],
  deleted: ["Meddelandet raderat", "Message deleted"],
  deletedMany: ["{count} raderade meddelanden", "{count} deleted messages"],
  delivered: ["läst", "read"],
  forwarded: ["Vidarebefordrat från {name}", "Forwarded from {name}"],
  hidden: ["Dold text", "Hidden text"],
  buttons: ["Knappar", "Buttons"],
  play: ["Spela upp röstmeddelande, {count} sekunder", "Play voice message, {count} seconds"],
  pause: ["Pausa röstmeddelande, {count} sekunder", "Pause voice message, {count} seconds"],
  opened: ["Öppna bilden", "Open the picture"],
  close: ["Stäng", "Close"],
  place: ["Plats på kartan", "Place on the map"],
  copied: ["Kopierat", "Copied"],
  "joined the group": ["gick med i gruppen", "joined the group"],
  "made the group a supergroup": ["gjorde gruppen till en supergrupp", "made the group a supergroup"],
};
const KEPT = "language of the page";

function chosen() {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept) return kept;
  } catch { /* a private window: what the browser says */ }
  return navigator.language.startsWith("sv") ? "sv" : "en";
}

export const tongue = chosen();
export const locale = { sv: "sv-SE", en: "en-GB" }[tongue];

// The words called `key`, with `values` for what stands in braces.
export function say(key, values = {}) {
  const words = WORDS[key]?.[tongue === "sv" ? 0 : 1] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Who a phone belongs to: as the demo says it, else the phone's language by its name.
export function aboutOf({ about, language_code: code }) {
  if (about?.[tongue]) return about[tongue];
  if (!code) return say("noLanguage");
  try {
    return new Intl.DisplayNames([tongue], { type: "language" }).of(code);
  } catch {
    return code; // no language anybody knows
  }
}

// Fill the page's own elements: data-say is the text, data-label the name, data-hint the placeholder.
export function fillPage(root = document) {
  document.documentElement.lang = tongue;
  for (const one of root.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of root.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
  for (const one of root.querySelectorAll("[data-hint]")) one.placeholder = say(one.dataset.hint);
}

// The other language, after loading anew.
export function switchLanguage() {
  try {
    localStorage.setItem(KEPT, tongue === "sv" ? "en" : "sv");
  } catch { /* a private window: the browser's language stays */ }
  location.reload();
}
