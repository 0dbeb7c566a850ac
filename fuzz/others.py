"""Readers beside tables: mapping files, acts, packs, gazetteers, positions, times, notes."""

import io
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import cast
from zlib import crc32

from fuzz.mutate import parts_of
from fuzz.oracle import CONTEXTS, check_error, check_table, take_file
from truceline.compliance.areas_file import read_areas
from truceline.compliance.pack import PACK_FILES, Pack, read_pack
from truceline.errors import ActError, FileNotRead, PackError, ValueNotRead
from truceline.intake.cells import read_interval
from truceline.intake.formats.mapped import mapped_format
from truceline.intake.lists.un_sc import read_un_list
from truceline.intake.mapping import read_mapping
from truceline.intake.proposing.drafting import answers_of, proposed
from truceline.intake.proposing.opening import open_any
from truceline.intake.proposing.writing import written as written_down
from truceline.intake.reading import read_tables
from truceline.intake.shapes.json_pieces import value_of
from truceline.intake.shapes.json_text import Fault
from truceline.intake.shapes.point import place_of
from truceline.intake.shapes.wkb import geometry_text
from truceline.pipeline.entering import read_acts
from truceline.pipeline.layers import bytes_or_layers
from truceline.pipeline.packs import pack_files
from truceline.record.canonical import read_canonical
from truceline.record.entry import read_entry
from truceline.record.note import read_note
from truceline.record.sign import read_head
from truceline.vocabulary.codes import codes
from truceline.vocabulary.gazetteer import Gazetteer
from truceline.vocabulary.geonames import read_geonames
from truceline.vocabulary.position import read_position, written
from truceline.vocabulary.when import qualifiers_of

_E7 = 10**7


def take_database(content: bytes) -> int:
    """A GeoPackage, or whatever else the bytes are."""
    try:
        with bytes_or_layers("sent.gpkg", content) as received:
            if isinstance(received, bytes):
                return take_file(received)
            tables = read_tables("sent.gpkg", received)
    except FileNotRead as error:
        check_error(error)
        return 0
    return sum(check_table(table, CONTEXTS[crc32(content) % 2], content) for table in tables)


def take_geometry(content: bytes) -> None:
    """The geometry of one feature of a GeoPackage: always the text of one of GeoJSON, and of a place or a fault."""
    text = geometry_text(content, 4326)
    assert not isinstance(value_of(text), Fault), f"no JSON: {text[:200]}"
    place_of(text)


def take_proposal(content: bytes) -> int:
    """A mapping proposed for a table, written down, read back, and the table read through it."""
    try:
        opened = open_any("sent.csv", content)
        draft = proposed(opened)
        mapping = read_mapping("the proposal", written_down(draft, answers_of(draft), "sent", "sent.csv").encode())
    except FileNotRead as error:
        check_error(error)
        return 0
    return take_file(content, mapping)


def take_mapping(content: bytes) -> None:
    """A mapping file alone: read, and made a format."""
    try:
        mapped_format(read_mapping("mapping.yaml", content))
    except FileNotRead as error:
        check_error(error)


def take_mapped(content: bytes) -> int:
    """A mapping file and a table that is read through it."""
    written_mapping, table = parts_of(content, 2)
    try:
        mapping = read_mapping("mapping.yaml", written_mapping)
    except FileNotRead as error:
        check_error(error)
        return 0
    return take_file(table, mapping)


class _Sent:
    """A path whose file is in memory, for the one reader that opens its own file."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def open(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self.content)

    def __str__(self) -> str:
        return "act.yaml"


@cache
def _example() -> Pack:
    return read_pack(pack_files("example"), "example")


def take_acts(content: bytes) -> None:
    """A file of acts against the example's agreement."""
    try:
        list(read_acts(cast(Path, _Sent(content)), _example().agreement, []))
    except ActError as error:
        check_error(error)


def act_words() -> list[str]:
    """The bodies, clocks and codes of the example."""
    agreement = _example().agreement
    known = [body.id for body in agreement.bodies] + [clock.id for clock in agreement.clocks]
    return (
        known
        + [area.id for area in agreement.areas]
        + ["act", "by", "at", "finding", "determination", "declaration", "withdrawal"]
    )


def take_pack(content: bytes) -> None:
    """The three files of a pack."""
    try:
        read_pack(dict(zip(PACK_FILES, parts_of(content, len(PACK_FILES)), strict=True)), "example")
    except PackError as error:
        check_error(error)


def pack_words() -> list[str]:
    """Names and codes that packs use."""
    return [*act_words(), *codes("incident_kinds"), "Asia/Damascus", "areas", "clocks", "indicators", "[]", "null"]


def take_areas(content: bytes) -> None:
    """The areas of a pack, whatever their ids."""
    try:
        read_areas(content, ["a", "b"])
    except PackError as error:
        check_error(error)


def take_un_list(content: bytes) -> bool:
    """A consolidated list: no letter of an alias is lost, and what is packed is not made longer."""
    try:
        published = read_un_list("fuzzed", [content])
    except FileNotRead as error:
        check_error(error)
        return False
    for entry in published.entries:
        assert entry.reference, "an entry without a reference"
        for alias in entry.aliases:
            assert sum(map(len, alias.names)) <= 4 * len(alias.written), "names longer than what was written"
        assert all(form for form in entry.spellings()), "an empty spelling"
    return True


def take_gazetteer(content: bytes) -> None:
    """A gazetteer, and the candidates for the first of its own names."""
    try:
        places = read_geonames(content)
        gazetteer = Gazetteer.from_rows(places)
    except (FileNotRead, ValueNotRead) as error:
        check_error(error)
        return
    for name in [name for place in places[:3] for name in place.spellings()][:6]:
        for one in gazetteer.candidates(name, (362_000_000, 371_500_000)):
            assert 0 <= one.score <= 1_000_000, f"a score of {one.score}"
        gazetteer.settled(name)


def take_position(content: bytes) -> None:
    """A position as text: read, and written in every form."""
    text = content.decode("utf-8", "surrogateescape")
    near = (362_000_000, 371_500_000) if crc32(content) % 2 else None
    try:
        read = read_position(text, box=CONTEXTS[0].box, near=near)
    except ValueNotRead as error:
        check_error(error)
        return
    assert abs(read.lat_e7) <= 90 * _E7 and abs(read.lon_e7) <= 180 * _E7, "a point that is not on Earth"
    assert 0 <= read.radius_m < 2**63, f"a radius of {read.radius_m}"
    written(read.lat_e7, read.lon_e7, read.radius_m)


def take_when(content: bytes) -> None:
    """A time as text, in a zone that changes its clocks and in UTC."""
    text = content.decode("utf-8", "surrogateescape")
    try:
        read = read_interval(text, CONTEXTS[crc32(content) % 2].zone)
    except ValueNotRead as error:
        check_error(error)
        return
    assert -(2**62) < read.start < read.end < 2**62, "a time beyond the calendar"
    qualifiers_of(text)


def take_note(content: bytes) -> None:
    """Bytes of another's record: a note, a signed head, canonical JSON, an entry."""
    for read in (read_note, read_head, read_canonical, read_entry):
        with suppress(ValueError):
            read(content)
