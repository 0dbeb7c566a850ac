"""Clocks: where each stands, what the bodies and the figures say, side by side, and what would settle it."""

from collections.abc import Iterable

from truceline.publication.heat_map import CLASSES
from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, Said, code, html, joined, name
from truceline.publication.page import Page
from truceline.publication.questions import low_to_high
from truceline.publication.rules import TAGS
from truceline.publication.sentences import SAYINGS, STATES, VERDICTS, said
from truceline.publication.times import moment, moment_both
from truceline.vocabulary.agreement import Clock
from truceline.vocabulary.assessment import AreaRun, ClockStanding, ClockState, ClockView, Reason
from truceline.vocabulary.when import DAY

AREA_HEADS = (
    mark("Area"),
    mark("Verdict"),
    mark("Incidents in the window"),
    mark("Days quiet"),
    mark("Days not quiet"),
    mark("Days cannot tell"),
    mark("Why"),
)


def clocks(page: Page, words: Words, names: dict[str, str]) -> Html:
    """One article a clock, in the pack's order."""
    if not page.clocks:
        return html("<p>$none</p>", none=words.say("The agreement pack has no clocks."))
    return joined(_clock(page, standing, words, names) for standing in page.clocks)


def clock_of(page: Page, standing: ClockStanding) -> Clock:
    """The pack's clock of a standing."""
    return next(clock for clock in page.agreement.clocks if clock.id == standing.clock)


def window_of(page: Page, standing: ClockStanding) -> tuple[int, int]:
    """[start, end) of the clock's whole days that are over at the as-of time: what its areas are counted in."""
    stop = min(page.as_of, page.ledger.days[-1].end)
    until = stop if standing.end is None else standing.end
    if clock_of(page, standing).day == "reading":
        days = [d for d in page.ledger.days if standing.start <= d.start < until and d.end <= stop]
        return (days[0].start, days[-1].end) if days else (standing.start, standing.start)
    over = max(0, (stop - standing.start) // DAY)
    return standing.start, standing.start + min(over, -(-(until - standing.start) // DAY)) * DAY


def day_of(low: int, high: int, of: int, words: Words) -> Said:
    """Day 3 to 5 of 7; nothing where the clock counts no days."""
    if of <= 0:
        return Said("")
    if low > of:
        return words.say("days: {low}, of {of} asked for", low=low, of=of)
    if low == high:
        return words.say("day {low} of {of}", low=low, of=of)
    return words.say("day {low} to {high} of {of}", low=low, high=high, of=of)


def _clock(page: Page, standing: ClockStanding, words: Words, names: dict[str, str]) -> Html:
    clock = clock_of(page, standing)
    return html(
        '<article class="clock"><h3>$title</h3><p class="state"><span class="s $kind">$state</span>'
        ' <span class="v $verdict_kind">$verdict</span> <span>$day</span></p>'
        "$reasons<p class=soft>$window</p>$note$views$settles$areas$cited</article>",
        title=words.pack(clock.title),
        kind=standing.state.value,
        state=words.say(STATES[standing.state]),
        verdict_kind=CLASSES[standing.verdict],
        verdict=words.markup("on the figures: {verdict}", verdict=words.say(VERDICTS[standing.verdict])),
        day=day_of(standing.day_low, standing.day_high, standing.of, words),
        reasons=_reasons(standing.reasons, words, names),
        window=_window(page, standing, words),
        note=html("<p>$note</p>", note=words.pack(clock.note)) if clock.note else Html(""),
        views=_views(page, standing, words, names),
        settles=_settles(standing, clock, words, names),
        areas=_areas(page, standing, words, names),
        cited=html(
            '<p class="soft">$source</p>',
            source=words.markup(
                "Source: {source} ({tag}). Decided by: {deciders}.",
                source=name(clock.cited.source),
                tag=words.say(TAGS[clock.cited.tag]),
                deciders=words.listed(name(names.get(body, body)) for body in clock.deciders),
            ),
        ),
    )


def _window(page: Page, standing: ClockStanding, words: Words) -> Html:
    start = moment_both(words, standing.start, page.agreement.zone)
    if standing.end is None:
        return words.markup("Window: from {start}, open.", start=start)
    end = moment(words, standing.end, page.agreement.zone)
    return words.markup("Window: from {start} to {end}.", start=start, end=end)


def _reasons(reasons: Iterable[Reason], words: Words, names: dict[str, str]) -> Html:
    parts = [html("<li>$text</li>", text=said(reason, words, names)) for reason in reasons]
    return html('<ul class="plain">$parts</ul>', parts=joined(parts)) if parts else Html("")


def _views(page: Page, standing: ClockStanding, words: Words, names: dict[str, str]) -> Html:
    if all(view.by == "figures" for view in standing.views):
        return Html("")
    contested = standing.state is ClockState.CONTESTED
    lead = words.say("The views differ; they are shown alike, and none is preferred here.") if contested else Html("")
    return html(
        "<h4>$head</h4>$lead<div class=views>$views</div>",
        head=words.say("What each says"),
        lead=html("<p>$lead</p>", lead=lead) if lead else lead,
        views=joined(_view(page, view, words, names) for view in standing.views),
    )


def _view(page: Page, view: ClockView, words: Words, names: dict[str, str]) -> Html:
    acts = [html("<li>$act</li>", act=code(act[:16])) for act in view.acts]
    return html(
        '<div class="view"><p class="by">$by</p><p class="says">$says</p><p>$day</p>'
        '<p class="soft">$since</p>$acts</div>',
        by=name(names.get(view.by, view.by)),
        says=_says(view.says, words),
        day=day_of(view.day_low, view.day_high, view.of, words),
        since=words.markup("since {start}", start=moment(words, view.since, page.agreement.zone)),
        acts=html('<ul class="plain soft" aria-label="$label">$acts</ul>', label=words.plain("Acts"), acts=joined(acts))
        if acts
        else Html(""),
    )


def _says(says: str, words: Words) -> Html:
    """A state or a verdict in our words; anything else in the body's own."""
    known = {state.value: word for state, word in STATES.items()}
    known.update({verdict.value: word for verdict, word in VERDICTS.items()})
    known.update(SAYINGS)
    return html("$word", word=words.say(known[says])) if says in known else name(says.replace("_", " "))


def _settles(standing: ClockStanding, clock: Clock, words: Words, names: dict[str, str]) -> Html:
    """What is still needed, and which conditions are met."""
    lines = [html("$text", text=said(reason, words, names)) for reason in standing.settles]
    spoken = {reason.code for reason in standing.settles}
    titles = {condition.id: words.pack(condition.title) for condition in clock.conditions}
    for one, met in standing.conditions:
        if met or "awaits_condition" not in spoken:
            word = words.say("declared met") if met else words.say("not declared met")
            lines.append(words.markup("Condition: {condition}: {met}", condition=titles.get(one, name(one)), met=word))
    if standing.pending and "awaits_declaration" not in spoken:
        bodies = words.listed(name(names.get(body, body)) for body in standing.pending)
        lines.append(words.markup("Not yet declared by: {bodies}", bodies=bodies))
    if not lines:
        return Html("")
    return html(
        '<h4>$head</h4><ul class="plain">$lines</ul>',
        head=words.say("What would settle it"),
        lines=joined(html("<li>$line</li>", line=line) for line in lines),
    )


def _areas(page: Page, standing: ClockStanding, words: Words, names: dict[str, str]) -> Html:
    if not standing.areas:
        return Html("")
    k = page.position_of(clock_of(page, standing).indicator)
    return html(
        '<div class="scroll" tabindex="0" role="group" aria-label="$label"><table><caption>$caption</caption>'
        "<thead><tr>$heads</tr></thead><tbody>\n$rows</tbody></table></div>",
        label=words.plain("Area by area"),
        caption=words.say("Area by area"),
        heads=joined(html('<th scope="col">$head</th>', head=words.say(head)) for head in AREA_HEADS),
        rows=joined(_area(page, standing, run, k, words, names) for run in standing.areas),
    )


def _area(page: Page, standing: ClockStanding, run: AreaRun, k: int, words: Words, names: dict[str, str]) -> Html:
    start, end = window_of(page, standing)
    position = page.ledger.areas.index(run.area) if run.area in page.ledger.areas else -1
    days = (run.days_quiet, run.days_not_quiet, run.days_cannot_tell)
    return html(
        '<tr><th scope="row">$area</th><td><span class="v $kind">$verdict</span></td><td class="num">$range</td>'
        "$days<td>$why</td></tr>\n",
        area=name(names.get(run.area, run.area)),
        kind=CLASSES[run.verdict],
        verdict=words.say(VERDICTS[run.verdict]),
        range=low_to_high(run.low, run.high, k, start, end, position),
        days=joined(html('<td class="num">$n</td>', n=n) for n in days),
        why=joined((html("$text", text=said(reason, words, names)) for reason in run.reasons), " "),
    )
