"""The placemarks of a KML file (OGC 12-007r2, KML 2.3) as features, each as the JSON text of one."""

import re
from collections.abc import Iterable, Mapping

from truceline.errors import FileNotRead
from truceline.intake.shapes.json_pieces import MOST_RECORD
from truceline.intake.shapes.json_text import written
from truceline.intake.shapes.xml_walk import Walker, walk

MOST_PLACEMARKS = 500_000
_TEXTS = ("name", "description", "address", "when", "begin", "end")
_TAKEN = (*_TEXTS, "coordinates", "value", "SimpleData")
_PAIR = 6
"""What a property's quotes, colon and comma count, however short its name and text are."""
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,3})(?:\.\d{1,20})?", re.ASCII)


def is_kml(content: bytes) -> bool:
    """XML whose first element is `kml`, as far as its beginning shows."""
    start = content[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and re.search(rb"<(?:\w+:)?kml[\s/>]", start) is not None


def placemarks(name: str, chunks: Iterable[bytes]) -> list[str]:
    """The placemarks, each as the text of a GeoJSON feature. Raises `FileNotRead` for broken XML and document types."""
    found = _Placemarks(name)
    walk(name, chunks, found)
    return found.features


class _Placemarks(Walker):
    """`properties`: pairs of name and text; two of one name are found out when the feature is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.features: list[str] = []
        self._inside = False
        self._id, self._field, self._long = "", "", 0
        self._properties: list[tuple[str, str]] = []
        self._positions: list[str] = []
        self._text: list[str] | None = None
        self._open = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Placemark":
            self._inside, self._id, self._long = True, attributes.get("id", ""), 0
            self._properties, self._positions, self._field = [], [], ""
        elif self._inside and name in ("Data", "SimpleData"):
            self._field = attributes.get("name", "")
        if self._inside and self._text is None and name in _TAKEN:
            self._text, self._open = [], name

    def text(self, text: str) -> None:
        if self._text is not None:
            self._take(len(text))
            self._text.append(text)

    def _take(self, characters: int) -> None:
        self._long += characters
        if self._long > MOST_RECORD:
            told = f"{self.name}: placemark {len(self.features) + 1} is longer than {MOST_RECORD} characters."
            raise FileNotRead(told, "Send it in parts.")

    def end(self, name: str) -> None:
        if name == "Placemark" and self._inside:
            self._inside = False
            self.features.append(self._feature())
            if len(self.features) > MOST_PLACEMARKS:
                raise FileNotRead(f"{self.name} has more than {MOST_PLACEMARKS} placemarks.", "Send it in parts.")
        if self._text is None or name != self._open:
            return
        said, self._text = "".join(self._text).strip(), None
        if name == "coordinates":
            self._positions += said.split()
        else:
            self._properties.append((self._field if name in ("value", "SimpleData") else name, said))
            self._take(len(self._properties[-1][0]) + _PAIR)

    def _feature(self) -> str:
        properties = ",".join([f"{written(name)}:{written(text)}" for name, text in self._properties])
        own = f'"id":{written(self._id)},' if self._id else ""
        return f'{{"type":"Feature",{own}"geometry":{self._geometry()},"properties":{{{properties}}}}}'

    def _geometry(self) -> str:
        if not self._positions:
            return "null"
        numbers = [",".join(map(_number, position.split(","))) for position in self._positions]
        if len(numbers) == 1:
            return f'{{"type":"Point","coordinates":[{numbers[0]}]}}'
        return f'{{"type":"MultiPoint","coordinates":[[{"],[".join(numbers)}]]}}'


def _number(text: str) -> str:
    """A number as it stands, or as a text, which no coordinate is."""
    return text if _NUMBER.fullmatch(text) else written(text)
