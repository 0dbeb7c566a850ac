"""XML read element by element: those asked for are built whole, one after another; all else is passed and forgotten.

For long parts, where `xml_walk` (a step in Python for each tag) costs five times as much. As bounded and as closed:
a second parser, which builds nothing, goes ahead of the one that builds.
"""

from collections.abc import Iterable, Iterator
from typing import Never
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from truceline.errors import FileNotRead
from truceline.intake.shapes import xml_walk

MOST_WITHIN = 262_144
"""Elements within one that is asked for."""
MOST_CHARACTERS = 16_777_216
"""Characters within one that is asked for."""


def elements(name: str, chunks: Iterable[bytes], wanted: frozenset[str]) -> Iterator[Element]:
    """The elements of these names, as they end. Raises `FileNotRead` for what is no XML, or has a document type.

    Names are without their namespace. One that stands inside another is a part of that one only.
    """
    reading = _Reading(name, wanted)
    try:
        for chunk in chunks:
            for start in range(0, len(chunk), xml_walk.PIECE):
                yield from reading.feed(chunk[start : start + xml_walk.PIECE])
        yield from reading.close()
    except (expat.ExpatError, ParseError, UnicodeDecodeError, LookupError, ValueError) as error:
        raise FileNotRead(f"{name} is broken XML: {error}.", "Was it copied or downloaded to its end?") from error


def local(tag: str) -> str:
    """A tag's name without its namespace."""
    return tag.rpartition("}")[2]


class _Reading:
    def __init__(self, name: str, wanted: frozenset[str]) -> None:
        self._name, self._wanted = name, wanted
        self._first, self._fed = _guard(name), 0
        self._builder = TreeBuilder()
        self._outside = self._builder.start("", {})  # Of the builder, whose root cannot be asked for before the end.
        self._parser = XMLParser(target=self._builder)  # noqa: S314 (`_guard` refuses first)

    def feed(self, piece: bytes) -> Iterator[Element]:
        """The elements that ended, once so many more bytes are read."""
        self._first.Parse(piece, False)
        self._fed += len(piece)
        xml_walk.check_tag(self._name, self._fed - self._first.CurrentByteIndex)
        self._parser.feed(piece)
        self._builder.comment("")  # Has the characters so far put where they belong, though it builds nothing.
        yield from self._ended()

    def close(self) -> Iterator[Element]:
        """The rest."""
        self._first.Parse(b"", True)
        self._builder.end("")
        self._parser.close()
        yield from self._among(list(self._outside), 1)

    def _ended(self) -> Iterator[Element]:
        """What ended; it is forgotten. Below each element all but its last surely ended, of which that is not known."""
        node, depth, within = self._outside, 0, False
        while len(node):
            last, depth = node[-1], depth + 1
            xml_walk.check_depth(self._name, depth)
            if not within:
                ended = node[:-1]
                del node[:-1]
                yield from self._among(ended, depth)
                last.tail = None
                within = local(last.tag) in self._wanted
                self._forget(last, wanted=within)
            node = last

    def _among(self, some: Iterable[Element], depth: int) -> Iterator[Element]:
        xml_walk.check_depth(self._name, depth)
        for element in some:
            if local(element.tag) in self._wanted:
                yield element
            elif len(element):
                yield from self._among(element, depth + 1)

    def _forget(self, last: Element, *, wanted: bool) -> None:
        """Of an element that is not asked for, its text; one that is must not grow without end."""
        if not wanted:
            last.text = None
            return
        lengths = [len(one.text or "") + len(one.tail or "") for one in last.iter()]
        if len(lengths) > MOST_WITHIN or sum(lengths) > MOST_CHARACTERS:
            told = f"one {local(last.tag)!r} has more than {MOST_WITHIN} parts, or {MOST_CHARACTERS} characters"
            raise FileNotRead(f"{self._name}: {told}.", "Save it anew, or as CSV (UTF-8).")


def _guard(name: str) -> expat.XMLParserType:
    """A parser that only refuses what is not read."""

    def refuse(*_: object) -> Never:
        raise xml_walk.document_type(name)

    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    return parser
