"""A walk through XML, piece by piece: no entity is defined, no document type read, nothing outside is opened."""

from collections.abc import Iterable, Mapping
from typing import Never
from xml.parsers import expat

from truceline.errors import FileNotRead

MOST_DEPTH = 64
MOST_TAG = 1_048_576
"""The longest tag with its attributes, comment or instruction, in bytes: expat keeps the whole of it."""
PIECE = 65_536
"""So many bytes are read together."""


class Walker:
    """What is done on the way. Names come without their namespace; `text` may give a text in pieces."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters of the element that is open."""


def walk(name: str, chunks: Iterable[bytes], walker: Walker) -> None:
    """Walk through the XML that the chunks make up. Raises `FileNotRead` for what is no XML, or has a document type."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        check_depth(name, depth)
        walker.start(_local(element), {_local(key): value for key, value in attributes.items()})

    def end(element: str) -> None:
        nonlocal depth
        depth -= 1
        walker.end(_local(element))

    def refuse(*_: object) -> Never:
        raise document_type(name)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = walker.text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    _feed(name, parser, chunks)


def document_type(name: str) -> FileNotRead:
    """The file has what could name other files, or make much of little."""
    return FileNotRead(f"{name} declares a document type or entities, which are not read.", "Save it without.")


def check_depth(name: str, depth: int) -> None:
    """Raises `FileNotRead` where too many elements stand inside each other."""
    if depth > MOST_DEPTH:
        raise FileNotRead(f"{name}: more than {MOST_DEPTH} elements stand inside each other.", "Save it anew.")


def check_tag(name: str, waiting: int) -> None:
    """Raises `FileNotRead` where a tag or comment did not end for too long."""
    if waiting > MOST_TAG:
        raise FileNotRead(f"{name}: a tag or comment is longer than {MOST_TAG} bytes.", "Save it anew.")


def _feed(name: str, parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    fed = 0
    try:
        for chunk in chunks:
            for start in range(0, len(chunk), PIECE):
                piece = chunk[start : start + PIECE]
                parser.Parse(piece, False)
                fed += len(piece)
                check_tag(name, fed - parser.CurrentByteIndex)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeDecodeError, LookupError, ValueError) as error:
        raise FileNotRead(f"{name} is broken XML: {error}.", "Was it copied or downloaded to its end?") from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
