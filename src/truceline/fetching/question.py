"""What is asked of a source that answers in pages, and what its answers should look like."""

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct


class Question(Struct, frozen=True):
    """One question. `query` holds no key: it stands in the receipt.

    page_at: the name of the page's number in the query, the first being `first`. rows_at, total_at: where an
    answer has its rows, and their number in all. next_at: where it has the address of the next page; "" where
    pages are counted, up to the total or to an empty one. own: the column with the source's own id. must:
    columns without which no row can be read; known: those that came when this was written; numbers: those that
    were numbers; rare: those that are left out where they are empty. also: other spellings of a column.
    busy_400: the service says 400 for "too often".
    """

    source: str
    address: str
    query: tuple[tuple[str, str], ...]
    rows_at: str
    total_at: str
    own: str
    must: tuple[str, ...]
    known: tuple[str, ...]
    page_at: str = "page"
    first: int = 1
    next_at: str = ""
    numbers: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    also: Mapping[str, str] = {}
    busy_400: bool = False
    terms: str = ""

    def url(self, page: int | None = None) -> str:
        """The address of a page; without one, of the whole question."""
        query = [*self.query, *([] if page is None else [(self.page_at, str(page))])]
        return f"{self.address}?{urlencode(query)}" if query else self.address

    def column(self, name: str) -> str:
        """A column by the name under which it is known."""
        return self.also.get(name, name)
