// Keeps a wall as the board is, for weeks: it hears of changes by the stream, and asks for itself
// every 10 seconds beside it, so that it knows of a lost contact whatever the network hides.
import { localise, shown } from "./moments.js";
import { fit, fitLine } from "./wall-fit.js";

const ASK_EVERY = 10000;
const PATIENCE = 22000; // without an answer for so long, nothing on the wall is sure
const RESTART = 4000; // a server that starts anew answers nobody for a moment
const TURN_EVERY = 12000;
const FRESH_FOR = 30000;
const EVENTS = ["service.status", "service.added", "service.removed", "service.changed", "group.changed", "reset"];

const root = document.documentElement;
const { language, clock, said } = {
  language: root.lang === "en" ? "en-GB" : root.lang, // the day before the month
  clock: root.dataset.clock,
  said: { lost: root.dataset.noContact, page: root.dataset.page },
};
const main = document.querySelector("main");
const header = document.querySelector("header");
const contactLine = document.querySelector(".contact");
const pagesLine = document.querySelector(".pages");
const soundButton = document.querySelector(".sound");

let tag = "";
let contact = Date.now();
let failures = 0;
let failing = 0;
let ahead = 0; // how much the server's clock is ahead of this one's
let asking = false;
let asked = 0;
let again = false;
let turner = { pages: 1, turn() {} };
let page = 0;
const fresh = new Map();

const now = () => new Date(Date.now() + ahead);

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Layout

function layOut() {
  fitLine(header.querySelector(".sentence"));
  turner = fit(main, Number(root.dataset.columns) || 0);
  page %= turner.pages;
  turn(page);
}

function turn(to) {
  page = to;
  turner.turn(page);
  say(pagesLine, turner.pages > 1 ? said.page.replace("%1", page + 1).replace("%2", turner.pages) : "");
}

let resizing = 0;
addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(layOut, 150);
});
setInterval(() => {
  if (turner.pages > 1) turn((page + 1) % turner.pages);
}, TURN_EVERY);

// What is shown

const outages = () => new Set([...main.querySelectorAll(".tile.s7")].map((one) => one.id));

function showFresh() {
  const time = Date.now();
  for (const [id, until] of fresh) {
    if (until < time) fresh.delete(id);
    document.getElementById(id)?.classList.toggle("fresh", until >= time);
  }
}

function take(text) {
  const other = new DOMParser().parseFromString(text, "text/html");
  const isNewer = other.documentElement.dataset.version !== root.dataset.version;
  const otherMain = other.querySelector("main");
  if ((isNewer || !otherMain) && performance.now() > 60000) {
    location.reload();
    return;
  }
  if (!otherMain) return;
  localise(other, language);
  const before = outages();
  const otherHeader = other.querySelector("header");
  for (const query of ["h1 span", ".sentence"]) say(header.querySelector(query), otherHeader.querySelector(query).textContent);
  const shape = header.querySelector(".shape");
  shape.setAttribute("class", otherHeader.querySelector(".shape").getAttribute("class"));
  shape.replaceChildren(...otherHeader.querySelector(".shape").childNodes);
  header.querySelector(".chips").replaceChildren(...otherHeader.querySelector(".chips").childNodes);
  document.title = other.title;
  const icon = document.querySelector("link[rel=icon]");
  const href = other.querySelector("link[rel=icon]").getAttribute("href");
  if (icon.getAttribute("href") !== href) icon.setAttribute("href", href);
  main.className = otherMain.className;
  main.replaceChildren(...otherMain.childNodes);
  layOut();
  const begun = [...outages()].filter((id) => !before.has(id));
  for (const id of begun) fresh.set(id, Date.now() + FRESH_FOR);
  if (begun.length) beep();
  showFresh();
}

// Contact

function mark() {
  const isLost = Date.now() - contact > PATIENCE || (failures > 1 && Date.now() - failing > RESTART);
  root.classList.toggle("lost", isLost);
  const time = new Date(contact + ahead);
  say(contactLine, isLost ? said.lost.replace("%1", shown(time, language, now())) : "");
}

async function ask() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  asked = Date.now();
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), 8000);
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(location.href, { headers, cache: "no-store", credentials: "omit", signal: aborter.signal });
    if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
    const text = answer.status === 200 ? await answer.text() : "";
    const date = Date.parse(answer.headers.get("Date"));
    // The header knows seconds only.
    if (!Number.isNaN(date)) ahead = Math.abs(date - Date.now()) > 2000 ? date - Date.now() : 0;
    contact = Date.now();
    failures = 0;
    if (text) {
      tag = answer.headers.get("ETag") || "";
      take(text);
    }
  } catch {
    if (!failures) failing = Date.now();
    failures += 1;
    if (failures < 4) setTimeout(ask, 2000);
  } finally {
    clearTimeout(timer);
    asking = false;
    mark();
    if (again) {
      again = false;
      setTimeout(ask, 100);
    }
  }
}

let stream = null;
let soon = 0;
let later = 0;

function hear() {
  // However much happens, the wall is drawn four times a second at most.
  if (!soon) soon = setTimeout(() => { soon = 0; ask(); }, Math.max(40, asked + 250 - Date.now()));
  // What an answer missed that was on its way when something happened comes with the next.
  clearTimeout(later);
  later = setTimeout(ask, 1500);
}

function listen() {
  stream?.close();
  stream = new EventSource("/api/v1/stream");
  for (const name of EVENTS) stream.addEventListener(name, hear);
  stream.onopen = hear;
  stream.onerror = ask;
}

setInterval(() => {
  ask();
  // Refused, or told to come back later: the browser does not try again by itself.
  if (!stream || stream.readyState === EventSource.CLOSED) listen();
}, ASK_EVERY);

// Sound

let sounds = null;

function beep() {
  if (!sounds || sounds.state !== "running") return;
  [880, 660].forEach((pitch, at) => {
    const start = sounds.currentTime + at * 0.28;
    const tone = sounds.createOscillator();
    const loudness = sounds.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(0.35, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.26);
    tone.connect(loudness).connect(sounds.destination);
    tone.start(start);
    tone.stop(start + 0.28);
  });
}

if (soundButton && window.AudioContext) {
  sounds = new AudioContext();
  const look = () => { soundButton.hidden = sounds.state === "running"; };
  sounds.onstatechange = look;
  look();
  soundButton.addEventListener("click", async () => {
    await sounds.resume();
    beep();
  });
}

// The screen

const SHIFTS = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];
let shift = 0;

setInterval(() => {
  shift = (shift + 1) % SHIFTS.length;
  const far = Math.max(2, Math.round(innerHeight / 360));
  root.style.setProperty("--dx", `${SHIFTS[shift][0] * far}px`);
  root.style.setProperty("--dy", `${SHIFTS[shift][1] * far}px`);
}, 60000);

function tell() {
  const time = now();
  if (clock === "off") return;
  const format = { hour: clock === "12" ? "numeric" : "2-digit", minute: "2-digit", hourCycle: clock === "12" ? "h12" : "h23" };
  say(header.querySelector(".clock"), time.toLocaleTimeString(language, format));
  say(header.querySelector(".day"), time.toLocaleDateString(language, { weekday: "short", day: "numeric", month: "short" }));
}

setInterval(() => {
  tell();
  mark();
  if (fresh.size) showFresh();
}, 1000);

async function stayAwake() {
  // Only for pages that came encrypted; elsewhere the system's own settings have to do it.
  try {
    if (!document.hidden) await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low, say.
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    stayAwake();
    ask();
  }
});

let resting = 0;
function stir() {
  root.classList.remove("idle");
  clearTimeout(resting);
  resting = setTimeout(() => root.classList.add("idle"), 3000);
}
addEventListener("pointermove", stir);

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}
addEventListener("dblclick", fill);
addEventListener("keydown", (event) => {
  if (event.key === "f" && !event.ctrlKey && !event.metaKey && !event.altKey) fill();
});

root.classList.add("live");
localise(document, language);
tell();
layOut();
document.fonts?.ready.then(layOut);
stir();
stayAwake();
listen();
