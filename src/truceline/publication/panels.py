"""One drawing an indicator: on a screen one at a time, without a script all, on paper the first."""

from collections.abc import Callable

from truceline.publication.languages import Words
from truceline.publication.markup import Html, html, joined
from truceline.publication.page import Page

Drawn = Callable[[Page, int, Words, dict[str, str]], Html]


def first_on_paper(words: Words) -> Html:
    """A line for print, which shows the first indicator alone."""
    text = words.say("On paper: the first indicator. The page on a screen has the others.")
    return html('<p class="printed soft">$text</p>', text=text)


def _choice(page: Page, words: Words, shown: range) -> Html:
    """Which indicator is shown; without a script all are, one below the other, and this is hidden."""
    buttons = [
        html('<button type="button" data-show="$k" aria-pressed="false">$title</button>', k=str(k), title=title)
        for k, title in ((k, words.pack(page.indicator(k).title)) for k in shown)
    ]
    if len(buttons) < 2:
        return Html("")
    return html(
        '<div class="choice" role="group" aria-label="$label">$buttons</div>',
        label=words.plain("Indicator"),
        buttons=joined(buttons),
    )


def panels(page: Page, drawn: Drawn, words: Words, names: dict[str, str], shown: range) -> Html:
    """The same drawing for each indicator at the positions `shown`, with the buttons that choose among them."""
    drawings = (
        html(
            '<div class="panel" data-panel="$k"><h3>$title</h3>$body</div>',
            k=str(k),
            title=words.pack(page.indicator(k).title),
            body=drawn(page, k, words, names),
        )
        for k in shown
    )
    return joined([_choice(page, words, shown), *drawings])
