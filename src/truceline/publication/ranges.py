"""How many incidents surely and maybe fell in some days of the ledger, and area by area."""

from truceline.publication.languages import Words
from truceline.publication.markup import Html, html, joined
from truceline.publication.page import Page
from truceline.publication.questions import low_to_high
from truceline.vocabulary.columns import MAYBE, SURELY


def within(page: Page, k: int, first: int, last: int, area: int = -1) -> tuple[int, int]:
    """Incidents surely and maybe in the days `first` to `last` (both included), in an area or (-1) anywhere."""
    rows = page.incidents
    sure = (rows.counts[k] == SURELY) & (rows.first_day >= first) & (rows.last_day <= last)
    maybe = (rows.counts[k] >= MAYBE) & (rows.first_day <= last) & (rows.last_day >= first)
    if area >= 0:
        here = rows.may_be[:, area]
        sure &= here & (rows.may_be.sum(axis=1) == 1)
        maybe &= here
    return int(sure.sum()), int(maybe.sum())


def ranges_table(page: Page, k: int, words: Words, names: dict[str, str]) -> Html:
    """Incidents of the whole ledger period by area: the map's twin."""
    start, end = page.ledger.days[0].start, page.ledger.days[-1].end
    rows = []
    for a, area in enumerate(page.ledger.areas):
        low, high = within(page, k, 0, len(page.ledger.days) - 1, a)
        rows.append(
            html(
                '<tr><th scope="row"><bdi>$area</bdi></th><td class="num">$range</td></tr>\n',
                area=names.get(area, area),
                range=low_to_high(low, high, k, start, end, a),
            )
        )
    return html(
        '<table class="narrow"><caption>$caption</caption><thead><tr><th scope="col">$area</th>'
        '<th scope="col">$range</th></tr></thead><tbody>\n$rows</tbody></table>',
        caption=words.say("Incidents by area over the whole period; each number opens its rows"),
        area=words.say("Area"),
        range=words.say("Surely – maybe"),
        rows=joined(rows),
    )
