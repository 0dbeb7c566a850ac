"""Who may sign in a log: its own key, and the keys of persons and instruments that its entries bring in and end.

A log has one key of its own, which signs heads and all that needs no person: rows are under it, and so is every
entry of kind `key`. A person or an instrument signs acts and submissions (`BY_PEOPLE`) with a key of its own; the
entry's header then names that key instead of the log's. Everything needed to check such a signature stands in
the links of `key` entries, so that a log of commitments can be checked by strangers. Labels and reasons stand in
their payloads.

The link `key` is one of these objects, with no other names in it:

    {"what": "new", "key": K, "public": P, "possession": S}
    {"what": "rotated", "key": K, "public": P, "possession": S, "was": W}      and, unless W was lost, "handover": H
    {"what": "revoked", "key": K, "since": N}
    {"what": "sealing", "public": P}

P is 32 bytes in small hexadecimal: an Ed25519 public key; of `sealing` an X25519 key, to which others seal what is
for this holder only (module `sealing`; no signature is made with it). K and W are pseudonyms: the first 16 hex
digits of the key hash of the log's origin and P (`sign.pseudonym_of`), so that a key has another name in every log.
S and H are Ed25519 signatures in base64: S with the new key over "truceline possession of a key v1", NUL, origin,
NUL, K; H with W over "truceline handover of a key v1", NUL, origin, NUL, W, NUL, K.

Whoever checks a log goes through its entries in order and holds that

* an entry names the log's own key, or, if its kind is in `BY_PEOPLE`, one that an entry before it brought in
  (`new` or `rotated`) and that no entry before it has ended (`rotated` away from it, or `revoked`);
* its signature holds with that key;
* the link `key` stands in entries of kind `key`, which the log's own key signs, and in no other;
* `new` and `rotated` bring in a K that is of this origin and P, that is not the log's own key, that was never
  brought in before, and whose S holds; P is none of the few points under which a signature says nothing
  (`key_links.WEAK`);
* the W of `rotated` is in use, and its H, where there is one, holds;
* the K of `revoked` was brought in before, and N is no larger than the entry's own seq. A key that was ended
  already may be revoked again (its loss turns out to have been a theft);
* a log brings in at most MOST_KEYS keys.

What a revoked key signed from entry N on is *in doubt*: no fault, but shown apart. The place in the log counts,
never a date that the entry tells; of several revocations the smallest N counts.
"""

import msgspec
from msgspec import Struct

from truceline.record.entry import Header
from truceline.record.key_links import (
    KEY,
    New,
    Revoked,
    Rotated,
    Sealing,
    handover_holds,
    is_weak,
    possession_holds,
    read_key_link,
)  # fmt: skip
from truceline.record.sign import pseudonym_of

BY_PEOPLE = frozenset({"submission", "act", "release", "destruction"})
"""The kinds of entry that a person's or an instrument's key may sign instead of the log's."""

MOST_KEYS = 10_000


class PersonKey(Struct, frozen=True):
    """A key of a person or an instrument as the entries of its log leave it.

    `entered` is the seq that brought it in, in the place of `was` ("" for none). `ended` is the seq that first ended
    it; `followed_by` is the key in its place. From the seq `doubted` on, what it signed is in doubt: the entry
    `doubted_by` says so.
    """

    pseudonym: str
    public_key: bytes
    entered: int
    was: str = ""
    ended: int | None = None
    followed_by: str = ""
    doubted: int | None = None
    doubted_by: int | None = None

    def in_doubt(self, seq: int) -> bool:
        """What this key signed as that entry is in doubt."""
        return self.doubted is not None and seq >= self.doubted


class Signers:
    """Who may sign in a log, by the entries gone through so far: `objection` to each, then `follow`."""

    def __init__(self, origin: str, public_key: bytes) -> None:
        self.origin, self.public_key = origin, public_key
        self.log_key = pseudonym_of(origin, public_key)
        self.keys: dict[str, PersonKey] = {}

    def objection(self, header: Header) -> str:
        """Why the key that a header names may not sign it here; "" if it may."""
        if header.log != self.origin:
            return f"it names the log {header.log}, not this one"
        return "" if header.key == self.log_key else self._objection(header)

    def _objection(self, header: Header) -> str:
        key = self.keys.get(header.key)
        if key is None:
            return f"no entry before it brings in the key {header.key}"
        if header.kind not in BY_PEOPLE:
            return f"a {header.kind} is under the log's own key, not under {header.key}"
        return "" if key.ended is None else f"entry {key.ended} has ended the key {header.key}"

    def checks_with(self, header: Header) -> bytes:
        """The public key with which the signature of a header is checked; the log's own for a key nobody knows."""
        key = self.keys.get(header.key)
        return self.public_key if key is None else key.public_key

    def follow(self, seq: int, header: Header) -> str:
        """Take in what an entry says of keys; or say what is wrong with it ("" if nothing), and take in nothing."""
        if (header.kind == KEY) != (KEY in header.links):
            return "the link `key` belongs to entries of the kind `key`"
        if header.kind != KEY:
            return ""
        try:
            said = read_key_link(header.links)
            self._take(seq, said)
        except ValueError as error:
            return str(error)
        return ""

    def in_doubt(self, pseudonym: str, seq: int) -> bool:
        """What this key signed as that entry is in doubt. Of the log's own key nothing ever is."""
        key = self.keys.get(pseudonym)
        return key is not None and key.in_doubt(seq)

    def _take(self, seq: int, said: New | Rotated | Revoked | Sealing) -> None:
        if isinstance(said, Revoked):
            self._revoke(seq, said)
        elif not isinstance(said, Sealing):
            self._bring_in(seq, said)

    def _bring_in(self, seq: int, said: New | Rotated) -> None:
        public_key = bytes.fromhex(said.public)
        if said.key != pseudonym_of(self.origin, public_key):
            raise ValueError(f"{said.key} is not the name of this key in this log")
        if said.key in self.keys or said.key == self.log_key:
            raise ValueError(f"the key {said.key} was brought in before")
        if is_weak(public_key):
            raise ValueError(f"under the key {said.key} a signature says nothing")
        if len(self.keys) >= MOST_KEYS:
            raise ValueError(f"a log has at most {MOST_KEYS} keys")
        if not possession_holds(self.origin, said):
            raise ValueError(f"it is not shown that whoever brings in {said.key} has it")
        was = self._hand_over(seq, said) if isinstance(said, Rotated) else ""
        self.keys[said.key] = PersonKey(said.key, public_key, seq, was)

    def _hand_over(self, seq: int, said: Rotated) -> str:
        old = self.keys.get(said.was)
        if old is None or old.ended is not None:
            raise ValueError(f"{said.was} is no key in use, and cannot be rotated")
        if not handover_holds(self.origin, said, old.public_key):
            raise ValueError(f"{said.was} did not sign that {said.key} follows it")
        self.keys[said.was] = msgspec.structs.replace(old, ended=seq, followed_by=said.key)
        return said.was

    def _revoke(self, seq: int, said: Revoked) -> None:
        old = self.keys.get(said.key)
        if old is None:
            raise ValueError(f"no entry before it brings in the key {said.key}")
        if said.since > seq:
            raise ValueError(f"it doubts entries from {said.since} on, which do not come before it")
        ended = seq if old.ended is None else old.ended
        doubted, by = (
            (said.since, seq) if old.doubted is None else min((old.doubted, old.doubted_by), (said.since, seq))
        )
        self.keys[said.key] = msgspec.structs.replace(old, ended=ended, doubted=doubted, doubted_by=by)
