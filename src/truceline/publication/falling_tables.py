"""The figures of a comparison: its periods, the ratio with its interval, and the same under every other choice."""

from truceline.publication.comparison_words import ANSWERS, CHOICES, METHODS
from truceline.publication.figures import low_best_high
from truceline.publication.languages import Words, mark
from truceline.publication.listings import table
from truceline.publication.markup import Html, html, joined, left_to_right, name
from truceline.publication.page import Page
from truceline.publication.questions import low_to_high, opens
from truceline.publication.times import day_words, edges
from truceline.vocabulary.comparison import Choice, ComparisonTold, Estimate, PeriodTold


def span_of(page: Page, period: PeriodTold) -> tuple[int, int]:
    """The instants at which a period begins and ends."""
    all_days = edges(period.first, period.last, page.agreement.zone)
    return all_days[0], all_days[-1]


def ratio(one: Choice | Estimate) -> Html:
    return left_to_right("–" if one.ratio is None else f"{one.ratio:.2f}")


def interval(one: Choice | Estimate, words: Words) -> Html:
    if one.low is None or one.ratio is None:
        return left_to_right("–")
    if one.high is None:
        return words.markup("from {low}, no upper end", low=left_to_right(f"{one.low:.2f}"))
    high = "> 100" if one.high > 100 else f"{one.high:.2f}"
    return html('<span class="range">$text</span>', text=left_to_right(f"{one.low:.2f} – {high}"))


def dates(pair: tuple[str, str], words: Words) -> Html:
    first, last = (html("<bdi>$day</bdi>", day=day_words(words, day)) for day in pair)
    return words.markup("{first} to {last}", first=first, last=last)


def periods(page: Page, k: int, one: ComparisonTold, words: Words) -> Html:
    heads = (
        mark("Period"), mark("Days"), mark("Known to the day"), mark("Surely – maybe"), mark("Best a day"),
        mark("Killed, low – best – high"), mark("Areas and days covered"),
    )  # fmt: skip
    sides = ((words.say("baseline"), one.tested.before), (words.say("window"), one.tested.after))
    rows = [_period(page, k, one, word, period, words) for word, period in sides]
    return table(words, words.say("What is counted"), heads, rows)


def _period(page: Page, k: int, one: ComparisonTold, word: str, period: PeriodTold, words: Words) -> Html:
    start, end = span_of(page, period)
    panel = page.panel_of(one)
    return html(
        '<tr><th scope="row">$word: $dates</th><td class="num">$days</td><td class="num">$one</td>'
        '<td class="num">$range</td><td class="num">$rate</td><td class="num">$killed</td>'
        '<td class="num">$covered</td></tr>\n',
        word=word,
        dates=dates((period.first, period.last), words),
        days=period.days,
        one=opens(period.dated_to_one_day, k, start, end, how="d", panel=panel),
        range=low_to_high(int(period.incidents.low), int(period.incidents.high), k, start, end, panel=panel),
        rate=left_to_right(f"{period.a_day.best:.2f}"),
        killed=low_best_high(period.killed.low, period.killed.best, period.killed.high, words),
        covered=words.markup("{n} of {all}", n=period.covered_area_days, all=period.area_days),
    )


def choices(one: ComparisonTold, words: Words) -> Html:
    heads = (
        mark("Choice"), mark("Baseline, and days or exposure"), mark("Window, and days or exposure"),
        mark("Ratio of rates"), mark("95 % interval"), mark("Answer"),
    )  # fmt: skip
    rows = [
        html(
            '<tr><th scope="row">$choice</th><td class="num">$before</td><td class="num">$after</td>'
            '<td class="num">$ratio</td><td class="num">$interval</td><td>$answer</td></tr>\n',
            choice=words.say(CHOICES[choice.choice]),
            before=_part(choice.before, choice.before_exposure),
            after=_part(choice.after, choice.after_exposure),
            ratio=ratio(choice),
            interval=interval(choice, words),
            answer=words.say(ANSWERS[choice.answer]),
        )
        for choice in one.tested.choices
    ]
    return table(words, words.say("The same question under other choices of baseline, sources and days"), heads, rows)


def _part(count: float, exposure: float) -> Html:
    return left_to_right(f"{_short(count)} / {_short(exposure)}")


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def beside(one: ComparisonTold, words: Words, names: dict[str, str]) -> Html:
    """Textbook methods and areas, closed: they decide nothing."""
    heads = (mark("Method"), mark("Ratio of rates"), mark("95 % interval"))
    row = '<tr><th scope="row">$what</th><td class="num">$ratio</td><td class="num">$interval</td></tr>\n'
    methods = [
        html(row, what=words.say(METHODS[m.method]), ratio=ratio(m), interval=interval(m, words))
        for m in one.tested.methods
    ]
    tables = [table(words, words.say("By other methods"), heads, methods, "narrow")]
    if one.tested.pooling:
        areas = [
            html(
                row,
                what=name(names.get(area.area, area.area)),
                ratio=left_to_right(f"{area.ratio:.2f}"),
                interval=left_to_right(f"{area.low:.2f} – {area.high:.2f}"),
            )
            for area in one.tested.pooling.areas
        ]
        heads = (mark("Area"), mark("Ratio of rates"), mark("95 % interval"))
        caption = words.say("Area by area, each drawn towards the common ratio by how little it says")
        tables.append(table(words, caption, heads, areas, "narrow"))
    return html(
        "<details><summary>$open</summary>$tables</details>",
        open=words.say("Other methods, and area by area"),
        tables=joined(tables),
    )
