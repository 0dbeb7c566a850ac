"""A page of reports in force, by the place of their entries: what is chosen is found without reading all of them."""

import sqlite3

from msgspec import Struct

from truceline.store.columns import below_sql
from truceline.vocabulary.marking import Reader, admit


class Chosen(Struct, frozen=True):
    """Which reports. "" and None: all of them.

    start_us, end_us: those whose interval has an instant in [start_us, end_us). side: a name, of either side.
    """

    source: str = ""
    kind: str = ""
    area: str = ""
    side: str = ""
    start_us: int | None = None
    end_us: int | None = None


_TESTS = {
    "source": "source = :source",
    "kind": "kind = :kind",
    "area": "area = :area",
    "side": "((instr(side_a, json_quote(:side)) AND EXISTS (SELECT 1 FROM json_each(side_a) WHERE value = :side))"
    " OR (instr(side_b, json_quote(:side)) AND EXISTS (SELECT 1 FROM json_each(side_b) WHERE value = :side)))",
    "start_us": "end_us > :start_us",
    "end_us": "start_us < :end_us",
}
"""The SQL of each member. Few lists are read: only those whose text has the name as JSON writes it."""


def seqs_after(
    connection: sqlite3.Connection, chosen: Chosen, reader: Reader, size: int, *, after: int, most: int
) -> list[int]:  # fmt: skip
    """Places of the first `most` reports in force at that size that are chosen, and whose place is above `after`."""
    admit(reader)
    below = below_sql(connection)
    tests = [text for name, text in _TESTS.items() if getattr(chosen, name) not in ("", None)]
    here, gone = below.format("seq"), below.format("superseded_by")
    where = " AND ".join(["seq > :after", here, f"(superseded_by IS NULL OR NOT {gone})", *tests])
    question = f"SELECT seq FROM report WHERE {where} ORDER BY seq LIMIT :most"  # noqa: S608 (tests of `_TESTS`)
    values = {name: getattr(chosen, name) for name in _TESTS}
    return [
        row[0]
        for row in connection.execute(question, {**values, "since": 0, "size": size, "after": after, "most": most})
    ]
