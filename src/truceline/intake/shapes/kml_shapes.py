"""The lines and surfaces of a KML file (OGC 12-007r2, KML 2.3) as GeoJSON features, each as its text.

Where `kml` reads placemarks as rows with a place, this keeps how each is drawn: LineString, and Polygon with its
boundaries, also several of them in a MultiGeometry. Points and tracks are left out.
"""

import re
from collections.abc import Iterable, Mapping

from truceline.errors import FileNotRead
from truceline.intake.shapes.json_text import written
from truceline.intake.shapes.xml_walk import Walker, walk

MOST_CHARACTERS = 16_777_216
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,3})(?:\.\d{1,20})?", re.ASCII)
_SHAPES = ("LineString", "Polygon")


def drawn_placemarks(name: str, chunks: Iterable[bytes]) -> list[str]:
    """The placemarks that draw lines or surfaces. Raises `FileNotRead`."""
    found = _Drawn(name)
    walk(name, chunks, found)
    return found.features


class _Drawn(Walker):
    """Coordinates by the shape they stand in: a line's are one part, a polygon's boundaries are its rings."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.features: list[str] = []
        self._id, self._title, self._shape, self._long = "", "", "", 0
        self._lines: list[str] = []
        self._polygons: list[list[str]] = []
        self._text: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Placemark":
            self._id, self._title, self._lines, self._polygons = attributes.get("id", ""), "", [], []
        elif name in _SHAPES:
            self._shape = name
            self._polygons += [[]] if name == "Polygon" else []
        elif name in ("coordinates", "name"):
            self._text = []

    def text(self, text: str) -> None:
        if self._text is not None:
            self._long += len(text)
            if self._long > MOST_CHARACTERS:
                raise FileNotRead(f"{self.name} draws with more than {MOST_CHARACTERS} characters.", "Simplify it.")
            self._text.append(text)

    def end(self, name: str) -> None:
        if name == "Placemark":
            self._feature()
        elif name in _SHAPES:
            self._shape = ""
        elif name in ("coordinates", "name") and self._text is not None:
            said, self._text = "".join(self._text).strip(), None
            if name == "name":
                self._title = self._title or said
            elif self._shape == "LineString":
                self._lines.append(_positions(said))
            elif self._shape:
                self._polygons[-1].append(_positions(said))

    def _feature(self) -> None:
        polygons = [f"[{','.join(rings)}]" for rings in self._polygons if rings]
        if bool(polygons) == bool(self._lines):
            return
        kind, parts = ("Polygon", polygons) if polygons else ("LineString", self._lines)
        one = len(parts) == 1
        geometry = f'{{"type":"{kind if one else f"Multi{kind}"}","coordinates":{parts[0] if one else _list(parts)}}}'
        named = f'"id":{written(self._id)},"properties":{{"name":{written(self._title)}}}'
        self.features.append(f'{{"type":"Feature",{named},"geometry":{geometry}}}')


def _list(parts: list[str]) -> str:
    return f"[{','.join(parts)}]"


def _positions(said: str) -> str:
    """Positions longitude,latitude,height parted by space; what is no number becomes a text, which no reader takes."""
    return _list([_list([_number(one) for one in position.split(",")[:2]]) for position in said.split()])


def _number(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else written(text)
