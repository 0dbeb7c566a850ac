"""Two thousand damaged files: every row is a noun or a refusal, and nothing that is accepted was mended.

Records are counted, and cells split, by a machine over bytes written here, which shares no code with
intake or with Python's csv.
"""

import random
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

from truceline.errors import FileNotRead
from truceline.intake.context import ReadContext
from truceline.intake.layout import Layout, payload, row_of
from truceline.intake.reading import Refused, read_file, row_reader

NATIVE = "report_id,source,when,kind,side_a,side_b,lat,lon,radius_m,place,killed_low,killed_best,killed_high,words"
UCDP = (
    "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,country,event_clarity,"
    "date_prec,date_start,date_end,low,best,high,source_article"
)
WORDS = ("near the mill", "قصف على السوق", "l’école détruite", 'they said "no", twice', "two\nlines", "", " spaced ")
JUNK = (
    "",
    " ",
    "-",
    "1e5",
    "03/04/2016",
    "٣",
    "12 ",
    "3,5",
    "NaN",
    "=1+1",
    "\x00",
    '"',
    "x" * 70_000,
    "99999999999999",
)
CONTEXT = ReadContext(
    zone="Asia/Damascus", default_source="f", box=(320_000_000, 350_000_000, 375_000_000, 425_000_000)
)
FILES = 2_000


# --- files, made up and then damaged ------------------------------------------------------------


def native_row(rng: random.Random, i: int) -> list[str]:
    low = rng.randint(0, 3)
    return [
        f"r{i}", rng.choice(["ngo", "", "wire-1"]), rng.choice(["2016-02-27", "2016-03", "2016-02-27T14:05"]),
        rng.choice(["shelling", "", "air_strike"]), "North; Hill men", "South", f"{rng.uniform(33, 37):.4f}",
        f"{rng.uniform(36, 42):.4f}", rng.choice(["", "500"]), rng.choice(WORDS), str(low), str(low + 1), str(low + 1),
        rng.choice(WORDS),
    ]  # fmt: skip


def ucdp_row(rng: random.Random, i: int) -> list[str]:
    low = rng.randint(0, 3)
    return [
        str(900_000 + i), rng.choice("123"), "Government of X, Ally", "River Front", rng.choice("1234567"), "Mill",
        "Valley", f"{rng.uniform(33, 37):.6f}", f"{rng.uniform(36, 42):.6f}", "X", rng.choice("12"), "1",
        "2016-02-27", "2016-02-27 00:00:00.000", str(low), str(low + 1), str(low), rng.choice(WORDS),
    ]  # fmt: skip


def made(rng: random.Random) -> bytes:
    header, row = rng.choice([(NATIVE, native_row), (UCDP, ucdp_row)])
    rows = [row(rng, i) for i in range(rng.randint(1, 12))]
    for _ in range(rng.randint(0, 4)):
        cells = rng.choice(rows)
        cells[rng.randrange(len(cells))] = rng.choice(JUNK)
    delimiter, end = rng.choice(",;\t"), rng.choice(["\n", "\r\n", "\r"])
    lines = [
        header.replace(",", delimiter),
        *(delimiter.join(quoted(cell, delimiter) for cell in cells) for cells in rows),
    ]
    text = end.join(lines) + rng.choice(["", end])
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "windows-1256", "windows-1252", "utf-16"])
    content = text.encode(encoding, "replace")
    start = len(lines[0].encode(encoding)) if rng.random() < 0.95 else 0
    for _ in range(rng.randint(0, 5)):
        content = hurt(rng, content, start)
    return content


def quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in (delimiter, '"', "\n", "\r")) else cell


def hurt(rng: random.Random, content: bytes, start: int) -> bytes:
    if start >= len(content):
        return content
    at = rng.randrange(start, len(content))
    stop = min(len(content), at + rng.randint(1, 30))
    one = rng.choice([b'"', b",", b";", b"\n", b"\r", b"\x00", b"\xff", b" ", bytes([rng.randrange(256)])])
    return rng.choice([
        content[:at] + one + content[at:],
        content[:at] + one + content[at + 1 :],
        content[:at] + content[at + 1 :],
        content[:at] + content[at:stop] + content[at:],
        content[:at] + content[stop:],
        content[:stop],
    ])  # fmt: skip


# --- an independent reader of records, over code units ------------------------------------------


def records(content: bytes, encoding: str, delimiter: str) -> list[tuple[bytes, list[bytes]]]:
    """(its bytes, its cells) of every record that is not blank, by the rules of CSV as Python reads them."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        if content.startswith(mark) and (len(mark) == 3) == (encoding == "utf-8"):
            content = content[len(mark) :]
            break
    width = 2 if encoding.startswith("utf-16") else 1
    units = [content[i : i + width] for i in range(0, len(content), width)]
    sign = {name: char.encode(encoding) for name, char in {"d": delimiter, "q": '"', "n": "\n", "r": "\r"}.items()}
    found: list[tuple[bytes, list[bytes]]] = []
    cells: list[bytes] = []
    cell, raw, state = bytearray(), bytearray(), "record"
    i = 0
    while i < len(units):
        unit = units[i]
        i += 1
        raw += unit
        if unit in (sign["n"], sign["r"]) and state != "quoted":
            if unit == sign["r"] and i < len(units) and units[i] == sign["n"]:
                raw += units[i]
                i += 1
            if state != "record":
                found.append((bytes(raw), [*cells, bytes(cell)]))
            cells, cell, raw, state = [], bytearray(), bytearray(), "record"
        elif state == "quoted":
            state = "quote" if unit == sign["q"] else "quoted"
            cell += b"" if unit == sign["q"] else unit
        elif unit == sign["d"]:
            cells, cell, state = [*cells, bytes(cell)], bytearray(), "start"
        elif unit == sign["q"] and state in ("record", "start"):
            state = "quoted"
        elif unit == sign["q"] and state == "quote":
            cell += unit
            state = "quoted"
        else:
            cell += unit
            state = "plain"
    return [*found, (bytes(raw), [*cells, bytes(cell)])] if state != "record" else found


# --- the comparison -----------------------------------------------------------------------------


@pytest.mark.parametrize("block", range(20))
def test_every_row_of_a_damaged_file_is_read_or_refused_and_none_is_mended(block):
    tables = 0
    for seed in range(block * FILES // 20, (block + 1) * FILES // 20):
        content = made(random.Random(seed))
        try:
            table = read_file("damaged.csv", content)
        except FileNotRead:
            continue  # The header itself was hit.
        tables += 1
        _, *wanted = records(content, table.encoding, table.layout.delimiter)
        assert len(table.rows) == len(wanted), seed
        layout = Layout.from_plain(table.layout.plain())
        read = row_reader(layout, CONTEXT)
        nouns = [read(row) for row in table.rows]
        refused = sum(isinstance(noun, Refused) for noun in nouns)
        assert len(wanted) == len([noun for noun in nouns if not isinstance(noun, Refused)]) + refused
        for row, noun, (raw, cells) in zip(table.rows, nouns, wanted, strict=True):
            assert row_of(row.number, payload(row, layout), layout) == row
            if row.cells is None:
                assert row.raw == raw, seed
            else:
                assert row.cells == tuple(cell.decode(table.encoding) for cell in cells), seed
                compare(noun, defaultdict(str, zip(table.header, row.cells, strict=True)))
    assert tables > FILES // 20 * 0.7


def compare(noun, cells):
    """Every accepted value can be written again from the cell it was read from; a damaged header reads as no column."""
    if isinstance(noun, Refused):
        assert all(fault.reason and fault.mend for fault in noun.faults)
        return
    ucdp = "where_prec" in cells
    names = ("low", "best", "high") if ucdp else ("killed_low", "killed_best", "killed_high")
    for name, value in zip(names, (noun.killed_low, noun.killed_best, noun.killed_high), strict=True):
        assert_whole(cells[name], value)
    if noun.lat_e7 is not None:
        assert_degrees(cells["latitude" if ucdp else "lat"], noun.lat_e7)
        assert_degrees(cells["longitude" if ucdp else "lon"], noun.lon_e7)
    assert noun.words == cells["source_article" if ucdp else "words"]
    assert noun.place == cells["where_coordinates" if ucdp else "place"]
    assert noun.source_row == cells["id" if ucdp else "report_id"].strip(" ")
    assert noun.source == ("ucdp" if ucdp else cells["source"].strip(" ") or "f")
    for side in ("side_a", "side_b"):
        parts = cells[side].split(", " if ucdp else ";")
        assert [part.strip(" ") for part in parts if part.strip(" ")] == list(getattr(noun, side))
    if ucdp:
        ends = [cells[name].strip(" ")[:10] for name in ("date_start", "date_end")]
        assert noun.when_words == "/".join(dict.fromkeys(ends))
    else:
        assert noun.when_words == cells["when"].strip(" ")
        assert noun.kind == cells["kind"].strip(" ")


def assert_whole(cell, value):
    text = cell.strip(" ").replace("٣", "3")
    assert (value is None) == (text == "")
    assert value is None or (re.fullmatch("-?[0-9]+", text) and int(text) == value)


def assert_degrees(cell, value):
    text = cell.strip(" ").replace("٣", "3")
    assert re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text)
    assert int((Decimal(text) * 10**7).quantize(Decimal(1), ROUND_HALF_UP)) == value
