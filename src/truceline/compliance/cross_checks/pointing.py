"""Small questions that every check asks: does a name point to something, does a time run forward.

Each yields (path, message) for what is wrong.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.plain_yaml import Path
from truceline.vocabulary.when import read_instant, zone_of

Wrong = tuple[Path, str]
"""Where in the file, and what is wrong there."""


def known(path: Path, one: str, ids: Iterable[str], what: str) -> Iterator[Wrong]:
    """The name is one of these."""
    if one not in ids:
        yield path, f"{one!r} is no {what} of this pack" if what != "incident kind" else f"{one!r} is no {what}"


def all_known(path: Path, many: Iterable[str], ids: Iterable[str], what: str) -> Iterator[Wrong]:
    """Each of the names is one of these, and none is there twice."""
    for i, one in enumerate(many):
        yield from known((*path, i), one, ids, what)
    for one, times in Counter(many).items():
        if times > 1:
            yield path, f"{one!r} is named twice"


def some_known(path: Path, many: tuple[str, ...], ids: Iterable[str], what: str) -> Iterator[Wrong]:
    """There is at least one name, and all are of these."""
    if not many:
        yield path, f"names no {what}"
    yield from all_known(path, many, ids, what)


def executed(path: Path, terms: tuple[str, ...], agreement: Agreement) -> Iterator[Wrong]:
    """The terms exist and none of them is only recalled (what is recalled is shown, not executed)."""
    tags = {term.id: term.cited.tag for term in agreement.terms}
    yield from all_known(path, terms, tags, "term")
    for i, term in enumerate(terms):
        if tags.get(term) == "recalled":
            yield (*path, i), f"{term!r} is recalled and is not executed until it is confirmed"


def used_once(name: str, ids: list[str], taken: set[str] | None = None) -> Iterator[Wrong]:
    """No id of the list is used twice, nor one that is taken."""
    seen = set(taken or ())
    for i, one in enumerate(ids):
        if one in seen:
            yield (name, i, "id"), f"{one!r} is used twice"
        seen.add(one)


def used_once_in(path: Path, ids: list[str]) -> Iterator[Wrong]:
    """No id among parts of one thing is used twice."""
    yield from (((*path, i, "id"), f"{one!r} is used twice") for i, one in enumerate(ids) if one in ids[:i])


def zone_known(path: Path, name: str) -> Iterator[Wrong]:
    """The IANA zone exists."""
    try:
        zone_of(name)
    except ValueNotRead as error:
        yield path, error.message


def time_read(path: Path, text: str, zone: str) -> Iterator[Wrong]:
    """The time can be read."""
    try:
        read_instant(text, zone)
    except ValueNotRead as error:
        yield path, f"{error.message}{'' if error.message.endswith('?') else '.'} {error.mend}"


def day_read(path: Path, text: str) -> Iterator[Wrong]:
    """The text is one local day, YYYY-MM-DD."""
    try:
        written = date.fromisoformat(text).isoformat()
    except ValueError:
        written = ""
    if written != text:
        yield path, f"{text!r} is no local day; write YYYY-MM-DD"


def runs_forward(
    path: Path, start: str | None, end: str | None, zone: str, start_key: str = "from", end_key: str = "to"
) -> Iterator[Wrong]:
    """Both times can be read and run forward."""
    found: list[Wrong] = []
    for key, text in ((start_key, start), (end_key, end)):
        if text is not None:
            found += time_read((*path, key), text, zone)
    yield from found
    if start and end and not found and read_instant(end, zone) <= read_instant(start, zone):
        yield (*path, end_key), f"{end!r} is not after {start!r}"
