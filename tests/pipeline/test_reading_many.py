"""Many rows read at once are the rows read one by one, in pieces or whole, by one process or two."""

from collections import Counter
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import FileNotRead
from truceline.intake import pieces
from truceline.intake.context import ReadContext
from truceline.intake.encoding import decode
from truceline.intake.formats import FORMATS
from truceline.intake.layout import Layout
from truceline.intake.pieces import TextRows, most_records
from truceline.intake.rows import find_header, rows_of
from truceline.pipeline import sharing
from truceline.pipeline.many_rows import Asked
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.reading_rows import reader_of
from truceline.pipeline.rebuild import rebuild
from truceline.pipeline.received import identities
from truceline.pipeline.sharing import Readers
from truceline.pipeline.take_in import take_in
from truceline.record.entry import RowForm, row_entries
from truceline.record.sign import LogKey
from truceline.store.held import Fingerprints

FORM = FORMATS[0]
HEADER = ("report_id", "source", "when", "kind", "side_a", "side_b", "words")
KEY, LAYOUT_ID, SECRET = LogKey.from_seed("example.org/x", bytes(32)), "ab" * 32, b"f" * 32
CONTEXT = ReadContext("Asia/Damascus", None, "desk", (0, None))
ROW = st.sampled_from([
    b"", b"1,ngo,2025-03-04,shelling,A,B,said", b"2,,2025-03-04T10:00,,A,B,", b",ngo,2025-03-04,,A,B,no id",
    b'3,ngo,2025-03-04,,A,B,"two\nlines, ""quoted"""', b"4,ngo,soon,,A,B,", b"5,ngo,2025",
    b"6,ngo,2025-03-04,,A,B,\xff",
    b"7,ngo,2025-03-04,,A,B,\x00", b'8,ngo,2025-03-04,,A,B,"x"y', b'9,ngo,2025-03-04,,A,B,5" shell', b'"', b"   ",
    b"10,ngo,2025-03-04,shelling,A,B," + b"w" * 70_000, "11,ngo,2025-03-04,,A,ب,قال".encode(),
    b"12,ngo,2025-03-04,,A,B,a\rb",
])  # fmt: skip


def drawn():
    """The same bytes each time, as random as need be."""
    numbers = count()
    return lambda size: b"".join(sha256(b"%d" % next(numbers)).digest() for _ in range(size // 32 + 1))[:size]


def asked_of(encoding):
    layout = Layout(FORM.name, FORM.reader, encoding, ",", HEADER, FORM.groups(HEADER))
    return Asked(layout, CONTEXT, SECRET, (RowForm.of(KEY, LAYOUT_ID, 6), RowForm.of(KEY, LAYOUT_ID, 1)))


def check(asked, rows, manies):
    """Row for row what the slow way gives: what was said, its fingerprints, its entry and payload."""
    read, prints = reader_of(asked.layout, asked.context), Fingerprints(asked.fingerprints)
    identify = identities(prints, Counter())
    place = killed = 0
    for many in manies:
        for at in range(len(many.numbers)):
            slow = read(rows[place], many.secrets[at])
            fast = many.row(at)
            assert (fast.number, fast.table, fast.values) == (slow.number, slow.table, slow.values)
            assert (fast.source, fast.own, fast.committed) == (slow.source, slow.own, slow.committed)
            [(body, leaf)] = row_entries(KEY, LAYOUT_ID, [slow.committed], [None])
            assert (many.bodies[at], many.leaves[at]) == (body, leaf)
            if slow.own:
                assert (many.keys[at], many.contents[at]) == identify(slow)
            else:
                assert (many.keys[at], many.loose[at]) == (b"", slow.digest)
            killed += sum(slow.values[0][16:19][k] or 0 for k in range(3)) if slow.table == "report" else 0
            place += 1
    assert place == len(rows)
    assert sum(sum(many.killed) for many in manies) == killed


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=14), st.sampled_from([b"\n", b"\r\n"]), st.sampled_from([30, 200, 10**6]), st.booleans())
def test_a_text_in_pieces_has_the_rows_of_the_whole(monkeypatch, lines, end, piece, last):
    monkeypatch.setattr(pieces, "PIECE", piece)
    content = b"Reports of March\n" + end.join([",".join(HEADER).encode(), *lines]) + (end if last else b"")
    text, encoding, _ = decode("t.csv", content)
    header = find_header(text, lambda cells: cells == HEADER)
    rows = rows_of(text, encoding, header)
    asked = asked_of(encoding)
    manies = list(Readers(drawn()).read(asked, TextRows(text, encoding, header, "t.csv")))
    check(asked, rows, manies)
    check(asked, rows, list(Readers(drawn()).read(asked, rows)))
    lazy = TextRows(text, encoding, header, "t.csv")
    assert (len(lazy), list(lazy), lazy[:2]) == (len(rows), list(rows), rows[:2])


def test_a_quote_that_is_never_closed_damages_what_follows_it_as_in_one_text(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 100)
    good = "1,ngo,2025-03-04,shelling,A,B,said"
    text = "\n".join([",".join(HEADER), *[good] * 20, '2,ngo,2025-03-04,,A,B,"open', *[good] * 20])
    header = find_header(text, lambda cells: cells == HEADER)
    rows = rows_of(text, "utf-8", header)
    manies = list(Readers(drawn()).read(asked_of("utf-8"), TextRows(text, "utf-8", header, "t.csv")))
    check(asked_of("utf-8"), rows, manies)
    assert [table for many in manies for table in many.others.values()] == ["refusal"]


def test_rows_are_expected_as_many_as_there_are_where_quotes_are_in_order():
    text = "\n".join([",".join(HEADER), '1,ngo,2025,,A,B,"two\nlines"', "2,ngo,2025,,A,B,x"])
    header = find_header(text, lambda cells: cells == HEADER)
    assert TextRows(text, "utf-8", header, "t").expected == len(rows_of(text, "utf-8", header)) == 2
    assert most_records("a\rb\nc") >= 3


@pytest.mark.parametrize("shape", ["pieces", "rows"])
def test_two_processes_enter_the_same_bytes_as_one(office, tmp_path: Path, monkeypatch, shape):
    lines = [
        {"report_id": str(n % 2_900), "when": f"2025-03-{n % 28 + 1:02}", "words": f"row {n}"} for n in range(3_000)
    ]
    content = office.as_csv(office.REPORT_COLUMNS, [{**office.REPORT, **line} for line in lines])
    path = tmp_path / "reports.csv"
    path.write_bytes(content)
    monkeypatch.setattr(pieces, "PIECE", 20_000)
    monkeypatch.setattr("truceline.intake.table.LONG", 1 if shape == "pieces" else 1 << 40)
    seen = []
    for shared_from in (1, 1 << 40):
        monkeypatch.setattr(sharing, "SHARED_FROM", shared_from)
        mission, chance = tmp_path / f"{shared_from}.truceline", drawn()
        init(mission, "example", reading="strict", exercise=True, now_us=0, chance=chance).close()
        [file] = take_in(mission, [path], now_us=0, chance=chance).files
        assert (file.reports, file.revised) == (2_900, 100)
        assert rebuild(mission, now_us=0, chance=chance).same
        with open_mission(mission) as held:
            seen.append((held.dump_tables(), held.cut(), held.audit()))
    assert seen[0] == seen[1]
    assert seen[0][2] == []


def test_a_long_text_most_of_which_is_damaged_is_refused_as_a_whole(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 100)
    monkeypatch.setattr("truceline.intake.bounds.MOST_DAMAGED", 20)
    text = "\n".join([",".join(HEADER), *["1,ngo"] * 50])
    header = find_header(text, lambda cells: cells == HEADER)
    with pytest.raises(FileNotRead, match="rows are damaged"):
        list(Readers(drawn()).read(asked_of("utf-8"), TextRows(text, "utf-8", header, "t.csv")))
