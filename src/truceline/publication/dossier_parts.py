"""What the sections of a dossier's page are made of: tables, rows, lines, names of reports and acts."""

from collections.abc import Iterable, Sequence

from truceline.publication.languages import Words
from truceline.publication.listings import table
from truceline.publication.markup import Html, html, joined, left_to_right

_SHORT = 12


def drawn_table(words: Words, caption: object, heads: Sequence[str], rows: Iterable[Html]) -> Html:
    """A table of these rows under these heads."""
    return table(words, html("$caption", caption=caption), heads, rows)


def drawn_row(head: object, *cells: object) -> Html:
    """A row: its head, then its cells, numbers to the right."""
    drawn = [
        html('<td class="num">$n</td>', n=cell) if isinstance(cell, int) else html("<td>$c</td>", c=cell)
        for cell in cells
    ]
    return html('<tr><th scope="row">$head</th>$cells</tr>\n', head=head, cells=joined(drawn))


def drawn_line(text: object) -> Html:
    """A paragraph."""
    return html("<p>$text</p>", text=text)


def drawn_ref(ref: str) -> Html:
    """A key as it is; of an act's id so much as names it."""
    return left_to_right(ref if "/" in ref else ref[:_SHORT])


def drawn_number(number: int | None) -> int | Html:
    """A figure, or a dash where none is given."""
    return Html("–") if number is None else number
