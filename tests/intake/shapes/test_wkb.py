"""Geometries of GeoPackage in every spelling of well-known binary, and the place they give."""

import json
import math
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from truceline.intake.shapes.point import place_of
from truceline.intake.shapes.wkb import geometry_text

NUMBER = st.floats(allow_nan=False, allow_infinity=False)
ORDINATES = st.sampled_from(["xy", "xyz", "xym", "xyzm"])
WAY = st.fixed_dictionaries({
    "big": st.booleans(), "ordinates": ORDINATES, "extended": st.booleans(), "srid": st.sampled_from([None, 4326]),
}).filter(lambda way: way["extended"] or way["srid"] is None)  # fmt: skip


def read(blob, srs=4326):
    return json.loads(geometry_text(blob, srs))


def why(blob):
    made = read(blob)
    assert made["blob"] == blob.hex()
    lat, lon, radius = place_of(json.dumps(made))
    assert lat.startswith("a geometry of the type that is not read: ") and (lon, radius) == ("", "")
    return made["type"].removeprefix("that is not read: ")


@given(st.data(), WAY, st.integers(0, 4))
def test_a_point_is_read_with_each_of_its_numbers_unrounded(geopackages, data, way, envelope):
    width = len(way["ordinates"])
    numbers = data.draw(st.lists(NUMBER, min_size=width, max_size=width))
    wkb = geopackages.head(1, **way) + geopackages.positions([numbers], big=way["big"], counted=False)
    made = read(geopackages.package(wkb, big=data.draw(st.booleans()), envelope=envelope))
    assert made["type"] == "Point"
    assert made.get("ordinates", "") == (way["ordinates"] if "m" in way["ordinates"] else "")
    for given_, found in zip(numbers, made["coordinates"], strict=True):
        # Near nought the digits are cut after the seventeenth: less than the width of an atom, in degrees.
        assert found == given_ or (abs(given_) < 0.1 and abs(found - given_) <= 1e-17)


@given(st.floats(-180, 180) | st.floats(-1, 1), st.floats(-90, 90) | st.floats(-1e-5, 1e-5), st.booleans())
def test_the_place_of_a_point_is_its_own_to_a_centimetre(geopackages, lon, lat, big):
    blob = geopackages.package(
        geopackages.head(1, big=big) + geopackages.positions([(lon, lat)], big=big, counted=False)
    )
    south, east, radius = place_of(geometry_text(blob, 4326))
    assert abs(Decimal(south) - Decimal(lat)) <= Decimal("5.1e-8") and abs(Decimal(east) - Decimal(lon)) <= Decimal(
        "5.1e-8"
    )
    assert radius == ""


LINE = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=5)


@given(st.lists(st.lists(LINE, min_size=1, max_size=3), min_size=1, max_size=3), st.booleans())
def test_lines_surfaces_and_many_of_them_are_those_of_geojson(geopackages, surfaces, big):
    head, positions = geopackages.head, geopackages.positions

    def counted(parts):
        return len(parts).to_bytes(4, "big" if big else "little") + b"".join(parts)

    def surface(rings):
        return head(3, big=big) + counted([positions(ring, big=big) for ring in rings])

    def line(ring):
        return head(2, big=big) + positions(ring, big=big)

    def lists(value):
        return [lists(inner) for inner in value] if isinstance(value, list | tuple) else value

    ring, lines = surfaces[0][0], surfaces[0]
    points = [head(1, big=big) + positions([at], big=big, counted=False) for at in ring]
    for wkb, kind, coordinates in (
        (line(ring), "LineString", ring), (surface(lines), "Polygon", lines),
        (head(4, big=big) + counted(points), "MultiPoint", ring),
        (head(5, big=big) + counted([line(one) for one in lines]), "MultiLineString", lines),
        (head(6, big=big) + counted([surface(one) for one in surfaces]), "MultiPolygon", surfaces),
    ):  # fmt: skip
        made = read(geopackages.package(wkb))
        assert made["type"] == kind
        assert [round(x, 15) for x in flat(made["coordinates"])] == [round(x, 15) for x in flat(lists(coordinates))]


def flat(value):
    return [number for inner in value for number in flat(inner)] if isinstance(value, list) else [value]


def test_an_empty_geometry_is_no_place(geopackages):
    nan, none = math.nan, (0).to_bytes(4, "little")
    empty_point = geopackages.head(1) + geopackages.positions([(nan, nan)], counted=False)
    for wkb in (
        empty_point, *[geopackages.head(kind) + none for kind in range(2, 8)],
        geopackages.head(4) + (1).to_bytes(4, "little") + empty_point,
        geopackages.head(7) + (1).to_bytes(4, "little") + empty_point,
    ):  # fmt: skip
        assert read(geopackages.package(wkb, empty=True)) is read(geopackages.package(wkb)) is None
    assert read(None) is None


def test_a_collection_is_kept_and_gives_no_one_place(geopackages):
    inner = geopackages.head(1) + geopackages.positions([(37.25, 36.5)], counted=False)
    text = geometry_text(geopackages.package(geopackages.head(7) + (1).to_bytes(4, "little") + inner), 4326)
    assert text == '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[37.25,36.5]}]}'
    assert place_of(text)[0] == "a geometry of the type GeometryCollection"


def test_what_cannot_be_read_is_kept_and_says_why(geopackages):
    head, positions, package = geopackages.head, geopackages.positions, geopackages.package
    good = head(1) + positions([(37.25, 36.5)], counted=False)
    nested = b"".join([(head(7) + (1).to_bytes(4, "little")) for _ in range(9)]) + good
    for blob, told in (
        (b"", "it ends too early"), (b"XX" + package(good)[2:], "no header of GeoPackage"),
        (good, "no header of GeoPackage"),
        (package(good)[:-1], "it ends too early"), (package(good) + b"\0", "more bytes follow its end"),
        (package(good, srs=32637), "its own header says system 32637, its table 4326"),
        (b"GP\0\x21" + package(good)[4:], "an extended geometry"),
        (b"GP\0\x0b" + package(good)[4:], "an extended geometry"),
        (package(b"\2" + good[1:]), "the byte order is not told"), (package(head(8) + bytes(4)), "a CircularString"),
        (package(head(999) + bytes(4)), "no known type of geometry"), (package(head(0)), "no known type of geometry"),
        (package(head(5001) + bytes(16)), "no known type of geometry"),
        (package(head(2) + b"\xff\xff\xff\xff"), "it ends too early"),
        (package(head(6) + b"\xff\xff\xff\xff"), "it ends too early"),
        (package(head(1) + positions([(math.inf, 36)], counted=False)), "a coordinate that is no finite number"),
        (package(head(1) + positions([(37, math.nan)], counted=False)), "a coordinate that is no finite number"),
        (package(nested), "geometries nested too deeply"),
        (package(head(5) + (1).to_bytes(4, "little") + good), "a part is of another type than the whole"),
        (package(head(1, extended=True, srid=3857) + bytes(16)), "well-known binary of another coordinate system"),
    ):  # fmt: skip
        assert why(blob) == told


def test_a_geometry_that_is_no_binary_is_kept_as_it_stands():
    assert read("POINT(37 36)") == {"type": "that is not read: no binary", "blob": "POINT(37 36)"}


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_give_json_and_a_place_or_its_lack(geopackages, some, headed):
    text = geometry_text(geopackages.package(some) if headed else some, 4326)
    json.loads(text)
    assert len(place_of(text)) == 3
