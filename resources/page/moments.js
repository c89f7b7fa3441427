// Times of a page that the server made, as the reader's own zone has them.

const sameDay = (one, other) => one.toDateString() === other.toDateString();

export function shown(time, language, now = new Date()) {
  const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (!sameDay(time, now)) {
    Object.assign(format, { day: "numeric", month: "short" });
  }
  if (Math.abs(now - time) > 300 * 86400000) {
    return time.toLocaleDateString(language, { day: "numeric", month: "short", year: "numeric" });
  }
  return time.toLocaleString(language, format);
}

export function localise(root, language) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const time = new Date(element.dateTime);
    if (!Number.isNaN(time.getTime())) element.textContent = shown(time, language);
  }
  // The server's zone is not said where the reader's holds.
  for (const element of root.querySelectorAll(".zone")) element.hidden = true;
}
