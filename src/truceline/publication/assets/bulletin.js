"use strict";
// Opens the reports behind a number, and shows one indicator at a time. It reads only what the page carries,
// writes text and never markup, and makes no request.
(() => {
  const $ = (id) => document.getElementById(id);
  const words = JSON.parse($("words").textContent);
  const AT_ONCE = 200;
  let held = null;
  const rows = () => (held ??= unpacked(JSON.parse($("rows").textContent)));
  function unpacked(r) {
    for (const column of [r.row, r.seq]) for (let i = 1; i < column.length; i++) column[i] += column[i - 1];
    return r;
  }
  const text = (column, i) => column[0][column[1][i]];
  const clean = (value) => String(value).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const figure = (n) => (Math.abs(n) < 10000 ? String(n) : String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f"));

  const made = (tag, content, kind) => {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    if (content !== undefined) node.textContent = content;
    return node;
  };
  const name = (value) => made("bdi", clean(value));
  const ltr = (value) => { const node = name(value); node.dir = "ltr"; return node; };
  const soft = (...nodes) => { const node = made("div", undefined, "soft"); node.append(...nodes); return node; };
  const sentence = (value) => {
    const node = made("li");
    for (const piece of value.split(/(\ue000[^\ue001]*\ue001)/)) {
      node.append(piece.startsWith("\ue000") ? name(piece.slice(1, -1)) : piece);
    }
    return node;
  };

  // Which rows a question finds, and why each counts only maybe. A question: see publication/questions.py.
  function answer(question) {
    const r = rows(), found = [];
    const days = question.how === "d" ? words.periods[question.start + " " + question.end] : null;
    for (let i = 0; i < r.n; i++) {
      const counts = r.counts[question.k].charCodeAt(i) - 48;
      if (!counts) continue;
      const start = r.base + r.start[i] * r.unit, end = start + text(r.long, i) * r.unit;
      if (start >= question.end || end <= question.start) continue;
      const areas = r.areas[0][r.areas[1][i]];
      if (question.area >= 0 && !areas.includes(question.area)) continue;
      if (question.panel && !question.panel.has(text(r.source, i))) continue;
      const why = [];
      if (start < question.start || end > question.end) why.push("because_time");
      if (question.area >= 0 && areas.length > 1) why.push("because_place");
      if (counts === 1) why.push("because_scope");
      if (question.how === "u" ? !why.length : question.how !== "m" && why.length) continue;
      if (days && !inOneDay(days, start, end)) continue;
      found.push([i, why]);
    }
    return found;
  }
  function inOneDay(days, start, end) {
    for (let d = 0; d + 1 < days.length; d++) if (days[d] <= start && start < days[d + 1]) return end <= days[d + 1];
    return false;
  }

  function place(r, i) {
    const box = made("td"), said = text(r.place, i);
    if (said) box.append(name(said));
    const [lat, lon] = r.point.map((column) => column[0] + column[i + 1]);
    const point = r.point[0][i + 1] < 0 ? [words.say.no_point]
      : [ltr((lat / 1e5).toFixed(4) + ", " + (lon / 1e5).toFixed(4)), " · " + fill(words.say.within, {n: figure(text(r.radius, i))})];
    const areas = r.areas[0][r.areas[1][i]].map((a) => words.areas[a]);
    const named = areas.slice(0, 4).flatMap((area, a) => (a ? [words.say.comma, name(area)] : [name(area)]));
    box.append(soft(...point), soft(...named, areas.length > 4 ? " …" : ""));
    return box;
  }
  function line(r, i, why) {
    const row = made("tr"), who = made("th"), when = made("td"), kind = made("td"), sides = made("td");
    who.scope = "row";
    who.append(name(text(r.source, i)), soft(name(r.source_row[i])));
    const start = r.base + r.start[i] * r.unit, end = start + text(r.long, i) * r.unit;
    const utc = (us) => new Date(us / 1000).toISOString().slice(0, 16).replace("T", " ");
    when.append(name(text(r.when, i)), soft(ltr(utc(start) + " – " + utc(end) + " UTC")));
    kind.append(name(text(r.kind, i)));
    if (text(r.flags, i)) kind.append(soft(name(text(r.flags, i).replaceAll("_", " "))));
    sides.append(name(text(r.side_a, i) || "?"), soft(words.say.against + " ", name(text(r.side_b, i) || "?")));
    const killed = r.killed.map((column) => text(column, i)).map((n) => n ?? "?").join(" – ");
    const dead = made("td", undefined, "num"), counts = made("td"), file = made("td");
    dead.append(ltr(killed));
    counts.append(made("strong", why.length ? words.say.maybe : words.say.surely));
    for (const reason of why) counts.append(soft(words.say[reason]));
    file.append(ltr(text(r.file, i)), soft(words.say.row + " ", name(r.row[i])),
      soft(words.say.entry + " ", ltr(r.seq[i] + " · " + r.id[i])));
    row.append(who, when, place(r, i), kind, sides, dead, counts, file);
    return row;
  }

  let waiting = [];
  function more() {
    const part = document.createDocumentFragment(), r = rows();
    for (const [i, why] of waiting.splice(0, AT_ONCE)) part.append(line(r, i, why));
    $("found").append(part);
    $("more").hidden = !waiting.length;
    $("more").textContent = fill(words.say.more, {n: figure(Math.min(AT_ONCE, waiting.length))});
  }
  function open(heading, why, found) {
    $("behind-head").replaceChildren(...heading.flatMap((part, i) => (i ? [" · ", name(part)] : [name(part)])));
    $("why").replaceChildren(...why);
    const surely = found.filter(([, reasons]) => !reasons.length).length;
    $("count").textContent = found.length
      ? fill(words.say.reports, {n: figure(found.length), surely: figure(surely), maybe: figure(found.length - surely)})
      : words.say.none;
    $("found").replaceChildren();
    $("found").closest(".scroll").hidden = !found.length;
    waiting = found;
    more();
    $("behind").showModal();
    $("behind-head").focus();
  }
  function openQuestion(said) {
    const [k, start, end, area, how, of] = said.split(" "), panel = of === undefined ? null : new Set(words.panels[+of]);
    const question = {k: +k, start: +start, end: +end, area: +area, how, panel};
    const heading = [words.indicators[question.k]];
    if (question.area >= 0) heading.push(words.areas[question.area]);
    const day = words.days.indexOf(question.start);
    if (day >= 0 && words.days[day + 1] === question.end) heading.push(words.names[day]);
    open(heading, [], answer(question));
  }
  function openCell(button) {
    const cell = button.closest("td"), row = cell.parentElement, k = +cell.closest("table").dataset.k;
    const day = cell.cellIndex - 1, area = row.sectionRowIndex, at = area * words.names.length + day;
    const cells = words.cells[k], list = made("ul", undefined, "plain");
    list.append(...words.why[cells.why[at]].map((position) => sentence(words.sentences[position])));
    const verdict = made("p", undefined, "verdict");
    verdict.append(made("span", text(cells.verdict, at), "v " + cell.className.charAt(0)));
    verdict.append(" " + fill(words.say.watched, {n: cells.sources[at]}));
    const question = {k, area, start: words.days[day], end: words.days[day + 1], how: "m"};
    open([words.indicators[k], words.areas[area], words.names[day]], [verdict, list], answer(question));
  }
  function openCircle(circle) {
    const counts = rows().counts[+circle.closest(".panel").dataset.panel];
    const found = circle.dataset.i.split(",").map((i) => [+i, counts[i] === "2" ? [] : ["because_scope"]]);
    open([words.indicators[+circle.closest(".panel").dataset.panel]], [], found);
  }

  function openSquare(circle) {
    const r = rows(), k = +circle.closest(".panel").dataset.panel, square = +circle.dataset.s, found = [];
    const first = words.days[0], last = words.days[words.days.length - 1];
    for (let i = 0; i < r.n; i++) {
      if (r.square[i] !== square || r.counts[k][i] === "0") continue;
      const start = r.base + r.start[i] * r.unit;
      if (start < last && start + text(r.long, i) * r.unit > first) found.push([i, r.counts[k][i] === "2" ? [] : ["because_scope"]]);
    }
    open([words.indicators[k]], [], found);
  }

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-q]"), cell = event.target.closest(".grid button");
    const circle = event.target.closest("[data-i]"), choice = event.target.closest("[data-show]");
    const square = event.target.closest("[data-s]");
    if (asked) openQuestion(asked.dataset.q);
    else if (cell) openCell(cell);
    else if (circle) openCircle(circle);
    else if (square) openSquare(square);
    else if (choice) show(choice.dataset.show);
    else if (event.target.id === "close" || event.target === $("behind")) $("behind").close();
    else if (event.target.id === "more") more();
  });

  // Arrow keys walk the ledger; only one cell of a table stands in the tab order.
  const ahead = document.documentElement.dir === "rtl" ? -1 : 1;
  const step = {ArrowRight: [0, ahead], ArrowLeft: [0, -ahead], ArrowDown: [1, 0], ArrowUp: [-1, 0]};
  document.addEventListener("keydown", (event) => {
    const button = event.target.closest(".grid button"), move = step[event.key];
    if (!button || !move) return;
    const cell = button.closest("td"), body = cell.closest("tbody");
    const next = body.rows[cell.parentElement.sectionRowIndex + move[0]]?.cells[cell.cellIndex + move[1]];
    const wanted = next?.querySelector("button");
    if (!wanted) return;
    event.preventDefault();
    button.tabIndex = -1;
    wanted.tabIndex = 0;
    wanted.focus();
  });
  for (const table of document.querySelectorAll(".grid")) {
    table.querySelectorAll("button").forEach((button, i) => { button.tabIndex = i ? -1 : 0; });
  }

  function show(k) {
    for (const panel of document.querySelectorAll("[data-panel]")) panel.classList.toggle("off", panel.dataset.panel !== k);
    for (const button of document.querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", button.dataset.show === k);
  }
  document.documentElement.classList.add("live");
  for (const table of document.querySelectorAll(".grid")) {
    const box = table.parentElement;
    box.scrollLeft = ahead * box.scrollWidth; // the latest days first in view
  }
  show("0");
})();
