"""The read tables and their dump."""

import json
import sqlite3
from collections.abc import Callable

import pytest

from truceline.store import tables
from truceline.store.mission_file import MissionFile

Chance = Callable[[int], bytes]
AGREEMENT = (0, "id", "syria-2016", "1", "ab", "strict")


@pytest.mark.parametrize("value", [1.5, b"bytes", None, "text"])
def test_read_tables_hold_integers_and_text_only(filled: MissionFile, chance: Chance, value: object) -> None:
    column = 0 if value == "text" else 2
    row = (*AGREEMENT[:column], value, *AGREEMENT[column + 1 :])
    if value == 1.5:
        row = (value, *AGREEMENT[1:])
    with pytest.raises(sqlite3.IntegrityError), filled.pen(0, chance) as pen:
        pen.insert("agreement", [row])


def test_the_dump_names_every_table_and_does_not_depend_on_the_order_of_arrival(
    filled: MissionFile, chance: Chance
) -> None:
    rows = [AGREEMENT, (3, "id", "Alепpo 🌍", "2", "", "")]
    dumps = []
    for order in (rows, rows[::-1]):
        with filled.pen(0, chance) as pen:
            pen.clear_read_tables()
            pen.insert("agreement", order)
        dumps.append(filled.dump_tables())
    assert dumps[0] == dumps[1]
    lines = [json.loads(line) for line in dumps[0].decode().splitlines()]
    assert [line[0] for line in lines if isinstance(line[0], str)] == list(tables.READ_TABLES)
    assert [tuple(line) for line in lines if not isinstance(line[0], str)] == rows


def test_every_read_table_has_a_key_made_of_its_columns() -> None:
    for table in tables.READ_TABLES:
        assert tables.column_names(table)[: len(tables.key_of(table))] == tables.key_of(table)
