"""The bulletin: one HTML file that needs nothing from outside itself, the same bytes for the same page.

Its Content-Security-Policy allows the one style sheet and the one script it carries, by their
SHA-256, and nothing else: no request leaves the page. All text of others is escaped (`markup`).
"""

import base64
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from truceline.publication import listings, opening, rules
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
from truceline.publication.rows import columns, embed, matter
from truceline.publication.series import series
from truceline.vocabulary.marking import admit

Drawn = Callable[[Page, int, Words, dict[str, str]], Html]

SECTIONS = {
    "ledger": mark("Day by day"),
    "map": mark("Map"),
    "series": mark("Incidents a day"),
    "clocks": mark("Clocks"),
    "compared": mark("Against the period before"),
    "restrictions": mark("Monitors stopped"),
    "tallies": mark("Totals given by sources"),
    "refusals": mark("Rows refused"),
    "unresolved": mark("What did not resolve"),
    "reading": mark("Reading and counting rules"),
    "agreement": mark("Agreement and terms"),
    "files": mark("Files taken in"),
    "check": mark("How to check this page"),
}


def render(page: Page, language: str) -> bytes:
    """The whole page in one language, UTF-8. Raises `NotReleased` for a reader the gate does not admit."""
    admit(page.reader)
    words = words_for(language)
    names = dict(names_of(page.agreement, words))
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
        stamps=opening.stamps(page, words),
        masthead=opening.masthead(page, words),
        answer_head=words.say("The page in three sentences"),
        answer=opening.three_sentences(page, words),
        contents=_contents(words),
        sections=joined(_section(key, body, words) for key, body in _bodies(page, words, names).items()),
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


def _contents(words: Words) -> Html:
    links = [
        html('<li><a href="#$key">$head</a></li>', key=key, head=words.say(head)) for key, head in SECTIONS.items()
    ]
    return html('<nav aria-label="$label"><ul>$links</ul></nav>', label=words.plain("Contents"), links=joined(links))


def _section(key: str, body: Html, words: Words) -> Html:
    return html(
        '<section id="$key" aria-labelledby="$key-head"><h2 id="$key-head">$head</h2>$body</section>\n',
        key=key,
        head=words.say(SECTIONS[key]),
        body=body,
    )


def _bodies(page: Page, words: Words, names: dict[str, str]) -> dict[str, Html]:
    def ledger(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
        parts = (heat_map, overview, runs_table, summary_table)
        return joined(part(page, k, words, names) for part in parts)

    note = words.say(
        "Each indicator counts other parties, kinds or victims: their figures do not add up, and one is no share of"
        " another. Only what is dated to one day goes into the average; what is known less closely is given as surely"
        " and maybe."
    )
    never = words.say("Each total is the source's own, by its own rule. They are never added up, and never incidents.")
    return {
        "ledger": joined([_legend(words), _choice(page, words), _panels(page, ledger, words, names)]),
        "map": joined([_choice(page, words), _panels(page, map_picture, words, names)]),
        "series": joined([_choice(page, words), _panels(page, lambda p, k, w, n: series(p, k, w), words, names)]),
        "clocks": clocks(page, words, names),
        "compared": joined([html("<p>$note</p>", note=note), compared(page, words)]),
        "restrictions": listings.restrictions(page, words, names),
        "tallies": joined([html("<p>$note</p>", note=never), listings.tallies(page, words, names)]),
        "refusals": listings.refusals(page, words),
        "unresolved": listings.unresolved(page, words),
        "reading": joined([rules.reading(page, words), rules.indicators(page, words)]),
        "agreement": joined([rules.agreement(page, words), rules.terms(page, words)]),
        "files": listings.submissions(page, words),
        "check": checking(page, words),
    }


def _choice(page: Page, words: Words) -> Html:
    """Which indicator is shown; without a script all are, one below the other, and this is hidden."""
    buttons = [
        html('<button type="button" data-show="$k" aria-pressed="false">$title</button>', k=str(k), title=title)
        for k, title in ((k, words.pack(page.indicator(k).title)) for k in range(len(page.ledger.indicators)))
    ]
    if len(buttons) < 2:
        return Html("")
    return html(
        '<div class="choice" role="group" aria-label="$label">$buttons</div>',
        label=words.plain("Indicator"),
        buttons=joined(buttons),
    )


def _panels(page: Page, drawn: Drawn, words: Words, names: dict[str, str]) -> Html:
    return joined(
        html(
            '<div class="panel" data-panel="$k"><h3>$title</h3>$body</div>',
            k=str(k),
            title=words.pack(page.indicator(k).title),
            body=drawn(page, k, words, names),
        )
        for k in range(len(page.ledger.indicators))
    )


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
