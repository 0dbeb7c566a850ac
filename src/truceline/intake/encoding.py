"""Which characters a file's bytes are: a byte order mark, else UTF-8, else one of two Windows code pages.

Bytes that the encoding cannot read stay recognisable (they become lone surrogates, which no valid
text holds), so that only their rows are refused and the very bytes can be given back.
"""

import codecs
import re
from typing import NamedTuple

from truceline.errors import FileNotRead

UTF16 = ("utf-16-le", "utf-16-be")
KNOWN = (
    "utf-8", *UTF16, "ascii", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
    "windows-1255", "windows-1256", "windows-1257", "windows-1258", "iso-8859-1", "iso-8859-2", "iso-8859-5",
    "iso-8859-6", "iso-8859-9", "iso-8859-15", "koi8-r", "koi8-u", "cp437", "cp720", "cp850", "cp864", "cp866",
    "mac-roman", "mac-cyrillic",
)  # fmt: skip
"""The encodings that may be named; those of one or two bytes a character, whose bytes can always be given back."""

_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LETTER = re.compile("[\u0621-\u064a]")
_MARK = re.compile("[\u064b-\u0652]")


class Decoded(NamedTuple):
    """A file as text, the encoding it was read with, and the sentence that says why that one."""

    text: str
    encoding: str
    why: str


def decode(name: str, content: bytes, encoding: str | None = None) -> Decoded:
    """A file's bytes as text; `encoding` overrides the choice.

    A byte order mark decides; bytes that are valid UTF-8 are UTF-8; bytes most of whose characters
    beyond ASCII are valid UTF-8 are damaged UTF-8; what else looks Arabic is windows-1256, and the
    rest windows-1252. Raises `FileNotRead` for an encoding that is not known or UTF-32.
    """
    mark, marked = next(((mark, marked) for mark, marked in _MARKS if content.startswith(mark)), (b"", None))
    if encoding is not None:
        chosen = _known(name, encoding, marked)
        rest = content[len(mark) :] if chosen == marked else content
        return Decoded(to_text(_whole_units(name, rest, chosen), chosen), chosen, "as told")
    if marked == "":
        raise FileNotRead(f"{name} is UTF-32 text, which is not read.", "Save it as UTF-8.")
    if marked:
        rest = _whole_units(name, content[len(mark) :], marked)
        return Decoded(to_text(rest, marked), marked, "the file begins with a byte order mark")
    return _chosen(content)


def to_text(content: bytes, encoding: str) -> str:
    """The bytes as text, those that cannot be read as lone surrogates; `to_bytes` gives them back."""
    return content.decode(encoding, _errors(encoding))


def to_bytes(text: str, encoding: str) -> bytes:
    """The very bytes that `to_text` read."""
    return text.encode(encoding, _errors(encoding))


def unreadable(text: str) -> bool:
    """Some of the bytes behind this text could not be read."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _errors(encoding: str) -> str:
    return "surrogatepass" if encoding in UTF16 else "surrogateescape"


def _chosen(content: bytes) -> Decoded:
    try:
        return Decoded(content.decode(), "utf-8", "every byte is valid UTF-8")
    except UnicodeDecodeError:
        bad = len(to_text(content, "utf-8")) - len(content.decode("utf-8", "ignore"))
    good = len(content.decode("utf-8", "ignore")) - len(content.translate(None, _BEYOND))
    if good >= bad:
        why = f"{good} characters beyond ASCII are valid UTF-8 and {bad} bytes are not"
        return Decoded(to_text(content, "utf-8"), "utf-8", why)
    if _looks_arabic(content):
        why = "the bytes are not UTF-8 and read as Arabic words"
        return Decoded(to_text(content, "windows-1256"), "windows-1256", why)
    why = "the bytes are not UTF-8 and do not read as Arabic words"
    return Decoded(to_text(content, "windows-1252"), "windows-1252", why)


def _looks_arabic(content: bytes) -> bool:
    """Half of the bytes beyond ASCII are Arabic letters that stand next to one another in windows-1256.

    In western text the bytes that would be Arabic letters (German a-umlaut, say) stand alone among ASCII.
    """
    beyond = len(content) - len(content.translate(None, _BEYOND))
    # Every other byte is doubled, so that a letter alone has one of its own on either side, and each is counted.
    kinds = b"o" + content.translate(_KINDS).replace(b"o", b"oo") + b"o"
    letters = kinds.count(b"L") - kinds.count(b"oLo")
    return 2 * letters >= beyond


def _kind(byte: int) -> bytes:
    """L for an Arabic letter in windows-1256, M for a mark or a stroke between letters, o for any other byte."""
    character = bytes([byte]).decode("windows-1256", "replace")
    if _LETTER.fullmatch(character):
        return b"L"
    return b"M" if _MARK.fullmatch(character) else b"o"


_BEYOND = bytes(range(0x80, 0x100))
_KINDS = b"".join([_kind(byte) for byte in range(256)])


def _known(name: str, encoding: str, marked: str | None) -> str:
    try:
        codec = codecs.lookup(encoding).name
    except LookupError:
        codec = ""
    if codec == "utf-16":
        return marked if marked in UTF16 else "utf-16-le"
    for known in KNOWN:
        if codec in (known, "utf-8-sig" if known == "utf-8" else known) or codecs.lookup(known).name == codec:
            return known
    raise FileNotRead(f"{name}: {encoding!r} is no encoding that is read here.", f"Give one of: {', '.join(KNOWN)}.")


def _whole_units(name: str, content: bytes, encoding: str) -> bytes:
    if encoding in UTF16 and len(content) % 2:
        raise FileNotRead(f"{name} is UTF-16 text that was cut in the middle of a character.", "Get the whole file.")
    return content
