// Shapes that are worked out from what the room gives. Metres are taken on a sphere: this draws, and decides nothing.
const METRES_A_DEGREE = 111195;
const CORNERS = 48;

// A feature may have been on the day at this position; -1: any day.
export function onDay(feature, day) {
  return day < 0 || (feature.properties.first <= day && day <= feature.properties.last);
}

// Each place that was said within so many metres, as the circle that this is.
export function circlesOf(collection) {
  const placed = collection.features.filter((one) => one.properties.radius_m > 0);
  return { type: "FeatureCollection", features: placed.map(circle) };
}

function circle(feature) {
  const [lon, lat] = feature.geometry.coordinates;
  const up = feature.properties.radius_m / METRES_A_DEGREE;
  const across = up / Math.max(Math.cos((lat * Math.PI) / 180), 0.01);
  const ring = Array.from({ length: CORNERS + 1 }, (_, n) => {
    const turn = (2 * Math.PI * (n % CORNERS)) / CORNERS;
    return [lon + across * Math.cos(turn), lat + up * Math.sin(turn)];
  });
  return { ...feature, geometry: { type: "Polygon", coordinates: [ring] } };
}

// One point in the middle of each area's largest ring, for its name: an area that lies on several tiles is named once.
export function middlesOf(collection) {
  return { type: "FeatureCollection", features: collection.features.filter((one) => one.geometry).map(middle) };
}

function middle(feature) {
  const rings = feature.geometry.coordinates.map((polygon) => polygon[0]);
  const [largest] = rings.map(weighed).sort((one, other) => other.twice - one.twice);
  return { ...feature, geometry: { type: "Point", coordinates: largest.at } };
}

// Twice the surface of a ring, in square degrees, and its centre of mass.
function weighed(ring) {
  let [twice, x, y] = [0, 0, 0];
  for (let n = 1; n < ring.length; n += 1) {
    const [[ax, ay], [bx, by]] = [ring[n - 1], ring[n]];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return { twice: Math.abs(twice), at: twice ? [x / (3 * twice), y / (3 * twice)] : ring[0] };
}
