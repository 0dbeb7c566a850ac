"""Replies of time-stamping authorities (RFC 3161), read and verified: who vouched for which fingerprint, and when.

A reply says that the authority was shown a fingerprint at a time; not that the file is what it is said to be. Without
the authority's root certificate its signature is not checked, and the reply is worth the word of whoever enters it.
The reader is `rfc3161-client` (Trail of Bits), in Rust, an extra of this package: `timestamps`.
"""

import hashlib
from datetime import datetime
from typing import Any, Literal

from cryptography import x509
from msgspec import Struct

from truceline.errors import ActError
from truceline.verification.der_order import in_der_order
from truceline.vocabulary.when import instant

MOST_BYTES = 30_000
"""A reply of an authority has some 2,000 to 8,000."""
MOST_CERTIFICATES = 100
HASHES: dict[str, Literal["sha256", "sha384", "sha512"]] = {
    "2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512",
}  # fmt: skip
"""By object identifier (RFC 5754)."""
GRANTED = 0
_MEND = "Give the reply of a time-stamping authority as it came (RFC 3161, DER), over SHA-256, SHA-384 or SHA-512."


class TimeStamp(Struct, frozen=True):
    """What a reply says: the fingerprint it was shown, and when (UTC microseconds); serial: the authority's number."""

    hashed: Literal["sha256", "sha384", "sha512"]
    digest: str
    at: int
    serial: int
    policy: str


def read_reply(content: bytes) -> TimeStamp:
    """What a reply says, its signature not checked. Raises `ActError` for what is no granted reply we can read."""
    return _said(_parsed(content))


def verified(content: bytes, digest: bytes, certificates: bytes) -> TimeStamp:
    """The reply, checked against a fingerprint and against root certificates (PEM) that the caller trusts.

    The authority's certificate has to be for time-stamping alone and to have been valid at the time it gives.
    Raises `ActError` with the reason where it does not hold.
    """
    reply = _parsed(content)
    told = _said(reply)
    from rfc3161_client import VerificationError, VerifierBuilder

    builder = VerifierBuilder()
    for certificate in _roots(certificates):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify(reply, digest)
    except (VerificationError, ValueError, TypeError) as error:
        mend = "Ask who entered it, and its authority; and look whether the root certificate is theirs."
        raise ActError(f"The time-stamp does not hold: {_reason(str(error))}.", mend) from error
    return told


def digest_for(stamp: TimeStamp) -> Any:
    """A hash object of the kind that the reply was made over, to be fed with the file."""
    return hashlib.new(stamp.hashed)


def _parsed(content: bytes) -> Any:
    """The reply, parsed within bounds."""
    if len(content) > MOST_BYTES:
        raise ActError(f"A time-stamp of {len(content)} bytes is too long: at most {MOST_BYTES} are read.", _MEND)
    try:
        from rfc3161_client import decode_timestamp_response
    except ImportError as error:
        raise ActError("Time-stamps are not read without an extra.", "pip install 'truceline[timestamps]'") from error
    try:
        return decode_timestamp_response(in_der_order(content))
    except (ValueError, TypeError) as error:
        raise ActError("The file is no reply of a time-stamping authority.", _MEND) from error


def _said(reply: Any) -> TimeStamp:
    if reply.status != GRANTED:
        raise ActError(f"The authority granted no time-stamp (status {reply.status}).", "Ask for another.")
    try:
        token = reply.tst_info
        imprint = token.message_imprint
        kind = imprint.hash_algorithm.dotted_string
        at: datetime = token.gen_time
        policy = token.policy.dotted_string
        told = (imprint.message.hex(), instant(at), int(token.serial_number), policy)
    except (ValueError, TypeError, OverflowError) as error:
        raise ActError("The reply cannot be read: it holds no time-stamp in order.", _MEND) from error
    if kind not in HASHES:
        raise ActError(f"The time-stamp is over a fingerprint of the kind {kind}, which is not read.", _MEND)
    return TimeStamp(HASHES[kind], *told)


def _reason(said: str) -> str:
    """Why the reader turned it down, in a line that says something to people."""
    if "PKCS7_verify" in said:
        return "no authority that these root certificates vouch for has signed it, or not in this form"
    if "Mismatch between messages" in said:
        return "it was made over another file"
    return " ".join(said.split())[:200].rstrip(".")


def _roots(certificates: bytes) -> list[x509.Certificate]:
    mend = "Give the root certificate of the authority, as PEM."
    if len(certificates) > MOST_BYTES * MOST_CERTIFICATES:
        raise ActError("The file of certificates is too long.", mend)
    try:
        found = x509.load_pem_x509_certificates(certificates)
    except ValueError as error:
        raise ActError("The file holds no certificate that can be read.", mend) from error
    if len(found) > MOST_CERTIFICATES:
        raise ActError(f"The file holds more than {MOST_CERTIFICATES} certificates.", mend)
    return list(dict.fromkeys(found))
