"""Two thousand damaged files through take-in: every row is somewhere, nothing is mended, the record holds.

Rows are counted and cells are split by a small machine over bytes written here, which shares no code
with intake and none with Python's csv.
"""

import contextlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

FILES, MISSIONS, TOGETHER = 2_000, 10, 50
REPORTS = (
    "report_id source when kind side_a side_b lat lon radius_m place area killed_low killed_best killed_high words"
).split()
GED = (
    "id type_of_violence side_a side_b where_prec where_coordinates adm_1 latitude longitude country event_clarity "
    "date_prec date_start date_end deaths_a deaths_b low best high source_article"
).split()
WATCHES = "coverage_id source area from to status stopped_by words".split()
TALLIES = "tally_id source area from to of low best high method words".split()
WORDS = ("near the mill", "قصف على السوق", "l’été", 'said "no" twice', "two\nlines", "", " spaced ", "a;b\tc,d")
JUNK = (
    "", " ", "-", "1e5", "03/04/2025", "٣", "12 ", "3,5", "NaN", "=1+1", "\x00", '"', "9" * 14, "2025-02-30",
    "x" * 3_000,
    "-7", "0x10", "2025-03-04T25:00", "night of 4-6 March 2025", "\ufeff1", "90.0000001",
)  # fmt: skip


# --- files, made up and then damaged ------------------------------------------------------------


def report(chance: Random, i: int) -> list[str]:
    low = chance.randint(0, 3)
    point = (
        [f"{chance.uniform(19.4, 20.5):.5f}", f"{chance.uniform(-40.3, -39.7):.5f}"]
        if chance.random() < 0.7
        else ["", ""]
    )
    return [
        f"r{i}", chance.choice(["ngo", "wire-1", ""]),
        chance.choice(["2025-03-20", "2025-03", "2025-03-20T14:05", "night of 4-5 March 2025"]),
        chance.choice(["shelling", "", "air_strike"]),
        "Northern Army; NA", "Plain Front", *point, chance.choice(["", "500"]),
        chance.choice(WORDS), chance.choice(["river_towns", "", "السهل الجنوبي"]), str(low), str(low + 1),
        str(low + 1), chance.choice(WORDS),
    ]  # fmt: skip


def event(chance: Random, i: int) -> list[str]:
    low = chance.randint(0, 3)
    return [
        str(900_000 + i), chance.choice("123"), "Northern Army, NA", "Plain Front", chance.choice("1234567"), "Mill",
        "River Towns", f"{chance.uniform(19.4, 20.5):.6f}", f"{chance.uniform(-40.3, -39.7):.6f}", "X",
        chance.choice("12"),
        chance.choice("1123"), "2025-03-20", "2025-03-20 00:00:00.000", str(low), "0", str(low), str(low + 1), str(low),
        chance.choice(WORDS),
    ]  # fmt: skip


def watch(chance: Random, i: int) -> list[str]:
    return [
        f"c{i}", "ngo", "whole theatre", "2025-03-20", chance.choice(["2025-03-20", "2025-03-21T06:00"]),
        chance.choice(["reported", "stopped", "silent"]), "", chance.choice(WORDS),
    ]  # fmt: skip


def tally(chance: Random, i: int) -> list[str]:
    best = chance.randint(0, 40)
    return [
        f"t{i}",
        "ngo",
        "river_towns",
        "2025-03-20",
        "2025-03-27",
        "killed",
        "",
        str(best),
        "",
        "",
        chance.choice(WORDS),
    ]


def made(chance: Random) -> tuple[bytes, str, bool]:
    """A file, its delimiter, and whether its header may have been hit."""
    header, row = chance.choice(
        [(REPORTS, report), (REPORTS, report), (GED, event), (GED, event), (WATCHES, watch), (TALLIES, tally)]
    )
    rows = [row(chance, chance.randrange(40)) for _ in range(chance.randint(1, 9))]
    rows += chance.sample(rows, chance.randint(0, len(rows)))
    for _ in range(chance.randint(0, 4)):
        cells = chance.choice(rows)
        cells[chance.randrange(len(cells))] = chance.choice(JUNK)
    delimiter, end = chance.choice(",,;\t"), chance.choice(["\n", "\r\n", "\r"])
    lines = [delimiter.join(quoted(cell, delimiter) for cell in cells) for cells in (header, *rows)]
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "windows-1256", "windows-1252"])
    content = (end.join(lines) + chance.choice(["", end, end + end])).encode(encoding, "replace")
    header_hit = chance.random() < 0.03
    start = 0 if header_hit else len((lines[0] + end).encode(encoding))
    for _ in range(chance.randint(0, 5)):
        content = hurt(chance, content, start)
    return content, delimiter, header_hit


def quoted(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in (delimiter, '"', "\n", "\r")) else cell


def hurt(chance: Random, content: bytes, start: int) -> bytes:
    """One wound: a byte put in, changed, taken out; a piece doubled or cut out; the rest lost."""
    if start >= len(content):
        return content
    at = chance.randrange(start, len(content))
    stop = min(len(content), at + chance.randint(1, 30))
    one = chance.choice([b'"', b",", b";", b"\t", b"\n", b"\r", b"\x00", b"\xff", b" ", bytes([chance.randrange(256)])])
    return chance.choice([
        content[:at] + one + content[at:], content[:at] + one + content[at + 1 :], content[:at] + content[at + 1 :],
        content[:at] + content[at:stop] + content[at:], content[:at] + content[stop:], content[:stop],
    ])  # fmt: skip


# --- an independent reader of records, byte by byte ---------------------------------------------


def records(content: bytes, delimiter: str) -> dict[int, list[bytes]]:
    """The cells of every record that is not blank, by its number as a person counts, blank ones included."""
    found: dict[int, list[bytes]] = {}
    at, end, number, sign = 3 * content.startswith(b"\xef\xbb\xbf"), len(content), 0, delimiter.encode()
    while at < end:
        number += 1
        cells, at = record(content, at, sign)
        if cells is not None:
            found[number] = cells
    return found


def record(content: bytes, at: int, sign: bytes) -> tuple[list[bytes] | None, int]:
    """The cells of the record that begins at a byte (None for a blank one), and where the next begins."""
    if content[at : at + 1] in (b"\n", b"\r"):
        return None, at + (2 if content[at : at + 2] == b"\r\n" else 1)
    cells = []
    while True:
        cell, at = cell_at(content, at, sign)
        cells.append(cell)
        if content[at : at + 1] != sign:
            return cells, at + (2 if content[at : at + 2] == b"\r\n" else 1)
        at += 1


def cell_at(content: bytes, at: int, sign: bytes) -> tuple[bytes, int]:
    """One cell, and the byte that ends it. A quote means something only where a cell begins with it."""
    cell = b""
    if content[at : at + 1] == b'"':
        at += 1
        while True:
            close = content.find(b'"', at)
            if close < 0:
                return cell + content[at:], len(content)
            cell, at = cell + content[at:close], close + 1
            if content[at : at + 1] != b'"':
                break
            cell, at = cell + b'"', at + 1
    stop = at
    while stop < len(content) and content[stop : stop + 1] not in (sign, b"\n", b"\r"):
        stop += 1
    return cell + content[at:stop], stop


# --- what is stored against the cells it was read from ------------------------------------------


def compare(table: str, row: dict[str, Any], cells: dict[str, str]) -> None:
    """Every value that was accepted can be written again from the cell it stands for."""
    assert row["source"] == ("ucdp" if "where_prec" in cells else cells["source"].strip(" ") or "hotline")
    if table == "report":
        compare_report(row, cells)
    elif table == "coverage":
        same(row, cells, {"source_row": "coverage_id", "area": "area", "status": "status"}, trim=True)
        same(row, cells, {"stopped_by": "stopped_by", "words": "words"})
    else:
        same(row, cells, {"source_row": "tally_id", "area": "area", "of": "of"}, trim=True)
        same(row, cells, {"method": "method", "words": "words"})
        for name in ("low", "best", "high"):
            whole(row[name], cells[name])


def compare_report(row: dict[str, Any], cells: dict[str, str]) -> None:
    ged = "where_prec" in cells
    for ours in ("killed_low", "killed_best", "killed_high"):
        whole(row[ours], cells[ours.removeprefix("killed_") if ged else ours])
    same(
        row,
        cells,
        {"words": "source_article", "place": "where_coordinates"} if ged else {"words": "words", "place": "place"},
    )
    same(row, cells, {"source_row": "id" if ged else "report_id"}, trim=True)
    if row["lat_e7"] is not None:
        degrees(row["lat_e7"], cells["latitude" if ged else "lat"])
        degrees(row["lon_e7"], cells["longitude" if ged else "lon"])
    if ged:
        days = [cells[name].strip(" ")[:10] for name in ("date_start", "date_end")]
        assert row["when_words"] == "/".join(dict.fromkeys(days))
    else:
        assert row["when_words"] == cells["when"].strip(" ")
        same(row, cells, {"kind": "kind", "area": "area"}, trim=True)


def same(row: dict[str, Any], cells: dict[str, str], names: dict[str, str], *, trim: bool = False) -> None:
    for ours, theirs in names.items():
        assert row[ours] == (cells[theirs].strip(" ") if trim else cells[theirs]), (ours, row, cells)


def whole(value: int | None, cell: str) -> None:
    text = cell.replace("\ufeff", "").strip(" ").replace("٣", "3")
    assert (value is None) == (text == "")
    assert value is None or (re.fullmatch("-?[0-9]+", text) and int(text) == value)


def degrees(value: int, cell: str) -> None:
    text = cell.replace("\ufeff", "").strip(" ").replace("٣", "3")
    assert re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text)
    assert int((Decimal(text) * 10**7).quantize(Decimal(1), ROUND_HALF_UP)) == value


def stored_rows(mission: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a read table, in force or not, with the file and encoding they came from."""
    named = "t.*, s.file AS s_file, s.encoding AS s_encoding"
    question = f"SELECT {named} FROM {table} t JOIN submission s ON t.submission = s.seq"
    with contextlib.closing(sqlite3.connect(f"{mission.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield from (dict(row) for row in connection.execute(question))


@pytest.mark.long
def test_every_row_of_a_damaged_file_is_somewhere_and_no_value_is_mended(office, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    for block in range(MISSIONS):
        folder = tmp_path / str(block)
        folder.mkdir()
        take_in_block(
            office.Desk(folder).init(), range(block * FILES // MISSIONS, (block + 1) * FILES // MISSIONS), seen
        )
    print(f"damaged files: {FILES}; {dict(seen)}")
    assert seen["files read"] + seen["files not read"] == FILES
    assert seen["files not read"] < FILES * 0.05
    assert min(seen[name] for name in ("reports", "revised", "refused", "already_held", "values compared")) > 300


def take_in_block(desk: Any, seeds: range, seen: Counter[str]) -> None:
    files = {f"f{seed}.csv": made(Random(seed)) for seed in seeds}
    sound = [name for name, (_, _, header_hit) in files.items() if not header_hit]
    batches = [sound[at : at + TOGETHER] for at in range(0, len(sound), TOGETHER)] + [
        [name] for name in files if name not in sound
    ]
    told: Counter[str] = Counter()
    for batch in batches:
        paths = [desk.file(name, files[name][0]) for name in batch]
        ran = desk.run("take-in", desk.mission, *paths, "--source", "hotline", "--json")
        assert "Traceback" not in ran.err
        if ran.code == 2 and len(batch) == 1:
            seen["files not read"] += 1
            assert ran.err.startswith("truceline: ")
            continue
        assert ran.code == 0, (batch, ran.err)
        for file in ran.json()["files"]:
            content, delimiter, header_hit = files[Path(file["file"]).name]
            assert header_hit or file["rows"] == len(records(content, delimiter)) - 1, file
            assert file["rows"] == file["reports"] + file["revised"] + file["refused"] + file["already_held"], file
            told.update({name: file[name] for name in ("rows", "reports", "revised", "refused", "already_held")})
            seen["files read"] += 1
    seen.update(told)
    compare_block(desk, files, told, seen)


def compare_block(desk: Any, files: dict[str, tuple[bytes, str, bool]], told: Counter[str], seen: Counter[str]) -> None:
    cells_of = {name: records(content, delimiter) for name, (content, delimiter, _) in files.items()}
    entered = 0
    for table in ("report", "coverage", "tally"):
        for row in stored_rows(desk.mission, table):
            entered += 1
            if files[row["s_file"]][2]:
                continue  # the header was hit: what its columns mean is not for this test to say
            found = cells_of[row["s_file"]]
            head, here = found[min(found)], found[row["row"]]
            decoded = [cell.decode(row["s_encoding"]) for cell in here]
            compare(table, row, dict(zip((cell.decode() for cell in head), decoded, strict=True)))
            seen["values compared"] += 1
    [(refused,)] = desk.stored("SELECT count(DISTINCT seq) FROM refusal")
    assert (entered, refused) == (told["reports"] + told["revised"], told["refused"])
    assert all(row["reason"] and row["mend"] for row in stored_rows(desk.mission, "refusal"))
    assert desk.told("audit")["faults"] == []
    assert desk.told("rebuild")["same"] is True
