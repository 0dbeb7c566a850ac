"""Sealing bytes so that one holder alone can open them: HPKE (RFC 9180), base mode, one message a time.

DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. Every mission has a sealing key beside the key it signs
with; the private half is made from the same 32-byte seed by HKDF (RFC 5869) under a tag, so whoever holds the key
file holds both. An entry of kind "key" announces the public half in its links:

    {"key": {"public": hex, "what": "sealing"}}

HPKE says nothing of who sealed. That what is opened is the log's is told by the commitments in the log.
"""

from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PUBLIC_BYTES = 32
OVERHEAD_BYTES = 48
"""What sealing adds: the sender's share of the key (32 bytes) and the tag (16)."""

_KEY_TAG = b"truceline sealing key v1\x00"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class SealingKey:
    """The private sealing key of one log."""

    def __init__(self, origin: str, seed: bytes) -> None:
        secret = HKDF(SHA256(), PUBLIC_BYTES, salt=None, info=_KEY_TAG + origin.encode()).derive(seed)
        self._private = X25519PrivateKey.from_private_bytes(secret)
        self.origin = origin
        self.public = self._private.public_key().public_bytes_raw()

    def unsealed(self, content: bytes, about: bytes) -> bytes:
        """What was sealed for this key, about the same. Raises `ValueError` for anything else."""
        try:
            return _SUITE.decrypt(content, self._private, info=about)
        except (InvalidTag, ValueError) as error:
            raise ValueError("it was not sealed for this holder, or not for this place, or was changed") from error


def sealed(content: bytes, public: bytes, about: bytes) -> bytes:
    """The content, sealed for the holder of this public key; `about` has to be the same when it is opened."""
    return _SUITE.encrypt(content, X25519PublicKey.from_public_bytes(public), info=about)


def sealing_links(public: bytes) -> dict[str, object]:
    """The links of the entry that announces a public sealing key."""
    return {"key": {"public": public.hex(), "what": "sealing"}}


def announced(links: Mapping[str, object]) -> bytes | None:
    """The public sealing key that an entry's links announce; None where they announce none."""
    said = links.get("key")
    if not isinstance(said, Mapping) or said.get("what") != "sealing":
        return None
    public = said.get("public")
    try:
        key = bytes.fromhex(public) if isinstance(public, str) else b""
        sealed(b"", key, b"")  # a point of low order seals for nobody
    except ValueError:
        return None
    return key if key.hex() == public else None
