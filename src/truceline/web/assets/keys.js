// Letters of the keyboard, loaded only where they were switched on (/settings; WCAG 2.1.4). Every key presses a button
// or follows a link that stands on the page: nothing is done here that cannot be done with Tab and Enter.
const GO = { t: "/", m: "/map", l: "/ledger", i: "/inbox", c: "/cases", r: "/record" };
const WORDS = { s: "same", d: "different", u: "unsure" };
const SECOND_MS = 1000;
const dialog = document.querySelector("dialog.keys");
const live = document.querySelector("#keys-live");
let afterG = 0;

const items = () => [...document.querySelectorAll("main [data-item]")].filter((one) => one.getClientRects().length);
const current = () => document.activeElement?.closest?.("[data-item]") ?? null;

function say(words) {
  live.textContent = "";
  live.textContent = words;
}

function nameOf(item) {
  return item.getAttribute("aria-label") || item.textContent.trim().replace(/\s+/g, " ").slice(0, 80);
}

function to(item) {
  if (!item) return false;
  if (!item.hasAttribute("tabindex")) item.tabIndex = -1;
  item.focus();
  const all = items();
  say(`${nameOf(item)} (${all.indexOf(item) + 1}/${all.length})`);
  return true;
}

function step(by) {
  const all = items(), at = all.indexOf(current());
  return to(at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, at + by))]);
}

function press(within, selector) {
  const found = within?.querySelector(selector);
  if (!found || found.disabled) return false;
  found.click();
  return true;
}

function go(letter) {
  const link = GO[letter] && [...document.querySelectorAll("nav.pages a")].find((one) => one.pathname === GO[letter]);
  link?.click();
  return Boolean(link);
}

function search() {
  const field = document.querySelector("main input[type=search]");
  if (field) field.focus();
  else return press(document, 'nav.pages a[href^="/search"]');
  return true;
}

function open() {
  const item = document.activeElement;
  return item?.hasAttribute("data-item") ? press(item, "a[href], summary") : false;
}

const DOES = {
  "/": search, "?": () => { dialog.showModal(); return true; }, j: () => step(1), k: () => step(-1), Enter: open,
  z: () => press(document, 'main [data-key="z"]'),
};

function done(key) {
  if (afterG && Date.now() - afterG < 2 * SECOND_MS) {
    afterG = 0;
    return go(key);
  }
  if (key === "g") {
    afterG = Date.now();
    return true;
  }
  if (WORDS[key]) return press(current(), `button[name=says][value=${WORDS[key]}]`);
  return DOES[key] ? DOES[key]() : false;
}

function writing(one) {
  const kind = one.tagName;
  return kind === "TEXTAREA" || kind === "SELECT" || one.isContentEditable
    || (kind === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(one.type));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
  if (writing(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (done(key)) event.preventDefault();
});

// A word was entered and the page came anew: the next one is where one goes on.
if (new URLSearchParams(location.search).get("done") && items().length) to(items()[0]);
