"""The attacker: every combination of village, date and count, hashed in every form it could have, sought in artefacts.

He holds the software, the other side's file and every cell of the row but three. What he looks for is any eight
bytes of a digest, at every offset of everything that was given away, as it lies and as hexadecimal or base64.
"""

import base64
import binascii
import hashlib
import hmac
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from truceline.record.commit import PAYLOAD_TAG, field_commitment, field_salts

VILLAGE, DATE, COUNT = b"@village@", b"@date@", b"@count@"
_HEX = re.compile(rb"[0-9a-fA-F]{16,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{11,}={0,2}")
_TABLE_BITS = 26
Digest = Callable[[bytes], bytes]
Pieces = tuple[bytes, ...]


class Combination(NamedTuple):
    """One guess."""

    village: bytes
    date: bytes
    count: bytes


@dataclass(frozen=True)
class Space:
    """All combinations of some villages, dates and counts, each of one length."""

    villages: Sequence[bytes]
    dates: Sequence[bytes]
    counts: Sequence[bytes]

    def __len__(self) -> int:
        return len(self.villages) * len(self.dates) * len(self.counts)

    def at(self, place: int) -> Combination:
        """The combination at a place, counts fastest."""
        rest, count = divmod(place, len(self.counts))
        village, date = divmod(rest, len(self.dates))
        return Combination(self.villages[village], self.dates[date], self.counts[count])


def readings(content: bytes) -> Iterator[bytes]:
    """The bytes as they lie, and whatever in them can be read as hexadecimal, base64 or compressed by zlib."""
    yield content
    for run in _HEX.findall(content):
        for start in (0, 1):
            part = run[start:]
            yield bytes.fromhex(part[: len(part) // 2 * 2].decode())
    for run in _BASE64.findall(content):
        letters = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        for start in range(4):
            part = letters[start:]
            part = part[: len(part) // 4 * 4]
            try:
                yield base64.b64decode(part)
            except binascii.Error:
                continue
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        try:
            yield zlib.decompressobj().decompress(content[found.start() :], 1 << 20)
        except zlib.error:
            continue


@dataclass
class Haystack:
    """Everything that was given away, by name; every eight bytes of it, sorted."""

    artefacts: Mapping[str, bytes]
    windows: Any = field(init=False)
    table: Any = field(init=False)

    def __post_init__(self) -> None:
        found = [_windows(one) for content in self.artefacts.values() for one in readings(content) if len(one) >= 8]
        self.table = np.zeros(1 << _TABLE_BITS, np.bool_)
        self._set(np.unique(np.concatenate(found)))

    def _set(self, windows: Any) -> None:
        self.windows = windows
        self.table[(windows >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)] = True

    def beside(self, name: str, content: bytes) -> "Haystack":
        """The same with one artefact more."""
        one = Haystack({name: content})
        one.artefacts = {**self.artefacts, name: content}
        one._set(np.union1d(self.windows, one.windows))
        return one

    def holds(self, digests: bytes, size: int) -> list[int]:
        """Of digests of one size, one after the other, the places of those of which eight bytes are somewhere."""
        words = np.frombuffer(digests, np.uint8).reshape(-1, size)
        found: set[int] = set()
        for start in {0, size - 8}:
            needles = np.ascontiguousarray(words[:, start : start + 8]).view(">u8").ravel().astype(np.uint64)
            maybe = np.flatnonzero(self.table[(needles >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)])
            at = np.searchsorted(self.windows, needles[maybe]).clip(max=len(self.windows) - 1)
            found |= {int(place) for place in maybe[self.windows[at] == needles[maybe]]}
        return sorted(found)

    def says(self, words: Iterable[bytes]) -> list[tuple[str, bytes]]:
        """Artefacts in which one of these words can be read in clear, in UTF-8 or UTF-16."""
        forms = [(word, form) for word in words for form in (word, word.decode().encode("utf-16-le"))]
        return [
            (name, word)
            for name, content in self.artefacts.items()
            for one in readings(content)
            for word, form in forms
            if form in one
        ]


def _windows(content: bytes) -> Any:
    bytes_ = np.frombuffer(content, np.uint8)
    found = np.zeros(len(bytes_) - 7, np.uint64)
    for at in range(8):
        found |= bytes_[at : len(bytes_) - 7 + at].astype(np.uint64) << np.uint64(8 * (7 - at))
    return np.unique(found)


@dataclass(frozen=True)
class Sealed:
    """What the attacker knows of the sealed row: its fields, line, file and content with three places left open."""

    fields: Sequence[tuple[str, bytes]]
    content: bytes
    line: bytes
    file: bytes
    own: tuple[str, str]
    known: Sequence[bytes]
    """Everything public that could have been taken as a key or a salt: origins, public keys, tags, ids."""


def filled(template: bytes, guess: Combination) -> bytes:
    """The template with a guess in it."""
    return template.replace(VILLAGE, guess.village).replace(DATE, guess.date).replace(COUNT, guess.count)


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def small_digests() -> dict[str, Digest]:
    """What a programmer could have taken instead of a salted commitment."""
    names = ("sha256", "sha1", "md5", "sha512", "sha3_256", "blake2b", "blake2s")
    found: dict[str, Digest] = {
        name: (lambda content, name=name: hashlib.new(name, content).digest()) for name in names
    }
    for size in (8, 16, 32):
        found[f"blake2b-{size}"] = lambda content, size=size: hashlib.blake2b(content, digest_size=size).digest()
    return found


def field_forms(sealed: Sealed) -> Iterator[tuple[str, bytes]]:
    """Forms of single fields and cells: name of the form, and the template of what is hashed."""
    for cell in (VILLAGE, DATE, COUNT):
        yield f"the cell {cell.decode()}", cell
    for at, (name, content) in enumerate(sealed.fields):
        if not any(place in content for place in (VILLAGE, DATE, COUNT)):
            continue
        head, n = name.encode(), at.to_bytes(4, "big")
        tag = len(b"truceline field v2").to_bytes(4, "big") + b"truceline field v2"
        message = tag + n + len(head).to_bytes(4, "big") + head
        before = (
            b"",
            head,
            head + b"\0",
            head + b"=",
            n,
            n + head,
            message,
            bytes(32) + message,
            bytes(32),
            bytes(16) + message,
        )
        for nth, one in enumerate(before):
            yield f"the field {name}, form {nth}", one + content


def small_attack(hay: Haystack, sealed: Sealed, space: Space, pairs: Space) -> list[tuple[str, Combination]]:
    """Each field by itself, and any two of the cells: few guesses, many forms."""
    found: list[tuple[str, Combination]] = []
    for what, template in field_forms(sealed):
        guesses = list(_guesses(template, space))
        contents = [filled(template, guess) for guess in guesses]
        for how, digest in small_digests().items():
            found += _sought(hay, f"{how} of {what}", [digest(one) for one in contents], guesses)
        for key in sealed.known:
            keyed = [hmac.digest(key, one, "sha256") for one in contents]
            found += _sought(hay, f"HMAC of {what}", keyed, guesses)
            salted = [_sha256(key + one) for one in contents]
            found += _sought(hay, f"known salt before {what}", salted, guesses)
    for first, second in ((VILLAGE, DATE), (VILLAGE, COUNT), (DATE, COUNT)):
        for between in (b"", b",", b"|", b"\x1f", b" ", b"\0"):
            guesses = list(_guesses(first + second, pairs))
            digests = [_sha256(filled(first + between + second, guess)) for guess in guesses]
            found += _sought(hay, f"two cells with {between!r}", digests, guesses)
    return found


def _guesses(template: bytes, space: Space) -> Iterator[Combination]:
    """Every filling of the places that a template has; the others stay empty."""
    named = (VILLAGE, space.villages), (DATE, space.dates), (COUNT, space.counts)
    for guess in product(*(values if place in template else (b"",) for place, values in named)):
        yield Combination(*guess)


def _sought(
    hay: Haystack, what: str, digests: Sequence[bytes], guesses: Sequence[Combination]
) -> list[tuple[str, Combination]]:
    return [(what, guesses[place]) for place in hay.holds(b"".join(digests), len(digests[0]))]


def whole_forms(sealed: Sealed) -> Iterator[tuple[str, bytes, Digest]]:
    """Forms of all three together: name, template, and the digest."""
    for between in (b"", b",", b"|", b"\x1f"):
        yield f"three cells with {between!r}", between.join((VILLAGE, DATE, COUNT)), _sha256
    yield "the row's content", sealed.content, _sha256
    yield "the line", sealed.line, _sha256
    yield "the file", sealed.file, _sha256
    yield "all fields", b"".join(content for _, content in sealed.fields), _sha256
    yield "the file's name without a salt", sealed.file, lambda content: hmac.digest(bytes(32), content, "sha256")
    source, own = (part.encode() for part in sealed.own)
    before = b"".join(len(part).to_bytes(4, "big") + part for part in (b"content", source, own)) + (32).to_bytes(
        4, "big"
    )
    yield (
        "the fingerprint without a key",
        sealed.content,
        lambda content: hashlib.blake2b(before + _sha256(content), digest_size=16).digest(),
    )


def whole_attack(hay: Haystack, sealed: Sealed, space: Space) -> tuple[int, list[tuple[str, Combination]]]:
    """All combinations in every form of the whole row; how many digests were sought, and what was found."""
    found: list[tuple[str, Combination]] = []
    sought = 0
    makers: list[tuple[str, Callable[[bytes], list[bytes]]]] = [
        (what, _filling(template, digest, space)) for what, template, digest in whole_forms(sealed)
    ]
    salts = {
        "no salt": [b""] * len(sealed.fields),
        "salts of zeros": [bytes(32)] * len(sealed.fields),
        "a secret of zeros": field_salts(bytes(32), len(sealed.fields)),
    }
    makers += [(f"the commitment under {what}", _committing(sealed, given, space)) for what, given in salts.items()]
    for what, make in makers:
        for nth, village in enumerate(space.villages):
            digests = make(village)
            sought += len(digests)
            base = nth * len(space.dates) * len(space.counts)
            found += [(what, space.at(base + at)) for at in hay.holds(b"".join(digests), len(digests[0]))]
    return sought, found


def _filling(template: bytes, digest: Digest, space: Space) -> Callable[[bytes], list[bytes]]:
    """All digests for one village."""
    dates, counts = space.dates, space.counts

    def make(village: bytes) -> list[bytes]:
        made = []
        here = template.replace(VILLAGE, village)
        for date in dates:
            before, mark, after = here.replace(DATE, date).partition(COUNT)
            again = COUNT in after
            for count in counts:
                made.append(
                    digest(before + count + (after.replace(COUNT, count) if again else after) if mark else before)
                )
        return made

    return make


def _committing(sealed: Sealed, salts: Sequence[bytes], space: Space) -> Callable[[bytes], list[bytes]]:
    """The payload commitments for one village, under salts that the attacker knows."""
    head = PAYLOAD_TAG + len(sealed.fields).to_bytes(4, "big")
    kinds = [next((place for place in (VILLAGE, DATE, COUNT) if place in content), b"") for _, content in sealed.fields]

    def of(place: bytes, guess: bytes) -> dict[int, bytes]:
        return {
            at: field_commitment(salts[at], at, name, content.replace(place, guess))
            for at, (name, content) in enumerate(sealed.fields)
            if kinds[at] == place
        }

    fixed = {at: field_commitment(salts[at], at, *one) for at, one in enumerate(sealed.fields) if not kinds[at]}
    by_date = [of(DATE, date) for date in space.dates]
    by_count = [of(COUNT, count) for count in space.counts]

    def make(village: bytes) -> list[bytes]:
        here = fixed | of(VILLAGE, village)
        made = []
        for dated in by_date:
            for counted in by_count:
                all_of = here | dated | counted
                made.append(_sha256(head + b"".join([all_of[at] for at in range(len(salts))])))
        return made

    return make


def keyed_fingerprints(hay: Haystack, sealed: Sealed, space: Space, secret: bytes) -> list[tuple[str, Combination]]:
    """Fingerprints of the row and of the file under the holder's own secret, for whoever has its key file."""
    source, own = (part.encode() for part in sealed.own)

    def of(*parts: bytes) -> bytes:
        message = b"".join([len(part).to_bytes(4, "big") + part for part in parts])
        return hashlib.blake2b(message, key=secret, digest_size=16).digest()

    forms: list[tuple[str, bytes, Digest]] = [
        ("content key", sealed.content, lambda content: of(b"content", source, own, _sha256(content))),
        ("file key", sealed.file, lambda content: of(b"file", b"\0\0\0" + content)),
    ]
    found: list[tuple[str, Combination]] = []
    for what, template, digest in forms:
        make = _filling(template, digest, space)
        for nth, village in enumerate(space.villages):
            base = nth * len(space.dates) * len(space.counts)
            places = hay.holds(b"".join(make(village)), 16)
            found += [(what, space.at(base + at)) for at in places]
    return found
