"""A layer as GeoJSON (RFC 7946): one feature a line, WGS 84, longitude first, seven decimals at most.

The same layer gives the same bytes. The characters <, > and & are written as escapes, so that the file can
stand inside a page of HTML and end no script there. The collection says its audience and whether the data
are invented in members of its own (RFC 7946, 6.1), and so does each feature in its properties.
"""

from collections.abc import Iterator

import msgspec

from truceline.publication.layers import Layer

_ESCAPED = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))


def geojson(layer: Layer) -> bytes:
    """The layer as a FeatureCollection in UTF-8."""
    head = {"type": "FeatureCollection", "name": layer.name, "audience": layer.audience, "exercise": layer.exercise}
    return b'%s,"features":[\n%s\n]}\n' % (escaped(head)[:-1], b",\n".join(_features(layer)))


def _features(layer: Layer) -> Iterator[bytes]:
    names = list(layer.columns)
    key = names.index(layer.key) if layer.key else None
    for shape, values in layer.rows:
        feature: dict[str, object] = {"type": "Feature"}
        if key is not None:
            feature["id"] = values[key]
        feature["geometry"] = None if shape is None else {"type": layer.shape, "coordinates": shape}
        feature["properties"] = dict(zip(names, values, strict=True))
        yield escaped(feature)


def escaped(value: object) -> bytes:
    """A value as JSON that can stand inside a page of HTML."""
    text = msgspec.json.encode(value)
    for plain, escaped in _ESCAPED:
        text = text.replace(plain, escaped)
    return text
