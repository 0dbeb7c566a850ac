"""Lines and surfaces from files: GeoJSON, GeoPackage, KML, Shapefile say the same; what is not clear is refused."""

import io
import json
import struct
import zipfile

import pytest
import shapefile

from truceline.compliance.territory.shapes import written
from truceline.errors import FileNotRead
from truceline.pipeline.drawn_files import read_drawn

LINE = {"type": "LineString", "coordinates": [[38, 36.5], [38.25, 36.75], [39, 36.5]]}
RINGS = [[[38, 36], [39, 36], [39, 37], [38, 36]], [[38.5, 36.1], [38.8, 36.4], [38.8, 36.1], [38.5, 36.1]]]
ZONE = {"type": "Polygon", "coordinates": RINGS}
WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]'


def geojson(*shapes):
    features = [
        {"type": "Feature", "id": f"f{n}", "properties": {"name": f"Drawn {n}"}, "geometry": one}
        for n, one in enumerate(shapes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def kml(*shapes):
    def said(points):
        return " ".join(f"{lon},{lat},0" for lon, lat in points)

    def placed(one):
        if one["type"] == "LineString":
            return f"<LineString><coordinates>{said(one['coordinates'])}</coordinates></LineString>"
        sides = ["outer", *["inner"] * (len(one["coordinates"]) - 1)]
        rings = [
            f"<{side}BoundaryIs><LinearRing><coordinates>{said(ring)}</coordinates></LinearRing></{side}BoundaryIs>"
            for side, ring in zip(sides, one["coordinates"], strict=True)
        ]
        return f"<Polygon>{''.join(rings)}</Polygon>"

    marks = "".join(
        f'<Placemark id="f{n}"><name>Drawn {n}</name>{placed(one)}</Placemark>' for n, one in enumerate(shapes)
    )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'.encode()


def shp(*shapes):
    made = io.BytesIO()
    kind = shapefile.POLYLINE if shapes[0]["type"] == "LineString" else shapefile.POLYGON
    with shapefile.Writer(shp=made, shx=io.BytesIO(), dbf=io.BytesIO(), shapeType=kind) as writer:
        writer.field("name", "C")
        for n, one in enumerate(shapes):
            if kind == shapefile.POLYLINE:
                writer.line([one["coordinates"]])
            else:
                outer, *holes = one["coordinates"]
                writer.poly([outer[::-1], *(hole[::-1] for hole in holes)])
            writer.record(f"Drawn {n}")
    return made.getvalue()


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


def package(tmp_path, geometry):
    """A GeoPackage with one layer of one line."""
    import sqlite3

    blob = b"GP\x00\x01" + struct.pack("<i", 4326) + b"\x01" + struct.pack("<II", 2, len(geometry["coordinates"]))
    blob += b"".join(struct.pack("<dd", *point) for point in geometry["coordinates"])
    path = tmp_path / "made.gpkg"
    with sqlite3.connect(path) as made:
        made.executescript(
            """CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys
                (srs_name TEXT, srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('lines', 'features', 4326);
            INSERT INTO gpkg_geometry_columns VALUES ('lines', 'geom', 4326);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326);
            CREATE TABLE lines (fid INTEGER PRIMARY KEY, geom BLOB);"""
        )
        made.execute("INSERT INTO lines VALUES (1, ?)", (blob,))
    return path.read_bytes()


def read(tmp_path, name, content, feature=""):
    file = tmp_path / name
    file.write_bytes(content)
    shape, source = read_drawn(file, feature)
    return json.loads(written(shape)), source


@pytest.mark.parametrize("shape", [LINE, ZONE], ids=["line", "zone"])
def test_geojson_kml_and_shapefile_say_the_same(tmp_path, shape):
    assert read(tmp_path, "a.geojson", geojson(shape))[0] == shape
    assert read(tmp_path, "b.geojson", json.dumps(shape).encode())[0] == shape
    assert read(tmp_path, "a.kml", kml(shape))[0] == shape
    assert read(tmp_path, "a.kmz", zipped(doc_kml=kml(shape)))[0] == shape
    told = read(tmp_path, "a.zip", zipped(a_shp=shp(shape), a_prj=WGS84))[0]
    if shape is LINE:
        assert told == shape
    else:
        rings, asked = ([sorted(map(tuple, ring)) for ring in one["coordinates"]] for one in (told, shape))
        assert rings == asked


def test_a_geopackage_says_the_same(tmp_path):
    told, source = read(tmp_path, "in.gpkg", package(tmp_path, LINE))
    assert told == LINE
    assert source.startswith("in.gpkg lines/1, sha256 ")


def test_of_several_one_is_named_by_id_name_or_number(tmp_path):
    other = {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}
    with pytest.raises(FileNotRead, match="2 are drawn, and one has to be named") as refused:
        read(tmp_path, "a.geojson", geojson(LINE, other))
    assert "f0/Drawn 0, f1/Drawn 1" in refused.value.mend
    for feature in ("f1", "Drawn 1"):
        assert read(tmp_path, "a.geojson", geojson(LINE, other), feature)[0] == other
        assert read(tmp_path, "a.kml", kml(LINE, other), feature)[0] == other
    (tmp_path / "b.prj").write_text(WGS84)
    assert read(tmp_path, "b.shp", shp(LINE, other), "2")[0] == other


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.shp", shp(LINE), "says no coordinate system"),
        ("a.zip", zipped(a_shp=shp(LINE), a_prj='PROJCS["WGS_1984_UTM_Zone_37N"]'), "is not in WGS 84"),
        ("a.zip", zipped(a_shp=shp(LINE)[:-9], a_prj=WGS84), "Shapefile|ends in the middle"),
        ("a.zip", zipped(a_shp=shp(LINE)[:120], a_prj=WGS84), "Shapefile|ends in the middle"),
        ("a.zip", zipped(a_txt=b"x"), "No line and no surface"),
        ("a.geojson", geojson({"type": "Point", "coordinates": [1, 2]}), "No line and no surface"),
        ("a.txt", b"a line from A to B", "no form that is read"),
        ("a.kml", b'<!DOCTYPE kml [<!ENTITY a "b">]><kml><Placemark/></kml>', "document type"),
    ],
)
def test_what_is_unclear_or_broken_is_refused(tmp_path, name, content, says):
    with pytest.raises(FileNotRead, match=says):
        read(tmp_path, name, content)


def test_a_shapefile_that_claims_a_billion_points_asks_for_no_memory(tmp_path):
    made = bytearray(shp(LINE))
    made[148:152] = struct.pack("<i", 1_000_000_000)
    with pytest.raises(FileNotRead):
        read(tmp_path, "a.zip", zipped(a_shp=bytes(made), a_prj=WGS84))
