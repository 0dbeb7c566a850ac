"""Questions a number on the page asks of the rows behind it, and the buttons that carry them.

A question is five words in `data-q`: indicator, start, end, area, how (positions; instants in UTC
microseconds, [start, end); -1 for any area). `how`: `s` surely, `m` maybe (surely included), `u`
maybe only, `d` surely counted and dated to one day of the period. A sixth word, where there is one, is
the position of a panel of sources: of those alone. The page's script answers it from the embedded rows;
without a script the number still reads.
"""

from truceline.publication.markup import Html, attribute, html

ANYWHERE = -1
EVERYBODY = -1


def opens(
    shown: int | str | Html, indicator: int, start: int, end: int, area: int = ANYWHERE, how: str = "m",
    panel: int = EVERYBODY,
) -> Html:  # fmt: skip
    """A number as a button that opens the reports behind it."""
    question = asked(indicator, start, end, area, how, panel)
    return html('<button type="button" class="n" data-q="$question">$shown</button>', question=question, shown=shown)


def asked(indicator: int, start: int, end: int, area: int = ANYWHERE, how: str = "m", panel: int = EVERYBODY) -> Html:
    """A question as the words of `data-q`."""
    words = f"{int(indicator)} {int(start)} {int(end)} {int(area)} {attribute(how)}"
    return Html(words if panel == EVERYBODY else f"{words} {int(panel)}")


def low_to_high(
    low: int, high: int, indicator: int, start: int, end: int, area: int = ANYWHERE, panel: int = EVERYBODY
) -> Html:
    """Surely and maybe as two buttons, "3 – 5"; one where they are the same."""
    if low == high:
        return opens(low, indicator, start, end, area, panel=panel)
    return html(
        '<span class="range">$low<span> – </span>$high</span>',
        low=opens(low, indicator, start, end, area, "s", panel),
        high=opens(high, indicator, start, end, area, "m", panel),
    )
