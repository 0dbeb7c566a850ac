"""Any table through a mapping file: each row is rewritten as a row of Truceline's own table and read as that.

A fault found there names the column and the value of the file as received.
"""

from collections.abc import Mapping as Dictionary
from functools import lru_cache

import msgspec

from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.cells import Cells, Columns
from truceline.intake.context import ReadContext
from truceline.intake.formats import truceline_coverage, truceline_reports, truceline_tallies
from truceline.intake.formats.format import Format, Noun
from truceline.intake.formats.mapped_cells import written
from truceline.intake.mapping import Fields, From, Mapping
from truceline.intake.said_counts import read_said
from truceline.vocabulary.tally import Tally
from truceline.vocabulary.when import zone_of

NATIVE = {
    "reports": truceline_reports.FORMAT,
    "coverage": truceline_coverage.FORMAT,
    "tallies": truceline_tallies.FORMAT,
}
COUNTS = {
    "reports": {"killed": ("killed_low", "killed_best", "killed_high")},
    "coverage": {},
    "tallies": {"count": ("low", "best", "high")},
}
"""Fields of a mapping that are no column of the native table: one cell that says low, best and high."""
_MAY_LACK = ("source", "kind", "side_a", "side_b")
"""Columns of the native tables that a mapping may leave out: an empty cell is a good answer there."""


def mapped_format(mapping: Mapping) -> Format:
    """The format that a mapping describes. Raises `FileNotRead` where it does not fit its native table."""
    native = NATIVE[mapping.table]
    variants = [{**mapping.fields, **part} for part in mapping.parts] or [mapping.fields]
    for fields in variants:
        _check(mapping, native, fields)
    rewriters = [_Rewriter(mapping, native, fields) for fields in variants]

    def read(cells: Cells, context: ReadContext) -> Noun:
        own = _in_zone(context, mapping.zone)
        _refuse(cells, mapping)
        none_of_its_own = list(cells.faults)
        nouns = [rewriter.read(cells, own) for rewriter in rewriters]
        if none_of_its_own:
            cells.faults[:] = none_of_its_own
        tallies = [tally for noun in nouns if isinstance(noun, tuple) for tally in noun]
        return tuple(tallies) if tallies else nouns[0]

    reads = mapping.reads()
    return Format("mapped", "2", native.noun, tuple(reads), _groups(mapping, native), read)


class _Rewriter:
    """Rewrites rows by one set of fields; where the columns stand is worked out once."""

    def __init__(self, mapping: Mapping, native: Format, fields: Fields) -> None:
        self.mapping, self.native, self.fields = mapping, native, fields
        self.counts = COUNTS[mapping.table]
        self.origin = {column: field for field in fields for column in self.counts.get(field, (field,))}
        names = tuple(self.origin)
        self.columns = Columns(names, {name: at for at, name in enumerate(names)})

    def read(self, cells: Cells, context: ReadContext) -> Noun:
        texts: list[str] = []
        for field, source in self.fields.items():
            text = written(cells, field, source, self.mapping)
            texts += _counted(cells, text, source) if field in self.counts else [text]
        rewritten = Cells(0, self.columns, texts)
        noun = self.native.read(rewritten, context)
        for fault in rewritten.faults:
            names = self.fields[self.origin[fault.column]].reads() if fault.column in self.origin else ()
            if not cells.refused(names):
                cells.refuse(names[0] if names else fault.column, ValueNotRead(fault.reason, fault.mend))
        return _flagged(noun, cells)


def _refuse(cells: Cells, mapping: Mapping) -> None:
    for refused in mapping.refuse:
        if cells.text(refused.column) in refused.words:
            told = f"The mapping, line {refused.line}, refuses rows with {cells.text(refused.column)!r} here"
            cells.refuse(refused.column, ValueNotRead(told, "Nothing is to be mended if it is a total or a heading."))


def _counted(cells: Cells, text: str, source: From) -> tuple[str, str, str]:
    try:
        return read_said(text)
    except ValueNotRead as error:
        cells.refuse(source.reads()[0] if source.reads() else "", error)
        return "", "", ""


def _flagged(noun: Noun, cells: Cells) -> Noun:
    """The noun with the flags of the file's own cells before those of the rewritten row."""
    if not cells.flags or isinstance(noun, tuple):
        return tuple(_with_flags(tally, cells) for tally in noun) if isinstance(noun, tuple) and cells.flags else noun
    return msgspec.structs.replace(noun, flags=tuple(dict.fromkeys((*cells.flags, *noun.flags))))


def _with_flags(tally: Tally, cells: Cells) -> Tally:
    return msgspec.structs.replace(tally, flags=tuple(dict.fromkeys((*cells.flags, *tally.flags))))


def _check(mapping: Mapping, native: Format, fields: Fields) -> None:
    where, counts = f"The mapping {mapping.name!r}", COUNTS[mapping.table]
    for field, source in fields.items():
        if field not in native.groups_of and field not in counts:
            known = ", ".join((*native.groups_of, *counts))
            told = f"{where}, line {source.line}: {field!r} is no column of the table {mapping.table}."
            raise FileNotRead(told, f"Known are: {known}.")
        twice = [column for column in counts.get(field, ()) if column in fields]
        if twice:
            told = f"{where}, line {source.line}: {field!r} already says {', '.join(twice)}."
            raise FileNotRead(told, "Leave one of them out.")
    said = {column for field in fields for column in counts.get(field, (field,))}
    missing = [field for field in native.must if field not in said and field not in _MAY_LACK]
    if missing:
        raise FileNotRead(f"{where} says nothing of {', '.join(missing)}.", f"The table {mapping.table} needs them.")
    try:
        zone_of(mapping.zone or "UTC")
    except ValueNotRead as error:
        raise FileNotRead(f"{where}, zone: {error.message}.", error.mend) from error


def _groups(mapping: Mapping, native: Format) -> dict[str, str]:
    groups: dict[str, str] = {}
    counted: Dictionary[str, tuple[str, ...]] = COUNTS[mapping.table]
    for fields in (mapping.fields, *mapping.parts):
        for field, source in fields.items():
            for name in source.reads():
                groups.setdefault(name, native.groups_of[counted.get(field, (field,))[0]])
    for refused in mapping.refuse:
        groups.setdefault(refused.column, "rest")
    return groups


@lru_cache(maxsize=64)
def _in_zone(context: ReadContext, zone: str) -> ReadContext:
    return msgspec.structs.replace(context, zone=zone) if zone else context
