"""Damaged JSON, workbooks and KML: every row that is read comes back from its payload, and nothing else is raised."""

import io
import json
import random
import zipfile

import pytest

from truceline.errors import FileNotRead
from truceline.intake.context import ReadContext
from truceline.intake.layout import Layout, payload, row_of
from truceline.intake.reading import Refused, read_tables, row_reader

FILES = 1_200
CONTEXT = ReadContext(
    zone="Asia/Damascus", default_source="f", box=(320_000_000, 350_000_000, 375_000_000, 425_000_000)
)
ODD = (
    None, True, 1.5, -3, "", "x" * 70_000, "\x00", "دخان", [1, [2]], {"a": {"b": 1}}, {}, "NaN", 10**30,
    "36,5", "\ud83d",
    {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": 1}}}}}}}}},
)  # fmt: skip
SPLICES = (
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"\\u",
    b"NaN",
    b"\xff",
    b"\n",
    b"<",
    b"&lol;",
    b"<!DOCTYPE x>",
    b"1e9",
)


def records(rng, samples):
    made = rng.choice([sample for sample in samples.values() if sample.good])
    rows = [dict(zip(made.header, rng.choice(made.good + made.bad), strict=True)) for _ in range(rng.randint(1, 6))]
    for row in rows:
        if rng.random() < 0.3:
            row[rng.choice([*row, "more", "a.b"])] = rng.choice(ODD)
        if rng.random() < 0.2:
            del row[rng.choice(list(row))]
    return made, rows


def as_json(rng, made, rows):
    if rng.random() < 0.3:
        return "\n".join(json.dumps(row) for row in rows).encode("utf-8", "surrogatepass")
    if rng.random() < 0.3:
        lists = [made.header, *([row.get(name, "") for name in made.header] for row in rows)]
        return json.dumps(lists).encode()
    answer = rows if rng.random() < 0.5 else {"count": len(rows), "data": rows, "errors": []}
    return json.dumps(answer, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, 1])).encode(
        "utf-8", "surrogatepass"
    )


def as_features(rng, made, rows):
    def geometry():
        at = [rng.uniform(30, 45), rng.uniform(30, 40)]
        return rng.choice([
            None, {"type": "Point", "coordinates": at}, {"type": "LineString", "coordinates": [at, [40, 36, 100]]},
            {"type": "Point", "coordinates": [200, 95]}, {"type": "Point", "coordinates": []}, {"type": "Circle"},
        ])  # fmt: skip

    features = [{"type": "Feature", "id": i, "geometry": geometry(), "properties": row} for i, row in enumerate(rows)]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode("utf-8", "surrogatepass")


def as_kml(rng, made, rows):
    marks = []
    for row in rows:
        named = "".join(f'<Data name="{name}"><value>{value}</value></Data>' for name, value in row.items())
        point = f"<Point><coordinates>{rng.uniform(30, 45)},{rng.uniform(30, 40)},0</coordinates></Point>"
        marks.append(f"<Placemark><name>m</name><ExtendedData>{named}</ExtendedData>{point}</Placemark>")
    return f'<kml xmlns="k"><Document>{"".join(marks)}</Document></kml>'.encode("utf-8", "replace")


def hurt(rng, content):
    for _ in range(rng.randint(0, 3)):
        at, more = rng.randrange(len(content) + 1), rng.randint(0, 20)
        content = (
            content[:at] + rng.choice([b"", rng.choice(SPLICES), content[at : at + more] * 2]) + content[at + more :]
        )
    return content


def hurt_workbook(rng, content):
    """A part of the workbook is hurt inside, or the archive as a whole."""
    if rng.random() < 0.4:
        return hurt(rng, content)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if rng.random() > 0.05:
                new.writestr(name, hurt(rng, old.read(name)) if rng.random() < 0.4 else old.read(name))
    return out.getvalue()


def tables_of(content):
    try:
        return read_tables("damaged", content)
    except FileNotRead:
        return []


@pytest.mark.parametrize("shape", ["json", "features", "kml", "sheet"])
def test_every_row_of_a_damaged_file_is_read_or_refused_and_kept(shape, samples, workbook):
    tables = rows = 0
    for seed in range(FILES // 4):
        rng = random.Random(f"{shape}{seed}")
        made, given = records(rng, samples)
        if shape == "sheet":
            cells = [made.header, *([str(row.get(name, "")) for name in made.header] for row in given)]
            try:
                content = workbook(
                    {
                        "S": [
                            [cell.replace("\x00", "").encode("utf-8", "ignore").decode() for cell in row]
                            for row in cells
                        ]
                    }
                )
            except UnicodeEncodeError:
                continue
            content = hurt_workbook(rng, content)
        else:
            content = hurt(rng, {"json": as_json, "features": as_features, "kml": as_kml}[shape](rng, made, given))
        if not content:
            continue
        found = tables_of(content)
        for table in found:
            tables += 1
            layout = Layout.from_plain(table.layout.plain())
            read = row_reader(layout, CONTEXT)
            for row in table.rows:
                rows += 1
                assert row_of(row.number, payload(row, layout), layout) == row, seed
                noun = read(row)
                assert not isinstance(noun, Refused) or all(fault.reason and fault.mend for fault in noun.faults)
                assert noun == read(row_of(row.number, payload(row, layout), layout))
    assert tables > 50
    assert rows > 150
