"""Positions inside text that machines write: geo: URIs, WKT points, and links to maps. Nothing is fetched."""

import re

from truceline.errors import ValueNotRead
from truceline.vocabulary.angles import Reading, read_angles

_NUMBER = r"([+-]?\d{1,3}(?:\.\d{1,17})?)"
_WKT = re.compile(rf"^(?:SRID=4326; ?)?POINT(?: Z)? ?\( ?{_NUMBER} +{_NUMBER}(?: +[\d.+-]+)? ?\)$", re.I | re.A)
_GEO = re.compile(rf"^geo:{_NUMBER},{_NUMBER}(?:,[\d.+-]+)?((?:;[\w-]+=[\w.%-]*)*)$", re.I | re.A)
_UNCERTAIN = re.compile(r";u=(\d{1,8})(?:\.\d+)?(?:;|$)", re.A)
_VIEW = "the middle of the view in a map link, which may be no pin"
_LINKS = (
    (re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}", re.A), "the pin of a map link"),
    (re.compile(rf"[?&#](?:q|ll|query|destination|daddr)=(?:loc:)?{_NUMBER}(?:,|%2C){_NUMBER}(?:[&,#]|$)", re.I | re.A),
     "the point of a map link"),
    (re.compile(rf"[?&]mlat={_NUMBER}&mlon={_NUMBER}", re.A), "the pin of a map link"),
    (re.compile(rf"/@{_NUMBER},{_NUMBER},", re.A), _VIEW),
    (re.compile(rf"#map=[\d.]+/{_NUMBER}/{_NUMBER}", re.A), _VIEW),
)  # fmt: skip


def read_link(text: str) -> Reading | None:
    """The point of a geo: URI (RFC 5870), a WKT point (longitude first) or a map link; None where it is neither."""
    if match := _WKT.match(text):
        return _pair(match[2], match[1], "WKT", "longitude stands first in WKT")
    if match := _GEO.match(text):
        read = _pair(match[1], match[2], "geo URI", "latitude stands first in a geo URI")
        said = _UNCERTAIN.search(match[3])
        return read._replace(radius_m=max(1, int(said[1]) + 1)) if said else read
    if not text.lower().startswith(("http://", "https://")):
        return None
    for pattern, what in _LINKS:
        if match := pattern.search(text):
            return _pair(match[1], match[2], "map link", what)
    raise ValueNotRead(f"the link {text[:80]!r} shows no position", "Open it and copy the numbers of the position.")


def _pair(lat: str, lon: str, form: str, remark: str) -> Reading:
    read = read_angles(f"{lat} {lon}")
    assert read is not None, "two decimal numbers are two angles"
    if abs(float(lat)) > 90:
        raise ValueNotRead(f"{lat} is no latitude", "Are latitude and longitude exchanged?")
    return read._replace(form=form, remarks=(remark,))
