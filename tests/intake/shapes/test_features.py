"""GeoJSON and KML: properties as columns, and the place worked out from the geometry."""

import json
from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import FileNotRead
from truceline.intake.layout import payload, row_of
from truceline.intake.reading import Refused, read_file, read_rows
from truceline.intake.shapes.point import place_of

REPORT = {"report_id": "1", "source": "ngo", "when": "2025-03-04", "kind": "", "side_a": "", "side_b": ""}


def collection(*geometries, **more):
    features = [
        {"type": "Feature", "id": "f", "geometry": made, "properties": {**REPORT, **more}} for made in geometries
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def read(content, context):
    table = read_file("map.geojson", content)
    for row in table.rows:
        assert row_of(row.number, payload(row, table.layout), table.layout) == row
    return [noun for _, noun in read_rows(table, context)]


def test_a_point_comes_longitude_first(context):
    (report,) = read(collection({"type": "Point", "coordinates": [37.25, 36.5, 400]}), context)
    assert (report.lat_e7, report.lon_e7, report.radius_m) == (365_000_000, 372_500_000, 1_000)


def test_a_surface_is_the_middle_of_its_box_and_a_circle_that_holds_it(context):
    ring = [[37, 36], [38, 36], [38, 37], [37, 37], [37, 36]]
    (report,) = read(collection({"type": "Polygon", "coordinates": [ring]}), context)
    assert (report.lat_e7, report.lon_e7) == (365_000_000, 375_000_000)
    assert 71_400 < report.radius_m < 73_000


def test_a_feature_without_a_geometry_has_no_place(context):
    (report,) = read(collection(None), context)
    assert (report.lat_e7, report.radius_m) == (None, 0)


def test_a_place_that_the_properties_say_goes_before_the_geometry(context):
    (report,) = read(collection({"type": "Point", "coordinates": [1, 2]}, lat="36.5", lon="37.25"), context)
    assert report.lat_e7 == 365_000_000


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [200, 36]}, {"type": "Point", "coordinates": ["37", "36"]},
        {"type": "Point", "coordinates": []}, {"type": "Point"}, {"type": "Circle", "coordinates": [37, 36]},
        {"type": "GeometryCollection", "geometries": []}, {"type": "Point", "coordinates": [37]}, 5,
    ],
)  # fmt: skip
def test_a_geometry_that_cannot_be_read_refuses_its_row(geometry, context):
    (refused,) = read(collection(geometry), context)
    assert isinstance(refused, Refused)
    assert {fault.column for fault in refused.faults} == {"lat", "lon"}


def distance_m(lat, lon, other_lat, other_lon):
    """Great circle on the sphere of 6,371,008.8 m, to check the bound against."""
    a, b, c, d = map(radians, (lat, lon, other_lat, other_lon))
    return 2 * 6_371_008.8 * asin(sqrt(min(1, sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2)))


@given(st.lists(st.tuples(st.floats(30, 33), st.floats(-80, -76) | st.floats(35, 38)), min_size=2, max_size=6))
def test_the_circle_of_a_shape_reaches_each_of_its_points(points):
    shape = {"type": "MultiPoint", "coordinates": [[round(lon, 6), round(lat, 6)] for lon, lat in points]}
    lat, lon, radius = place_of(json.dumps(shape))
    if max(lat for _, lat in points) - min(lat for _, lat in points) < 10:
        assert all(distance_m(float(lat), float(lon), y, x) <= int(radius) for x, y in shape["coordinates"])


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>all</name>
<Placemark id="p1"><name>Mill</name><description><![CDATA[<b>shells</b>]]></description>
 <TimeStamp><when>2025-03-04</when></TimeStamp>
 <ExtendedData><Data name="report_id"><value>1</value></Data><Data name="source"><value>ngo</value></Data>
 <Data name="kind"><value/></Data><Data name="side_a"><value>A &amp; B</value></Data><Data name="side_b"><value/></Data>
 </ExtendedData><Point><coordinates>37.25,36.5,0</coordinates></Point></Placemark>
<Placemark><Point><coordinates> 1,x </coordinates></Point></Placemark></Document></kml>"""


def test_placemarks_are_features(context):
    first, second = read(KML.encode(), context)
    assert (first.source_row, first.lat_e7, first.lon_e7, first.when_words) == (
        "1",
        365_000_000,
        372_500_000,
        "2025-03-04",
    )
    assert first.side_a == ("A & B",)
    assert isinstance(second, Refused)


def test_two_values_of_one_name_damage_their_placemark(context):
    twice = KML.replace('<Data name="kind">', '<Data name="source">', 1)
    table = read_file("map.kml", (KML.replace("</Document></kml>", "") + twice.partition("</name>")[2]).encode())
    assert [row.fault is None for row in table.rows] == [True, True, False, True]
    assert "'source' stands twice" in table.rows[2].fault.reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml><name>&b;</name></kml>', "document type"),
        (b'<!DOCTYPE kml SYSTEM "file:///etc/passwd"><kml/>', "document type"),
        (b"<kml><Placemark></kml>", "broken XML"),
        (b"<kml>" + b"<a>" * 100, "inside each other"),
        (b"<kml/>", "JSON without records|no records|of no known form|holds no"),
    ],
)
def test_kml_with_entities_or_broken_is_refused(content, said):
    with pytest.raises(FileNotRead, match=said):
        read_file("map.kml", content)
