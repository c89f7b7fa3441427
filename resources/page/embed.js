// Keeps a frame as the board is: asks every 15 seconds, which costs a 304 while nothing happens.
// It has no stream: many frames on one page would take all of the browser's connections.
import { localise, shown } from "./moments.js";

const EVERY = 15000;
const PATIENCE = 40000;
const root = document.documentElement;
const language = root.lang === "en" ? "en-GB" : root.lang; // the day before the month
let tag = "";
let contact = Date.now();
let asking = false;

function say(element, text) {
  // Who listens hears of other text within a status, and not of another status.
  if (element.textContent !== text) element.textContent = text;
}

function take(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const isOther = fresh.documentElement.dataset.version !== root.dataset.version;
  if (isOther && performance.now() > 60000) {
    location.reload();
    return;
  }
  localise(fresh, language);
  const open = new Map([...document.querySelectorAll("details")].map((one) => [one.id, one]));
  const focused = document.activeElement?.closest("details")?.id;
  const list = document.querySelector(".list");
  const other = fresh.querySelector(".list");
  for (const one of other.querySelectorAll("details")) {
    const before = open.get(one.id);
    if (before && before.dataset.touched) {
      one.open = before.open;
      one.dataset.touched = "1";
    }
  }
  if (list.innerHTML !== other.innerHTML) {
    list.replaceChildren(...other.childNodes);
    if (focused) document.getElementById(focused)?.querySelector("summary")?.focus();
  }
  const header = document.querySelector("header");
  header.className = fresh.querySelector("header").className;
  header.querySelector("use").setAttribute("href", fresh.querySelector("header use").getAttribute("href"));
  say(header.querySelector("h1"), fresh.querySelector("h1").textContent);
  say(header.querySelector(".state"), fresh.querySelector(".state").textContent);
  document.querySelector(".as-of").replaceChildren(...fresh.querySelector(".as-of").childNodes);
  document.title = fresh.title;
}

function mark() {
  const isLost = Date.now() - contact > PATIENCE;
  root.classList.toggle("lost", isLost);
  const text = isLost ? root.dataset.noContact.replace("%1", shown(new Date(contact), language)) : "";
  say(document.querySelector(".contact"), text);
}

async function ask() {
  if (asking) return;
  asking = true;
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), 10000);
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(location.href, { headers, cache: "no-store", credentials: "omit", signal: aborter.signal });
    if (answer.status === 200) {
      const text = await answer.text();
      tag = answer.headers.get("ETag") || "";
      contact = Date.now();
      take(text);
    } else if (answer.status === 304) {
      contact = Date.now();
    } else if (answer.status === 404) {
      location.reload();
    }
  } catch {
    // Told by mark().
  } finally {
    clearTimeout(timer);
    asking = false;
    mark();
  }
}

document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("summary");
  if (summary) summary.parentElement.dataset.touched = "1";
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask();
});
localise(document, language);
setInterval(() => {
  if (!document.hidden) ask();
}, EVERY);
