"""Reports looked up by what people call them: the beginning of an entry's id, or the source's own id of the row."""

import json
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from truceline.store.columns import below_sql
from truceline.store.named_held import named_in
from truceline.store.tables import FIRST_PLACE
from truceline.vocabulary.marking import Reader, admit

ID_LENGTH = 12
"""So many characters of an id are looked up; whoever asks compares the rest."""

_AMONG = (
    "seq IN (SELECT value FROM json_each(:held) UNION ALL"  # noqa: S608
    f" SELECT seq FROM report WHERE seq >= {FIRST_PLACE})"
)
"""The rows that may be meant, where names are held."""


class ReportNamed(NamedTuple):
    """A row of the read table `report`: its place, id, source and the source's own id, and what put it out of force."""

    seq: int
    id: str
    source: str
    source_row: str
    superseded_by: int | None


def reports_named(
    connection: sqlite3.Connection, reader: Reader, size: int, ids: Collection[str], rows: Collection[str], path: Path
) -> list[ReportNamed]:
    """Every report ever held below a size whose id begins with one of `ids` or whose own id is one of `rows`.

    ids: the first `ID_LENGTH` characters each. In order of seq; one reading of the table, however many are asked for,
    and of its own rows none where names are held (`named_held`).
    """
    admit(reader)
    if not ids and not rows:
        return []
    here = below_sql(connection)
    gone, held = here.format("superseded_by"), here.format("report.seq")
    named = named_in(path)
    among = _AMONG if named else "1"
    question = (
        f"SELECT seq, id, source, source_row, CASE WHEN {gone} THEN superseded_by END FROM report"  # noqa: S608
        f" WHERE {among} AND {held} AND (source_row IN (SELECT value FROM json_each(:rows))"
        f" OR substr(id, 1, {ID_LENGTH}) IN (SELECT value FROM json_each(:ids))) ORDER BY seq"
    )
    asked = {"since": 0, "size": size, "ids": json.dumps(sorted(ids)), "rows": json.dumps(sorted(rows))}
    if named:
        asked["held"] = json.dumps(named.rows(path, connection, ids, rows))
    return [ReportNamed(*row) for row in connection.execute(question, asked)]
