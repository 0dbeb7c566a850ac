"""The ledger as a table of areas and days: a figure and a pattern in each cell, colour only third.

quiet: plain and light, a dot. not quiet: filled and dark, the number of incidents surely there.
cannot tell: hatched, a question mark, after the number there may be where that exceeds the threshold.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from truceline.publication.languages import Words
from truceline.publication.markup import Html, attribute, figure, html, joined, name
from truceline.publication.page import Page
from truceline.publication.questions import low_to_high
from truceline.publication.sentences import VERDICTS, said
from truceline.publication.times import date_words, day_words, month_words
from truceline.vocabulary.assessment import Cell, Verdict

CLASSES = {Verdict.QUIET: "q", Verdict.NOT_QUIET: "n", Verdict.CANNOT_TELL: "c"}
MOST_SHOWN = 99
"""A cell is 24 pixels wide, the least a finger can hit (WCAG 2.2, 2.5.8): two figures fit."""


def heat_map(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """One indicator's table. The script opens a cell by its position; arrow keys walk from cell to cell."""
    ledger = page.ledger
    made: dict[tuple[Verdict, int, int], Html] = {}
    threshold = page.reading.threshold or 0
    rows = [
        html(
            '<tr><th scope="row">$area</th>$cells</tr>\n',
            area=name(names.get(area, area)),
            cells=joined(_cell(cell, threshold, words, made) for cell in cells_of(page, k, a)),
        )
        for a, area in enumerate(ledger.areas)
    ]
    return html(
        '<div class="scroll" role="group" aria-label="$label" tabindex="0"><table class="grid" data-k="$k">'
        "<caption><span>$caption</span></caption><thead>$head</thead><tbody>\n$rows</tbody></table></div>",
        label=attribute(words.say("Days and areas, scrolls sideways")),
        k=str(k),
        caption=words.markup("{indicator}: each area on each day", indicator=words.pack(page.indicator(k).title)),
        head=_head([date.fromisoformat(day.name) for day in ledger.days], words),
        rows=joined(rows),
    )


def cells_of(page: Page, k: int, area: int) -> Sequence[Cell]:
    """The cells of one area, day by day."""
    days = len(page.ledger.days)
    return page.ledger.indicators[k].cells[area * days : (area + 1) * days]


def figure_of(cell: Cell, threshold: int) -> str:
    """What stands in the cell: "·", "3", "?" or "2?"."""
    if cell.verdict is Verdict.QUIET:
        return "·"
    if cell.verdict is Verdict.NOT_QUIET:
        return _short(cell.low)
    return f"{_short(cell.high)}?" if cell.high > threshold else "?"


def _short(number: int) -> str:
    return str(number) if number <= MOST_SHOWN else f"{MOST_SHOWN}+"


def _cell(cell: Cell, threshold: int, words: Words, made: dict[tuple[Verdict, int, int], Html]) -> Html:
    key = (cell.verdict, cell.low, cell.high)
    if key not in made:
        text = figure_of(cell, threshold)
        made[key] = html(
            '<td class="$kind"><button aria-label="$label">$text</button></td>',
            kind=CLASSES[cell.verdict],
            label=attribute(f"{text} {words.plain(VERDICTS[cell.verdict])}"),
            text=text,
        )
    return made[key]


def _head(days: Sequence[date], words: Words) -> Html:
    months = [(first, len([first, *rest])) for first, *rest in _by_month(days)]
    spans = [
        html(
            '<th scope="colgroup" colspan="$n"><span>$month</span></th>',
            n=str(n),
            month=name(month_words(words, first)),
        )
        for first, n in months
    ]
    columns = [
        html(
            '<th scope="col"$first title="$title">$day</th>',
            first=Html(' class="m"' if day.day == 1 else ""),
            title=attribute(date_words(words, day)),
            day=str(day.day),
        )
        for day in days
    ]
    corner = html('<th rowspan="2" scope="col">$area</th>', area=words.say("Area"))
    return html("<tr>$corner$months</tr><tr>$days</tr>", corner=corner, months=joined(spans), days=joined(columns))


def _by_month(days: Sequence[date]) -> Iterator[list[date]]:
    for _, month in groupby(days, key=lambda day: (day.year, day.month)):
        yield list(month)


def runs_table(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """The same in words: days in a row with the same verdict, figures and reasons in one line each."""
    rows = [_run(page, k, run, words, names) for a in range(len(page.ledger.areas)) for run in _runs(page, k, a)]
    return html(
        '<details><summary>$open</summary><div class="scroll" tabindex="0" role="group" aria-label="$open_label">'
        "<table><caption>$caption</caption><thead><tr>"
        '<th scope="col">$area</th><th scope="col">$days</th><th scope="col">$verdict</th>'
        '<th scope="col">$incidents</th><th scope="col">$why</th></tr></thead><tbody>\n$rows</tbody></table></div>'
        "</details>",
        open=words.say("The same as a table, with the reasons"),
        open_label=attribute(words.say("The same as a table, with the reasons")),
        caption=words.markup("{indicator}: verdicts and reasons", indicator=words.pack(page.indicator(k).title)),
        area=words.say("Area"),
        days=words.say("Days"),
        verdict=words.say("Verdict"),
        incidents=words.say("Incidents"),
        why=words.say("Why"),
        rows=joined(rows),
    )


def _runs(page: Page, k: int, area: int) -> Iterator[list[Cell]]:
    alike = groupby(cells_of(page, k, area), key=lambda cell: (cell.verdict, cell.low, cell.high, cell.reasons))
    for (_, low, high, _), cells in alike:
        run = list(cells)
        yield from ([run] if low == high == 0 else [[cell] for cell in run])


def _run(page: Page, k: int, run: Sequence[Cell], words: Words, names: dict[str, str]) -> Html:
    first, last = page.ledger.days[run[0].day], page.ledger.days[run[-1].day]
    cell = run[0]
    day = words.markup("{first} to {last}", first=_day(words, first.name), last=_day(words, last.name))
    return html(
        '<tr><th scope="row">$area</th><td>$days</td><td><span class="v $kind">$verdict</span></td>'
        '<td class="num">$range</td><td>$why</td></tr>\n',
        area=name(names.get(page.ledger.areas[cell.area], page.ledger.areas[cell.area])),
        days=_day(words, first.name) if len(run) == 1 else day,
        kind=CLASSES[cell.verdict],
        verdict=words.say(VERDICTS[cell.verdict]),
        range=low_to_high(cell.low, cell.high, k, first.start, last.end, cell.area),
        why=joined((html("$sentence", sentence=said(reason, words, names)) for reason in cell.reasons), " "),
    )


def _day(words: Words, day: str) -> Html:
    return html("<bdi>$day</bdi>", day=day_words(words, day))


def summary_table(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """Area by area: how many days were quiet, not quiet, and cannot be told."""
    rows = [
        html(
            '<tr><th scope="row">$area</th>$counts</tr>\n',
            area=name(names.get(area, area)),
            counts=joined(html('<td class="num">$n</td>', n=n) for n in days_by_verdict(cells_of(page, k, a))),
        )
        for a, area in enumerate(page.ledger.areas)
    ]
    heads = joined(
        html('<th scope="col"><span class="v $kind">$word</span></th>', kind=kind, word=words.say(VERDICTS[verdict]))
        for verdict, kind in CLASSES.items()
    )
    return html(
        '<table class="narrow"><caption>$caption</caption><thead><tr><th scope="col">$area</th>$heads</tr></thead>'
        "<tbody>\n$rows</tbody></table>",
        caption=words.say("Days by verdict, of {days}", days=figure(len(page.ledger.days))),
        area=words.say("Area"),
        heads=heads,
        rows=joined(rows),
    )


def days_by_verdict(cells: Sequence[Cell]) -> list[int]:
    """How many of the cells are quiet, not quiet, cannot tell."""
    return [sum(cell.verdict is verdict for cell in cells) for verdict in CLASSES]
