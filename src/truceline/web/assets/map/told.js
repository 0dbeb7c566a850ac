// What the page says of one incident, of several in one place, and of a position. Texts of others stay texts.
const said = document.getElementById("map-one");
const read = document.getElementById("map-read");
const words = (name) => document.getElementById("map-words").dataset[name];

function areaName(area) {
  const option = [...document.querySelector("[name=area]").options].find((one) => one.value === area);
  return option ? option.textContent : area;
}

function line(list, name, value, code = false) {
  if (value === null || value === "" || value === undefined) return;
  const term = document.createElement("dt");
  const words = document.createElement("dd");
  const inner = document.createElement("bdi");
  term.textContent = name;
  inner.textContent = value;
  if (code) inner.className = "code";
  if (code) inner.dir = "ltr";
  words.append(inner);
  list.append(term, words);
}

export function tellIncident(feature) {
  const one = feature.properties;
  const [lon, lat] = feature.geometry.coordinates;
  const list = document.createElement("dl");
  line(list, words("incident"), one.id.slice(0, 8), true);
  line(list, words("kind"), one.kind_said);
  line(list, words("from"), one.start.slice(0, 16).replace("T", " "), true);
  line(list, words("before"), one.end.slice(0, 16).replace("T", " "), true);
  line(list, words("where"), `${lat.toFixed(5)}, ${lon.toFixed(5)}`, true);
  line(list, words("within"), `${one.radius_m} m`, true);
  line(list, words("place"), one.place);
  line(list, words("areas"), one.areas.map(areaName).join("; "));
  line(list, words("sides"), [one.side_a, one.side_b].map((side) => side.join(", ")).filter(Boolean).join(" – "));
  const killed = one.killed.map((number) => number ?? "–").join(" / ");
  line(list, words("killed"), one.killed.every((number) => number === null) ? "" : killed, true);
  line(list, words("source"), one.source);
  said.replaceChildren(list);
}

export function tellMany(features, choose) {
  const list = document.createElement("ul");
  for (const one of features) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${one.properties.start.slice(0, 10)} ${one.properties.kind_said} (${one.id.slice(0, 8)})`;
    button.addEventListener("click", () => choose(one.id));
    row.append(button);
    list.append(row);
  }
  said.replaceChildren(list);
}

// Every form of a position, or why it is none.
export function tellPosition(position) {
  read.replaceChildren();
  if (position.wrong) return line(read, words("wrong"), position.wrong);
  const forms = [["decimal", "decimal"], ["dms", "dms"], ["utm", "utm"], ["mgrs", "mgrs"], ["plus_code", "plus"]];
  for (const [form, name] of forms) line(read, words(name), position[form], true);
  return undefined;
}
