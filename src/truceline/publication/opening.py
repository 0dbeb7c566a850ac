"""The head of a page: whose it is, as of when, and the answer in three sentences."""

from truceline.publication.clocks import clock_of, day_of
from truceline.publication.heat_map import days_by_verdict
from truceline.publication.languages import Words
from truceline.publication.markup import Html, html, joined, name
from truceline.publication.page import Page
from truceline.publication.questions import low_to_high
from truceline.publication.ranges import within
from truceline.publication.sentences import STATES, VERDICTS
from truceline.publication.times import day_words, moment_both
from truceline.vocabulary.assessment import Cell, ClockStanding, Verdict
from truceline.vocabulary.marking import TLP

WEEK = 7


def stamps(page: Page, words: Words, short: bool = False) -> Html:
    """Exercise, audience and, under another reading than the mission's, exploratory: on every page; or short."""
    audience = words.markup(
        "For: {audience}", audience=html("$a · $tlp", a=words.say("internal"), tlp=name(TLP[page.reader.audience]))
    )
    exercise = html('<p class="stamp exercise">$text</p>', text=words.say("Exercise: the data are invented"))
    exploratory = html('<p class="stamp">$text</p>', text=words.say("Exploratory: not the registered reading"))
    shared = html('<p class="stamp">$text</p>', text=words.say("Shared view: only what every holder can read"))
    return html(
        '$exercise<p class="stamp">$audience</p>$exploratory$shared$short',
        exercise=exercise if page.exercise else Html(""),
        audience=audience,
        exploratory=exploratory if page.exploratory else Html(""),
        shared=shared if page.shared else Html(""),
        short=html('<p class="stamp">$text</p>', text=words.say("Short form")) if short else Html(""),
    )


def masthead(page: Page, words: Words) -> Html:
    """Mission, agreement, as-of time, reading."""
    unregistered = html(" ($text)", text=words.say("not shown to have been chosen before the clocks started"))
    return html(
        '<p class="mission">$mission</p><h1>$title</h1><p class="asof">$asof</p><p class="soft">$reading</p>',
        mission=name(page.mission),
        title=words.markup("Bulletin: {agreement}", agreement=words.pack(page.agreement.title)),
        asof=words.markup("As of {when}", when=moment_both(words, page.as_of, page.agreement.zone)),
        reading=words.markup(
            "Under the reading {reading}, by {author}{registered}. Ours, not the parties'.",
            reading=words.pack(page.reading.title),
            author=name(page.reading.author),
            registered=Html("") if page.registered else unregistered,
        ),
    )


def three_sentences(page: Page, words: Words) -> Html:
    """The answer first: the leading clock, the last week, and what cannot be seen."""
    sentences = [_clock(page, words), _week(page, words), _unseen(page, words)]
    return html('<ol class="answer">$all</ol>', all=joined(html("<li>$one</li>", one=one) for one in sentences if one))


def leading(page: Page) -> ClockStanding:
    """The first clock of the pack whose window holds the as-of instant, its end included; else the last to start."""
    started = [one for one in page.clocks if one.start <= page.as_of]
    running = (one for one in started if one.end is None or page.as_of <= one.end)
    return next(running, max(started, key=lambda one: one.start, default=page.clocks[0]))


def _clock(page: Page, words: Words) -> Html:
    if not page.clocks:
        return Html("")
    standing = leading(page)
    day = day_of(standing.day_low, standing.day_high, standing.of, words)
    return words.markup(
        "{clock}: {state}; on the figures {verdict}{day}.",
        clock=words.pack(clock_of(page, standing).title),
        state=html("<strong>$word</strong>", word=words.say(STATES[standing.state])),
        verdict=html("<strong>$word</strong>", word=words.say(VERDICTS[standing.verdict])),
        day=html("$comma$day", comma=words.plain(", "), day=day) if day else Html(""),
    )


def _week(page: Page, words: Words) -> Html:
    over = [i for i, day in enumerate(page.ledger.days) if day.end <= page.as_of]
    if not over:
        return words.markup("No day of the ledger is over yet.")
    first, last = max(0, over[-1] - WEEK + 1), over[-1]
    quiet, not_quiet, cannot = days_by_verdict(_cells(page, first, last))
    low, high = within(page, 0, first, last)
    days = page.ledger.days
    return words.markup(
        "{indicator}, {first} to {last}: of {n} areas and days {quiet} quiet, {not_quiet} not quiet, {cannot} cannot"
        " be told; incidents: {range}.",
        indicator=words.pack(page.indicator(0).title),
        first=name(day_words(words, days[first].name)),
        last=name(day_words(words, days[last].name)),
        n=quiet + not_quiet + cannot,
        quiet=_strong(quiet),
        not_quiet=_strong(not_quiet),
        cannot=_strong(cannot),
        range=low_to_high(low, high, 0, days[first].start, days[last].end),
    )


def _unseen(page: Page, words: Words) -> Html:
    cells = [cell for cell in page.ledger.indicators[0].cells if cell.verdict is Verdict.CANNOT_TELL]
    threshold = page.reading.threshold or 0
    maybe = sum(cell.high > threshold for cell in cells)
    return words.markup(
        "What we cannot see: over the whole period {cannot} of {n} areas and days cannot be told; in {unwatched} of"
        " them too few sources watched long enough, in {maybe} an incident may have happened (both can hold).",
        cannot=_strong(len(cells)),
        n=len(page.ledger.indicators[0].cells),
        unwatched=_strong(sum(not cell.covered for cell in cells)),
        maybe=_strong(maybe),
    )


def _cells(page: Page, first: int, last: int) -> list[Cell]:
    return [cell for cell in page.ledger.indicators[0].cells if first <= cell.day <= last]


def _strong(number: int) -> Html:
    return html("<strong>$n</strong>", n=number)
