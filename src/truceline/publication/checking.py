"""How a stranger checks the page: the cut it rests on, the audit, and making it again."""

from truceline.publication.languages import Words, mark
from truceline.publication.listings import table
from truceline.publication.markup import Html, code, html, joined, name
from truceline.publication.page import Page
from truceline.publication.times import moment_both


def cut(page: Page, words: Words) -> Html:
    """Size and root of each log: what was known."""
    rows = [
        html(
            '<tr><th scope="row">$log</th><td class="num">$size</td><td>$root</td></tr>\n',
            log=code(origin),
            size=int(size),
            root=code(root),
        )
        for origin, (size, root) in sorted(page.cut.items())
    ]
    heads = (mark("Log"), mark("Entries"), mark("Root (SHA-256, RFC 6962)"))
    return table(words, words.say("The cut: what was known"), heads, rows)


def checking(page: Page, words: Words) -> Html:
    """How a stranger checks this page."""
    dated = (
        words.markup("Last dated head: {when}.", when=moment_both(words, page.dated, page.agreement.zone))
        if page.dated is not None
        else words.markup("No head of the record has been dated yet.")
    )
    steps = (
        words.markup(
            "Recompute the record from its bytes: {command}. It must end without a fault, and give the size and root"
            " above.",
            command=code(f"truceline audit {page.mission}"),
        ),
        words.markup(
            "Make the page again at the same cut, as-of time, reading and software version ({version}): it must be the"
            " same byte for byte.",
            version=name(page.software),
        ),
        words.markup("Open any number: it lists the reports behind it, each with its file, row and entry."),
    )
    return html(
        "$cut<p>$dated $sealed</p><ol>$steps</ol>",
        cut=cut(page, words),
        dated=dated,
        sealed=words.say("Entries behind these figures that this reader cannot open: {n}.", n=page.sealed),
        steps=joined(html("<li>$step</li>", step=step) for step in steps),
    )
