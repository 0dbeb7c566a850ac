"""Sources side by side: who tells of what, what two may both have, who arrived or fell silent, two counts of one thing.

Nothing here is a sum over sources. Rows are bounded; `truceline sources` has all of them.
"""

from collections.abc import Sequence

from truceline.publication import source_tables
from truceline.publication.languages import Words
from truceline.publication.markup import Html, code, html, joined, name
from truceline.publication.page import Page
from truceline.publication.source_words import told
from truceline.publication.times import day_words
from truceline.vocabulary.side_by_side import HighBy, SideBySide

MOST_SAID = 8
"""Sentences on effort, and wholes that their parts do not add up to, on the page."""


def side_by_side(page: Page, words: Words, names: dict[str, str]) -> Html:
    """The section."""
    of = page.sources
    if of is None or not (of.sources or of.counts):
        return _paragraph(words.say("No source reports in these days."))
    parts = [
        _paragraph(
            words.say(
                "{first} to {last}. Two sources that count one war never count the same. What both have is a range:"
                " from what one declares to repeat to what could at most be the same. Nothing is merged here, and no"
                " two sources are added up: which reports are of one thing, people decide.",
                first=day_words(words, of.first),
                last=day_words(words, of.last),
            )
        ),
        source_tables.tellers(of, words, page.agreement.zone),
        html("<h3>$head</h3>", head=words.say("What two sources both have")),
        _pairs(of, words),
        html("<h3>$head</h3>", head=words.say("Effort: who reported")),
        _effort(of, words),
        html("<h3>$head</h3>", head=words.say("Counts of one thing by two bodies")),
        _counts(of, words, names, page.agreement.zone),
    ]
    return joined(parts)


def _paragraph(text: Html | str) -> Html:
    return html("<p>$text</p>", text=text)


def _pairs(of: SideBySide, words: Words) -> Html:
    common = source_tables.in_common(of)
    if not of.pairs:
        return _paragraph(words.say("Fewer than two sources report in these days."))
    parts = [source_tables.pairs(of, common, words)] if common else []
    apart = len(of.pairs) - len(common)
    if apart:
        parts.append(_paragraph(words.many(
            "{n} pair of sources has surely nothing in common.",
            "{n} pairs of sources have surely nothing in common.",
            apart,
        )))  # fmt: skip
    if any(pair.high_by is not HighBy.PAIRING for pair in common):
        parts.append(_paragraph(words.markup(
            "≤: too many to be paired off one to one here; the figure is a wider bound. {command} with fewer days has"
            " the narrower one.",
            command=code("truceline sources"),
        )))  # fmt: skip
    if of.unpaired:
        parts.append(_paragraph(words.many(
            "{n} source with fewer reports is not paired here.",
            "{n} sources with fewer reports are not paired here.",
            of.unpaired,
        )))  # fmt: skip
    return joined([*parts, source_tables.by_period(of, common, words)])


def _effort(of: SideBySide, words: Words) -> Html:
    note = words.say(
        "More reports may be more violence, or one more camera. Nothing is corrected; these sentences stand beside the"
        " counts."
    )
    between = (of.first, of.last)
    said = [html("<li>$text</li>", text=told(reason, words, between)) for reason in of.remarks[:MOST_SAID]]
    none = words.say("No source arrives, falls silent or trebles in these days as far as its own rate can show.")
    listed = html('<ul class="plain">$all</ul>', all=joined(said)) if said else _paragraph(none)
    return joined([
        _paragraph(note), listed, source_tables.more(len(of.remarks) - MOST_SAID, words),
        source_tables.effort(of, words),
    ])  # fmt: skip


def _counts(of: SideBySide, words: Words, names: dict[str, str], zone: str) -> Html:
    if not of.counts:
        parts = [_paragraph(words.say("No two bodies count the same thing, in one area, over one time."))]
    else:
        note = words.say(
            "Each is that body's own count, by its own rule. They are not added and no mean is taken: each mostly"
            " counts what the other side did."
        )
        parts = [_paragraph(note), source_tables.two_counts(of, words, names, zone)]
    parts += _mismatches(of, words)
    if of.undated_counts:
        parts.append(_paragraph(words.many(
            "{n} count says no period: it stands beside nothing.",
            "{n} counts say no period: they stand beside nothing.",
            of.undated_counts,
        )))  # fmt: skip
    return joined(parts)


def _mismatches(of: SideBySide, words: Words) -> Sequence[Html]:
    if not of.mismatches:
        return []
    said = [
        html(
            "<li>$text</li>",
            text=words.markup(
                "{source}: {of} is {whole}, its parts make {parts}; neither is mended.",
                source=name(one.source),
                of=name(one.of),
                whole=one.whole,
                parts=one.parts,
            ),
        )
        for one in of.mismatches[:MOST_SAID]
    ]
    listed = html('<ul class="plain">$all</ul>', all=joined(said))
    return [listed, source_tables.more(len(of.mismatches) - MOST_SAID, words)]
