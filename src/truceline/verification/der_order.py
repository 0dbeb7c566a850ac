"""Certificates of a time-stamp reply in the order that DER asks for.

Common authorities (those that run OpenSSL) put their certificates into the reply in the order of a file, where DER
wants a set in the order of its bytes (X.690, 11.6), and our reader is strict. Certificates are not under the signature:
to put them in order changes nothing that was signed, and no length.
"""

_SEQUENCE, _CONTEXT_0 = 0x30, 0xA0
_LONG, _MOST_LENGTH_BYTES = 0x80, 3
_TO_CERTIFICATES = ((_SEQUENCE, 0), (_SEQUENCE, 1), (_CONTEXT_0, 1), (_SEQUENCE, 0), (_CONTEXT_0, 3))
"""From the whole reply down to its certificates: the tag, and which of the parts it is (RFC 3161, RFC 5652, 5.1)."""

Part = tuple[int, int, int, int]
"""Tag, where it begins, where its content begins, where it ends."""


def in_der_order(reply: bytes) -> bytes:
    """The reply with its certificates in order; as it is where it is not built as expected."""
    found: Part | None = (0, 0, 0, len(reply))
    for tag, number in _TO_CERTIFICATES:
        parts = _parts(reply, found[2], found[3]) if found else []
        found = parts[number] if number < len(parts) and parts[number][0] == tag else None
    if found is None:
        return reply
    certificates = sorted(reply[begins:ends] for _, begins, _, ends in _parts(reply, found[2], found[3]))
    ordered = b"".join(certificates)
    return reply[: found[2]] + ordered + reply[found[3] :] if len(ordered) == found[3] - found[2] else reply


def _parts(content: bytes, at: int, end: int) -> list[Part]:
    """What lies one after the other in these bytes; nothing where they are not DER."""
    parts = []
    while at < end:
        part = _part(content, at, end)
        if part is None:
            return []
        parts.append(part)
        at = part[3]
    return parts


def _part(content: bytes, at: int, end: int) -> Part | None:
    if at + 2 > end:
        return None
    length, begins = content[at + 1], at + 2
    if length >= _LONG:
        size = length - _LONG
        if not 1 <= size <= _MOST_LENGTH_BYTES or begins + size > end:
            return None
        length, begins = int.from_bytes(content[begins : begins + size]), begins + size
    return (content[at], at, begins, begins + length) if begins + length <= end else None
