"""The plain tables of a page: restrictions, tallies, refusals, what did not resolve, files."""

from collections.abc import Iterable, Sequence

from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, code, figure, html, joined, left_to_right, name
from truceline.publication.page import Named, Page
from truceline.publication.times import span

MOST_LISTED = 500
"""Rows of refusals and unresolved names printed on the page; the rest are counted; `truceline refusals` lists all."""

NONE = mark("None.")


def table(words: Words, caption: Html | str, heads: Sequence[str], rows: Iterable[Html], kind: str = "wide") -> Html:
    """A table with a caption and column heads, in a box that scrolls sideways where it must. `kind`: wide or narrow."""
    return html(
        '<div class="scroll" tabindex="0" role="group" aria-label="$label"><table class="$kind">'
        "<caption>$caption</caption><thead><tr>$heads</tr></thead><tbody>\n$rows</tbody></table></div>",
        kind=kind,
        label=words.plain("Table, scrolls sideways where it is wide"),
        caption=caption,
        heads=joined(html('<th scope="col">$head</th>', head=words.say(head)) for head in heads),
        rows=joined(rows),
    )


def _row(head: Html, *cells: Html | int | str) -> Html:
    drawn = [html('<td class="num">$n</td>', n=c) if isinstance(c, int) else html("<td>$c</td>", c=c) for c in cells]
    return html('<tr><th scope="row">$head</th>$cells</tr>\n', head=head, cells=joined(drawn))


def restrictions(page: Page, words: Words, names: dict[str, str]) -> Html:
    """Occasions on which monitors were stopped."""
    if not page.restrictions:
        return html("<p>$none</p>", none=words.say("No source says that monitors were stopped."))
    heads = (mark("Area"), mark("When"), mark("Source"), mark("Stopped by, as said"), mark("Words"))
    zone = page.agreement.zone
    rows = [
        _row(
            name(names.get(one.area, one.area)),
            span(words, one.start, one.end, zone),
            name(one.source),
            name(one.stopped_by),
            name(one.words),
        )
        for one in page.restrictions
    ]
    return table(words, words.say("Monitors stopped"), heads, rows)


def tallies(page: Page, words: Words, names: dict[str, str]) -> Html:
    """Sources' own totals, each as given."""
    if not page.tallies:
        return html("<p>$none</p>", none=words.say("No source gave a total of its own."))
    heads = (mark("Source"), mark("Of"), mark("Low – best – high"), mark("Area"), mark("Period"), mark("Method"))
    zone = page.agreement.zone
    rows = [
        _row(
            name(one.source),
            name(one.of),
            _low_best_high(one.low, one.best, one.high),
            name(names.get(one.area, one.area)),
            span(words, one.start, one.end, zone),
            name(one.method),
        )
        for one in page.tallies
    ]
    return table(words, words.say("Totals as the sources give them"), heads, rows)


def _low_best_high(low: int | None, best: int | None, high: int | None) -> Html:
    figures = ["?" if number is None else figure(number) for number in (low, best, high)]
    text = figures[1] if low is None and high is None else " – ".join(figures)
    return left_to_right(text)


def refusals(page: Page, words: Words) -> Html:
    """Rows that could not be read, each with its cell, the reason and the mend."""
    if not page.refusals:
        return html("<p>$none</p>", none=words.say("Every row could be read."))
    heads = (mark("File"), mark("Row"), mark("Column"), mark("Value"), mark("Reason"), mark("Mend"))
    rows = [
        _row(
            left_to_right(f"{one.file} · {one.sheet}" if one.sheet else one.file),
            one.row,
            name(one.column),
            name(one.value),
            name(one.reason),
            name(one.mend),
        )
        for one in page.refusals[:MOST_LISTED]
    ]
    caption = words.say("Rows refused: {n}", n=len(page.refusals))
    return joined([table(words, caption, heads, rows), _rest(len(page.refusals), words)])


def _rest(n: int, words: Words) -> Html:
    if n <= MOST_LISTED:
        return Html("")
    return html("<p>$rest</p>", rest=words.say("Shown: the first {most} of {n}.", most=MOST_LISTED, n=n))


def unresolved(page: Page, words: Words) -> Html:
    """Names that resolve to nothing, with the number of rows that hold them."""
    kinds = (
        (mark("Names of actors that resolve to nobody"), page.unresolved.names),
        (mark("Names of areas that are not known"), page.unresolved.areas),
        (mark("Repeats of reports that are not in force"), page.unresolved.repeats),
    )
    parts = [_unresolved(caption, found, words) for caption, found in kinds if found]
    return joined(parts) if parts else html("<p>$none</p>", none=words.say("Everything resolved."))


def _unresolved(caption: str, found: Sequence[Named], words: Words) -> Html:
    rows = [_row(name(said), number) for said, number in found[:MOST_LISTED]]
    heads = (mark("As said"), mark("Rows"))
    return joined([table(words, words.say(caption), heads, rows, "narrow"), _rest(len(found), words)])


def recalled(page: Page, words: Words) -> Html:
    """How many report ids their own source took back."""
    if not page.recalled:
        return html("<p>$none</p>", none=words.say("No source has taken a report back."))
    text = words.markup(
        "Report ids taken back by their own source: {n} ({sources}). No report under them counts, held before or"
        " received later; {command} lists them.",
        n=sum(number for _, number in page.recalled),
        sources=words.listed(html("$source $n", source=name(source), n=n) for source, n in page.recalled),
        command=code("truceline recalls"),
    )
    return html("<p>$text</p>", text=text)


def submissions(page: Page, words: Words) -> Html:
    """Files taken in, and what became of their rows."""
    if not page.submissions:
        return html("<p>$none</p>", none=words.say("No file has been taken in."))
    heads = (
        mark("File"),
        mark("Source"),
        mark("Form"),
        mark("Rows"),
        mark("Reports"),
        mark("Revised"),
        mark("Refused"),
        mark("Already held"),
        mark("Entry"),
    )
    rows = [
        _row(
            left_to_right(one.file),
            name(one.source),
            name(one.format),
            one.rows,
            one.reports,
            one.revised,
            one.refused,
            one.already_held,
            one.seq,
        )
        for one in page.submissions
    ]
    caption = words.say("Files taken in: rows = reports + revised + refused + already held")
    return table(words, caption, heads, rows)
