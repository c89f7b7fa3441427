// What a page of another site may try on a board that its reader can reach.
// `run(board, sent)` tries all of it, and says of each what came of it.
"use strict";

const PATHS = ["/", "/api/services", "/api/v1/services", "/api/v1/stream", "/api/v2/summary.json", "/metrics", "/embed/overall", "/badge/overall.svg", "/page/board.js"];
const WAIT = 4000;

const ended = (element, address) => new Promise((resolve) => {
  const late = setTimeout(() => resolve("nothing"), WAIT);
  const tell = (what) => () => { clearTimeout(late); resolve(what); };
  element.onload = tell("loaded");
  element.onerror = tell("refused");
  if (element.localName === "link") Object.assign(element, { rel: "stylesheet", href: address });
  else if (element.localName === "object") element.data = address;
  else element.src = address;
  document.body.append(element);
});

const fetched = async (address, options) => {
  try {
    const answer = await fetch(address, { credentials: "include", ...options });
    return answer.type === "opaque" ? "opaque" : `read ${answer.status} ${await answer.text()}`;
  } catch { return "refused"; }
};

const heard = (address) => new Promise((resolve) => {
  const stream = new EventSource(address, { withCredentials: true });
  stream.onopen = stream.onmessage = () => { stream.close(); resolve("read"); };
  stream.onerror = () => { stream.close(); resolve("refused"); };
});

const spoken = (address) => new Promise((resolve) => {
  const socket = new WebSocket(address.replace("http", "ws"));
  socket.onopen = () => resolve("read");
  socket.onerror = () => resolve("refused");
});

const sent = (address, body, enctype) => new Promise((resolve) => {
  const frame = document.createElement("iframe"), form = document.createElement("form");
  frame.name = `f${Math.random()}`;
  document.body.append(frame, form);
  Object.assign(form, { method: "post", action: address, target: frame.name, enctype });
  const field = document.createElement("input");
  // As text/plain it arrives as NAME=VALUE, which makes JSON of two halves.
  [field.name, field.value] = body.replace('"comment":""', '"comment":"="').split("=");
  form.append(field);
  frame.onload = () => resolve(within(frame));
  form.submit();
  setTimeout(() => resolve("nothing"), WAIT);
});

const within = (frame) => {
  try {
    const found = frame.contentDocument;
    return found === null ? "closed" : `read ${found.documentElement.outerHTML}`;
  } catch { return "closed"; }
};

const painted = (image) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const context = canvas.getContext("2d");
  try {
    context.drawImage(image, 0, 0);
    context.getImageData(0, 0, 8, 8);
    return "read";
  } catch { return "closed"; }
};

async function run(board, bodies) {
  const found = {}, before = new Set(Object.getOwnPropertyNames(window)), all = [];
  const add = (name, promise) => all.push(promise.then((what) => { found[name] = what; }));
  for (const path of PATHS) {
    const address = board + path;
    for (const mode of ["cors", "no-cors"]) add(`${mode} ${path}`, fetched(address, { mode }));
    for (const kind of ["script", "img", "link", "object", "video"]) add(`${kind} ${path}`, ended(document.createElement(kind), address));
    const frame = document.createElement("iframe");
    add(`iframe ${path}`, ended(frame, address).then(() => within(frame)));
    add(`eventsource ${path}`, heard(address));
    add(`websocket ${path}`, spoken(address));
  }
  bodies.forEach(([method, path, body], at) => {
    for (const type of ["text/plain", "application/json", "application/x-www-form-urlencoded"]) {
      for (const mode of ["cors", "no-cors"]) {
        const options = { mode, method, body, headers: { "Content-Type": type } };
        add(`${mode} ${at} ${type}`, method === "POST" || mode === "cors" ? fetched(board + path, options) : Promise.resolve("refused"));
      }
      if (type !== "application/json") add(`form ${at} ${type}`, sent(board + path, body, type));
      navigator.sendBeacon(board + path, new Blob([body], { type }));
    }
  });
  const image = new Image();
  add("canvas", ended(image, `${board}/badge/overall.svg`).then(() => painted(image)));
  await Promise.all(all);
  found.names = Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && isNaN(name)).join();
  return found;
}
