"""Any table through a mapping file: each row is rewritten as a row of Truceline's own table and read as that.

A fault found there names the column and the value of the file as received.
"""

from functools import lru_cache
from hashlib import sha256

import msgspec

from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.cells import Cells, Columns
from truceline.intake.context import ReadContext
from truceline.intake.dates import iso_of
from truceline.intake.formats import truceline_coverage, truceline_reports, truceline_tallies
from truceline.intake.formats.format import Format, Noun
from truceline.intake.mapping import Fields, From, Mapping
from truceline.vocabulary.tally import Tally
from truceline.vocabulary.when import zone_of

NATIVE = {
    "reports": truceline_reports.FORMAT,
    "coverage": truceline_coverage.FORMAT,
    "tallies": truceline_tallies.FORMAT,
}
_MAY_LACK = ("source", "kind", "side_a", "side_b")
"""Columns of the native tables that a mapping may leave out: an empty cell is a good answer there."""
_TIMES = ("when", "from", "to")
_DEGREES = ("lat", "lon")


def mapped_format(mapping: Mapping) -> Format:
    """The format that a mapping describes. Raises `FileNotRead` where it does not fit its native table."""
    native = NATIVE[mapping.table]
    variants = [{**mapping.fields, **part} for part in mapping.parts] or [mapping.fields]
    for fields in variants:
        _check(mapping, native, fields)

    def read(cells: Cells, context: ReadContext) -> Noun:
        own = _in_zone(context, mapping.zone)
        nouns = [_read(cells, own, native, mapping, fields) for fields in variants]
        tallies = [tally for noun in nouns if isinstance(noun, tuple) for tally in noun]
        return tuple(tallies) if tallies else nouns[0]

    reads = mapping.reads()
    return Format("mapped", "1", native.noun, tuple(reads), _groups(mapping, native), read)


def _read(cells: Cells, context: ReadContext, native: Format, mapping: Mapping, fields: Fields) -> Noun:
    columns = tuple(fields)
    written = tuple([_written(cells, column, fields[column], mapping) for column in columns])
    rewritten = Cells(0, Columns(columns, {column: at for at, column in enumerate(columns)}), written)
    noun = native.read(rewritten, context)
    for fault in rewritten.faults:
        names = fields[fault.column].reads() if fault.column in fields else ()
        if not cells.refused(names):
            cells.refuse(names[0] if names else fault.column, ValueNotRead(fault.reason, fault.mend))
    return _flagged(noun, cells)


def _flagged(noun: Noun, cells: Cells) -> Noun:
    """The noun with the flags of the file's own cells before those of the rewritten row."""
    if not cells.flags or isinstance(noun, tuple):
        return tuple(_with_flags(tally, cells) for tally in noun) if isinstance(noun, tuple) and cells.flags else noun
    return msgspec.structs.replace(noun, flags=tuple(dict.fromkeys((*cells.flags, *noun.flags))))


def _with_flags(tally: Tally, cells: Cells) -> Tally:
    return msgspec.structs.replace(tally, flags=tuple(dict.fromkeys((*cells.flags, *tally.flags))))


def _written(cells: Cells, field: str, source: From, mapping: Mapping) -> str:
    """One cell of the native row. A fault is noted and the cell left as it stands."""
    if source.constant is not None:
        return source.constant
    if source.content:
        return sha256(msgspec.json.encode(cells.all())).hexdigest()[:32]
    if source.columns:
        parts = [cells.text(name) for name in source.columns]
        return source.joined.join(parts) if any(parts) else ""
    if source.span:
        first, last = (_converted(cells, field, name, source, mapping) for name in source.span)
        return first if first == last or not last else f"{first}/{last}"
    assert source.column is not None
    return _converted(cells, field, source.column, source, mapping)


def _converted(cells: Cells, field: str, column: str, source: From, mapping: Mapping) -> str:
    if field in ("words", "place", "method", "stopped_by") and source.values is None:
        return cells.words(column)
    text = cells.text(column)
    try:
        if source.values is not None:
            text = _valued(text, source)
        if field in _TIMES and text:
            return iso_of(text, mapping.dates)
        if field in _DEGREES and mapping.decimal == "comma":
            return _pointed(text)
    except ValueNotRead as error:
        cells.refuse(column, error)
    return text


def _valued(text: str, source: From) -> str:
    assert source.values is not None
    if text in source.values or source.otherwise == "keep" or (not text and "" not in source.values):
        return source.values.get(text, text)
    raise ValueNotRead(
        f"{text!r} is not among the values of the mapping, line {source.line}", "Add it there, or mend it here."
    )


def _pointed(text: str) -> str:
    if "." in text:
        raise ValueNotRead(f"{text!r} has a point where the mapping says a decimal comma", "Mend one of the two.")
    return text.replace(",", ".", 1)


def _check(mapping: Mapping, native: Format, fields: Fields) -> None:
    for field, source in fields.items():
        if field not in native.groups_of:
            known = ", ".join(native.groups_of)
            where = f"The mapping {mapping.name!r}, line {source.line}"
            raise FileNotRead(f"{where}: {field!r} is no column of the table {mapping.table}.", f"Known are: {known}.")
    missing = [field for field in native.must if field not in fields and field not in _MAY_LACK]
    if missing:
        where = f"The mapping {mapping.name!r}"
        raise FileNotRead(f"{where} says nothing of {', '.join(missing)}.", f"The table {mapping.table} needs them.")
    try:
        zone_of(mapping.zone or "UTC")
    except ValueNotRead as error:
        raise FileNotRead(f"The mapping {mapping.name!r}, zone: {error.message}.", error.mend) from error


def _groups(mapping: Mapping, native: Format) -> dict[str, str]:
    groups: dict[str, str] = {}
    for fields in (mapping.fields, *mapping.parts):
        for field, source in fields.items():
            for name in source.reads():
                groups.setdefault(name, native.groups_of[field])
    return groups


@lru_cache(maxsize=64)
def _in_zone(context: ReadContext, zone: str) -> ReadContext:
    return msgspec.structs.replace(context, zone=zone) if zone else context
