"""A recall: a source withdraws a row it gave. The report stays in the record, and no longer counts."""

from msgspec import Struct

from truceline.vocabulary.report import Value, list_text


class Recall(Struct, frozen=True, gc=False):
    """One recall. The fields are the columns of the read table, in its order.

    source_row: the source's own id of the row it withdraws. at_us: when it did, UTC microseconds; None where
    it does not say.
    """

    source: str
    source_row: str
    at_us: int | None
    words: str
    flags: tuple[str, ...]

    def row(self) -> tuple[Value, ...]:
        """The values of the read table, in the order of the fields."""
        return (self.source, self.source_row, self.at_us, self.words, list_text(self.flags))
