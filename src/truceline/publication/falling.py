"""Did violence fall? Each comparison of the record under each indicator: the test and the plain rule side by side."""

from collections.abc import Mapping, Sequence

from truceline.publication.comparison_words import ANSWERS, told
from truceline.publication.falling_picture import picture
from truceline.publication.falling_tables import beside, choices, dates, interval, periods, ratio, span_of
from truceline.publication.languages import Words, mark
from truceline.publication.listings import table
from truceline.publication.markup import Html, html, joined, left_to_right, name
from truceline.publication.page import Page
from truceline.publication.questions import low_to_high, opens
from truceline.publication.sentences import VERDICTS
from truceline.vocabulary.assessment import Reason, Verdict
from truceline.vocabulary.comparison import ComparisonTold, PeriodTold

Titles = Mapping[str, str]


def overview(page: Page, words: Words) -> Html:
    """Every comparison in a line: counts and days of both periods, the ratio with its interval, both answers."""
    if not page.falling:
        text = words.say("No comparison stands in the record: in the agreement, or by an act.")
        return joined([html("<p>$text</p>", text=text), _awaited(page, words)])
    heads = (
        mark("Comparison"),
        mark("Indicator"),
        mark("Baseline: incidents and days"),
        mark("Window: incidents and days"),
        mark("Ratio of rates"),
        mark("95 % interval"),
        mark("By the test"),
        mark("By the plain rule"),
    )
    rows = [_line(page, one, words) for one in page.falling]
    caption = words.say("Every comparison: incidents surely – maybe in each period, and what follows")
    return joined([table(words, caption, heads, rows), _awaited(page, words)])


def _awaited(page: Page, words: Words) -> Html:
    if not page.awaited:
        return Html("")
    titles = _titles(page, words)
    return paragraph(
        words.markup(
            "Not compared: {names}. Fewer than two days of one of the periods are over, or they share days.",
            names=words.listed(name(titles.get(one, one)) for one in page.awaited),
        )
    )


def paragraph(text: Html) -> Html:
    """A paragraph."""
    return html("<p>$text</p>", text=text)


def _titles(page: Page, words: Words) -> Titles:
    return {one.id: words.text(one.title) for one in page.agreement.comparisons}


def _line(page: Page, one: ComparisonTold, words: Words) -> Html:
    main = one.tested.choices[0]
    return html(
        '<tr><th scope="row">$title $standing</th><td>$indicator</td><td class="num">$before</td>'
        '<td class="num">$after</td><td class="num">$ratio</td><td class="num">$interval</td>'
        "<td>$answer</td><td>$rule</td></tr>\n",
        title=_title(one, words),
        standing=_standing(one, words),
        indicator=_indicator(page, one, words),
        before=_counted(page, one, one.tested.before, words),
        after=_counted(page, one, one.tested.after, words),
        ratio=ratio(main),
        interval=interval(main, words),
        answer=html("<strong>$word</strong>", word=words.say(ANSWERS[one.tested.answer])),
        rule=_verdict(one, words),
    )


def _title(one: ComparisonTold, words: Words) -> Html:
    return words.pack(one.title) if one.title else name(one.comparison)


def _indicator(page: Page, one: ComparisonTold, words: Words) -> Html:
    return words.pack(page.indicator(page.position_of(one.tested.indicator)).title)


def _standing(one: ComparisonTold, words: Words) -> Html:
    """Registered before or exploratory: on every comparison, wherever it is shown."""
    text = words.say("registered before") if one.registered else words.say("exploratory")
    return html('<span class="badge $kind">$text</span>', kind="firm" if one.registered else "loose", text=text)


def _counted(page: Page, one: ComparisonTold, period: PeriodTold, words: Words) -> Html:
    start, end = span_of(page, period)
    numbers = low_to_high(
        int(period.incidents.low), int(period.incidents.high), page.position_of(one.tested.indicator), start, end,
        panel=page.panel_of(one),
    )  # fmt: skip
    return words.markup("{numbers} in {days} d", numbers=numbers, days=period.days)


def _verdict(one: ComparisonTold, words: Words) -> Html:
    return html("$word", word=words.say(VERDICTS[Verdict(one.rule.verdict)]))


def cards(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """Every comparison of one indicator in full."""
    wanted = page.ledger.indicators[k].indicator
    drawn = [_card(page, k, one, words, names) for one in page.falling if one.tested.indicator == wanted]
    none = html("<p>$none</p>", none=words.say("No comparison is meant for this indicator."))
    return joined(drawn) if drawn else none


def _card(page: Page, k: int, one: ComparisonTold, words: Words, names: dict[str, str]) -> Html:
    tested, titles = one.tested, _titles(page, words)
    return html(
        '<article class="clock"><h4>$title $standing</h4><p class="soft">$periods</p>$views$hand$picture$counted'
        "$shown<h5>$why</h5>$reasons<h5>$change</h5>$settles$choices$methods<h5>$basis</h5>$because</article>\n",
        title=_title(one, words),
        standing=_standing(one, words),
        periods=words.markup(
            "{window} against {baseline}", window=dates(one.window, words), baseline=dates(one.baseline, words)
        ),
        views=_views(one, words),
        hand=_by_hand(page, k, one, words),
        picture=picture(page, k, one, words),
        counted=periods(page, k, one, words),
        shown=paragraph(html("$text", text=_smallest(one, words))),
        why=words.say("Why"),
        reasons=_sentences(tested.reasons, words, titles),
        change=words.say("What would change the answer"),
        settles=_sentences(tested.settles, words, titles),
        choices=choices(one, words),
        methods=beside(one, words, names),
        basis=words.say("Registered before, or exploratory"),
        because=_sentences(one.basis, words, titles),
    )


def _views(one: ComparisonTold, words: Words) -> Html:
    main, rule = one.tested.choices[0], one.rule
    test = words.markup(
        "Rate in the window as a share of the baseline's: {ratio}; 95 % interval {interval}.",
        ratio=ratio(main),
        interval=interval(main, words),
    )
    plain = words.say(
        "Allowed in an area and a day: {threshold}. Areas and days of the window: {quiet} quiet, {not_quiet} not"
        " quiet, {cannot} cannot be told. It says whether the window was quiet, not whether violence fell.",
        threshold=rule.threshold,
        quiet=rule.quiet,
        not_quiet=rule.not_quiet,
        cannot=rule.cannot_tell,
    )
    views = (
        (words.say("By the test"), words.say(ANSWERS[one.tested.answer]), test),
        (words.say("By the plain rule"), words.say(VERDICTS[Verdict(rule.verdict)]), html("$text", text=plain)),
    )
    drawn = [
        html(
            '<div class="view"><p class="by">$by</p><p class="says">$says</p><p>$text</p></div>',
            by=by,
            says=says,
            text=t,
        )
        for by, says, t in views
    ]
    return html('<div class="views">$views</div>', views=joined(drawn))


def _by_hand(page: Page, k: int, one: ComparisonTold, words: Words) -> Html:
    """The division a reader can do: incidents of one known day, in both periods."""
    sides = []
    for period in (one.tested.after, one.tested.before):
        start, end = span_of(page, period)
        number = opens(period.dated_to_one_day, k, start, end, how="d", panel=page.panel_of(one))
        sides.append((number, period.days, period.dated_to_one_day / period.days))
    (after, after_days, now), (before, before_days, was) = sides
    return paragraph(
        words.markup(
            "By hand, from incidents known to the day: {after} in {after_days} days ({now} a day) against {before} in"
            " {before_days} days ({was} a day): ratio {ratio}.",
            after=after,
            after_days=after_days,
            now=left_to_right(f"{now:.2f}"),
            before=before,
            before_days=before_days,
            was=left_to_right(f"{was:.2f}"),
            ratio=left_to_right(f"{now / was:.2f}" if was else "–"),
        )
    )


def _smallest(one: ComparisonTold, words: Words) -> str:
    least = one.tested.smallest_reduction
    if least is None:
        return words.say("This window could have shown no reduction at all, not even to nought.")
    return words.say(
        "The smallest reduction that this window would have shown four times in five: {percent} %.",
        percent=round(100 * least),
    )


def _sentences(reasons: Sequence[Reason], words: Words, titles: Titles) -> Html:
    listed = [html("<li>$text</li>", text=told(reason, words, titles)) for reason in reasons]
    return html('<ul class="plain">$all</ul>', all=joined(listed))
