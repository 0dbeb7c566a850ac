"""The tables of sources side by side: who tells, pairs over the whole span and by period, effort, two counts."""

from collections.abc import Sequence

from truceline.publication.figures import low_best_high
from truceline.publication.languages import Words, mark
from truceline.publication.listings import table
from truceline.publication.markup import Html, code, figure, html, joined, left_to_right, name
from truceline.publication.source_words import period_words
from truceline.publication.times import at, date_words, span
from truceline.vocabulary.side_by_side import (
    WIDE,
    CountTold,
    Deaths,
    Effort,
    HighBy,
    OneSource,
    Overlap,
    Pair,
    Side,
    SideBySide,
    TwoCounts,
)

MOST_SOURCES = 12
MOST_PAIRS = 12
MOST_BY_PERIOD = 4
"""Pairs that are shown period by period."""
MOST_PERIODS = 13
"""The last so many of them: a quarter of a year of weeks."""
MOST_COUNTS = 20
MOST_NAMED = 3


def more(n: int, words: Words) -> Html:
    """What is left out of a list of this page, if anything is."""
    if n <= 0:
        return Html("")
    text = words.markup("{n} more in {command}.", n=n, command=code("truceline sources"))
    return html("<p>$text</p>", text=text)


def _row(head: Html, cells: Sequence[Html | int | str]) -> Html:
    drawn = joined(html('<td class="num">$cell</td>', cell=cell) for cell in cells)
    return html('<tr><th scope="row">$head</th>$cells</tr>\n', head=head, cells=drawn)


def tellers(of: SideBySide, words: Words, zone: str) -> Html:
    """Every source, the busiest first."""
    heads = (
        mark("Source"), mark("Reports"), mark("Of these, repeats of another source"), mark("Rests on"),
        mark("First report"), mark("Last report"),
    )  # fmt: skip
    rows = [_teller(one, words, zone) for one in of.sources[:MOST_SOURCES]]
    caption = words.say("Sources that report in these days")
    return joined([table(words, caption, heads, rows), more(len(of.sources) - MOST_SOURCES, words)])


def _teller(one: OneSource, words: Words, zone: str) -> Html:
    days = [date_words(words, at(instant, zone).date()) for instant in (one.first, one.last)]
    return _row(name(one.source), (one.reports, one.repeats, _named(one.origins, words), *days))


def _named(names: Sequence[str], words: Words) -> Html:
    rest = len(names) - MOST_NAMED
    shown = words.listed(name(one) for one in names[:MOST_NAMED])
    return html("$shown (+$rest)", shown=shown, rest=rest) if rest > 0 else shown


def in_common(of: SideBySide) -> list[Pair]:
    """The pairs that may have anything in common."""
    return [pair for pair in of.pairs if pair.both_high]


def pairs(of: SideBySide, common: Sequence[Pair], words: Words) -> Html:
    """A row a pair, over the whole span."""
    heads = (
        mark("One source and another"), mark("Told by the one"), mark("Told by the other"), mark("Both have"),
        mark("Only the one"), mark("Only the other"),
        mark("Killed, as the one gives it: low – best – high"), mark("Killed, as the other gives it"),
        mark("Figures exclude each other"),
    )  # fmt: skip
    origins = {one.source: set(one.origins) for one in of.sources}
    rows = [_pair(pair, sorted(origins[pair.a] & origins[pair.b]), words) for pair in common[:MOST_PAIRS]]
    caption = words.say("Pairs of sources over all these days: what is declared to be the same – what may be at most")
    note = words.say(
        "Figures exclude each other: in so many of the pairs of reports in which each is the other's only possible"
        " partner, no number of killed fits both."
    )
    return joined([
        table(words, caption, heads, rows), more(len(common) - MOST_PAIRS, words), html("<p>$note</p>", note=note),
    ])  # fmt: skip


def _pair(pair: Pair, shared: Sequence[str], words: Words) -> Html:
    whole, each = pair.whole, pair.one_each
    head = words.markup("{a} and {b}", a=name(pair.a), b=name(pair.b))
    if shared:
        rests = words.markup("both rest on {origins}: no support for one another", origins=_named(shared, words))
        head = html('$head <span class="soft">$rests</span>', head=head, rests=rests)
    wide = pair.high_by is not HighBy.PAIRING
    apart = words.markup("{n} of {all}", n=each.contradict, all=each.pairs) if each.pairs else left_to_right("–")
    return _row(
        head,
        (
            whole.a.told, whole.b.told, _range(whole.both_declared, pair.both_high, wide), _only(whole.a),
            _only(whole.b), _killed(whole.a.killed, words), _killed(whole.b.killed, words), apart,
        ),
    )  # fmt: skip


def _range(low: int, high: int, wide: bool = False) -> Html:
    most = f"≤ {figure(high)}" if wide else figure(high)
    return left_to_right(figure(low) if low == high else f"{figure(low)} – {most}")


def _only(side: Side) -> Html:
    return _range(side.only_low, side.only_high)


def _killed(killed: Deaths, words: Words) -> Html:
    return low_best_high(killed.low, killed.best, killed.high, words)


def by_period(of: SideBySide, common: Sequence[Pair], words: Words) -> Html:
    """The pairs with most in common period by period, folded."""
    chosen = sorted(common, key=lambda pair: -pair.both_high)[:MOST_BY_PERIOD]
    if not chosen:
        return Html("")
    head = words.say("By week") if of.by == "week" else words.say("By month")
    return html(
        "<details><summary>$head</summary>$tables$more</details>",
        head=head,
        tables=joined(_periods(of, pair, words) for pair in chosen),
        more=more(len(common) - len(chosen), words),
    )


def _periods(of: SideBySide, pair: Pair, words: Words) -> Html:
    heads = (
        mark("Days"), mark("Told by the one"), mark("Told by the other"), mark("Both surely"),
        mark("The one's that the other may have"), mark("The other's that the one may have"),
        mark("Killed, as the one gives it: low – best – high"), mark("Killed, as the other gives it"),
    )  # fmt: skip
    caption = words.markup("{a} and {b}", a=name(pair.a), b=name(pair.b))
    rows = [_overlap(of, one, words) for one in pair.periods[-MOST_PERIODS:]]
    return joined([table(words, caption, heads, rows), more(len(pair.periods) - MOST_PERIODS, words)])


def _overlap(of: SideBySide, one: Overlap, words: Words) -> Html:
    assert one.period is not None
    a, b = one.a, one.b
    head = words.say("in no single one") if one.period == WIDE else _days(of, of.names[one.period], words)
    return _row(
        html("$head", head=head),
        (
            a.told, b.told, one.both_declared, a.told - a.only_low, b.told - b.only_low, _killed(a.killed, words),
            _killed(b.killed, words),
        ),
    )  # fmt: skip


def _days(of: SideBySide, period: str, words: Words) -> Html:
    return html("<bdi>$days</bdi>", days=period_words(words, period, (of.first, of.last)))


def effort(of: SideBySide, words: Words) -> Html:
    """Reports and sources by period, beside those of the sources that were there in the period before; folded."""
    heads = (
        mark("Days"), mark("Reports"), mark("Sources that report"), mark("Sources there in the period before as well"),
        mark("Their reports before"), mark("Their reports now"), mark("Hours watched, of sources that say"),
        mark("Languages"),
    )  # fmt: skip
    rows = [_effort(of, one, words) for one in of.efforts[-MOST_PERIODS:]]
    return html(
        "<details><summary>$head</summary>$table$more</details>",
        head=words.say("Reports, sources and hours watched by period"),
        table=table(words, words.say("Reports that surely lie in one period"), heads, rows),
        more=more(len(of.efforts) - MOST_PERIODS, words),
    )


def _effort(of: SideBySide, one: Effort, words: Words) -> Html:
    constant = (one.constant_sources, one.constant_before, one.constant_now)
    spoken = sorted(one.languages.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMED]
    languages = words.listed(
        html("$language $n", language=name(language or words.plain("not said")), n=n) for language, n in spoken
    )
    hours = left_to_right("–") if one.watched_hours is None else round(one.watched_hours)
    numbers = [left_to_right("–") if number is None else number for number in constant]
    return _row(_days(of, one.period, words), (one.reports, one.sources, *numbers, hours, languages))


def two_counts(of: SideBySide, words: Words, names: dict[str, str], zone: str) -> Html:
    """Two bodies' counts beside each other, with their periods and the hours that only one of them counts."""
    heads = (
        mark("Of"), mark("Area"), mark("One body"), mark("Its count"), mark("Its period"), mark("Another body"),
        mark("Its count"), mark("Its period"), mark("Difference"), mark("Hours that only one counts"),
    )  # fmt: skip
    rows = [_two(one, words, names, zone) for one in of.counts[:MOST_COUNTS]]
    caption = words.say("Two counts of one thing, side by side: never summed, never averaged")
    return joined([table(words, caption, heads, rows), more(len(of.counts) - MOST_COUNTS, words)])


def _two(one: TwoCounts, words: Words, names: dict[str, str], zone: str) -> Html:
    area = name(names.get(one.area, one.area)) if one.area else html("$text", text=words.say("the whole"))
    apart = left_to_right("–") if one.difference is None else left_to_right(f"{one.difference:+,}".replace(",", " "))
    hours = left_to_right(f"{one.hours_a:g} / {one.hours_b:g}" if one.hours_a or one.hours_b else "0")
    return _row(name(one.of), (area, *_count(one.a, words, zone), *_count(one.b, words, zone), apart, hours))


def _count(one: CountTold, words: Words, zone: str) -> tuple[Html, Html, Html]:
    single = one.low in (None, one.best) and one.high in (None, one.best) and one.best is not None
    shown = left_to_right(figure(one.best or 0)) if single else low_best_high(one.low, one.best, one.high, words)
    return name(one.source), shown, span(words, one.start, one.end, zone)
