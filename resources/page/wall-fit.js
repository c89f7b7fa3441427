// Finds columns and sizes of type at which everything on a wall fits on one screen.
// What is not fine gets most of it; only what can't be read any more goes onto further pages.

const ROW = 1.75; // a row of what is fine, in its type's size
const DENSE_ROW = 1.4;
const HEAD = 1.55; // the name of a group
const BESIDE = 2.5; // shape and margins beside a name
const GAP = 0.6;
const TILE = [0, 1.75, 2.7, 3.1]; // heights of tiles by level: name; facts; comment as well
const COMMENT = 1.5;
const LEVEL_LEAST = [0, 1.4, 2.4, 3]; // type of a tile's name, in hundredths of the screen
const TILE_MOST = 8.5;
const FINE_LEAST = 0.95;
const FINE_TURNED = 1.25; // where pages are turned anyway
const FINE_GOOD = 1.9;
const DENSE = 1.5;

const canvas = document.createElement("canvas").getContext("2d");
let widths = new Map();

function widthOf(text, family, weight) {
  const key = weight + text;
  let found = widths.get(key);
  if (found === undefined) {
    if (widths.size > 5000) widths = new Map();
    canvas.font = `${weight} 100px ${family}`;
    found = canvas.measureText(text).width / 100;
    widths.set(key, found);
  }
  return found;
}

const sorted = (names, family, weight) =>
  names.map((name) => widthOf(name, family, weight)).sort((one, other) => one - other);

// How wide most names are; those beyond take two lines.
function usual(widest, most) {
  const longest = widest[widest.length - 1];
  const nearly = widest[Math.floor((widest.length - 1) * 0.93)];
  return Math.min(Math.max(nearly * 1.15, Math.min(longest, nearly * 1.35)), Math.max(most, longest / 1.8));
}

function pixels(element, name, value) {
  element.style.setProperty(name, `${value}px`);
}

function howMany(widest, least) {
  let low = 0;
  let high = widest.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (widest[middle] > least) high = middle;
    else low = middle + 1;
  }
  return widest.length - low;
}

// The largest type at which all rows of what is fine have room, and how many columns it takes.
function planFine(fine, wide, high) {
  const { count, heads, widest, word, most, least, forced, dense } = fine;
  const longest = widest[widest.length - 1];
  const at = (part) => widest[Math.floor((widest.length - 1) * part)];
  const common = Math.min(at(0.91), at(0.5) * 1.6);
  let best = null;
  const to = forced || Math.min(count + heads, 40);
  for (let columns = forced || 1; columns <= to; columns += 1) {
    for (let size = most; size >= least && size >= (best?.size ?? 0); size *= 0.96) {
      const across = (wide - (columns - 1) * GAP * size) / columns / size - BESIDE;
      // No word is broken; in large type names have one line, but for a few that are much longer.
      if (across < (size > 2 * dense ? Math.min(longest, at(0.93) * 1.3) : Math.max(word, longest / 2.6, common))) continue;
      const long = howMany(widest, across) + howMany(widest, across * 1.85);
      const total = count + long * 0.75 + (heads * HEAD) / rowOf(size, fine);
      const rows = Math.ceil(total / columns + (columns > 1 && heads ? 0.6 : 0));
      if (rows * rowOf(size, fine) * size <= high) {
        const plan = { size, columns, rows, off: offLook(fine, wide / columns, high, rows) + long * 0.05 };
        if (!best || size > best.size || plan.off < best.off) best = plan;
        break;
      }
    }
  }
  if (!best) return paged(fine, wide, high);
  const groups = planApart(fine, wide, high);
  return groups && groups.size >= best.size * 0.72 ? groups : best;
}

// A column for each group, where they are few and about as large.
function planApart({ count, heads, tallest, widest, most, least, forced, dense }, wide, high) {
  if (forced || heads < 2 || heads > 10 || heads * tallest > count * 1.7) return null;
  for (let size = most; size >= least; size *= 0.96) {
    const across = (wide - (heads - 1) * GAP * size) / heads / size - BESIDE;
    const row = rowOf(size, { dense });
    const rows = tallest + HEAD / row;
    if (across >= widest[widest.length - 1] && rows * row * size <= high) return { size, columns: heads, rows, isApart: true };
  }
  return null;
}

function paged(fine, wide, high) {
  const size = fine.turned;
  const across = usual(fine.widest, 12) + BESIDE + GAP;
  const columns = fine.forced || Math.max(1, Math.floor((wide / size + GAP) / across));
  const rows = Math.max(1, Math.floor(high / (size * DENSE_ROW)));
  return { size, columns, rows, isPaged: true, pages: Math.max(1, (fine.count + fine.heads) / (columns * rows)) };
}

// How far rows of one size of type are from looking well: in little height below what is not fine,
// else as cards of a shape.
function offLook(fine, across, high, rows) {
  return fine.isAlone ? Math.abs(Math.log(high / rows / across / 0.24)) : rows;
}

// Small rows lie closer together.
function rowOf(size, fine) {
  return size < fine.dense ? DENSE_ROW : ROW;
}

function planBad(bad, wide, high, unit) {
  const forced = bad.forced && Math.min(bad.forced, bad.count);
  for (const level of [3, 2, 1]) {
    const gap = level === 1 ? unit * 0.4 : unit;
    const tall = TILE[level] + (level === 3 && bad.isSaid ? COMMENT : 0);
    const need = bad.need + (level === 1 ? 7.4 : 2.2);
    let best = null;
    for (let columns = forced || 1; columns <= (forced || Math.min(bad.count, 14)); columns += 1) {
      const rows = Math.ceil(bad.count / columns);
      const across = (wide - (columns - 1) * gap) / columns;
      const down = (high - (rows - 1) * gap) / rows;
      const size = Math.min(down / tall, across / need, TILE_MOST * unit);
      if (!best || size > best.size * 1.02) best = { size, columns, rows, level, tall, gap };
    }
    if (best.size >= LEVEL_LEAST[level] * unit) return best;
  }
  const size = LEVEL_LEAST[1] * 1.2 * unit;
  const gap = unit * 0.4;
  const columns = forced || Math.max(1, Math.floor(wide / (size * (bad.need + 7.4))));
  const rows = Math.max(1, Math.floor((high + gap) / (size * TILE[1] + gap)));
  return { size, columns, rows, level: 1, tall: TILE[1], gap, isPaged: true };
}

// How much of the height goes to what is not fine: so much that it is large, and the rest legible.
function share(bad, fine, wide, high, unit, between) {
  if (!fine) return high;
  if (!bad) return 0;
  let best = null;
  for (let part = 0.24; part < 0.85; part += 0.05) {
    const large = planBad(bad, wide, high * part, unit);
    const small = planFine(fine, wide, high * (1 - part) - between);
    const score =
      2.5 * Math.min(large.size / (5.5 * unit), 1) - (3 - large.level) * 0.12 - (large.isPaged ? 4 : 0) +
      1.2 * Math.min(small.size / (2 * unit), 1) - Math.max(0, 1.25 - small.size / unit) * 3 - (small.isPaged ? 2 + Math.log(small.pages) * 1.6 : 0);
    if (!best || score > best.score) best = { score, part };
  }
  return high * best.part;
}

function setBad(section, plan, high) {
  const { gap } = plan;
  const tiles = [...section.querySelectorAll(".tile")];
  const list = section.querySelector(".tiles");
  section.className = `bad level-${plan.level}`;
  pixels(section, "--height", Math.floor(high));
  const per = plan.isPaged ? plan.columns * plan.rows : tiles.length;
  const wide = list.clientWidth;
  const first = plan.isPaged ? plan.columns : tiles.length - (plan.rows - 1) * plan.columns;
  pixels(list, "--gap", gap);
  pixels(list, "--tall", Math.floor((high - (plan.rows - 1) * plan.gap) / plan.rows));
  tiles.forEach((tile, at) => {
    // Where there are fewer in a row, it is the first: the worst are the largest.
    const beside = at < first ? first : plan.columns;
    pixels(tile, "--wide", Math.floor((wide - (beside - 1) * gap) / beside));
    tile.hidden = at >= per;
  });
  const overflowing = () => tiles.filter((tile) => tile.scrollHeight > tile.clientHeight + 1);
  let size = plan.size;
  let left = [];
  for (let turn = 0; turn < 12; turn += 1, size *= 0.94) {
    list.style.fontSize = `${size}px`;
    left = overflowing();
    // A few long names are smaller for themselves.
    if (left.length <= tiles.length * 0.15 && tiles.length > 6) break;
    if (!left.length) break;
  }
  for (let smaller = 0.9; left.length && smaller > 0.5; smaller -= 0.08) {
    for (const tile of left) tile.style.fontSize = `${smaller}em`;
    left = left.filter((tile) => tile.scrollHeight > tile.clientHeight + 1);
  }
  return {
    pages: Math.ceil(tiles.length / per),
    turn(page) {
      tiles.forEach((tile, at) => { tile.hidden = Math.floor(at / per) !== page; });
    },
  };
}

function setFine(box, fine, plan, high) {
  const flow = box.querySelector(".flow");
  const wide = box.clientWidth;
  let { columns, rows } = plan;
  const lay = () => {
    const pitch = Math.min(high / rows, plan.size * (fine.isAlone ? 9 : 2.4));
    const size = Math.min(plan.size, pitch / DENSE_ROW);
    const between = Math.max(1, Math.min(size * 0.25, pitch * 0.1));
    pixels(box, "--height", Math.floor(plan.isPaged ? high : Math.min(high, pitch * rows + 1)));
    flow.style.setProperty("--columns", columns);
    flow.style.fontSize = `${size}px`;
    flow.classList.toggle("dense", size < fine.dense);
    flow.classList.toggle("roomy", wide / columns / size > fine.widest[fine.widest.length - 1] + 8);
    flow.classList.toggle("apart", plan.isApart === true);
    pixels(flow, "--between", between);
    pixels(flow, "--row", Math.floor((pitch - between) * 10) / 10);
    pixels(flow, "--head", Math.max(size * HEAD, pitch * 0.6));
    return size;
  };
  const fits = () => flow.scrollWidth <= wide + 2;
  pixels(flow, "--away", 0);
  for (let turn = 0; turn < 24; turn += 1) {
    if (lay() < fine.least * 0.97 && !plan.isPaged) return setFine(box, fine, paged(fine, wide, high), high);
    if (plan.isPaged || fits()) break;
    rows += Math.max(1, Math.round(rows * 0.02));
  }
  const gap = parseFloat(getComputedStyle(flow).columnGap) || 0;
  if (!plan.isPaged && !fine.forced) {
    const used = columnsUsed(flow, (wide + gap) / columns);
    if (used < columns) {
      columns = used;
      lay();
    }
  }
  if (!plan.isPaged && fine.isAlone) {
    const before = rows;
    rows *= Math.min(1, lowest(box) / high + 0.01);
    lay();
    if (!fits() || lowest(box) > high) {
      rows = before;
      lay();
    }
  }
  return {
    pages: Math.max(1, Math.ceil((flow.scrollWidth + gap - 2) / (wide + gap))),
    turn(page) { pixels(flow, "--away", -page * (wide + gap)); },
  };
}

function columnsUsed(flow, step) {
  const last = [...flow.querySelectorAll("li")].pop();
  const far = last.getBoundingClientRect().left - flow.getBoundingClientRect().left;
  return Math.round(far / step) + 1;
}

function lowest(box) {
  const top = box.getBoundingClientRect().top;
  let low = 0;
  for (const one of box.querySelectorAll("li,h2")) low = Math.max(low, one.getBoundingClientRect().bottom - top);
  return low;
}

// Has a line of text as large as its place allows, and no larger than its style.
export function fitLine(line) {
  line.style.fontSize = "";
  const most = parseFloat(getComputedStyle(line).fontSize);
  if (line.scrollWidth > line.clientWidth) {
    const size = (most * line.clientWidth) / line.scrollWidth;
    pixels(line, "font-size", Math.max(most * 0.5, Math.floor(size * 10) / 10));
  }
}

// Fits the wall; what is answered turns its pages: how many there are, and to which to turn.
export function fit(main, columns) {
  const unit = Math.max(5, Math.min(innerHeight / 100, innerWidth * 0.0072));
  const section = main.querySelector(".bad");
  const box = main.querySelector(".fine");
  const family = getComputedStyle(main).fontFamily;
  const wide = main.clientWidth;
  const missing = main.querySelector(".missing");
  const high = main.clientHeight - (missing ? missing.offsetHeight + 1.4 * unit : 0);
  const names = (root, query) => [...root.querySelectorAll(query)].map((one) => one.textContent);
  const bad = section && {
    count: section.querySelectorAll(".tile").length,
    need: usual(sorted(names(section, ".name"), family, 700), 14),
    isSaid: section.querySelector(".comment") !== null,
    forced: columns,
  };
  const all = box ? names(box, ".name") : [];
  const fine = box && {
    count: box.querySelectorAll("li").length,
    heads: box.querySelectorAll("h2").length,
    tallest: Math.max(...[...box.querySelectorAll("ul")].map((one) => one.children.length)),
    widest: sorted(all, family, 400),
    word: sorted(all.flatMap((name) => name.split(/[\s-]+/u)), family, 400).pop(),
    most: (section ? 3.2 : 6) * unit,
    least: FINE_LEAST * unit,
    turned: FINE_TURNED * unit,
    good: FINE_GOOD * unit,
    dense: DENSE * unit,
    isAlone: !section,
    forced: columns,
  };
  const between = section && box ? 1.4 * unit : 0;
  let forBad = share(bad, fine, wide, high, unit, between);
  const turners = [];
  let plan = bad && planBad(bad, wide, forBad, unit);
  if (bad && fine && !plan.isPaged) {
    forBad = Math.min(forBad, plan.rows * plan.tall * plan.size * 1.3 + (plan.rows - 1) * plan.gap);
  }
  if (fine) {
    const forFine = high - forBad - between;
    turners.push(setFine(box, fine, planFine(fine, wide, forFine), forFine));
    if (bad && turners[0].pages === 1) {
      const used = Math.ceil(lowest(box)) + 1;
      if (used < forFine) {
        forBad += forFine - used;
        pixels(box, "--height", used);
        plan = planBad(bad, wide, forBad, unit);
      }
    }
  }
  if (bad) turners.push(setBad(section, plan, forBad));
  return {
    pages: Math.max(1, ...turners.map((one) => one.pages)),
    turn(page) {
      for (const one of turners) if (one.pages > 1) one.turn(page % one.pages);
    },
  };
}
