"""A canonical dump of the read tables: what "kept up entry by entry" and "rebuilt" must agree on, byte for byte.

One JSON array a line: first the table's name and columns, then its rows in the order of their key.
"""

import json
import sqlite3

from truceline.store import tables


def dump_tables(connection: sqlite3.Connection) -> bytes:
    """All read tables as lines of JSON (UTF-8, no white space; integers, text and null only)."""
    lines = []
    for table in tables.READ_TABLES:
        names = tables.column_names(table)
        lines.append(_line((table, *names)))
        chosen = ", ".join(f'"{name}"' for name in names)
        question = f'SELECT {chosen} FROM "{table}" ORDER BY {", ".join(tables.key_of(table))}'  # noqa: S608
        lines += [_line(row) for row in connection.execute(question)]
    return "".join(lines).encode()


def _line(values: tuple[object, ...]) -> str:
    # The tables are STRICT, so values are whole numbers, text or null: this is RFC 8785 without its sorting.
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
