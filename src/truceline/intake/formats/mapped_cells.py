"""One cell of a native row as a mapping makes it of the file's own cells. A fault is noted in these."""

from hashlib import sha256

import msgspec

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.dates import iso_of, of_parts, with_time
from truceline.intake.formats.said import source_id
from truceline.intake.mapping import From, Mapping
from truceline.intake.said_counts import read_said
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.report import DIGITS_CONVERTED

_TIMES = ("when", "from", "to")
_DEGREES = ("lat", "lon")


def written(cells: Cells, field: str, source: From, mapping: Mapping) -> str:
    """One cell of the native row. A fault is noted and the cell left as it stands."""
    if source.constant is not None:
        return source.constant
    if source.content:
        return sha256(msgspec.json.encode(cells.all())).hexdigest()[:32]
    if source.columns:
        parts = [cells.text(name) for name in source.columns]
        return source.before + source.joined.join(parts) if any(parts) else source.default
    if source.span:
        first, last = (_converted(cells, field, name, source, mapping) for name in source.span)
        return first if first == last or not last else f"{first}/{last}"
    if source.date is not None or source.year is not None:
        return _dated(cells, source, mapping)
    assert source.column is not None
    return _converted(cells, field, source.column, source, mapping)


def _dated(cells: Cells, source: From, mapping: Mapping) -> str:
    """A day and a time of day, or year, month and day, each in a cell of its own."""
    column = source.time or source.date or source.year or ""
    try:
        if source.year is not None:
            return of_parts(*[_digits(cells, name) if name else "" for name in (source.year, source.month, source.day)])
        assert source.date is not None
        text, column = _digits(cells, source.date), source.date
        day = iso_of(text, mapping.dates) if text else ""
        column = source.time or column
        return with_time(day, _digits(cells, source.time)) if source.time and day else day
    except ValueNotRead as error:
        cells.refuse(column, error)
        return ""


def _digits(cells: Cells, column: str) -> str:
    """The cell in ASCII digits; flagged where it had others."""
    text = cells.text(column)
    plain = ascii_digits(text)
    if plain != text:
        cells.flag(DIGITS_CONVERTED)
    return plain


def _converted(cells: Cells, field: str, column: str, source: From, mapping: Mapping) -> str:
    if field in ("words", "place", "method", "stopped_by") and source.values is None:
        return cells.words(column) or source.default
    text = cells.text(column)
    try:
        if source.values is not None:
            text = _valued(text, source)
        if source.split:
            text = ";".join(text.split(source.split))
        if source.made:
            text = _as_id(text) if source.made == "id" else _as_number(text)
        if field in _TIMES and text:
            plain = _digits(cells, column) if mapping.dates and source.values is None else text
            return iso_of(plain, mapping.dates)
        if field in _DEGREES and mapping.decimal == "comma":
            return _pointed(text)
    except ValueNotRead as error:
        cells.refuse(column, error)
    return text or source.default


def _valued(text: str, source: From) -> str:
    assert source.values is not None
    if text in source.values or source.otherwise == "keep" or (not text and "" not in source.values):
        return source.values.get(text, text)
    raise ValueNotRead(
        f"{text!r} is not among the values of the mapping, line {source.line}", "Add it there, or mend it here."
    )


def _as_id(text: str) -> str:
    made = source_id(text)
    if text and not made:
        raise ValueNotRead(f"{text!r} has no Latin letter or digit to make an id of", "List it under values.")
    return made


def _as_number(text: str) -> str:
    low, best, high = read_said(text)
    if low or high:
        raise ValueNotRead(f"{text!r} is no single number", "Give low and high columns of their own.")
    return best


def _pointed(text: str) -> str:
    if "." in text:
        raise ValueNotRead(f"{text!r} has a point where the mapping says a decimal comma", "Mend one of the two.")
    return text.replace(",", ".", 1)
