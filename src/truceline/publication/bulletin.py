"""The bulletin: one HTML file that needs nothing from outside itself, the same bytes for the same page.

Its Content-Security-Policy allows the one style sheet and the one script it carries, by their
SHA-256, and nothing else: no request leaves the page. All text of others is escaped (`markup`).
"""

import base64
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from truceline.publication import falling, listings, opening, rules
from truceline.publication.checking import checking
from truceline.publication.clocks import clocks
from truceline.publication.comparing import compared
from truceline.publication.heat_map import heat_map, runs_table, summary_table
from truceline.publication.languages import REVIEWED, Words, mark, words_for
from truceline.publication.map_picture import map_picture
from truceline.publication.markup import Html, attribute, html, joined, shown
from truceline.publication.names import names_of
from truceline.publication.overview import overview
from truceline.publication.page import Page
from truceline.publication.panels import first_on_paper, panels
from truceline.publication.rows import columns, embed, matter
from truceline.publication.series import series
from truceline.publication.sources import side_by_side
from truceline.vocabulary.marking import admit

SECTIONS = {
    "ledger": mark("Day by day"),
    "map": mark("Map"),
    "series": mark("Incidents a day"),
    "clocks": mark("Clocks"),
    "fell": mark("Did violence fall?"),
    "sources": mark("Sources side by side"),
    "restrictions": mark("Monitors stopped"),
    "tallies": mark("Totals given by sources"),
    "refusals": mark("Rows refused"),
    "unresolved": mark("What did not resolve"),
    "reading": mark("Reading and counting rules"),
    "agreement": mark("Agreement and terms"),
    "files": mark("Files taken in"),
    "check": mark("How to check this page"),
}


SHORT = ("ledger", "fell", "clocks", "restrictions", "reading", "check")
"""Sections of the short form: what follows, why, and how to check it, for the first indicator."""


def render(page: Page, language: str, short: bool = False) -> bytes:
    """The page in one language, UTF-8; `short`: what fits on a few sheets. `NotReleased` for a reader not admitted."""
    admit(page.reader)
    words = words_for(language)
    names = dict(names_of(page.agreement, words))
    wanted = SHORT if short else tuple(SECTIONS)
    bodies = _bodies(page, words, names, short)
    style, script = asset("bulletin.css"), asset("bulletin.js")
    whole = html(
        asset("bulletin.html"),
        lang=language,
        dir=words.direction,
        policy=_policy(style, script),
        title=attribute(f"{shown(page.mission)} — {shown(words.text(page.agreement.title))}"),
        style=Html(style),
        script=Html(script),
        skip=words.say("Skip to the answer"),
        stamps=opening.stamps(page, words, short),
        masthead=opening.masthead(page, words),
        answer_head=words.say("The page in three sentences"),
        answer=opening.three_sentences(page, words),
        contents=_contents(wanted, words),
        sections=joined(_section(key, bodies[key], words) for key in wanted),
        footer=_footer(page, words),
        dialog=_dialog(words),
        words=embed(matter(page, words, names)),
        rows=embed(columns(page, words)),
    )
    return whole.encode()


@cache
def asset(name: str) -> str:
    """A file of the package's assets."""
    return (files("truceline.publication") / "assets" / name).read_text("utf-8")


def _policy(style: str, script: str) -> Html:
    """default-src none, one style and one script by hash, pictures from data: only."""
    parts = [f"{kind} 'sha256-{_hash(text)}'" for kind, text in (("style-src", style), ("script-src", script))]
    return Html("; ".join(["default-src 'none'", *parts, "img-src data:", "base-uri 'none'", "form-action 'none'"]))


def _hash(text: str) -> str:
    return base64.b64encode(sha256(text.encode()).digest()).decode()


def _contents(wanted: Sequence[str], words: Words) -> Html:
    links = [html('<li><a href="#$key">$head</a></li>', key=key, head=words.say(SECTIONS[key])) for key in wanted]
    return html('<nav aria-label="$label"><ul>$links</ul></nav>', label=words.plain("Contents"), links=joined(links))


def _section(key: str, body: Html, words: Words) -> Html:
    return html(
        '<section id="$key" aria-labelledby="$key-head"><h2 id="$key-head">$head</h2>$body</section>\n',
        key=key,
        head=words.say(SECTIONS[key]),
        body=body,
    )


def _bodies(page: Page, words: Words, names: dict[str, str], short: bool) -> dict[str, Html]:
    """The matter of every section; in the short form of the first indicator, and comparisons in a line each."""
    shown = range(1 if short else len(page.ledger.indicators))
    in_full = () if short else (first_on_paper(words), panels(page, falling.cards, words, names, shown))

    def ledger(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
        parts = (heat_map, overview, runs_table, summary_table)
        return joined(part(page, k, words, names) for part in parts)

    rule = words.say(
        "Two periods of whole local days, local midnight to midnight. Whether a condition such as seven quiet days is"
        " met is decided by its rule and by those entitled to declare it, not by a test. A comparison is registered"
        " before if its periods and indicator stood in the record before the window began, and the window is over;"
        " any other is exploratory."
    )
    never = words.say("Each total is the source's own, by its own rule. They are never added up, and never incidents.")
    return {
        "ledger": joined([_legend(words), panels(page, ledger, words, names, shown)]),
        "map": joined([first_on_paper(words), panels(page, map_picture, words, names, shown)]),
        "series": joined(
            [first_on_paper(words), panels(page, lambda p, k, w, n: series(p, k, w), words, names, shown)]
        ),
        "clocks": clocks(page, words, names),
        "fell": joined(
            [
                html("<p>$rule</p>", rule=rule),
                falling.overview(page, words),
                *in_full,
                compared(page, words),
            ]
        ),
        "sources": Html("") if short else side_by_side(page, words, names),
        "restrictions": listings.restrictions(page, words, names),
        "tallies": joined([html("<p>$note</p>", note=never), listings.tallies(page, words, names)]),
        "refusals": listings.refusals(page, words),
        "unresolved": listings.unresolved(page, words),
        "reading": joined([rules.reading(page, words), rules.indicators(page, words)]),
        "agreement": joined([rules.agreement(page, words), rules.terms(page, words)]),
        "files": joined([listings.submissions(page, words), listings.recalled(page, words)]),
        "check": checking(page, words),
    }


def _legend(words: Words) -> Html:
    marks = (
        ("q", "·", words.say("quiet: watched, and nothing above the threshold")),
        ("n", "3", words.say("not quiet: so many incidents surely happened here on this day")),
        ("c", "2?", words.say("cannot tell: so many may have happened here")),
        ("c", "?", words.say("cannot tell: nobody can say that nothing happened")),
    )
    keys = [html('<li><span class="key $kind">$text</span> $says</li>', kind=k, text=t, says=s) for k, t, s in marks]
    return html('<ul class="legend">$keys</ul>', keys=joined(keys))


def _footer(page: Page, words: Words) -> Html:
    unreviewed = words.say("The words of this page in this language are not yet reviewed by a native speaker.")
    return html(
        "<footer>$review<p class=soft>$made</p></footer>",
        review=Html("") if words.language in REVIEWED else html("<p><strong>$text</strong></p>", text=unreviewed),
        made=words.say("Made by {version}. It lists what sources say; it decides nothing.", version=page.software),
    )


def _dialog(words: Words) -> Html:
    heads = (
        mark("Source and row"),
        mark("When"),
        mark("Place"),
        mark("Kind"),
        mark("Sides"),
        mark("Killed"),
        mark("Counts"),
        mark("File"),
    )
    return html(
        '<dialog id="behind" aria-labelledby="behind-head"><div class="bar"><h2 id="behind-head" tabindex="-1"></h2>'
        '<button type="button" id="close">$close</button></div><div id="why"></div><p id="count" role="status"></p>'
        '<div class="scroll" tabindex="0" role="group" aria-label="$label"><table><thead><tr>$heads</tr></thead>'
        '<tbody id="found"></tbody></table></div><button type="button" id="more"></button></dialog>',
        close=words.say("Close"),
        label=words.plain("Reports behind the number"),
        heads=joined(html('<th scope="col">$head</th>', head=words.say(head)) for head in heads),
    )
