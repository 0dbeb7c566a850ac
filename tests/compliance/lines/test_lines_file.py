"""`lines.geojson` of a pack: the lines that its rules are measured from, each drawn once."""

import json
from importlib import resources

import pytest

from truceline.compliance.pack import PACK_FILES, read_pack
from truceline.errors import PackError

FOLDER = resources.files("truceline") / "agreements" / "example"
FILES = {name: (FOLDER / name).read_bytes() for name in PACK_FILES}
LINES = b"""
lines:
  - {id: river, name: {en: The river}, cited: {source: Annex, tag: cited}, precision_m: 250, left: north, right: south}
"""
DRAWN = {"type": "LineString", "coordinates": [[38.0, 36.1234567], [38.5, 36.0]]}


def pack(geometry=DRAWN, name="river", lines=LINES, **more):
    feature = {"type": "Feature", "id": name, "properties": {}, "geometry": geometry}
    drawn = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    written = FILES["agreement.yaml"]
    assert b"\nlines:" not in written
    return read_pack({**FILES, "agreement.yaml": written + lines, "lines.geojson": drawn, **more}, "example")


def test_a_line_is_read_as_it_is_drawn_with_its_precision_and_sides():
    river = pack().lines["river"]
    assert river.parts[0].tolist() == [[361_234_567, 380_000_000], [360_000_000, 385_000_000]]
    assert (river.precision_m, river.left, river.right) == (250, "north", "south")


def test_the_file_is_of_the_pack_and_of_its_digest():
    without = read_pack(FILES, "example")
    assert without.lines == {} and "lines.geojson" not in without.sources
    assert "lines.geojson" in pack().sources
    assert pack().digest != pack({"type": "LineString", "coordinates": [[38, 36], [39, 36]]}).digest


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        ({"type": "Point", "coordinates": [38, 36]}, "'river' is no LineString or MultiLineString"),
        ({"type": "LineString", "coordinates": [[38, 36]]}, "fewer than two points"),
        ({"type": "LineString", "coordinates": [[38, 36], [38, 36]]}, "without length"),
        ({"type": "LineString", "coordinates": [[-179, 36], [179, 36]]}, "180th meridian"),
        (None, "is no LineString"),
    ],
)
def test_what_is_no_line_is_refused_with_its_line(geometry, says):
    with pytest.raises(PackError, match=says) as refused:
        pack(geometry)
    assert refused.value.message.startswith("lines.geojson, line 1")


def test_lines_and_features_have_to_match():
    with pytest.raises(PackError, match="'sea' is no line of agreement"):
        pack(name="sea")
    with pytest.raises(PackError, match="names the line 'river'"):
        read_pack({**FILES, "agreement.yaml": FILES["agreement.yaml"] + LINES}, "example")
