/* The board's pages, live: without this all is there, and stays as it was when it was asked for. */
"use strict";
(() => {
  const root = document.documentElement;
  const DAY = 864e5, ONCE = 1000, SPOKEN = 10000, LOOK = 15000, PATIENCE = 5000;
  const language = root.lang;

  // How it looks: what was chosen here holds on every page, unless its address says otherwise.
  const kept = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch { /* a browser may keep nothing */ }
    return null;
  };
  const wear = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const without = (address) => {
    const url = new URL(address);
    url.searchParams.delete("theme");
    return url.href;
  };
  const asked = new URLSearchParams(location.search).get("theme");
  const theme = asked || kept("theme");
  if (theme) wear(theme);
  root.classList.add("scripted");

  const say = (name, ...values) =>
    values.reduce((text, value, at) => text.replace(`%${at + 1}`, () => value), document.body.dataset[name] || "");

  // Times, in the reader's zone
  const date = { year: "numeric", month: "short", day: "numeric" };
  const clock = { hour: "2-digit", minute: "2-digit", timeZoneName: "short", hourCycle: "h23" };
  const locale = language === "en" ? "en-GB" : language;
  const bare = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const short = new Intl.DateTimeFormat(locale, bare);
  const FORMATS = {
    "": new Intl.DateTimeFormat(locale, { ...date, ...clock }),
    "b": new Intl.DateTimeFormat(locale, { ...date, ...bare }),
    "h": new Intl.DateTimeFormat(locale, clock),
    "h b": short,
  };
  const days = new Intl.DateTimeFormat(locale, { ...date, weekday: "short", timeZone: "UTC" });
  const localise = (node) => {
    for (const one of node.querySelectorAll("time[datetime]")) {
      const time = new Date(one.dateTime);
      if (isNaN(time)) continue;
      // A time of day alone is of the day that stands around it, which is another one elsewhere.
      const isToday = time.toDateString() === new Date().toDateString() && !one.closest(".day, [data-day]");
      const isHere = isToday || one.textContent.startsWith(short.format(time));
      one.textContent = (FORMATS[isHere ? one.className : one.className.replace(/h ?/, "")] || FORMATS[""]).format(time);
    }
  };

  // New text goes into the nodes that are there, so that focus, what is open and what is read out stay.
  const OWN = ["open", "tabindex", "role", "data-at", "aria-label", "aria-valuetext", "aria-valuenow", "aria-valuemin", "aria-valuemax"];
  const isKept = (node, name) => OWN.includes(name) && (node.localName === "details" || node.className === "t");
  const alike = (one, other) =>
    one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
  const attributes = (old, fresh) => {
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !isKept(old, name)) old.removeAttribute(name);
    }
    if (old.localName === "details" && fresh.hasAttribute("data-open") && !old.hasAttribute("data-open")) old.open = true;
    for (const { name, value } of fresh.attributes) {
      if (!isKept(old, name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
  };
  const morph = (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.isEqualNode(fresh)) return;
    attributes(old, fresh);
    const ids = new Set([...fresh.children].map((one) => one.id));
    for (const one of [...old.children]) if (one.id && !ids.has(one.id)) one.remove();
    const isOurs = (node) => node.nodeType === Node.ELEMENT_NODE && node.classList.contains("at");
    let at = old.firstChild;
    const drop = () => {
      const gone = at;
      at = at.nextSibling;
      if (!isOurs(gone)) gone.remove();
    };
    for (const wanted of [...fresh.childNodes]) {
      while (at && isOurs(at)) at = at.nextSibling;
      let found = at;
      const same = wanted.id ? document.getElementById(wanted.id) : null;
      if (same && same.parentNode === old) {
        // What has the focus loses it where it is moved: rather the others go.
        while (at && at !== same && !at.id) drop();
        found = same;
        if (found !== at) (old.moveBefore || old.insertBefore).call(old, found, at);
      }
      if (found && alike(found, wanted)) {
        if (found === at) at = at.nextSibling;
        morph(found, wanted);
      } else {
        old.insertBefore(document.importNode(wanted, true), at);
        if (at && !at.id && at.nodeType === wanted.nodeType && !wanted.id) drop();
      }
    }
    while (at) drop();
  };

  // What changed is read out, in short and not too often.
  let spoken = -SPOKEN, speaking = 0, before = new Map();
  const states = () => {
    const found = new Map();
    for (const row of document.querySelectorAll("#groups li[id]")) {
      found.set(row.id, [row.querySelector("a").textContent, row.querySelector(".w").textContent]);
    }
    return found;
  };
  const tell = () => {
    speaking = 0;
    const now = states(), said = [];
    for (const [id, [name, word]] of now) {
      const was = before.get(id);
      if (was && was[1] !== word) said.push(`${name}: ${word}`);
    }
    before = now;
    if (!said.length) return;
    const headline = document.getElementById("headline");
    spoken = performance.now();
    document.getElementById("said").textContent =
      said.length > 3 && headline ? headline.textContent : said.join(". ");
  };
  const announce = () => {
    if (!speaking) speaking = setTimeout(tell, Math.max(0, spoken + SPOKEN - performance.now()));
  };

  // Asking for the page again: at once, then once a second at most, readers apart from each other.
  let last = "", asking = false, again = 0, asked_at = -ONCE;
  const refresh = async () => {
    again = 0;
    if (asking) { soon(); return; }
    asking = true;
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" }, cache: "no-cache" });
      const text = await answer.text();
      if (answer.ok && text !== last) {
        last = text;
        const fresh = new DOMParser().parseFromString(text, "text/html");
        // Another version of the board has another script, too.
        if (fresh.body.dataset.version !== document.body.dataset.version) location.reload();
        localise(fresh);
        show(fresh);
      }
      if (answer.ok) inContact();
      else outOfContact();
    } catch {
      outOfContact();
    }
    asking = false;
  };
  const soon = () => {
    if (again || document.hidden) return;
    const since = performance.now() - asked_at;
    again = setTimeout(() => {
      asked_at = performance.now();
      refresh();
    }, since >= ONCE ? 0 : ONCE - since + Math.random() * 500);
  };
  const show = (fresh) => {
    document.title = fresh.title;
    const icon = document.getElementById("icon"), wanted = fresh.getElementById("icon");
    if (icon && wanted && icon.getAttribute("href") !== wanted.getAttribute("href")) icon.href = wanted.getAttribute("href");
    for (const name of ["last", "journal"]) {
      if (fresh.body.dataset[name]) document.body.dataset[name] = fresh.body.dataset[name];
    }
    const focused = document.activeElement;
    morph(document.querySelector("header .name"), fresh.querySelector("header .name"));
    morph(document.getElementById("main"), fresh.getElementById("main"));
    if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    strips();
    pointAgain();
    announce();
  };

  // Hearing of changes
  let stream = null, patience = 0, retry = 0, lost = 0, contact = Date.now();
  const inContact = () => {
    contact = Date.now();
    lost = 0;
    const node = document.getElementById("contact");
    if (!node.firstChild) return;
    node.textContent = "";
    root.classList.remove("lost");
    pointAgain();
  };
  const outOfContact = () => {
    lost = lost || contact;
    const text = say("lost", short.format(lost)), node = document.getElementById("contact");
    if (node.textContent !== text) node.textContent = text;
    root.classList.add("lost");
    pointAgain();
  };
  const listen = () => {
    if (stream || document.hidden) return;
    clearTimeout(retry);
    // From where the page is, so that nothing between the two is missed.
    stream = new EventSource(`/api/v1/stream?since=${document.body.dataset.journal}`);
    stream.onopen = () => {
      clearTimeout(patience);
      patience = 0;
      if (lost) soon();
    };
    stream.onerror = () => {
      // Streams may be refused where there are many: the page itself tells whether anybody answers.
      if (!patience) patience = setTimeout(refresh, PATIENCE);
      if (stream && stream.readyState === EventSource.CLOSED) {
        // It was refused, or told to go: a browser does not come back by itself.
        stream = null;
        retry = setTimeout(listen, 5000 + Math.random() * 10000);
      }
    };
    const heard = () => {
      contact = Date.now();
      soon();
    };
    for (const name of ["service.status", "service.added", "service.removed", "service.changed", "group.changed", "reset"]) {
      stream.addEventListener(name, heard);
    }
  };
  const hush = () => {
    if (stream) stream.close();
    stream = null;
    clearTimeout(retry);
    clearTimeout(patience);
    clearTimeout(again);
    patience = again = 0;
  };

  // Strips: one stop for the Tab key each, whose days the arrow keys go through.
  let tip = null, mark = null;
  const statusAt = (strip, at) => {
    for (const path of strip.querySelectorAll("path")) {
      let place = 0;
      for (const [, move, to, length] of path.getAttribute("d").matchAll(/([Mm])(\d+) \d+h(\d+)/g)) {
        place = move === "M" ? +to : place + +to;
        if (at >= place && at < place + +length) return path.getAttribute("class").slice(1);
        place += +length;
      }
    }
    return "0";
  };
  const pageOf = (strip, at) => {
    const count = strip.firstElementChild.viewBox.baseVal.width;
    const time = Date.parse(document.body.dataset.last) - (count - 1 - at) * DAY;
    return [time, `/days/${new Date(time).toISOString().slice(0, 10)}`];
  };
  const told = (strip, at) => {
    const [time, page] = pageOf(strip, at), day = days.format(new Date(time));
    const row = strip.parentNode, status = statusAt(strip, at);
    const link = (row.dataset.name ? document : row).querySelector(`.d a[href^="${page}"], th a[href^="${page}"]`);
    if (link) return `${day} – ${link.dataset.told || link.textContent.replace(/^[^:]*: */, "")}`;
    if (status === "0") return `${day} – ${say("unknown")}`;
    return `${day} – ${status === "5" ? say("fine") : document.body.dataset["w" + status] || ""}`;
  };
  const hide = () => {
    if (tip) tip.remove();
    if (mark) mark.remove();
    tip = mark = null;
  };
  const point = (strip, at) => {
    hide();
    const svg = strip.firstElementChild, count = svg.viewBox.baseVal.width;
    const text = told(strip, at);
    strip.dataset.at = at;
    strip.setAttribute("aria-valuenow", at);
    strip.setAttribute("aria-valuetext", text);
    const box = svg.getBoundingClientRect(), outer = strip.getBoundingClientRect(), wide = box.width / count;
    const left = box.left + wide * at;
    mark = document.createElement("span");
    mark.className = "at";
    strip.append(mark);
    mark.style.left = `${left - outer.left - 1}px`;
    mark.style.width = `${Math.max(wide, 4)}px`;
    tip = document.createElement("div");
    tip.className = "tip";
    tip.setAttribute("aria-hidden", "true");
    tip.textContent = text;
    document.body.append(tip);
    const half = tip.offsetWidth / 2, middle = left + wide / 2;
    tip.style.left = `${Math.min(Math.max(middle - half, 8), root.clientWidth - 2 * half - 8) + scrollX}px`;
    tip.style.top = `${outer.top + scrollY - tip.offsetHeight - 6}px`;
  };
  const pointAgain = () => {
    // What stood elsewhere a moment ago.
    const strip = mark && mark.parentNode;
    if (strip && strip.isConnected) point(strip, +strip.dataset.at);
    else hide();
  };
  const open = (strip, at) => location.assign(pageOf(strip, at)[1] + location.search);
  const shown = (strip) => {
    const count = strip.firstElementChild.viewBox.baseVal.width;
    const part = strip.getBoundingClientRect().width / strip.firstElementChild.getBoundingClientRect().width;
    return [Math.max(0, Math.round(count * (1 - part))), count - 1];
  };
  const strips = () => {
    for (const strip of document.querySelectorAll(".t")) {
      const row = strip.parentNode, count = strip.firstElementChild.viewBox.baseVal.width;
      const name = row.dataset.name || row.querySelector("a").textContent;
      const at = Math.min(+(strip.dataset.at || count - 1), count - 1);
      const set = { tabindex: "0", role: "slider", "aria-label": say("strip", name), "aria-valuemin": "0", "aria-valuemax": count - 1, "aria-valuenow": at, "aria-valuetext": told(strip, at) };
      for (const [key, value] of Object.entries(set)) {
        if (strip.getAttribute(key) !== String(value)) strip.setAttribute(key, value);
      }
    }
  };
  const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 };
  const stripOf = (event) => (event.target.closest ? event.target.closest(".t") : null);
  const keyed = (event) => {
    if (event.key === "Escape") hide();
    const strip = stripOf(event);
    if (!strip || event.altKey || event.ctrlKey || event.metaKey) return;
    const [first, end] = shown(strip), at = +(strip.dataset.at || end);
    let to = null;
    if (event.key === "Home") to = first;
    else if (event.key === "End") to = end;
    else if (event.key in STEPS) to = at + STEPS[event.key];
    else if (event.key === "Enter") open(strip, at);
    if (to === null) return;
    event.preventDefault();
    point(strip, Math.min(Math.max(to, first), end));
  };
  const hovered = (event) => {
    const strip = stripOf(event);
    if (!strip) {
      if (tip && !document.activeElement.classList.contains("t")) hide();
      return;
    }
    const box = strip.firstElementChild.getBoundingClientRect(), count = strip.firstElementChild.viewBox.baseVal.width;
    const at = Math.floor(((event.clientX - box.left) / box.width) * count);
    if (at >= 0 && at < count && (!tip || strip.dataset.at !== String(at) || !mark || mark.parentNode !== strip)) point(strip, at);
  };

  const copies = () => {
    for (const area of document.querySelectorAll(".copy textarea")) {
      area.addEventListener("focus", () => area.select());
      area.rows = 1;
      area.style.height = `${area.scrollHeight + 2}px`;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = say("copy");
      button.setAttribute("aria-describedby", area.id);
      button.addEventListener("click", async () => {
        area.select();
        // Browsers offer the clipboard's API to https alone.
        try { await navigator.clipboard.writeText(area.value); } catch { document.execCommand("copy"); }
        document.getElementById("said").textContent = "";
        button.textContent = say("copied");
        document.getElementById("said").textContent = say("copied");
        setTimeout(() => { button.textContent = say("copy"); }, 2000);
      });
      area.after(button);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    localise(document);
    for (const input of document.querySelectorAll("#look input[type=radio]")) {
      input.checked = input.value === (theme || "system");
      input.addEventListener("change", () => {
        wear(input.value);
        kept("theme", input.value);
        // What an address says would be another choice.
        const plain = without(location.href);
        if (plain !== location.href) history.replaceState(null, "", plain);
        for (const link of document.links) if (link.search.includes("theme=")) link.href = without(link.href);
      });
    }
    copies();
    if (document.querySelector(".t")) {
      strips();
      document.addEventListener("keydown", keyed);
      document.addEventListener("pointermove", hovered);
      document.addEventListener("pointerdown", hovered);
      document.addEventListener("click", (event) => {
        const strip = stripOf(event);
        if (strip && event.pointerType === "mouse" && strip.dataset.at) open(strip, +strip.dataset.at);
      });
      document.addEventListener("focusout", hide);
      document.addEventListener("focusin", (event) => {
        const strip = stripOf(event);
        if (strip && strip.matches(":focus-visible")) point(strip, +(strip.dataset.at || shown(strip)[1]));
      });
    }
    before = states();
    listen();
    // No stream tells what the page is set to show, nor that nobody is there any more. A change
    // that comes right after such a look waits for nothing.
    setInterval(() => { if (!again && !document.hidden) refresh(); }, LOOK);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hush();
      else { soon(); listen(); }
    });
  });
})();
