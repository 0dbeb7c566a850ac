"""Workbooks opened by the second process: the same bytes in the mission, and every refusal in its turn."""

import io
import zipfile
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from truceline.errors import FileNotRead
from truceline.pipeline import opening_ahead
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.take_in import take_in

CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


def drawn():
    """The same bytes each time, as random as need be."""
    numbers = count()
    return lambda size: b"".join(sha256(b"%d" % next(numbers)).digest() for _ in range(size // 32 + 1))[:size]


def workbook(rows) -> bytes:
    made = "".join(f"<row>{''.join(CELL.format(cell) for cell in row)}</row>" for row in rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "xl/workbook.xml", '<workbook><sheets><sheet name="S" r:id="1" xmlns:r="r"/></sheets></workbook>'
        )
        link = '<Relationships><Relationship Id="1" Target="worksheets/sheet1.xml"/></Relationships>'
        archive.writestr("xl/_rels/workbook.xml.rels", link)
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{made}</sheetData></worksheet>")
    return out.getvalue()


@pytest.fixture
def files(office, tmp_path: Path):
    header, line = list(office.REPORT_COLUMNS), office.REPORT
    table = tmp_path / "first.csv"
    table.write_bytes(office.as_csv(header, [{**line, "report_id": "a"}]))
    book = tmp_path / "second.xlsx"
    rows = [{**line, "report_id": str(n)} for n in range(30)]
    book.write_bytes(workbook([header, *[[row.get(name, "") for name in header] for row in rows]]))
    return [table, book]


def taken(mission, files, **asked):
    chance = drawn()
    init(mission, "example", reading="strict", exercise=True, now_us=0, chance=chance).close()
    rows = [file.rows for file in take_in(mission, files, now_us=0, chance=chance, **asked).files]
    with open_mission(mission) as held:
        assert held.audit() == []
        return rows, held.dump_tables()


def test_a_workbook_opened_ahead_enters_the_same_bytes(files, tmp_path, monkeypatch):
    seen = []
    for large in (0, 1 << 40):
        monkeypatch.setattr(opening_ahead, "LARGE_BYTES", large)
        seen.append(taken(tmp_path / f"{large}.truceline", files))
    assert seen[0] == seen[1]
    assert seen[0][0] == [1, 30]


def test_a_broken_workbook_is_refused_in_its_turn_and_nothing_is_entered(files, tmp_path, monkeypatch):
    monkeypatch.setattr(opening_ahead, "LARGE_BYTES", 0)
    files[1].write_bytes(files[1].read_bytes()[:300])
    with pytest.raises(FileNotRead, match=r"second\.xlsx is a broken spreadsheet"):
        taken(tmp_path / "m.truceline", files)
    files[0].write_bytes(b"\n\n")
    with pytest.raises(FileNotRead, match=r"first\.csv"):
        taken(tmp_path / "n.truceline", files)


def test_a_workbook_that_changed_meanwhile_is_read_anew(files):
    class Done:
        def result(self):
            raise AssertionError("what was read of other bytes is not taken")

    class Readers:
        def aside(self, *_):
            return Done()

    ahead = opening_ahead.OpeningAhead(Readers(), files, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening_ahead, "LARGE_BYTES", 0)
        ahead.begin(files[0])
    assert ahead.tables(files[0], b"") is None
    assert ahead.tables(files[1], b"other bytes") is None
