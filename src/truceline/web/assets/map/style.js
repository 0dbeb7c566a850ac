// What the map looks like: colours from the page's tokens, so that light, dark and print are one design.
import { middlesOf } from "./shapes.js";

const EMPTY = { type: "FeatureCollection", features: [] };
const FONT = ["Room Sans"];

const PLAIN = {
  water: "#dfe7ec", land: "#f7f5f0", border: "#6f7a86", ink: "#1c2530", halo: "#ffffff", area: "#1d4f7c", line: "#1c2530",
  claim: "#5b3a8c", surely: "#7a2036", maybe: "#7a2036", no: "#6f7a86",
};

// The colours of the room as they are now; plain ones where its sheet has not come.
export function tokens(room) {
  const set = getComputedStyle(room);
  const read = ([name, plain]) => [name, set.getPropertyValue(`--map-${name}`).trim() || plain];
  return Object.fromEntries(Object.entries(PLAIN).map(read));
}

export function styleOf(question, base, areasDrawn, colour, border, lang) {
  const text = { "text-color": colour.ink, "text-halo-color": colour.halo, "text-halo-width": 1.4 };
  const layer = (of, id, type, source, rest) => ({ id, type, source, metadata: { of }, ...rest });
  const drawn = (of) => (id, type, rest) => layer(of, id, type, of, rest);
  return {
    version: 8,
    sources: {
      base: { type: "geojson", data: base ? new URL(base, location.href).href : EMPTY },
      areas: { type: "geojson", data: areasDrawn },
      named: { type: "geojson", data: middlesOf(areasDrawn) },
      lines: { type: "geojson", data: new URL(`/map/lines.geojson?${question}`, location.href).href },
      circles: { type: "geojson", data: EMPTY },
      incidents: { type: "geojson", data: EMPTY, cluster: true, clusterRadius: 36, clusterMaxZoom: 16 },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": base ? colour.water : colour.land } },
      ...land(drawn("base"), colour, text, border, lang),
      ...areas(layer, colour, text),
      ...lines(drawn("lines"), colour, text),
      ...circles(drawn("circles"), colour),
      ...incidents((id, type, rest) => layer("incidents", id, type, "incidents", rest), colour, text),
    ],
  };
}

function land(layer, colour, text, border, lang) {
  const is = (name) => ["==", ["get", "layer"], name];
  const both = ["case", ["has", "ar"], ["concat", ["get", "name"], "\n", ["get", "ar"]], ["get", "name"]];
  const name = lang === "ar" ? ["coalesce", ["get", "ar"], ["get", "name"]] : both;
  return [
    layer("land", "fill", { filter: is("land"), paint: { "fill-color": colour.land } }),
    layer("border", "line", {
      filter: is("border"), paint: { "line-color": colour.border, "line-width": 1.2, "line-dasharray": [4, 2, 1, 2] },
    }),
    layer("border-said", "symbol", {
      filter: is("border"), paint: text,
      layout: { "symbol-placement": "line", "symbol-spacing": 380, "text-field": border, "text-font": FONT, "text-size": 10 },
    }),
    layer("places", "symbol", {
      filter: is("place"), paint: { ...text, "text-opacity": 0.85 },
      layout: {
        "text-field": name, "text-font": FONT, "text-size": 11, "symbol-sort-key": ["-", ["get", "people"]],
        "text-padding": 6,
      },
    }),
  ];
}

function areas(layer, colour, text) {
  return [
    layer("areas", "area-fill", "fill", "areas", { paint: { "fill-color": colour.area, "fill-opacity": 0.08 } }),
    layer("areas", "area-edge", "line", "areas", { paint: { "line-color": colour.area, "line-width": 1.5 } }),
    layer("areas", "area-name", "symbol", "named", {
      paint: { ...text, "text-color": colour.area },
      layout: {
        "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
    }),
  ];
}

function lines(layer, colour, text) {
  const rule = ["==", ["get", "what"], "rule"];
  const zone = ["any", ["==", ["geometry-type"], "Polygon"], ["==", ["geometry-type"], "MultiPolygon"]];
  const said = ["concat", ["get", "number"], " · ", ["get", "claimant"], " · ", ["get", "state"]];
  return [
    layer("zone-fill", "fill", { filter: zone, paint: { "fill-color": colour.claim, "fill-opacity": 0.1 } }),
    layer("rule-line", "line", { filter: rule, paint: { "line-color": colour.line, "line-width": 2.5 } }),
    layer("claim-line", "line", {
      filter: ["!", rule], paint: { "line-color": colour.claim, "line-width": 2, "line-dasharray": [3, 2] },
    }),
    layer("line-name", "symbol", {
      paint: text,
      layout: {
        "symbol-placement": "line", "text-field": ["case", rule, ["get", "number"], said], "text-font": FONT,
        "text-size": 11,
      },
    }),
  ];
}

function circles(layer, colour) {
  return [
    layer("circle-fill", "fill", { paint: { "fill-color": colour.maybe, "fill-opacity": 0.05 } }),
    layer("circle-edge", "line", {
      paint: { "line-color": colour.maybe, "line-width": 1, "line-opacity": 0.5, "line-dasharray": [2, 2] },
    }),
  ];
}

// So many circles lie over one another that each is drawn the fainter the more there are.
export function faint(map, number) {
  map.setPaintProperty("circle-fill", "fill-opacity", Math.min(0.06, 6 / (number + 1)));
  map.setPaintProperty("circle-edge", "line-opacity", Math.max(0.06, Math.min(0.6, 120 / (number + 1))));
}

// A full point counts surely, a ring counts maybe, a small grey one counts for nothing asked: by form, not colour alone.
function incidents(layer, colour, text) {
  const alone = ["!", ["has", "point_count"]];
  const answer = ["coalesce", ["get", "answer"], "surely"];
  const by = (surely, maybe, no) => ["match", answer, "surely", surely, "maybe", maybe, no];
  return [
    layer("clusters", "circle", {
      filter: ["has", "point_count"],
      paint: {
        "circle-color": colour.halo, "circle-stroke-color": colour.surely, "circle-stroke-width": 2,
        "circle-radius": ["step", ["get", "point_count"], 12, 10, 15, 50, 19, 500, 24],
      },
    }),
    layer("cluster-number", "symbol", {
      filter: ["has", "point_count"], paint: { "text-color": colour.ink },
      layout: {
        "text-field": ["to-string", ["get", "point_count"]], "text-font": FONT, "text-size": 12, "text-allow-overlap": true,
      },
    }),
    layer("points", "circle", {
      filter: alone,
      paint: {
        "circle-color": by(colour.surely, colour.halo, colour.no), "circle-radius": by(6, 6, 4),
        "circle-stroke-color": by(colour.halo, colour.surely, colour.halo), "circle-stroke-width": by(1.5, 2.5, 1),
      },
    }),
    layer("point-kind", "symbol", {
      filter: alone, minzoom: 9, paint: text,
      layout: {
        "text-field": ["get", "kind_said"], "text-font": FONT, "text-size": 10, "text-offset": [0, 1.1],
        "text-anchor": "top", "text-optional": true,
      },
    }),
  ];
}
