// Listens by npm's eventsource to what URL tells; it comes back after a cut by itself. Prints the
// ids that it was told, and ends after id LAST: `node listen_eventsource.mjs MODULE URL LAST`.

const [module, url, last] = process.argv.slice(2);
const { EventSource } = await import(module);
const source = new EventSource(url);
source.onopen = () => console.log("begun");
source.addEventListener("reset", (event) => console.log(event.lastEventId, "reset"));
source.addEventListener("service.status", (event) => {
  console.log(event.lastEventId, event.type);
  if (event.lastEventId === last) process.exit();
});
source.onerror = (event) => {
  if (source.readyState === EventSource.CLOSED) {
    console.log("closed", event.code ?? "");
    process.exit(1);
  }
};
