"""The map: areas, and incidents as circles of the radius within which they happened; and as a table."""

import numpy as np

from truceline.publication.languages import Words
from truceline.publication.markup import Html, attribute, html, joined
from truceline.publication.page import Geometry, Page
from truceline.publication.plane import Plane, middle, outline, plane_of, twice_surface
from truceline.publication.ranges import ranges_table
from truceline.vocabulary.columns import MAYBE, SURELY, Ints

MOST_CIRCLES = 3_000
LEAST_RADIUS = 3.5
WIDE = 24
"""Circles larger than this are drawn as faint rings, so that what lies inside them is seen."""

SQUARE = 20


def map_picture(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """One indicator's map over the whole ledger period, with what it leaves out, and its table."""
    if not page.geometry:
        return html("<p>$none</p>", none=words.say("The agreement pack gives no geometry, so there is no map."))
    plane = plane_of(page.geometry)
    shown = mapped(page, k)
    grouped = len(shown) > MOST_CIRCLES
    points = _groups(page, shown, plane) if grouped else _circles(page, k, shown, plane)
    return html(
        '<div class="beside"><figure class="map"><svg viewBox="0 0 $w $h" role="img" aria-label="$label">$areas'
        '<g class="points">$points</g>'
        "$names$scale$north</svg><figcaption>$legend$notes</figcaption></figure><div>$table</div></div>",
        w=str(plane.width),
        h=str(plane.height),
        label=attribute(words.say("Map of areas and incidents; the table below says the same")),
        areas=_areas(page.geometry, plane),
        points=joined(points),
        names=_names(page.geometry, plane, names),
        scale=_scale(plane),
        north=_north(plane, words),
        legend=_legend(grouped, words),
        notes=joined(_notes(page, k, len(shown), grouped, words), " "),
        table=ranges_table(page, k, words, names),
    )


def squares_needed(page: Page) -> Ints | None:
    """The squares, where the map of some indicator is drawn by them."""
    crowded = bool(page.geometry) and any(
        len(mapped(page, k)) > MOST_CIRCLES for k in range(len(page.ledger.indicators))
    )
    return squares(page, plane_of(page.geometry)) if crowded else None


def mapped(page: Page, k: int) -> Ints:
    """Positions of the incidents that may count, may lie in the ledger's days, and have a point."""
    rows, days = page.incidents, len(page.ledger.days)
    inside = (rows.first_day < days) & (rows.last_day >= 0)
    return np.flatnonzero((rows.counts[k] >= MAYBE) & inside & rows.has_point)


def _areas(geometry: Geometry, plane: Plane) -> Html:
    return joined(
        html('<path class="area" d="$path"/>', path=outline(polygons, plane)) for polygons in geometry.values()
    )


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


def _circles(page: Page, k: int, shown: Ints, plane: Plane) -> list[Html]:
    """One circle a place, radius and answer, the widest first; `data-i` lists the incidents it stands for."""
    rows = page.incidents
    x, y = plane.x(rows.lon_e7[shown]), plane.y(rows.lat_e7[shown])
    alike: dict[tuple[int, int, int, int], list[int]] = {}
    keys = zip(rows.radius_m[shown].tolist(), y.tolist(), x.tolist(), rows.counts[k][shown].tolist(), strict=True)
    for key, row in zip(keys, shown.tolist(), strict=True):
        alike.setdefault(key, []).append(row)
    return [
        _circle(x, y, max(plane.units(metres), LEAST_RADIUS), answer == SURELY, alike[metres, y, x, answer])
        for metres, y, x, answer in sorted(alike, key=lambda key: (-key[0], *key[1:]))
    ]


def _circle(x: int, y: int, radius: float, surely: bool, behind: list[int]) -> Html:
    kind = ("wide " if radius > WIDE else "") + ("surely" if surely else "maybe")
    listed = ",".join(map(str, behind))
    return Html(
        f'<circle class="{kind}" cx="{x / 10:g}" cy="{y / 10:g}" r="{radius:.1f}" data-i="{listed}">'
        f"<title>{len(behind)}</title></circle>"
    )


def squares(page: Page, plane: Plane) -> Ints:
    """The square each incident lies in, -1 without a point: the same under every indicator, for the page's script."""
    rows = page.incidents
    at = np.flatnonzero(rows.has_point)
    side = 10 * SQUARE
    pairs = np.stack([plane.y(rows.lat_e7[at]) // side, plane.x(rows.lon_e7[at]) // side], axis=1)
    found = np.full(len(rows), -1, np.int64)
    found[at] = np.unique(pairs, axis=0, return_inverse=True)[1].ravel()
    return found


def _groups(page: Page, shown: Ints, plane: Plane) -> list[Html]:
    """One circle a square, in the middle of what lies in it, its surface in proportion to how many."""
    rows = page.incidents
    x, y = plane.x(rows.lon_e7[shown]), plane.y(rows.lat_e7[shown])
    square, which, number = np.unique(squares(page, plane)[shown], return_inverse=True, return_counts=True)
    across, down = (np.bincount(which.ravel(), weights=axis) / number / 10 for axis in (x, y))
    radius = np.maximum(LEAST_RADIUS * 0.7, SQUARE * np.sqrt(number / number.max()))
    columns = (across, down, radius, number, square)
    return [
        Html(f'<circle class="group" cx="{cx:.1f}" cy="{cy:.1f}" r="{r:.1f}" data-s="{s}"><title>{n}</title></circle>')
        for cx, cy, r, n, s in zip(*(column.tolist() for column in columns), strict=True)
    ]


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


def _legend(grouped: bool, words: Words) -> Html:
    kinds = [("surely", words.say("surely counted")), ("maybe", words.say("may count"))]
    if grouped:
        kinds = [("group", words.say("incidents in a square, by the surface of the circle"))]
    keys = [
        html(
            '<li><svg class="swatch" viewBox="0 0 20 20" aria-hidden="true">'
            '<circle class="$kind" cx="10" cy="10" r="7"/></svg> $says</li>',
            kind=kind,
            says=says,
        )
        for kind, says in kinds
    ]
    return html('<ul class="legend">$keys</ul>', keys=joined(keys))


def _notes(page: Page, k: int, n: int, grouped: bool, words: Words) -> list[Html]:
    rows, days = page.incidents, len(page.ledger.days)
    inside = (rows.counts[k] >= MAYBE) & (rows.first_day < days) & (rows.last_day >= 0)
    pointless = int((inside & ~rows.has_point).sum())
    drawn = words.say("{indicator}: {n} incidents on the map.", indicator=words.text(page.indicator(k).title), n=n)
    manner = words.say(
        "Each circle has the radius within which it happened, or a smallest size; wide ones are drawn as thin rings."
    )
    if grouped:
        manner = words.say("They are too many to draw one by one: each circle stands for all in a square.")
    missing = words.say("Without a point, and so not on the map: {n}.", n=pointless)
    lines = words.markup("Lines: {source}.", source=page.agreement.areas_cited.source)
    return [html("$text", text=text) for text in (drawn, manner, missing)] + [lines]
