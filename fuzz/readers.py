"""Every reader by name: what is sent to it, and what reads it."""

from collections.abc import Callable
from dataclasses import dataclass

from fuzz import opened, others, seeds
from fuzz import seed_texts as said
from fuzz.mutate.text import ODD
from fuzz.oracle import take_file
from truceline.intake.formats import FORMATS


@dataclass(frozen=True)
class Reader:
    """name: as given on the command line. seeds: made-up files to begin with. words: its columns and codes.

    most: the longest input, in bytes.
    """

    name: str
    what: str
    seeds: Callable[[], list[bytes]]
    take: Callable[[bytes], object]
    words: Callable[[], list[str]] = list
    most: int = 12_288


def _format(name: str) -> Reader:
    return Reader(name, "format", lambda: seeds.of_format(name), take_file, lambda: seeds.words_of(name))


_SHAPES = (
    Reader("shape_delimited", "shape: delimited text, encodings, damage", seeds.delimited, take_file, seeds.names),
    Reader("shape_json", "shape: JSON, JSON lines, lists of lists, answers", seeds.json_files, take_file, seeds.names),
    Reader("shape_workbook", "shape: XLSX", seeds.workbooks, take_file, seeds.names, 24_576),
    Reader("shape_geojson", "shape: GeoJSON", seeds.geojson, take_file, seeds.names),
    Reader("shape_kml", "shape: KML and KMZ", seeds.kml, take_file, seeds.names),
    Reader("shape_geopackage", "shape: GeoPackage", seeds.geopackages, others.take_database, seeds.names, 65_536),
)
_OTHERS = (
    Reader("mapped", "format: any table through a mapping", said.mapped, others.take_mapped, said.mapping_words),
    Reader("geometry", "a geometry of a GeoPackage (WKB)", seeds.geometries, others.take_geometry, list, 2_000),
    Reader("proposal", "a mapping proposed for any table", said.tables, others.take_proposal, seeds.names),
    Reader("mapping_file", "mapping file", said.mappings, others.take_mapping, said.mapping_words),
    Reader("act_file", "acts (YAML)", said.acts, others.take_acts, others.act_words, 16_384),
    Reader("pack", "agreement pack: three files", said.packs, others.take_pack, others.pack_words, 65_536),
    Reader("areas_file", "areas.geojson of a pack", said.areas, others.take_areas),
    Reader("un_list", "the Security Council's consolidated list (XML)", said.un_lists, others.take_un_list),
    Reader("gazetteer", "gazetteer (GeoNames-like JSON)", said.gazetteers, others.take_gazetteer),
    Reader("position", "a position as text", lambda: texts(said.POSITIONS), others.take_position, list, 2_500),
    Reader("when", "a date or time as text", lambda: texts(said.TIMES), others.take_when, list, 500),
    Reader("note", "signed notes, canonical JSON, entries", said.notes, others.take_note),
    Reader("opened", "entries that another holder opened", opened.opened, opened.take_opened, others.act_words, 16_384),
)


def texts(many: tuple[str, ...]) -> list[bytes]:
    """Each text as a file, and the odd ones."""
    return [text.encode("utf-8", "replace") for text in (*many, *ODD) if text]


READERS = {
    reader.name: reader
    for reader in (*[_format(form.name) for form in FORMATS], *_SHAPES, *_OTHERS)
}  # fmt: skip
