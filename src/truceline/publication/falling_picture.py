"""A comparison as a picture: incidents a day, its periods below, the rate of each as a line; and as a table."""

from collections.abc import Iterator
from datetime import date, timedelta

from truceline.publication.falling_tables import dates
from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, attribute, figure, html, joined
from truceline.publication.page import Page
from truceline.publication.questions import asked, low_to_high
from truceline.publication.series import HEIGHT, LEFT, TOP, WIDTH, across, axis, bar, months, top_of
from truceline.publication.times import day_words, edges
from truceline.vocabulary.comparison import ComparisonTold, PeriodTold

FOOT = 62
MOST_BARS = 400
"""Days beyond which bars are too thin to be pressed: they are drawn as one."""
LEAST_LABEL = 34
"""Pixels of a period without which its name does not fit below it."""

Stretch = tuple[str, int, int]
"""A name, and [first, stop) positions in the days of the picture."""
NAMES = {
    "baseline": mark("baseline"),
    "eve": mark("eve"),
    "window": mark("window"),
    "reference": mark("reference"),
}


def picture(page: Page, k: int, one: ComparisonTold, words: Words) -> Html:
    """One comparison's days under one indicator."""
    daily = list(zip(one.tested.daily.low, one.tested.daily.high, strict=True))
    begin = date.fromisoformat(one.tested.daily.first)
    days = [begin + timedelta(days=n) for n in range(len(daily))]
    stretches = list(_stretches(one, begin))
    caption = words.say(
        "Incidents a day of the sources decided on. Solid: surely on that day. Hatched: may be. Lines: the best figure"
        " a day of the baseline and of the window."
    )
    return html(
        '<figure><svg class="series" viewBox="0 0 $w $h" role="img" aria-label="$label">$axis$bars$lines$months'
        "$periods</svg><figcaption>$caption</figcaption></figure>$table",
        w=str(LEFT + WIDTH),
        h=str(TOP + HEIGHT + FOOT),
        label=attribute(words.say("Incidents a day in baseline and window; the table below says the same")),
        axis=joined(axis(daily, words)),
        bars=joined(_bars(page, k, one, daily, words)),
        lines=joined(_lines(one, stretches, daily, words)),
        months=joined(months(days, words)),
        periods=joined(_bracket(stretch, len(daily), words) for stretch in stretches),
        caption=caption,
        table=_table(page, k, one, daily, stretches, words),
    )


def _stretches(one: ComparisonTold, begin: date) -> Iterator[Stretch]:
    """The periods used, the eve between them, the reference."""
    tested = one.tested
    if one.reference:
        yield _stretch("reference", *one.reference, begin)
    baseline, window = (_of(period, begin) for period in (tested.before, tested.after))
    yield ("baseline", *baseline)
    if tested.eve_left_out:
        yield ("eve", baseline[1], min(baseline[1] + tested.eve_left_out, window[0]))
    yield ("window", *window)


def _of(period: PeriodTold, begin: date) -> tuple[int, int]:
    return _stretch("", period.first, period.last, begin)[1:]


def _stretch(name: str, first: str, last: str, begin: date) -> Stretch:
    return name, (date.fromisoformat(first) - begin).days, (date.fromisoformat(last) - begin).days + 1


def _bars(page: Page, k: int, one: ComparisonTold, daily: list[tuple[int, int]], words: Words) -> Iterator[Html]:
    _, top = top_of(daily)
    step = WIDTH / len(daily)
    wide = max(step - (1.5 if step > 5 else 0.4 if step > 1.5 else 0), 0.5)
    begins, panel = _edges(page, one), page.panel_of(one)
    for day, (low, high) in enumerate(daily):
        if high:
            x = across(day, step, words.mirrored)
            drawn = joined([bar("maybe", x, wide, low, high, top), bar("surely", x, wide, 0, low, top)])
            yield (
                drawn
                if len(daily) > MOST_BARS
                else html(
                    '<g class="bar" data-q="$q"><title>$title</title>$drawn</g>',
                    q=asked(k, begins[day], begins[day + 1], panel=panel),
                    title=figure(low) + (f" – {figure(high)}" if high > low else ""),
                    drawn=drawn,
                )
            )


def _edges(page: Page, one: ComparisonTold) -> list[int]:
    first = date.fromisoformat(one.tested.daily.first)
    last = first + timedelta(days=len(one.tested.daily.low) - 1)
    return edges(first.isoformat(), last.isoformat(), page.agreement.zone)


def _lines(one: ComparisonTold, stretches: list[Stretch], daily: list[tuple[int, int]], words: Words) -> Iterator[Html]:
    """The best figure a day of each period over its own days; the baseline's goes on, thin, to the window's end."""
    _, top = top_of(daily)
    spans = {name: (first, stop) for name, first, stop in stretches}
    for name, period in (("baseline", one.tested.before), ("window", one.tested.after)):
        y = TOP + HEIGHT - HEIGHT * min(period.a_day.best / top, 1)
        kinds = [("rate", spans[name])]
        if name == "baseline" and spans["window"][0] >= spans["baseline"][1]:
            kinds.append(("rate on", (spans["baseline"][1], spans["window"][1])))
        for kind, (first, stop) in kinds:
            lo, hi = _ends(first, stop, len(daily), words.mirrored)
            yield html(
                '<path class="$kind" d="M$lo ${y}H$hi"/>', kind=kind, lo=f"{lo:.1f}", hi=f"{hi:.1f}", y=f"{y:.1f}"
            )
        lo, hi = _ends(*spans[name], len(daily), words.mirrored)
        yield html(
            '<text class="rate" x="$x" y="$y" text-anchor="middle">$rate</text>',
            x=f"{(lo + hi) / 2:.1f}",
            y=f"{max(y - 5, 12):.1f}",
            rate=f"{period.a_day.best:.2f}",
        )


def _ends(first: int, stop: int, n: int, mirrored: bool) -> tuple[float, float]:
    """Left and right end of [first, stop) in the picture."""
    step = WIDTH / n
    ends = [across(first, step, mirrored), across(stop - 1, step, mirrored)]
    return min(ends), max(ends) + step


def _bracket(stretch: Stretch, n: int, words: Words) -> Html:
    name, first, stop = stretch
    lo, hi = _ends(first, stop, n, words.mirrored)
    label = html(
        '<text x="$x" y="$y" text-anchor="middle">$name</text>',
        x=f"{(lo + hi) / 2:.1f}",
        y=str(TOP + HEIGHT + 52),
        name=words.plain(NAMES[name]),
    )
    return html(
        '<path class="bracket $name" d="M$lo ${y}v6H${hi}v-6"/>$label',
        name=name,
        lo=f"{lo + 1:.1f}",
        hi=f"{hi - 1:.1f}",
        y=str(TOP + HEIGHT + 30),
        label=label if hi - lo >= LEAST_LABEL else Html(""),
    )


def _table(
    page: Page, k: int, one: ComparisonTold, daily: list[tuple[int, int]], stretches: list[Stretch], words: Words
) -> Html:
    """The days of the periods; a day without any incident opens nothing."""
    begins, panel = _edges(page, one), page.panel_of(one)
    first = date.fromisoformat(one.tested.daily.first)
    rows = [
        html(
            '<tr><th scope="row"><bdi>$day</bdi></th><td>$period</td><td class="num">$range</td></tr>\n',
            day=day_words(words, (first + timedelta(days=day)).isoformat()),
            period=words.say(NAMES[name]),
            range=low_to_high(*daily[day], k, begins[day], begins[day + 1], panel=panel) if daily[day][1] else "0",
        )
        for name, start, stop in stretches
        for day in range(start, stop)
    ]
    return html(
        '<details><summary>$open</summary><div class="scroll tall" tabindex="0" role="group" aria-label="$label">'
        '<table class="narrow"><caption>$caption</caption><thead><tr><th scope="col">$day</th>'
        '<th scope="col">$period</th><th scope="col">$range</th></tr></thead><tbody>\n$rows</tbody></table></div>'
        "</details>",
        open=words.say("The same as a table"),
        label=attribute(words.say("The same as a table")),
        caption=words.markup(
            "{window} against {baseline}", window=dates(one.window, words), baseline=dates(one.baseline, words)
        ),
        day=words.say("Day"),
        period=words.say("Period"),
        range=words.say("Surely – maybe"),
        rows=joined(rows),
    )
