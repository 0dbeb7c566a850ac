"""Two periods side by side under each indicator: all sources, the whole periods as the agreement names them."""

from truceline.publication.figures import low_best_high
from truceline.publication.languages import Words, mark
from truceline.publication.listings import table
from truceline.publication.markup import Html, html, joined, name
from truceline.publication.page import Page
from truceline.publication.questions import opens
from truceline.publication.times import span
from truceline.vocabulary.assessment import Compared, PeriodCount
from truceline.vocabulary.columns import SURELY, given_sums


def compared(page: Page, words: Words) -> Html:
    """Two periods side by side under each indicator."""
    if not page.compared:
        return Html("")
    heads = (
        mark("Indicator"),
        mark("Period"),
        mark("Dated to one day"),
        mark("Average a day"),
        mark("Surely"),
        mark("Maybe"),
        mark("Killed, low – best – high"),
    )
    kept = dict.fromkeys(one.comparison for one in page.compared)
    titles = {comparison.id: words.pack(comparison.title) for comparison in page.agreement.comparisons}
    parts = []
    for comparison in kept:
        rows = [row for one in page.compared if one.comparison == comparison for row in _sides(page, one, words)]
        parts.append(table(words, titles.get(comparison, name(comparison)), heads, rows))
    note = words.say(
        "Each indicator counts other parties, kinds or victims: their figures do not add up, and one is no share of"
        " another. Only what is dated to one day goes into the average; what is known less closely is given as surely"
        " and maybe."
    )
    return html(
        "<details><summary>$open</summary><p>$note</p>$tables</details>",
        note=note,
        open=words.say("All sources, the whole periods as the agreement names them"),
        tables=joined(parts),
    )


def _sides(page: Page, one: Compared, words: Words) -> list[Html]:
    k = page.position_of(one.indicator)
    title = words.pack(page.indicator(k).title) if k >= 0 else name(one.indicator)
    head = html('<th scope="rowgroup" rowspan="2">$title</th>', title=title)
    return [
        _side(page, one.before, k, head, words.say("before"), words),
        _side(page, one.after, k, Html(""), words.say("after"), words),
    ]


def _side(page: Page, period: PeriodCount, k: int, head: Html, word: str, words: Words) -> Html:
    return html(
        '<tr>$head<td>$word: $period</td><td class="num">$one</td><td class="num">$rate</td>'
        '<td class="num">$surely</td><td class="num">$maybe</td>'
        '<td class="num">$killed</td></tr>\n',
        head=head,
        word=word,
        period=span(words, period.start, period.end, page.agreement.zone),
        one=opens(period.dated_to_one_day, k, period.start, period.end, how="d"),
        rate=f"{period.dated_to_one_day / period.days:.1f}" if period.days else "–",
        surely=opens(period.surely, k, period.start, period.end, how="s"),
        maybe=opens(period.maybe, k, period.start, period.end, how="u"),
        killed=low_best_high(*_killed(page, period, k), words),
    )


def _killed(page: Page, period: PeriodCount, k: int) -> tuple[int | None, int | None, int | None]:
    """The sums over the incidents surely in the period, as far as they give them; nought where there is none."""
    rows = page.incidents
    at = (rows.counts[k] == SURELY) & (rows.start >= period.start) & (rows.end <= period.end)
    if not at.any():
        return 0, 0, 0
    return given_sums(rows.killed_low[at], rows.killed_best[at], rows.killed_high[at])
