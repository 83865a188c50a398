// The keys, the threads and the chat of the rehearsal page. Everything is said to control/… of the same simulator.
"use strict";

const at = (id) => document.getElementById(id);
const words = document.body.dataset;
const me = { phone: words.phone, user_id: Number(words.user) };
document.documentElement.classList.add("scripted");

function make(tag, text, className) {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  if (className) node.className = className;
  return node;
}

async function say(path, body) {
  const answer = await fetch(`control/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function complain() {
  at("toast").textContent = words.tUnreachable;
  at("toast").hidden = false;
}

// ---- the handset

const screen = at("screen");
const entry = at("entry");
let session = "";
let busy = false;

function rest() {
  session = "";
  screen.textContent = `${words.tIdle}\n${words.code}`;
  entry.value = "";
  at("count").textContent = "";
  at("faults").hidden = true;
}

function light(shown) {
  session = shown.open ? shown.session : "";
  screen.textContent = shown.open ? shown.text : `${shown.text}\n\n${words.tEnded}`;
  screen.scrollTop = 0;
  at("count").textContent = shown.septets === null ? "" : `${shown.septets}/160 ${words.tSeptets}`;
  at("faults").hidden = shown.faults.length === 0;
  at("faults").textContent = `${words.tFaulty}: ${shown.faults.join("; ")}`;
}

async function press() {
  if (busy) return;
  const keys = entry.value;
  busy = true;
  document.querySelector(".case").classList.add("waiting");
  entry.value = "";
  try {
    if (session) {
      light(await say("ussd/send", { session, keys }));
    } else {
      screen.textContent = words.tCalling;
      light(await say("ussd/dial", { phone: me.phone, code: keys || words.code }));
    }
  } catch {
    session = "";
    screen.textContent = words.tUnreachable;
  }
  busy = false;
  document.querySelector(".case").classList.remove("waiting");
  look();
}

at("dial").addEventListener("submit", (event) => { event.preventDefault(); press(); });
at("quick").addEventListener("click", async () => { await hangUp(); entry.value = words.code; press(); });
at("clear").addEventListener("click", () => { entry.value = entry.value.slice(0, -1); });
for (const key of document.querySelectorAll("[data-key]")) {
  key.addEventListener("click", () => { entry.value += key.dataset.key; entry.scrollLeft = entry.scrollWidth; });
}

async function hangUp() {
  const open = session;
  rest();
  if (open) await say("ussd/end", { session: open }).catch(() => undefined); // it had ended by itself
}
at("hang-up").addEventListener("click", hangUp);

// ---- messages of both threads

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Africa/Dar_es_Salaam" });
const time = (seconds) => clock.format(new Date(seconds * 1000));

function refresh(list, messages, key, build) {
  const known = new Map([...list.children].map((node) => [node.dataset.id, node]));
  for (const message of messages) {
    const id = String(message[key]);
    const old = known.get(id);
    known.delete(id);
    if (old && old.dataset.version === String(message.version)) continue;
    const node = build(message);
    node.dataset.id = id;
    node.dataset.version = message.version;
    if (old) old.replaceWith(node); else list.append(node);
  }
  for (const gone of known.values()) gone.remove();
  settle(list);
}

// Shows the newest; somebody who has scrolled up to read is left there.
function settle(list) {
  if (list.dataset.away !== "yes") list.scrollTop = list.scrollHeight;
}

function smsNode(message) {
  const node = make("li", "", message.incoming ? "" : "mine");
  node.append(make("div", message.text, "bubble"));
  const status = { Success: words.tDelivered, Failed: words.tFailed, Rejected: words.tFailed, Expired: words.tFailed };
  const parts = message.parts > 1 ? ` · ${message.parts} ${words.tParts}` : "";
  const from = message.incoming ? `${message.address} · ` : "";
  node.append(make("div", `${from}${time(message.at)} · ${status[message.status] || words.tSent}${parts}`, "meta"));
  return node;
}

for (const list of document.querySelectorAll(".messages")) {
  list.addEventListener("scroll", () => {
    list.dataset.away = list.scrollHeight - list.scrollTop - list.clientHeight < 80 ? "no" : "yes";
  });
}

const tags = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote" };

function web(url) {
  return /^https?:\/\//.test(url) ? url : "";
}

// Entities nest and are sorted by where they begin; offsets are UTF-16 units, as JavaScript counts anyway.
function dress(parent, text, entities, from, to) {
  let place = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const end = Math.min(to, entity.offset + entity.length);
    parent.append(text.slice(place, entity.offset));
    const node = make(entity.type === "text_link" && web(entity.url) ? "a" : tags[entity.type] || "span");
    if (node.tagName === "A") Object.assign(node, { href: entity.url, target: "_blank", rel: "noopener" });
    dress(node, text, entities, entity.offset, end);
    parent.append(node);
    place = end;
  }
  parent.append(text.slice(place, to));
}

function bubble(message) {
  const node = make("div", "", "bubble");
  if (message.photo) {
    const picture = make("img");
    picture.src = `control/telegram/files/${message.photo[message.photo.length - 1].file_id}`;
    picture.alt = message.caption || "";
    picture.addEventListener("load", () => settle(at("chat")));
    node.append(picture);
  }
  if (message.document) {
    const link = make("a", `${words.tDocument}: ${message.document.file_name}`);
    link.href = `control/telegram/files/${message.document.file_id}`;
    node.append(link, "\n");
  }
  if (message.contact) node.append(`${words.tContactSent}: +${message.contact.phone_number.replace("+", "")}`);
  const text = message.text || message.caption || "";
  dress(node, text, [...(message.entities || message.caption_entities || [])], 0, text.length);
  return node;
}

function inlineButton(message, button) {
  if (button.url) {
    const link = make("a", button.text);
    if (web(button.url)) Object.assign(link, { href: button.url, target: "_blank", rel: "noopener" });
    return link;
  }
  const node = make("button", button.text);
  node.type = "button";
  node.addEventListener("click", () => chat("tap", { message_id: message.message_id, data: button.callback_data }));
  return node;
}

function chatNode(message) {
  const node = make("li", "", message.by_bot ? "" : "mine");
  node.append(bubble(message));
  for (const buttons of message.reply_markup?.inline_keyboard || []) {
    const row = make("div", "", "row");
    for (const button of buttons) row.append(inlineButton(message, button));
    node.append(row);
  }
  node.append(make("div", time(message.date) + (message.edit_date ? ` · ${words.tEdited}` : ""), "meta"));
  return node;
}

// ---- Telegram

let keysShown = "";
let toastShown = -1;

function keyboard(markup) {
  const wanted = JSON.stringify(markup);
  if (wanted === keysShown) return;
  keysShown = wanted;
  at("keyboard").replaceChildren();
  at("keyboard").hidden = !markup;
  for (const buttons of markup?.keyboard || []) {
    const row = make("div");
    for (const button of buttons) {
      const node = make("button", button.text);
      node.type = "button";
      node.addEventListener("click", () =>
        button.request_contact ? chat("contact", {}) : chat("say", { text: button.text }));
      row.append(node);
    }
    at("keyboard").append(row);
  }
}

function toast(callbacks) {
  const newest = callbacks.reduce((most, one) => (one.version > most.version ? one : most), { version: 0, text: "" });
  if (toastShown >= 0 && newest.version > toastShown && newest.text) {
    at("toast").textContent = newest.text;
    at("toast").hidden = false;
    setTimeout(() => { at("toast").hidden = true; }, 5000);
  }
  toastShown = newest.version;
}

async function chat(what, body) {
  try {
    await say(`telegram/${what}`, { ...me, ...body });
    at("toast").hidden = true;
  } catch {
    complain();
  }
  look();
}

at("chat-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = event.target.elements.text;
  chat("say", { text: field.value });
  field.value = "";
});
at("start").addEventListener("click", () => chat("say", { text: "/start" }));
at("contact").addEventListener("click", () => chat("contact", {}));
at("photo").addEventListener("change", (event) => {
  const file = event.target.files[0];
  const field = at("chat-form").elements.text;
  if (!file) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => chat("photo", { data: reader.result.split(",")[1], caption: field.value }));
  reader.readAsDataURL(file);
  event.target.value = "";
});
at("sms-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.text;
  const text = field.value;
  field.value = "";
  await say("sms/text", { phone: me.phone, text }).catch(complain);
  look();
});

// ---- what is new

let version = "";
let next = 0;
at("sms").dataset.empty = words.tSmsEmpty;
at("chat").dataset.empty = words.tChatEmpty;

async function look() {
  clearTimeout(next);
  try {
    const answer = await fetch(`control/person?phone=${encodeURIComponent(me.phone)}&since=${version}`);
    if (answer.status === 200) {
      const seen = await answer.json();
      version = String(seen.version);
      refresh(at("sms"), seen.sms, "id", smsNode);
      keyboard(seen.chat.keyboard);
      refresh(at("chat"), seen.chat.messages, "message_id", chatNode);
      toast(seen.chat.callbacks);
    }
  } catch {
    version = ""; // the server is being started again: ask for everything when it is back
  }
  clearTimeout(next);
  next = setTimeout(look, document.hidden ? 5000 : 800);
}

at("who").addEventListener("change", () => at("who").form.submit());
look();
