// Reads a calendar on standard input by npm's ical.js, and prints its events as JSON:
// `node read_calendar.mjs MODULE`.

import { readFileSync } from "node:fs";

const { default: ICAL } = await import(process.argv[2]);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    begin: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
  };
});
const name = calendar.getFirstPropertyValue("x-wr-calname");
const refresh = calendar.getFirstPropertyValue("refresh-interval");
console.log(JSON.stringify({ name, refresh: refresh.toString(), events }));
