"""Secrets planted in a small theatre, the forms in which they could leak, and a look for them in what leaves."""

import base64
import gzip
import hashlib
import html
import io
import json
import re
import sqlite3
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from truceline.vocabulary.position import written

NURSE = {
    "report_id": "N-0417-x", "source": "nurse_samira_7741", "when": "2025-04-20T14:07", "kind": "shelling",
    "side_a": "Northern Army", "side_b": "Front of the Plain", "lat": "35.3201137", "lon": "36.4402273",
    "radius_m": "150", "place": "Aqraba clinic, back door", "area": "river_towns", "killed_best": "3",
    "words": "I saw it from the ward window, call 0999-417", "language": "en",
}  # fmt: skip
"""A report that only co-chairs may see whole."""
CLEARED = {
    "report_id": "P-0932-y", "source": "patrol_zeta_932", "when": "2025-04-22T09:41", "kind": "shelling",
    "side_a": "Northern Army", "side_b": "Front of the Plain", "lat": "35.3507731", "lon": "36.4609917",
    "radius_m": "100", "place": "Orchard of Abu Tayyib", "area": "river_towns", "killed_best": "1",
    "words": "Our post is in the white house", "language": "en",
}  # fmt: skip
"""A report of which the council may see time and place coarsely, and what happened."""
PRIVATE = "Said in confidence by the liaison Hakim-551"
"""The reasons of an act, for those who work inside."""


@dataclass(frozen=True)
class Secret:
    """A secret by name, and every form of it that counts as found."""

    name: str
    needles: tuple[bytes, ...]


def forms_of(text: str) -> tuple[bytes, ...]:
    """Plain, escaped, encoded (base64 in each of its three alignments) and as common digests."""
    raw = text.encode()
    found = {raw, quote(text).encode(), quote(text, safe="").encode(), html.escape(text).encode(), raw.hex().encode()}
    found |= {json.dumps(text)[1:-1].encode(), text.replace(" ", "+").encode()}
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + raw)
        found.add(coded[4 if shift else 0 : len(coded) - 4])
        found.add(base64.urlsafe_b64encode(b"x" * shift + raw)[4 if shift else 0 : len(coded) - 4])
    found |= {hashlib.new(kind, raw).hexdigest().encode() for kind in ("sha256", "sha1", "md5")}
    return tuple(one for one in found if len(one) >= 8)


def position_forms(lat: str, lon: str) -> tuple[bytes, ...]:
    """Degrees to three places and more, whole 1e-7 degrees, and every form in which the room writes a position."""
    found = {lat[:7].encode(), lon[:7].encode()}
    lat_e7, lon_e7 = (round(float(one) * 10_000_000) for one in (lat, lon))
    found |= {str(lat_e7).encode(), str(lon_e7).encode()}
    said = written(lat_e7, lon_e7)
    found |= {str(one).encode() for one in vars_of(said) if isinstance(one, str) and len(one) >= 8}
    return tuple(found)


def vars_of(said: object) -> list[object]:
    """The values of a struct."""
    return [getattr(said, name) for name in said.__struct_fields__]  # type: ignore[attr-defined]


def of_report(row: dict[str, str]) -> dict[str, Secret]:
    """What a report could leak, by the group of fields it stands in."""
    return {
        "source": Secret("source", (*forms_of(row["source"]), *forms_of(row["report_id"]))),
        "where": Secret("where", (*position_forms(row["lat"], row["lon"]), *forms_of(row["place"]))),
        "when": Secret("when", forms_of(row["when"][:16])),
        "rest": Secret("rest", forms_of(row["words"])),
    }


def found_in(content: bytes, secrets: list[Secret]) -> list[str]:
    """The names of the secrets that stand in some bytes, also packed ones, and in tables and archives."""
    texts = list(_unpacked(content))
    return sorted({one.name for one in secrets if any(needle in text for text in texts for needle in one.needles)})


def _unpacked(content: bytes) -> list[bytes]:
    found = [content]
    if content[:2] == b"\x1f\x8b":
        found.append(gzip.decompress(content))
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    if content[:6] == b"SQLite":
        found.append(_dumped(content))
    found += [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(x\x9c.*?)\r?\nendstream", content, re.S)]
    return found


def _dumped(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "packed.sqlite"
        file.write_bytes(content)
        connection = sqlite3.connect(file)
        lines = "\n".join(connection.iterdump())
        connection.close()
    return lines.encode()
