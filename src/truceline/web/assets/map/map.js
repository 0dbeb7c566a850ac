// The map page: draws what the room's own addresses give, and asks for nothing from anywhere else.
// Everything it shows is in the table too, which works without it.
import * as maplibre from "./maplibre-gl.mjs";
import { faint, styleOf, tokens } from "./style.js";
import { circlesOf, onDay } from "./shapes.js";
import { tellIncident, tellMany, tellPosition } from "./told.js";
import { pictureOf } from "./picture.js";

const room = document.getElementById("map-room");
const say = (name) => room.dataset[`say${name}`];
const form = document.getElementById("map-filter");
const note = document.getElementById("map-note");
const days = room.dataset.days ? room.dataset.days.split(" ") : [];
const home = [["west", "south"], ["east", "north"]].map((pair) => pair.map((side) => Number(room.dataset[side])));
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const state = new URLSearchParams(location.search);
let incidents = { type: "FeatureCollection", features: [] };
let map;

const day = () => Number(document.getElementById("map-day").value);

function wanted() {
  const asked = new URLSearchParams(room.dataset.question);
  for (const [name, value] of new FormData(form)) if (value) asked.set(name, value);
  return asked;
}

async function ask(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

function show() {
  const chosen = { ...incidents, features: incidents.features.filter((one) => onDay(one, day())) };
  map.getSource("incidents").setData(chosen);
  const circles = circlesOf(chosen);
  map.getSource("circles").setData(circles);
  faint(map, circles.features.length);
  document.getElementById("map-day-name").textContent = day() < 0 ? say("All") : days[day()];
  note.textContent = say("Number").replace("{n}", chosen.features.length);
  keep();
}

// The address of the page says the whole view, so that it can be sent to somebody.
function keep() {
  const asked = wanted();
  if (day() >= 0) asked.set("day", days[day()]);
  const at = map.getCenter();
  asked.set("at", `${at.lat.toFixed(5)},${at.lng.toFixed(5)}`);
  asked.set("zoom", map.getZoom().toFixed(2));
  const hidden = [...document.querySelectorAll("[data-layer]")].filter((one) => !one.checked);
  if (hidden.length) asked.set("without", hidden.map((one) => one.dataset.layer).join(" "));
  history.replaceState(null, "", `/map?${asked}`);
  document.getElementById("map-link").href = `/map?${asked}`;
}

async function choose() {
  const asked = wanted();
  const [drawn, table] = await Promise.all([ask(`/map/incidents.geojson?${asked}`), ask(`/map/table?${asked}`)]);
  incidents = await drawn.json();
  for (const one of incidents.features) {
    const counts = one.properties.counts;
    const asked = form.elements.counts.value;
    one.properties.answer = asked ? counts[asked] : strongest(Object.values(counts));
    one.properties.kind_said = one.properties.kind.replaceAll("_", " ");
  }
  document.getElementById("map-table").innerHTML = await table.text();
  document.getElementById("map-geojson").href = `/map/incidents.geojson?${asked}`;
  show();
}

function strongest(answers) {
  return ["surely", "maybe"].find((answer) => answers.includes(answer)) ?? "no";
}

function go(to) {
  if (still) map.jumpTo(to);
  else map.easeTo(to);
}

async function open(cluster) {
  const source = map.getSource("incidents");
  const nearer = await source.getClusterExpansionZoom(cluster.properties.cluster_id);
  if (nearer <= map.getMaxZoom() - 2) return go({ center: cluster.geometry.coordinates, zoom: nearer });
  const among = await source.getClusterLeaves(cluster.properties.cluster_id, 50, 0);
  const ids = new Set(among.map((one) => one.properties.id));
  return tellMany(incidents.features.filter((one) => ids.has(one.id)), choosing);
}

function choosing(id) {
  const one = incidents.features.find((other) => other.id === id);
  if (!one) return;
  tellIncident(one);
  go({ center: one.geometry.coordinates, zoom: Math.max(map.getZoom(), 11) });
}

async function position(text, move) {
  try {
    const read = await (await ask(`/map/position?${new URLSearchParams({ text })}`)).json();
    tellPosition(read);
    if (move && read.decimal) {
      const [lat, lng] = read.decimal.split(",").map(Number);
      go({ center: [lng, lat], zoom: Math.max(map.getZoom(), 11) });
    }
  } catch {
    note.textContent = say("Failed");
  }
}

function layers() {
  for (const box of document.querySelectorAll("[data-layer]")) {
    for (const layer of map.getStyle().layers.filter((one) => one.metadata?.of === box.dataset.layer)) {
      map.setLayoutProperty(layer.id, "visibility", box.checked ? "visible" : "none");
    }
  }
  keep();
}

let playing = 0;
function play() {
  const button = document.getElementById("map-play");
  const slider = document.getElementById("map-day");
  if (playing) {
    clearInterval(playing);
    playing = 0;
    button.textContent = say("Play");
    return;
  }
  button.textContent = say("Stop");
  playing = setInterval(() => {
    if (day() >= days.length - 1) return play();
    slider.value = day() + 1;
    return show();
  }, 900);
}

function controls() {
  const on = (id, what, then) => document.getElementById(id).addEventListener(what, then);
  on("map-in", "click", () => map.zoomIn({ animate: !still }));
  on("map-out", "click", () => map.zoomOut({ animate: !still }));
  on("map-home", "click", () => map.fitBounds(home, { padding: 30, animate: !still }));
  on("map-view", "click", () => {
    const view = map.getBounds();
    const corners = [view.getSouth(), view.getWest(), view.getNorth(), view.getEast()];
    form.elements.box.value = form.elements.box.value ? "" : corners.map((one) => one.toFixed(5)).join(",");
    document.getElementById("map-view").setAttribute("aria-pressed", String(Boolean(form.elements.box.value)));
    choose();
  });
  on("map-png", "click", () => pictureOf(map, room));
  on("map-play", "click", play);
  on("map-day", "input", show);
  on("map-go-now", "click", () => position(document.getElementById("map-go").value, true));
  on("map-go", "keydown", (event) => event.key === "Enter" && position(event.target.value, true));
  on("map-table", "click", (event) => {
    const button = event.target.closest("[data-incident]");
    if (button) choosing(button.dataset.incident);
  });
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose();
  });
  for (const box of document.querySelectorAll("[data-layer]")) box.addEventListener("change", layers);
}

function clicks() {
  map.on("click", async (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ["clusters", "points"] });
    if (!hit) return position(`${event.lngLat.lat.toFixed(5)}, ${event.lngLat.lng.toFixed(5)}`, false);
    if (hit.properties.cluster) return open(hit);
    return tellIncident(incidents.features.find((one) => one.id === hit.properties.id));
  });
  map.on("mousemove", (event) => {
    const over = map.queryRenderedFeatures(event.point, { layers: ["clusters", "points"] }).length;
    map.getCanvas().classList.toggle("map-over", over > 0);
  });
  map.on("moveend", keep);
}

function restored() {
  for (const name of (state.get("without") ?? "").split(" ").filter(Boolean)) {
    const box = document.querySelector(`[data-layer="${CSS.escape(name)}"]`);
    if (box) box.checked = false;
  }
  if (state.get("day")) document.getElementById("map-day").value = days.indexOf(state.get("day"));
  const [lat, lng] = (state.get("at") ?? "").split(",").map(Number);
  const zoom = Number(state.get("zoom"));
  return Number.isFinite(lat) && Number.isFinite(lng) && zoom ? { center: [lng, lat], zoom } : { bounds: home };
}

async function begin() {
  await Promise.all(["A", "ا", "Я"].map((letter) => document.fonts.load("16px 'Room Sans'", letter)));
  const asked = room.dataset.question;
  const areas = await (await ask(`/map/areas.geojson?${asked}`)).json();
  const named = new Map([...form.elements.area.options].map((option) => [option.value, option.textContent]));
  for (const one of areas.features) one.properties.name = named.get(one.id) ?? one.properties.name;
  const style = styleOf(asked, room.dataset.base, areas, tokens(room), say("Border"), room.dataset.lang);
  map = new maplibre.Map({
    container: "map-canvas", style, attributionControl: false, maxZoom: 18, fitBoundsOptions: { padding: 30 },
    canvasContextAttributes: { preserveDrawingBuffer: true }, boxZoom: false, dragRotate: false, pitchWithRotate: false,
    fadeDuration: still ? 0 : 200, locale: { "Map.Title": document.getElementById("map-canvas").dataset.label },
    ...restored(),
  });
  map.on("error", (event) => console.warn("map:", event.error?.message ?? event));
  map.touchZoomRotate.disableRotation();
  window.truceMap = map;
  await map.once("load");
  controls();
  clicks();
  layers();
  await choose();
}

begin().catch((error) => {
  note.textContent = say("Failed");
  console.error(error);
});
