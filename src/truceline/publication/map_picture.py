"""The map: areas and incidents on an equirectangular plane, true to scale at the middle latitude.

A degree of longitude is drawn cos(middle latitude) as long as one of latitude (Snyder 1987, section
12, equirectangular with the standard parallel at the middle); across a country the scale is wrong
by under two parts in a hundred. One degree of latitude counts 111,195 m (sphere of 6,371,008.8 m).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np

from truceline.publication.languages import Words
from truceline.publication.markup import Html, attribute, html, joined
from truceline.publication.page import Geometry, Page
from truceline.publication.questions import low_to_high
from truceline.vocabulary.columns import MAYBE, SURELY, Ints

METRES_PER_DEGREE = 111_195
WIDTH, TALLEST = 920, 720
MOST_CIRCLES = 3_000
LEAST_RADIUS = 3.5
SQUARE = 26


@dataclass(frozen=True)
class Plane:
    """From 1e-7 degrees to picture units: `per_degree` units a degree of latitude, `west` and `north` at 0."""

    west: float
    north: float
    per_degree: float
    shrink: float
    width: int
    height: int

    def x(self, lon_e7: Ints) -> Ints:
        """Picture units from the west, in tenths."""
        return np.rint((lon_e7 / 1e7 - self.west) * self.shrink * self.per_degree * 10).astype(np.int64)

    def y(self, lat_e7: Ints) -> Ints:
        """Picture units from the north, in tenths."""
        return np.rint((self.north - lat_e7 / 1e7) * self.per_degree * 10).astype(np.int64)

    def units(self, metres: float) -> float:
        """How long so many metres are drawn."""
        return metres / METRES_PER_DEGREE * self.per_degree


def plane_of(geometry: Geometry) -> Plane:
    """A plane that holds all areas with a margin of a twentieth."""
    rings = [ring for polygons in geometry.values() for polygon in polygons for ring in polygon]
    south, north = (pick(pick(lat) for lat, _ in rings) / 1e7 for pick in (min, max))
    west, east = (pick(pick(lon) for _, lon in rings) / 1e7 for pick in (min, max))
    shrink = cos(radians((south + north) / 2))
    margin = max(north - south, (east - west) * shrink) / 20 or 0.01
    across, down = (east - west) * shrink + 2 * margin, north - south + 2 * margin
    per_degree = min(WIDTH / across, TALLEST / down)
    return Plane(
        west - margin / shrink, north + margin, per_degree, shrink, round(across * per_degree), round(down * per_degree)
    )


def map_picture(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """One indicator's map over the whole ledger period, with what it leaves out, and its table."""
    if not page.geometry:
        return html("<p>$none</p>", none=words.say("The agreement pack gives no geometry, so there is no map."))
    plane = plane_of(page.geometry)
    shown = mapped(page, k)
    grouped = len(shown) > MOST_CIRCLES
    points = _groups(page, k, shown, plane) if grouped else _circles(page, k, shown, plane)
    return html(
        '<figure class="map"><svg viewBox="0 0 $w $h" role="img" aria-label="$label">$areas<g class="points">$points</g>'
        "$names$scale$north</svg><figcaption>$notes</figcaption></figure>$table",
        w=str(plane.width),
        h=str(plane.height),
        label=attribute(words.say("Map of areas and incidents; the table below says the same")),
        areas=_areas(page.geometry, plane),
        points=joined(points),
        names=_names(page.geometry, plane, names),
        scale=_scale(plane),
        north=_north(plane, words),
        notes=joined(_notes(page, k, len(shown), grouped, words), " "),
        table=_table(page, k, words, names),
    )


def mapped(page: Page, k: int) -> Ints:
    """Positions of the incidents that may count, may lie in the ledger's days, and have a point."""
    rows, days = page.incidents, len(page.ledger.days)
    inside = (rows.first_day < days) & (rows.last_day >= 0)
    return np.flatnonzero((rows.counts[k] >= MAYBE) & inside & rows.has_point)


def _areas(geometry: Geometry, plane: Plane) -> Html:
    return joined(
        html('<path class="area" d="$path"/>', path=_outline(polygons, plane)) for polygons in geometry.values()
    )


def _outline(polygons: Sequence[Sequence[tuple[Ints, Ints]]], plane: Plane) -> str:
    return "".join(_ring(lat, lon, plane) for polygon in polygons for lat, lon in polygon)


def _ring(lat: Ints, lon: Ints, plane: Plane) -> str:
    x, y = plane.x(lon), plane.y(lat)
    kept = np.ones(len(x), dtype=np.bool_)
    kept[1:] = (np.diff(x) != 0) | (np.diff(y) != 0)
    points = [f"{a / 10:g} {b / 10:g}" for a, b in zip(x[kept].tolist(), y[kept].tolist(), strict=True)]
    return f"M{'L'.join(points)}z"


def _names(geometry: Geometry, plane: Plane, names: dict[str, str]) -> Html:
    labels = []
    for area, polygons in geometry.items():
        lat, lon = max((polygon[0] for polygon in polygons), key=lambda ring: abs(twice_surface(*ring)))
        y, x = middle(lat, lon)
        labels.append(
            html(
                '<text class="place" x="$x" y="$y" text-anchor="middle">$label</text>',
                x=f"{int(plane.x(np.array(x))) / 10:g}",
                y=f"{int(plane.y(np.array(y))) / 10:g}",
                label=names.get(area, area),
            )
        )
    return joined(labels)


def twice_surface(lat: Ints, lon: Ints) -> float:
    """Twice the signed surface of a ring in square degrees (shoelace formula), for finding the largest."""
    a, b = (lat - lat[0]) / 1e7, (lon - lon[0]) / 1e7
    return float(np.dot(b[:-1], a[1:]) - np.dot(b[1:], a[:-1]))


def middle(lat: Ints, lon: Ints) -> tuple[float, float]:
    """The centroid of a ring (Bourke 1988), where a name is written."""
    a, b = (lat - lat[0]) / 1e7, (lon - lon[0]) / 1e7
    cross = b[:-1] * a[1:] - b[1:] * a[:-1]
    whole = float(cross.sum()) * 3 or 1.0
    north = float(((a[:-1] + a[1:]) * cross).sum()) / whole
    east = float(((b[:-1] + b[1:]) * cross).sum()) / whole
    return float(lat[0]) + north * 1e7, float(lon[0]) + east * 1e7


def _circles(page: Page, k: int, shown: Ints, plane: Plane) -> list[Html]:
    rows = page.incidents
    order = shown[np.lexsort((shown, -rows.radius_m[shown]))]
    x, y = plane.x(rows.lon_e7[order]).tolist(), plane.y(rows.lat_e7[order]).tolist()
    radius = [max(plane.units(metres), LEAST_RADIUS) for metres in rows.radius_m[order].tolist()]
    kind = ["surely" if count == SURELY else "maybe" for count in rows.counts[k][order].tolist()]
    return [
        Html(f'<circle class="{kind[i]}" cx="{x[i] / 10:g}" cy="{y[i] / 10:g}" r="{radius[i]:.1f}" data-i="{row}"/>')
        for i, row in enumerate(order.tolist())
    ]


def _groups(page: Page, k: int, shown: Ints, plane: Plane) -> list[Html]:
    rows = page.incidents
    column = plane.x(rows.lon_e7[shown]) // (10 * SQUARE)
    line = plane.y(rows.lat_e7[shown]) // (10 * SQUARE)
    squares, number = np.unique(np.stack([line, column], axis=1), axis=0, return_counts=True)
    largest = int(number.max())
    circles = []
    for (down, across), n in zip(squares.tolist(), number.tolist(), strict=True):
        radius = max(LEAST_RADIUS, SQUARE * 0.62 * (n / largest) ** 0.5)
        circles.append(
            Html(
                f'<circle class="group" cx="{(across + 0.5) * SQUARE:g}" cy="{(down + 0.5) * SQUARE:g}"'
                f' r="{radius:.1f}"><title>{n}</title></circle>'
            )
        )
    return circles


def _scale(plane: Plane) -> Html:
    wanted = plane.width / 5 / plane.units(1_000)
    kilometres = max((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000) if n <= wanted), default=1)
    long = plane.units(kilometres * 1_000)
    return html(
        '<g class="scale"><path d="M16 ${y}v6h${long}v-6"/><text x="$x" y="$ty" text-anchor="middle">$n km</text></g>',
        y=str(plane.height - 22),
        long=f"{long:.1f}",
        x=f"{16 + long / 2:.1f}",
        ty=str(plane.height - 24),
        n=kilometres,
    )


def _north(plane: Plane, words: Words) -> Html:
    return html(
        '<g class="north" transform="translate($x 20)"><path d="M0 0l7 20-7-5-7 5z"/>'
        '<text y="36" text-anchor="middle">$n</text></g>',
        x=str(plane.width - 24),
        n=words.plain("N"),
    )


def _notes(page: Page, k: int, n: int, grouped: bool, words: Words) -> list[Html]:
    rows, days = page.incidents, len(page.ledger.days)
    inside = (rows.counts[k] >= MAYBE) & (rows.first_day < days) & (rows.last_day >= 0)
    pointless = int((inside & ~rows.has_point).sum())
    drawn = words.say("{indicator}: {n} incidents on the map.", indicator=words.text(page.indicator(k).title), n=n)
    manner = (
        words.say("They are too many to draw one by one: each circle stands for all in a square, by its surface.")
        if grouped
        else words.say(
            "Each circle has the radius within which it happened, or a smallest size."
            " Filled: surely counted. Hollow and dashed: may count."
        )
    )
    missing = words.say("Without a point, and so not on the map: {n}.", n=pointless)
    lines = words.markup("Lines: {source}.", source=page.agreement.areas_cited.source)
    return [html("$text", text=text) for text in (drawn, manner, missing)] + [lines]


def _table(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    start, end = page.ledger.days[0].start, page.ledger.days[-1].end
    rows = []
    for a, area in enumerate(page.ledger.areas):
        low, high = within(page, k, 0, len(page.ledger.days) - 1, a)
        rows.append(
            html(
                '<tr><th scope="row"><bdi>$area</bdi></th><td class="num">$range</td></tr>\n',
                area=names.get(area, area),
                range=low_to_high(low, high, k, start, end, a),
            )
        )
    return html(
        '<table class="narrow"><caption>$caption</caption><thead><tr><th scope="col">$area</th>'
        '<th scope="col">$range</th></tr></thead><tbody>\n$rows</tbody></table>',
        caption=words.say("Incidents by area over the whole period; each number opens its rows"),
        area=words.say("Area"),
        range=words.say("Surely – maybe"),
        rows=joined(rows),
    )


def within(page: Page, k: int, first: int, last: int, area: int = -1) -> tuple[int, int]:
    """Incidents surely and maybe in the days `first` to `last` (both included), in an area or (-1) anywhere."""
    rows = page.incidents
    sure = (rows.counts[k] == SURELY) & (rows.first_day >= first) & (rows.last_day <= last)
    maybe = (rows.counts[k] >= MAYBE) & (rows.first_day <= last) & (rows.last_day >= first)
    if area >= 0:
        here = rows.may_be[:, area]
        sure &= here & (rows.may_be.sum(axis=1) == 1)
        maybe &= here
    return int(sure.sum()), int(maybe.sum())
