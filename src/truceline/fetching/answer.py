"""One page of an answer: its rows byte for byte, what it says of the whole, and what has changed in its form.

A changed wrapping is read where only one list of rows can be meant, and said. A column without which no row
can be read ends the fetch: nothing is guessed.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from urllib.parse import parse_qs, urlsplit

import msgspec
from msgspec import Raw, Struct

from truceline.errors import FetchError
from truceline.fetching.question import Question

MOST_NAMED = 8
Members = dict[str, Raw]


class Page(Struct, frozen=True):
    """A page: rows as they came, their ids and columns; the total it claims, and the next page's number."""

    rows: tuple[bytes, ...]
    ids: tuple[str, ...]
    total: int | None
    next: int | None
    columns: frozenset[str]
    notes: tuple[str, ...]


def read_page(question: Question, number: int, content: bytes) -> Page:
    """Read the page of that number. Raises `FetchError` for what is no answer to the question."""
    notes: list[str] = []
    envelope, rows = _rows(question, content, notes)
    read = [_members(row, question.rows_at) for row in rows]
    columns = frozenset(question.column(name) for row in read for name in row)
    for at, row in enumerate(read):
        _refuse_without(question, {question.column(name) for name in row}, columns, f"page {number}, row {at + 1}")
    notes += _changes(question, columns, read)
    return Page(
        tuple(bytes(row) for row in rows),
        tuple(_own(question, row) for row in read),
        _total(question, envelope, notes),
        _next(question, envelope, number),
        columns,
        tuple(notes),
    )


def _rows(question: Question, content: bytes, notes: list[str]) -> tuple[Members, list[Raw]]:
    top = _list(Raw(content))
    if top is not None:
        notes.append(f"the answer is a bare list; its rows stood under {question.rows_at!r}")
        return {}, top
    envelope = _members(Raw(content), "the answer")
    _refuse_a_failure(envelope)
    inner = envelope.get(question.rows_at)
    if inner is not None and (rows := _list(inner)) is not None:
        return envelope, rows
    if inner is not None and bytes(inner).strip() == b"null":
        return envelope, []
    where, rows = _elsewhere(question, envelope)
    notes.append(f"the rows stand under {where!r}; they stood under {question.rows_at!r}")
    return envelope, rows


def _elsewhere(question: Question, envelope: Members) -> tuple[str, list[Raw]]:
    """The one list of objects in the answer, or in an object of it."""
    found = []
    for name, value in envelope.items():
        if (rows := _list(value)) is not None:
            found.append((name, rows))
        elif bytes(value).lstrip()[:1] == b"{":
            inside = _members(value, name).items()
            found += [(f"{name}.{inner}", rows) for inner, one in inside if (rows := _list(one)) is not None]
    found = [(where, rows) for where, rows in found if all(bytes(row).lstrip()[:1] == b"{" for row in rows)]
    if len(found) != 1 or not found[0][1]:
        raise FetchError(
            f"The answer has no rows under {question.rows_at!r}; it has {_named(envelope)}.",
            "The service has changed its form: nothing was kept of this page. Report it to Truceline.",
        )
    return found[0]


def _refuse_a_failure(envelope: Members) -> None:
    """Services that answer 200 and say inside that it failed."""
    if bytes(envelope.get("success", Raw(b"true"))).strip() == b"false":
        raise FetchError("The service says that it failed.", "Check what was asked for, and that the key may ask it.")


def _refuse_without(question: Question, columns: set[str], page: frozenset[str], where: str) -> None:
    missing = [name for name in question.must if name not in columns]
    if not missing:
        return
    new = sorted(page - set(question.known))
    likely = {name: near[0] for name in missing if (near := get_close_matches(name, new, 1, 0.4))}
    renamed = "".join(f" {old!r} may now be {now!r}." for old, now in likely.items())
    raise FetchError(
        f"{question.source}, {where}: {_named(missing)} missing.{renamed}",
        "The service has changed its columns: nothing was kept of this page. Report it to Truceline.",
    )


def _changes(question: Question, columns: frozenset[str], rows: Sequence[Members]) -> Iterator[str]:
    if not rows:
        return
    if new := columns - set(question.known):
        yield f"new columns: {_named(new)}"
    if gone := set(question.known) - columns - set(question.rare):
        yield f"columns that no longer come: {_named(gone)}"
    texts = {name for row in rows for name in question.numbers if bytes(row.get(name, Raw(b""))).lstrip()[:1] == b'"'}
    if texts:
        yield f"numbers that come as texts: {_named(texts)}"


def _total(question: Question, envelope: Members, notes: list[str]) -> int | None:
    said = envelope.get(question.total_at)
    if said is None or bytes(said).strip() == b"null":
        return None
    try:
        return msgspec.json.decode(said, type=int, strict=False)
    except msgspec.MsgspecError:
        notes.append(f"{question.total_at!r} is no number")
        return None


def _next(question: Question, envelope: Members, number: int) -> int | None:
    """The number in the next page's address; of the address itself nothing else is used."""
    said = envelope.get(question.next_at) if question.next_at else None
    if said is None or bytes(said).strip() in (b"null", b'""'):
        return None
    try:
        told = parse_qs(urlsplit(msgspec.json.decode(said, type=str)).query).get(question.page_at, [""])[0]
        page = int(told)
    except (msgspec.MsgspecError, ValueError):
        page = -1
    if page <= number:
        raise FetchError(
            f"{question.next_at!r} names no page after {number}.", "The service has changed: report it to Truceline."
        )
    return page


def _own(question: Question, row: Members) -> str:
    value = next(value for name, value in row.items() if question.column(name) == question.own)
    return bytes(value).decode("utf-8", "replace").strip().strip('"')


def _members(value: Raw, where: str) -> Members:
    try:
        return msgspec.json.decode(value, type=Members)
    except msgspec.MsgspecError:
        raise FetchError(f"{where} is no JSON object.", "The service has changed: report it to Truceline.") from None


def _list(value: Raw) -> list[Raw] | None:
    if bytes(value).lstrip()[:1] != b"[":
        return None
    return msgspec.json.decode(value, type=list[Raw])


def _named(names: Iterable[str]) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return ", ".join(repr(name[:60]) for name in listed[:MOST_NAMED]) + more
