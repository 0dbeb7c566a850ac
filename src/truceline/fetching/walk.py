"""The pages of one answer, one after another: how far they are, and whether they are still of one state of the data."""

from dataclasses import dataclass, field

from truceline.errors import FetchError
from truceline.fetching.answer import Page, read_page
from truceline.fetching.question import Question

MOST_PAGES = 20_000
MOST_BYTES = 512 * 1024 * 1024
"""Of all pages together: what a mission takes in as one file."""


class Moved(Exception):
    """The data changed while they were fetched."""


@dataclass
class Walk:
    """The pages of one question so far."""

    question: Question
    next: int | None = None
    total: int | None = None
    nth: int = 0
    size: int = 0
    counts: list[int] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    last: tuple[int, tuple[str, ...]] = (0, ())
    columns: set[str] = field(default_factory=set)
    notes: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.next = self.question.first

    @property
    def rows(self) -> int:
        """Rows so far."""
        return sum(self.counts)

    def take(self, content: bytes) -> Page:
        """Take the next page. Raises `Moved`, `FetchError`."""
        assert self.next is not None
        page = read_page(self.question, self.next, content)
        self._refuse_what_moved(page)
        self.nth, self.size, self.last = self.nth + 1, self.size + len(content), (self.next, page.ids)
        self.counts.append(len(page.rows))
        self.ids.update(page.ids)
        self.columns |= page.columns
        self.notes |= dict.fromkeys(page.notes)
        self.total = page.total if self.total is None else self.total
        self.next = self._after(page)
        if self.size > MOST_BYTES or self.nth > MOST_PAGES:
            raise FetchError(f"More than {MOST_BYTES:,} bytes came.", "Ask for a shorter period, or fewer countries.")
        return page

    def _refuse_what_moved(self, page: Page) -> None:
        if self.total is not None and page.total is not None and page.total != self.total:
            raise Moved(f"the number of rows went from {self.total:,} to {page.total:,}")
        twice = next((one for one in page.ids if one in self.ids), "")
        if twice or len(set(page.ids)) != len(page.ids):
            raise Moved(f"the row {twice or 'of one id'} came twice")
        total = page.total if self.total is None else self.total
        if total is not None and self.rows + len(page.rows) > total:
            raise Moved(f"more rows came than the {total:,} that it says there are")

    def _after(self, page: Page) -> int | None:
        """The number of the page after this one. Raises `FetchError` where it ends before the total."""
        assert self.next is not None
        if self.question.next_at:
            more = page.next
        elif self.total is not None:
            more = self.next + 1 if self.rows < self.total else None
        else:
            # What a service calls a full page may change: only an empty one is surely the last.
            return self.next + 1 if page.rows else None
        lacks = self.total is not None and self.rows < self.total
        if (more is None and lacks) or (more is not None and not page.rows):
            said = f" of {self.total:,}" if self.total is not None else ""
            raise FetchError(
                f"{self.question.source}: page {self.next} ends after {self.rows:,}{said} rows.",
                "Run the same command later: it goes on from here.",
            )
        return more
