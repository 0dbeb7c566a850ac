"""The rows behind every number: one compact table of columns, embedded once, read by the page's script.

Texts that repeat are stored once and named by their position. Nothing here can end the script
element it stands in: "<", ">" and "&" are written as escapes, and direction overrides are replaced.
"""

import re
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from truceline.publication.falling_tables import span_of
from truceline.publication.languages import Words, mark
from truceline.publication.map_picture import squares_needed
from truceline.publication.markup import ISOLATE, POP, Html, shown
from truceline.publication.page import Page
from truceline.publication.sentences import VERDICTS, said
from truceline.publication.times import day_words, local_days
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.codes import codes
from truceline.vocabulary.columns import UNKNOWN, Bools, IncidentColumns, Ints
from truceline.vocabulary.possible_kinds import possible_kinds

ID_SHOWN = 12
"""Hexadecimal digits of an entry's id on the page; the export holds all of it."""

_OVERRIDES = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\x7f|\xc2[\x80-\x9f]")
_MARKS = str.maketrans({ISOLATE: "\ue000", POP: "\ue001"})
"""Where a value begins and ends in a sentence, in characters no text uses: the script makes a <bdi> of them."""

SAID = {
    "reports": mark("Reports behind this number: {n}. Surely: {surely}. Maybe: {maybe}."),
    "surely": mark("surely"),
    "maybe": mark("maybe"),
    "because_time": mark("its time is not known closely enough"),
    "because_place": mark("it may have been elsewhere"),
    "because_scope": mark("its sides, kind or number of killed are not known well enough"),
    "more": mark("Show {n} more"),
    "row": mark("row"),
    "entry": mark("entry"),
    "within": mark("within {n} m"),
    "against": mark("and"),
    "no_point": mark("no point"),
    "watched": mark("Independent sources that watched long enough: {n}"),
    "comma": mark(", "),
    "none": mark("No report lies behind this number."),
}
"""What the script says; it knows no words of its own."""


def embed(value: object) -> Html:
    """Any value as JSON that is safe inside a script element."""
    text = _OVERRIDES.sub(b"\xef\xbf\xbd", msgspec.json.encode(value))
    text = text.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")
    return Html(text.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029").decode())


def columns(page: Page, words: Words) -> dict[str, Any]:
    """The incidents as columns. Instants are whole `unit` microseconds; `start` counts from `base`."""
    rows = page.incidents
    base = int(rows.start.min()) if len(rows) else 0
    unit = int(np.gcd(np.gcd.reduce(rows.start - base), np.gcd.reduce(rows.end - rows.start))) if len(rows) else 1
    files = {one.seq: one.file for one in page.submissions}
    square = squares_needed(page)
    return {
        "n": len(rows),
        "base": base,
        "unit": unit or 1,
        "start": ((rows.start - base) // (unit or 1)).tolist(),
        "long": coded(((rows.end - rows.start) // (unit or 1)).tolist()),
        "areas": _areas(rows),
        "counts": ["".join(map(str, column.tolist())) for column in rows.counts],
        "point": _points(rows),
        "square": [] if square is None else square.tolist(),
        "radius": coded(rows.radius_m.tolist()),
        "killed": [_killed(column) for column in (rows.killed_low, rows.killed_best, rows.killed_high)],
        "file": coded([files.get(seq, str(seq)) for seq in rows.submission.tolist()]),
        "row": steps(rows.row),
        "seq": steps(rows.seq),
        "id": [one[:ID_SHOWN] for one in rows.id],
        "source_row": list(rows.source_row),
        "source": coded(rows.source),
        "when": coded(rows.when_words),
        "place": coded(rows.place),
        "kind": _kinds(rows.kind, words),
        "side_a": coded(rows.side_a, plainly=True),
        "side_b": coded(rows.side_b, plainly=True),
        "flags": coded(rows.flags, plainly=True),
    }


def coded(values: Sequence[str] | Sequence[int], plainly: bool = False) -> list[list[Any]]:
    """[texts, positions]: each text once, in order of first appearance. `plainly`: JSON lists become "a; b"."""
    found: dict[Any, int] = {}
    positions = [found.setdefault(value, len(found)) for value in values]
    return [[plain(text) for text in found] if plainly else list(found), positions]


def _kinds(kinds: Sequence[str], words: Words) -> list[list[Any]]:
    """Kinds by the labels of the code list, where it knows them; several possible ones with "or"."""
    known = codes("incident_kinds")
    found, positions = coded(kinds)

    def said(kind: str) -> str:
        return words.text(known[kind].label) if kind in known else kind

    either = words.plain(" or ")
    return [[either.join(map(said, possible_kinds(text))) for text in found], positions]


def _killed(column: Ints) -> list[list[Any]]:
    numbers, positions = coded(column.tolist())
    return [[None if number == UNKNOWN else number for number in numbers], positions]


def steps(column: Ints) -> list[int]:
    """Each number less the one before it: rows and entries mostly follow one another, and 1 is short."""
    stepped: list[int] = np.diff(column, prepend=0).tolist()
    return stepped


def plain(text: str) -> str:
    """A list kept as a JSON array of texts in words: "a; b". Any other text as it is."""
    if not text.startswith("["):
        return text
    try:
        return "; ".join(msgspec.json.decode(text, type=list[str]))
    except msgspec.DecodeError:
        return text


def _areas(rows: IncidentColumns) -> list[list[Any]]:
    """[sets of area positions, set of each incident]."""
    if not len(rows):
        return [[], []]
    packed = np.packbits(rows.may_be, axis=1)
    kinds, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    assert len(kinds) == len(first)
    return [[np.flatnonzero(rows.may_be[i]).tolist() for i in first.tolist()], which.ravel().tolist()]


def _points(rows: IncidentColumns) -> list[list[int]]:
    """[latitudes, longitudes] in 1e-5 degrees (about a metre), less the smallest, which stands first; -1: no point."""
    return [_point(column, rows.has_point) for column in (rows.lat_e7, rows.lon_e7)]


def _point(e7: Ints, has_point: Bools) -> list[int]:
    whole = np.rint(e7 / 100).astype(np.int64)
    least = int(whole[has_point].min()) if has_point.any() else 0
    kept: list[int] = np.where(has_point, whole - least, -1).tolist()
    return [least, *kept]


def matter(page: Page, words: Words, names: dict[str, str]) -> dict[str, Any]:
    """What the script needs besides the rows: days, areas, cells with their reasons, and its words."""
    ledger = page.ledger
    sentences: dict[str, int] = {}
    made: dict[tuple[object, ...], int] = {}

    def position(reason: Reason) -> int:
        key = (reason.code, *reason.values.items())
        if key not in made:
            made[key] = sentences.setdefault(said(reason, words, names).translate(_MARKS), len(sentences))
        return made[key]

    sets: dict[tuple[int, ...], int] = {}
    cells = []
    for one in ledger.indicators:
        reasons = [tuple(position(reason) for reason in cell.reasons) for cell in one.cells]
        cells.append(
            {
                "verdict": coded([words.plain(VERDICTS[cell.verdict]) for cell in one.cells]),
                "sources": [cell.sources for cell in one.cells],
                "why": [sets.setdefault(kept, len(sets)) for kept in reasons],
            }
        )
    return {
        "days": [day.start for day in ledger.days] + [day.end for day in ledger.days[-1:]],
        "names": [day_words(words, day.name) for day in ledger.days],
        "areas": [shown(names.get(area, area)) for area in ledger.areas] + [words.plain("elsewhere")],
        "indicators": [words.text(page.indicator(k).title) for k in range(len(ledger.indicators))],
        "cells": cells,
        "why": [list(kept) for kept in sets],
        "sentences": list(sentences),
        "periods": _periods(page),
        "panels": [list(sources) for sources in page.panels()],
        "say": {key: _unfilled(words, message) for key, message in SAID.items()},
    }


def _unfilled(words: Words, message: str) -> str:
    """The message with its braces left for the script to fill."""
    return words.plain(message, **{key: "{" + key + "}" for key in re.findall(r"\{(\w+)\}", message)})


def _periods(page: Page) -> dict[str, list[int]]:
    """The instants at which the days of each compared period begin, for "dated to one day"."""
    zone = page.agreement.zone
    periods = {(p.start, p.end) for one in page.compared for p in (one.before, one.after)}
    periods |= {span_of(page, p) for one in page.falling for p in (one.tested.before, one.tested.after)}
    return {f"{start} {end}": local_days(start, end, zone) for start, end in sorted(periods)}
