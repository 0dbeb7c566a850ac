"""Layers for maps: the columns of the CSV exports, typed; GeoJSON as its standard says; nothing without the gate."""

import csv
import io
import json
import sys
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest

from truceline.errors import NotReleased
from truceline.publication.geojson import geojson
from truceline.publication.layers import areas_layer, incidents_layer, ledger_layer, reports_layer
from truceline.publication.reports_table import TAKEN, export_reports_csv
from truceline.publication.tables import export_csv
from truceline.publication.wkb import wkb
from truceline.vocabulary.marking import INTERNAL, Audience, Reader

sys.path.insert(0, str(Path(__file__).parent))

import made_up

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "export.md"
SAID = {
    "seq": 3, "id": "ab" * 32, "source": "ngo", "source_row": "1", "start_us": 0, "end_us": 60_000_000,
    "when_words": "1970-01-01T00:00", "lat_e7": -1, "lon_e7": 1_799_999_999, "radius_m": 500, "place": "=1+1",
    "killed_best": 0, "side_a": '["North", "Guard"]', "side_b": "[]", "flags": "[]", "words": "</script><b>&",
    "submission": 1, "row": 2,
}  # fmt: skip
ROW = tuple(SAID.get(name, None if name.startswith("killed") else "") for name in TAKEN)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_report_is_a_point_with_longitude_first_and_its_radius_beside_it() -> None:
    written = geojson(reports_layer([ROW], {1: "a.csv"}, "UTC", True, INTERNAL))
    collection = json.loads(written)
    (feature,) = collection["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [179.9999999, -0.0000001]}
    assert feature["id"] == feature["properties"]["report"] == "ab" * 32
    assert feature["properties"]["radius_m"] == 500
    assert (collection["audience"], collection["exercise"]) == ("TLP:RED", True)
    assert (feature["properties"]["audience"], feature["properties"]["exercise"]) == ("TLP:RED", "yes")


def test_zero_is_a_number_and_what_is_not_said_is_null() -> None:
    (feature,) = json.loads(geojson(reports_layer([ROW], {1: "a.csv"}, "UTC", True, INTERNAL)))["features"]
    said = feature["properties"]
    assert (said["killed_low"], said["killed_best"], said["weapon"], said["side_b"]) == (None, 0, None, None)


def test_a_report_without_a_point_has_no_geometry() -> None:
    nowhere = tuple(None if name in ("lat_e7", "lon_e7") else value for name, value in zip(TAKEN, ROW, strict=True))
    (feature,) = json.loads(geojson(reports_layer([nowhere], {}, "UTC", True, INTERNAL)))["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["radius_m"] is None


def test_texts_stay_as_said_and_cannot_end_a_script_of_a_page() -> None:
    written = geojson(reports_layer([ROW], {1: "a.csv"}, "UTC", True, INTERNAL))
    assert not {b"<", b">", b"&"} & {bytes([byte]) for byte in written}
    said = json.loads(written)["features"][0]["properties"]
    assert (said["place"], said["words"], said["side_a"]) == ("=1+1", "</script><b>&", "North; Guard")


def test_a_layer_has_the_columns_of_the_csv_and_its_values() -> None:
    (row,) = read(export_reports_csv([ROW], {1: "a.csv"}, "UTC", True, INTERNAL))
    layer = reports_layer([ROW], {1: "a.csv"}, "UTC", True, INTERNAL)
    ((_, values),) = layer.rows
    assert list(layer.columns) == list(row)
    texts = {name: "" if value is None else str(value) for name, value in zip(layer.columns, values, strict=True)}
    assert {name for name in row if texts[name] != row[name]} == {"lat", "place"}
    assert (float(row["lat"]), row["place"]) == (-1e-7, "'=1+1")


def test_every_incident_has_its_point_and_the_answers_for_each_indicator() -> None:
    page = made_up.page()
    features = json.loads(geojson(incidents_layer(page, INTERNAL)))["features"]
    rows = read(export_csv(page, INTERNAL))
    assert len(features) == len(rows)
    for feature, row in zip(features, rows, strict=True):
        assert (feature["geometry"] is None) == (row["lat"] == "")
        if row["lat"]:
            assert feature["geometry"]["coordinates"] == [float(row["lon"]), float(row["lat"])]
        assert feature["properties"]["counts_all_incidents"] == row["counts_all_incidents"]


def test_outer_rings_run_counter_clockwise_and_holes_clockwise() -> None:
    page = made_up.page()
    square = np.array([0, 0, 10, 10, 0]), np.array([0, 10, 10, 0, 0])
    turned = tuple(axis[::-1] for axis in square)
    area = page.agreement.areas[0]
    for outer, hole in ((square, square), (turned, square), (turned, turned)):
        layer = areas_layer(_only(page.agreement, area.id), {area.id: [[outer, hole]]}, True, INTERNAL)
        ((shape, _),) = layer.rows
        assert [_twice(ring) > 0 for ring in shape[0]] == [True, False]


def _only(agreement, area):
    return msgspec.structs.replace(agreement, areas=tuple(one for one in agreement.areas if one.id == area))


def _twice(ring) -> float:
    return sum(x_1 * y_2 - x_2 * y_1 for (x_1, y_1), (x_2, y_2) in pairwise(ring))


def test_the_areas_are_features_with_their_names() -> None:
    page = made_up.page()
    collection = json.loads(geojson(areas_layer(page.agreement, page.geometry, True, INTERNAL)))
    assert [feature["id"] for feature in collection["features"]] == [area.id for area in page.agreement.areas]
    assert {feature["geometry"]["type"] for feature in collection["features"]} == {"MultiPolygon"}


def test_the_same_layer_gives_the_same_bytes() -> None:
    first, second = (geojson(incidents_layer(made_up.page(), INTERNAL)) for _ in range(2))
    assert first == second


def test_shapes_in_binary_have_x_for_longitude() -> None:
    assert wkb(None) is None
    assert wkb((1.0, 2.0)) == bytes.fromhex("0101000000000000000000f03f0000000000000040")
    square = [[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]]]
    assert wkb(square)[:22].hex() == "010600000001000000" + "010300000001000000" + "04000000"


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.INTERNAL])
def test_no_layer_passes_the_gate_for_another_audience(audience: Audience) -> None:
    page, reader = made_up.page(), Reader(audience)
    for made in (
        lambda: reports_layer([ROW], {}, "UTC", True, reader),
        lambda: incidents_layer(page, reader),
        lambda: ledger_layer(page, reader),
        lambda: areas_layer(page.agreement, page.geometry, True, reader),
    ):
        with pytest.raises(NotReleased):
            made()


def test_every_column_of_a_layer_is_in_the_reference() -> None:
    page, text = made_up.page(), DOCS.read_text("utf-8")
    for layer in (areas_layer(page.agreement, page.geometry, True, INTERNAL), ledger_layer(page, INTERNAL)):
        assert [name for name in layer.columns if f"`{name}`" not in text] == []
