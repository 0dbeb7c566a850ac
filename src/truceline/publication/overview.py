"""The ledger as one small picture that fits on paper: areas down, days along, two months a band."""

from collections.abc import Sequence

from truceline.publication.heat_map import CLASSES, cells_of
from truceline.publication.languages import Words
from truceline.publication.markup import Html, attribute, html, joined
from truceline.publication.page import Page
from truceline.publication.times import day_words
from truceline.vocabulary.assessment import Cell

BAND_DAYS = 62
CELL, ROW, NAMES, HEAD = 12, 18, 170, 20


def overview(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """One indicator's bands, for print; the table on screen says the same."""
    days = len(page.ledger.days)
    bands = [_band(page, k, first, min(first + BAND_DAYS, days), words, names) for first in range(0, days, BAND_DAYS)]
    return html('<div class="paper">$bands</div>', bands=joined(bands))


def _band(page: Page, k: int, first: int, last: int, words: Words, names: dict[str, str]) -> Html:
    rows = [_row(page, k, a, first, last, words, names) for a in range(len(page.ledger.areas))]
    width, height = NAMES + BAND_DAYS * CELL, HEAD + ROW * len(rows) + 6
    return html(
        '<svg class="band" viewBox="0 0 $w $h" role="img" aria-label="$label">$ticks$rows</svg>',
        w=str(width),
        h=str(height),
        label=attribute(words.say("Verdicts by area and day; the table says the same")),
        ticks=joined(_ticks(page, first, last, words)),
        rows=joined(rows),
    )


def _ticks(page: Page, first: int, last: int, words: Words) -> list[Html]:
    wanted = [day for day in range(first, last) if page.ledger.days[day].name[8:] in {"01", "15"} or day == first]
    spread = [day for i, day in enumerate(wanted) if i == 0 or day - wanted[0] > 8]
    return [
        html(
            '<text x="$x" y="14" text-anchor="$anchor">$day</text>',
            x=str(_x(day - first, words.mirrored) + (CELL if words.mirrored else 0)),
            anchor="end" if words.mirrored else "start",
            day=day_words(words, page.ledger.days[day].name),
        )
        for day in spread
        if last - day > 8 or day == first
    ]


def _row(page: Page, k: int, area: int, first: int, last: int, words: Words, names: dict[str, str]) -> Html:
    y = HEAD + area * ROW
    cells = cells_of(page, k, area)[first:last]
    drawn = [_pattern(cells, kind, y, words.mirrored) for kind in CLASSES.values()]
    label = names.get(page.ledger.areas[area], page.ledger.areas[area])
    x, anchor = (NAMES + BAND_DAYS * CELL, "end") if words.mirrored else (0, "start")
    return html(
        '<text x="$x" y="$y" text-anchor="$anchor">$label</text>$cells',
        x=str(x),
        y=str(y + ROW - 5),
        anchor=anchor,
        label=label if len(label) <= 24 else label[:23] + "…",
        cells=joined(drawn),
    )


def _pattern(cells: Sequence[Cell], kind: str, y: int, mirrored: bool) -> Html:
    inside, height = CELL - 1, ROW - 2
    path = "".join(
        f"M{_x(i, mirrored)} {y}h{inside}v{height}h-{inside}z"
        for i, cell in enumerate(cells)
        if CLASSES[cell.verdict] == kind
    )
    return html('<path class="$kind" d="$path"/>', kind=kind, path=path) if path else Html("")


def _x(position: int, mirrored: bool) -> int:
    """Days run with the writing: names stand where a line begins."""
    if mirrored:
        return (BAND_DAYS - 1 - position) * CELL
    return NAMES + position * CELL
