"""Parts of pages that take long to write out, so that they can be held as they are: they name nobody who looks."""

from collections.abc import Callable

from markupsafe import Markup

from truceline.pipeline.room.ledger_grid import GridShown
from truceline.web.rendering import templates, words


def grid_part(language: str, caption: str, grid: GridShown, cell_link: Callable[[str, str], str]) -> Markup:
    """The table of areas and days. caption: a message of the catalogues; cell_link: address of an area's day."""
    say = words(language).gettext
    macros = templates().get_template("_shown.html").make_module({"_": say})
    written: Markup = macros.grid(grid, say(caption), cell_link)  # type: ignore[attr-defined]
    return written
