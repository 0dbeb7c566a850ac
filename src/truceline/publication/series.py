"""Incidents a day over the whole theatre: surely as a solid bar, maybe hatched on top; and as a table."""

from collections.abc import Sequence
from datetime import date

from truceline.publication.languages import Words
from truceline.publication.markup import Html, attribute, figure, html, joined
from truceline.publication.page import Page
from truceline.publication.questions import ANYWHERE, low_to_high
from truceline.publication.times import day_words, month_words

HEIGHT, LEFT, FOOT, TOP = 180, 40, 26, 10
WIDTH, LABEL = 920, 130


def series(page: Page, k: int, words: Words) -> Html:
    """One indicator's picture and its table."""
    daily = stacked(page, k)
    return html(
        '<figure><svg class="series" viewBox="0 0 $w $h" role="img" aria-label="$label">$axis$bars$months</svg>'
        "<figcaption>$caption</figcaption></figure>$table",
        w=str(LEFT + WIDTH),
        h=str(TOP + HEIGHT + FOOT),
        label=attribute(words.say("Incidents a day, surely and maybe; the table below says the same")),
        axis=joined(axis(daily, words)),
        bars=joined(_bars(page, k, words)),
        months=joined(months([date.fromisoformat(day.name) for day in page.ledger.days], words)),
        caption=words.markup(
            "{indicator}: incidents a day over all areas and elsewhere. Solid: surely on that day. Hatched: may be.",
            indicator=words.pack(page.indicator(k).title),
        ),
        table=_table(page, k, words),
    )


def stacked(page: Page, k: int) -> list[tuple[int, int]]:
    """Day by day: surely, and surely and maybe together (the ledger gives the two apart)."""
    return [(surely, surely + maybe) for surely, maybe in page.ledger.indicators[k].series]


def top_of(daily: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The step between grid lines and the height of the picture: 1, 2 or 5 times a power of ten, at most five lines."""
    most = max((high for _, high in daily), default=0)
    step = 1
    while most > 5 * step:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step, max(1, -(-most // step)) * step


def axis(daily: Sequence[tuple[int, int]], words: Words) -> list[Html]:
    """Grid lines with their numbers."""
    step, top = top_of(daily)
    start, end, text, anchor = (0, WIDTH, WIDTH + 6, "start") if words.mirrored else (LEFT, LEFT + WIDTH, 32, "end")
    lines = []
    for value in range(0, top + 1, step):
        y = TOP + HEIGHT - HEIGHT * value / top
        lines.append(
            html(
                '<path class="rule" d="M$start ${y}H$end"/><text x="$x" y="$ty" text-anchor="$anchor">$value</text>',
                start=str(start),
                end=str(end),
                y=f"{y:.1f}",
                x=str(text),
                ty=f"{y + 4:.1f}",
                anchor=anchor,
                value=value,
            )
        )
    return lines


def _bars(page: Page, k: int, words: Words) -> list[Html]:
    daily = stacked(page, k)
    _, top = top_of(daily)
    step = WIDTH / max(1, len(daily))
    wide = max(step - (1.5 if step > 5 else 0.4), 0.5)
    bars = []
    for day, (low, high) in enumerate(daily):
        if not high:
            continue
        x = across(day, step, words.mirrored)
        span = page.ledger.days[day]
        bars.append(
            html(
                '<g class="bar" data-q="$q"><title>$title</title>$maybe$surely</g>',
                q=f"{k} {span.start} {span.end} {ANYWHERE} m",
                title=f"{day_words(words, span.name)}: {figure(low)}" + (f" – {figure(high)}" if high > low else ""),
                maybe=bar("maybe", x, wide, low, high, top),
                surely=bar("surely", x, wide, 0, low, top),
            )
        )
    return bars


def across(day: int, step: float, mirrored: bool) -> float:
    """Where a day's bar begins, from the left."""
    return WIDTH - (day + 1) * step if mirrored else LEFT + day * step


def bar(kind: str, x: float, wide: float, low: int, high: int, top: int) -> Html:
    """One piece of a bar, from low to high."""
    if high == low:
        return Html("")
    y, tall = TOP + HEIGHT - HEIGHT * high / top, HEIGHT * (high - low) / top
    return Html(f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>')


def months(days: Sequence[date], words: Words) -> list[Html]:
    """Ticks at the first days of months, as many as there is room for."""
    step = WIDTH / max(1, len(days))
    firsts = [i for i, day in enumerate(days) if day.day == 1 or (i == 0 and day.day <= 20)]
    every = -(-len(firsts) // 6)
    marks = []
    for i in firsts[::every]:
        if (len(days) - i) * step < LABEL:
            continue
        x = across(i, step, words.mirrored) + (step if words.mirrored else 0)
        marks.append(
            html(
                '<path class="tick" d="M$x ${y}v5"/><text x="$tx" y="$ty" text-anchor="$anchor">$month</text>',
                x=f"{x:.1f}",
                y=str(TOP + HEIGHT),
                tx=f"{x:.1f}",
                ty=str(TOP + HEIGHT + 19),
                anchor="end" if words.mirrored else "start",
                month=month_words(words, days[i]),
            )
        )
    return marks


def _table(page: Page, k: int, words: Words) -> Html:
    rows = [
        html(
            '<tr><th scope="row"><bdi>$day</bdi></th><td class="num">$range</td></tr>\n',
            day=day_words(words, page.ledger.days[d].name),
            range=low_to_high(low, high, k, page.ledger.days[d].start, page.ledger.days[d].end),
        )
        for d, (low, high) in enumerate(stacked(page, k))
    ]
    return html(
        '<details><summary>$open</summary><div class="scroll tall" tabindex="0" role="group" aria-label="$label">'
        '<table class="narrow"><caption>$caption</caption><thead><tr><th scope="col">$day</th>'
        '<th scope="col">$range</th></tr></thead><tbody>\n$rows</tbody></table></div></details>',
        open=words.say("The same as a table"),
        label=attribute(words.say("The same as a table")),
        caption=words.markup("{indicator}: incidents a day", indicator=words.pack(page.indicator(k).title)),
        day=words.say("Day"),
        range=words.say("Surely – maybe"),
        rows=joined(rows),
    )
