"""The United Nations Security Council's consolidated list, XML as published.

Its quirks: a whole name of an organisation stands in FIRST_NAME; elements come once, often or not at all; aliases may
be empty, or hold several names; references and names have stray spaces.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.lists.names import forms, is_packed, names_in, tidy
from truceline.intake.shapes.xml_walk import Walker, walk

ROOT = "CONSOLIDATED_LIST"
MOST_ENTRIES = 50_000
MOST_CHARACTERS = 1_000_000
"""The most characters within one entry."""
_ENTRIES = {"INDIVIDUAL": "person", "ENTITY": "organisation"}
_ALIASES = ("INDIVIDUAL_ALIAS", "ENTITY_ALIAS")
_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_FIELDS = (*_PARTS, "NAME_ORIGINAL_SCRIPT", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON")


class Alias(Struct, frozen=True):
    """One alias element: what it says as it was written, its quality as published, and the names in it (maybe none)."""

    written: str
    quality: str
    note: str
    names: tuple[str, ...]


class Entry(Struct, frozen=True):
    """One entry of a list. listed_on: the day it was listed, as said there. names: its own, original script last.

    kind: person or organisation; list: the regime it is under.
    """

    reference: str
    kind: str
    list: str
    listed_on: str
    names: tuple[str, ...]
    aliases: tuple[Alias, ...]

    def all_names(self) -> tuple[str, ...]:
        """Every name, each once, the entry's own first."""
        return tuple(dict.fromkeys((*self.names, *(name for alias in self.aliases for name in alias.names))))

    def spellings(self) -> tuple[str, ...]:
        """Every form under which it is looked for."""
        return tuple(dict.fromkeys(form for name in self.all_names() for form in forms(name)))


class PublishedList(Struct, frozen=True):
    """One version of the list: when it was made, as said in it, and its entries in the order of the file."""

    made: str
    entries: tuple[Entry, ...]

    def counts(self) -> dict[str, int]:
        """What was read, counted so that it can be held against the file."""
        aliases = [alias for entry in self.entries for alias in entry.aliases]
        return {
            "entries": len(self.entries), "aliases": len(aliases),
            "aliases_empty": sum(not alias.written for alias in aliases),
            "aliases_with_names": sum(bool(alias.names) for alias in aliases),
            "aliases_packed": sum(is_packed(alias.written) for alias in aliases),
            "names": sum(len(entry.all_names()) for entry in self.entries),
        }  # fmt: skip


def read_un_list(name: str, chunks: Iterable[bytes]) -> PublishedList:
    """The list that the file holds. Raises `FileNotRead` for what is no such XML, or has entities or no date."""
    found = _Entries(name)
    walk(name, chunks, found)
    if not found.made or not found.entries:
        told = f"{name} is no consolidated list of the Security Council: it has no {ROOT} with a date and entries."
        raise FileNotRead(told, "Take the XML that the United Nations publishes.")
    return PublishedList(found.made, tuple(found.entries))


class _Entries(Walker):
    def __init__(self, name: str) -> None:
        self.name = name
        self.made = ""
        self.entries: list[Entry] = []
        self._references: set[str] = set()
        self._kind, self._long = "", 0
        self._path: list[str] = []
        self._fields: dict[str, str] = {}
        self._alias: dict[str, str] = {}
        self._aliases: list[Alias] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        self._text = []
        if len(self._path) == 1 and name == ROOT:
            self.made = tidy(attributes.get("dateGenerated"))
        elif len(self._path) == 3 and name in _ENTRIES:
            self._kind, self._fields, self._aliases, self._long = _ENTRIES[name], {}, [], 0
        elif name in _ALIASES:
            self._alias = {}

    def text(self, text: str) -> None:
        self._text.append(text)
        self._long += len(text)
        if self._long > MOST_CHARACTERS and self._kind:
            raise FileNotRead(f"{self.name}: an entry is longer than {MOST_CHARACTERS} characters.", "Is it that list?")

    def end(self, name: str) -> None:
        self._path.pop()
        said, self._text = "".join(self._text), []
        if not self._kind:
            return
        if len(self._path) == 2:
            self._add()
        elif name in _ALIASES:
            self._aliases.append(_alias(self._alias))
        elif len(self._path) == 3 and name in _FIELDS:
            self._fields[name] = said
        elif len(self._path) == 4 and self._path[-1] in _ALIASES:
            self._alias[name] = said

    def _add(self) -> None:
        fields, kind, self._kind = self._fields, self._kind, ""
        reference = tidy(fields.get("REFERENCE_NUMBER"))
        if not reference or reference in self._references or len(self.entries) >= MOST_ENTRIES:
            told = f"{self.name}: entry {len(self.entries) + 1} has no reference of its own ({reference!r})."
            raise FileNotRead(told, "Each entry of the list has one. Was the file changed?")
        self._references.add(reference)
        own = [*names_in(" ".join(fields.get(part, "") for part in _PARTS))]
        own += names_in(fields.get("NAME_ORIGINAL_SCRIPT", ""))
        listed = tidy(fields.get("LISTED_ON"))[:10]
        of = tidy(fields.get("UN_LIST_TYPE"))
        self.entries.append(Entry(reference, kind, of, listed, tuple(dict.fromkeys(own)), tuple(self._aliases)))


def _alias(fields: Mapping[str, str]) -> Alias:
    written = fields.get("ALIAS_NAME", "").strip()
    return Alias(written, tidy(fields.get("QUALITY")), tidy(fields.get("NOTE")), names_in(written))
