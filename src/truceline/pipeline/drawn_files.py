"""Lines and surfaces in files that people draw in: GeoJSON, GeoPackage, KML, Shapefile. Bounded; nothing is guessed."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from truceline.compliance.territory.shapes import Shape, read_shape
from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.shapes.json_pieces import is_json, pieces
from truceline.intake.shapes.json_text import written
from truceline.intake.shapes.kml import is_kml
from truceline.intake.shapes.kml_shapes import drawn_placemarks
from truceline.intake.shapes.shapefile_shapes import drawn_shapes, is_shapefile
from truceline.intake.shapes.wkb import geometry_text
from truceline.intake.shapes.zip_parts import Parts
from truceline.pipeline.fingerprints import bounded
from truceline.store.geopackage_in import is_database, stored_layers

MOST_BYTES = 67_108_864
MOST_NAMED = 20
_FORMS = "Lines and surfaces are read from GeoJSON, GeoPackage, KML and Shapefile (a .shp with its .prj, or a .zip)."


class Found(Struct, frozen=True):
    """A line or a surface of a file, by the names that the file gives it, and its geometry as GeoJSON."""

    names: tuple[str, ...]
    geometry: str


def read_drawn(file: Path, feature: str = "") -> tuple[Shape, str]:
    """The shape that is drawn in a file, and what it was read from (name, feature, SHA-256 of the file).

    Where several are drawn, `feature` names one: its id, name or number. Raises `FileNotRead`.
    """
    content = bounded(file, MOST_BYTES)
    found = list(_found(file, content))
    chosen = [one for one in found if not feature or feature in one.names]
    if len(chosen) != 1:
        raise _unclear(file, found, feature, len(chosen))
    try:
        shape = read_shape(chosen[0].geometry)
    except ValueNotRead as error:
        raise FileNotRead(f"{file.name}: {error.message}.", error.mend) from error
    which = f" {chosen[0].names[0][:40]}" if chosen[0].names else ""
    return shape, f"{file.name[:60]}{which}, sha256 {sha256(content).hexdigest()[:16]}"


def _unclear(file: Path, found: list[Found], feature: str, many: int) -> FileNotRead:
    if not found:
        return FileNotRead(f"No line and no surface is drawn in {file.name}.", _FORMS)
    names = ", ".join("/".join(one.names[:2]) or "(no name)" for one in found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    what = f"{many} are named {feature!r}" if feature else f"{len(found)} are drawn"
    return FileNotRead(f"{file.name}: {what}, and one has to be named.", f"Give --feature. There are: {names}{more}.")


def _found(file: Path, content: bytes) -> Iterator[Found]:
    """What the file draws, by what its bytes say it is."""
    if is_database(content):
        yield from _of_package(file.name, content)
    elif is_kml(content):
        yield from _features(file.name, drawn_placemarks(file.name, [content]))
    elif is_shapefile(content):
        yield from _of_shapefile(file.name, content, _beside(file))
    elif content.startswith(b"PK"):
        yield from _of_archive(file.name, content)
    else:
        text = content.decode("utf-8-sig", "replace")
        if not is_json(text):
            raise FileNotRead(f"{file.name} is in no form that is read here.", _FORMS)
        yield from _features(file.name, [piece.text for piece in pieces(file.name, text)[1]])


def _features(name: str, texts: list[str]) -> Iterator[Found]:
    """GeoJSON features, or geometries that stand alone, that draw lines or surfaces."""
    for text in texts:
        for piece in pieces(name, text)[1]:
            value = piece.value
            if not isinstance(value, dict):
                continue
            drawn = value.get("geometry") if value.get("type") == "Feature" else value
            if isinstance(drawn, dict) and str(drawn.get("type", "")).endswith(("LineString", "Polygon")):
                properties = value.get("properties")
                said = properties.get("name") if isinstance(properties, dict) else None
                names = (str(one) for one in (value.get("id"), said) if one)
                yield Found(tuple(dict.fromkeys(names)), written(drawn))


def _of_package(name: str, content: bytes) -> Iterator[Found]:
    """Features of every layer in WGS 84, by the table and the row's first column."""
    with stored_layers(name, content) as layers:
        for layer in layers:
            if layer.geometry is None:
                continue
            if layer.unfit is not None:
                raise layer.unfit
            for number, row in enumerate(layer.rows(), 1):
                text = geometry_text(row[layer.geometry], layer.srs)
                if '"LineString"' in text[:40] or "Polygon" in text[:40] or "MultiLineString" in text[:40]:
                    own = [str(one) for n, one in enumerate(row) if n != layer.geometry and isinstance(one, str | int)]
                    yield Found((f"{layer.name}/{number}", *own), text)


def _of_archive(name: str, content: bytes) -> Iterator[Found]:
    """A Shapefile or a KML (KMZ) in a ZIP archive."""
    parts = Parts(name, content)
    for part in parts.names():
        if part.lower().endswith(".kml"):
            yield from _features(name, drawn_placemarks(part, parts.chunks(part, MOST_BYTES)))
        elif part.lower().endswith(".shp"):
            system = next((one for one in parts.names() if one.lower() == part.lower()[:-4] + ".prj"), None)
            said = b"".join(parts.chunks(system, 65_536)).decode("ascii", "replace") if system else ""
            yield from _of_shapefile(part, b"".join(parts.chunks(part, MOST_BYTES)), said)


def _of_shapefile(name: str, content: bytes, system: str) -> Iterator[Found]:
    yield from (Found((number,), geometry) for number, geometry in drawn_shapes(name, content, system))


def _beside(file: Path) -> str:
    """The coordinate system that lies beside a .shp, "" without one."""
    for suffix in (".prj", ".PRJ"):
        beside = file.with_suffix(suffix)
        if beside.is_file():
            return bounded(beside, 65_536).decode("ascii", "replace")
    return ""
