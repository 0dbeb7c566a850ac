"""Checks what a Truceline log gives away, without Truceline: one file, Python 3.10 or newer, one Ed25519 library.

    python verify_record.py log FOLDER [KEY]        an exported log: the tree, the signed head; with KEY also who
                                                    signed each entry: the log, or a person whose key it brought in
    python verify_record.py proof FILE ENTRY [KEY]  that one entry (a file with its bytes) is in the log
    python verify_record.py opening FILE [KEY]      that opened fields are those the entry committed to
    python verify_record.py misbehaviour FILE [KEY] that one key signed two histories

KEY is the log's verifier key, `name+hash+base64`, as its holder gave it to you by another way than the
files. Without it nothing is said of who signed. Exit code 0: everything holds; 1: it does not.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from pathlib import Path
from typing import Any

H = hashlib.sha256
Key = str | None


def node(left: bytes, right: bytes) -> bytes:
    return H(b"\x01" + left + right).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, level by level: a node without a neighbour goes up as it is."""
    level = list(leaves) or [H(b"").digest()]
    while len(level) > 1:
        pairs = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


def included(root: bytes, size: int, index: int, leaf: bytes, steps: list[bytes]) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    last, found = size - 1, leaf
    for step in steps:
        if last == 0:
            return False
        if index & 1 or index == last:
            found = node(step, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = node(found, step)
        index, last = index >> 1, last >> 1
    return last == 0 and hmac.compare_digest(found, root)


def consistent(first: int, first_root: bytes, second: int, second_root: bytes, steps: list[bytes]) -> bool:
    """RFC 9162, 2.1.4.2."""
    if first == second:
        return not steps and first_root == second_root
    steps = ([first_root] if first & (first - 1) == 0 else []) + steps
    if not 0 < first < second or not steps:
        return False
    index, last, before, found = first - 1, second - 1, steps[0], steps[0]
    while index & 1:
        index, last = index >> 1, last >> 1
    for step in steps[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            before, found = node(step, before), node(step, found)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = node(found, step)
        index, last = index >> 1, last >> 1
    return last == 0 and before == first_root and found == second_root


def head_of(note: str, key: Key) -> tuple[str, int, bytes]:
    """Origin, size and root of a signed head (c2sp.org/tlog-checkpoint), checked with the key if there is one."""
    text, _, signatures = note.rpartition("\n\n")
    origin, size, root = text.split("\n")[:3]
    if key:
        signed_by(key, text + "\n", signatures, origin)
    return origin, int(size), base64.b64decode(root, validate=True)


def public_of(key: str) -> tuple[str, bytes]:
    """Name and public key of a verifier key (c2sp.org/signed-note), checked against the hash in it."""
    name, _, rest = key.partition("+")
    key_id, _, material = rest.partition("+")
    kind_and_key = base64.b64decode(material, validate=True)
    expect(kind_and_key[:1] == b"\x01", "the key is no Ed25519 key")
    expect(name_of(name, kind_and_key[1:])[:8] == key_id, "the key does not fit its own hash")
    return name, kind_and_key[1:]


def name_of(origin: str, public: bytes) -> str:
    """How the entries of a log name a key."""
    return H(origin.encode() + b"\n\x01" + public).hexdigest()[:16]


def signed_by(key: str, text: str, signatures: str, origin: str) -> None:
    name, public = public_of(key)
    expect(name == origin, "the key is of another log")
    for line in signatures.splitlines():
        parts = line.split(" ")
        signed = base64.b64decode(parts[-1], validate=True)
        if parts[:2] == ["—", name] and signed[:4].hex() == name_of(name, public)[:8]:
            expect(holds(public, signed[4:], text.encode()), "the signature of the head does not hold")
            return
    raise ValueError("the head is not signed with this key")


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """RFC 8032."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


PEOPLE = {"submission", "act", "release", "destruction"}  # kinds that a person's or an instrument's key may sign
SIGNED = PEOPLE | {"agreement", "layout", "reader", "key", "model"}
BROUGHT_IN = {"what", "key", "public", "possession"}
LINKS = {
    "new": [BROUGHT_IN],
    "rotated": [BROUGHT_IN | {"was"}, BROUGHT_IN | {"was", "handover"}],
    "revoked": [{"what", "key", "since"}],
    "sealing": [{"what", "public"}],
}
SMALL_HEX = re.compile("[0-9a-f]{64}").fullmatch
P = 2**255 - 19
WEAK = [y.to_bytes(32, "little") for y in (0, 1, P - 1, P, P + 1)] + [
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
]  # points under which anybody can sign


class Signers:
    """Who may sign in a log: its own key, and the keys that its entries bring in, put in another's place and end."""

    def __init__(self, key: str) -> None:
        self.origin, public = public_of(key)
        self.log = name_of(self.origin, public)
        self.public, self.ended, self.doubted = {self.log: public}, set[str](), dict[str, int]()
        self.count, self.by_people = 0, list[tuple[str, int]]()
        self.rows_from, self.covered = -1, 0

    def follow(self, seq: int, entry: bytes, leaves: list[bytes]) -> None:
        """Entry by entry, in order; `leaves` are the hashes of those before it."""
        header = json.loads(entry)
        plain = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        expect(plain.encode() == entry and entry.endswith(b',"v":1}'), f"entry {seq} is not in canonical JSON")
        kind, key, link = header["kind"], header["key"], header["links"].get("key")
        expect(header["log"] == self.origin, f"entry {seq} is of another log")
        usable = kind in PEOPLE and key in self.public and key not in self.ended
        expect(key == self.log or usable, f"entry {seq}: the key {key} may not sign it")
        if kind in SIGNED:
            before, _, after = entry.rpartition(b',"signature":"')
            signature = base64.b64decode(after.removesuffix(b'","v":1}'), validate=True)
            message = b"truceline entry v1\x00" + before + b',"v":1}'
            expect(holds(self.public[key], signature, message), f"entry {seq}: the signature does not hold")
            self.count += 1
            self.by_people += [(key, seq)] if key != self.log else []
        else:
            expect(kind in ("row", "note"), f"entry {seq} is of no known kind")
        if kind == "submission":
            first, count, root = (header["links"][name] for name in ("first", "count", "root"))
            latest = seq if self.rows_from < 0 else self.rows_from
            covers = self.covered <= first <= latest and first + count == seq
            expect(covers and root_of(leaves[first:]).hex() == root, f"entry {seq} does not sign the rows before it")
            self.rows_from, self.covered = -1, seq + 1
        elif kind == "row" and self.rows_from < 0:
            self.rows_from = seq
        expect((kind == "key") == (link is not None), f"entry {seq}: keys come in by entries of the kind key")
        if link is not None:
            expect(set(link) in LINKS[link["what"]], f"entry {seq} says something else of a key")
            expect("public" not in link or SMALL_HEX(link["public"]) is not None, f"entry {seq}: no public key")
            if link["what"] != "sealing":
                self.change(seq, link)

    def change(self, seq: int, link: dict[str, Any]) -> None:
        key, here = link["key"], f"{self.origin}\x00{link.get('was', '')}\x00{link['key']}"
        if link["what"] == "revoked":
            expect(key in self.public and key != self.log, f"entry {seq}: no such key")
            expect(type(link["since"]) is int and 0 <= link["since"] <= seq, f"entry {seq} doubts what is not there")
            self.ended.add(key)
            self.doubted[key] = min(link["since"], self.doubted.get(key, seq))
            return
        public, shown = bytes.fromhex(link["public"]), base64.b64decode(link["possession"], validate=True)
        expect(key == name_of(self.origin, public) and key not in self.public, f"entry {seq}: another key, or known")
        expect(public[:-1] + bytes([public[-1] & 127]) not in WEAK, f"entry {seq}: a key under which anybody can sign")
        said = f"truceline possession of a key v1\x00{self.origin}\x00{key}".encode()
        expect(holds(public, shown, said), f"entry {seq}: whoever brings in the key does not have it")
        if link["what"] == "rotated":
            was = link["was"]
            expect(was in self.public and was not in self.ended and was != self.log, f"entry {seq}: no key in use")
            if "handover" in link:
                agreed = base64.b64decode(link["handover"], validate=True)
                said = f"truceline handover of a key v1\x00{here}".encode()
                expect(holds(self.public[was], agreed, said), f"entry {seq}: the old key did not agree")
            self.ended.add(was)
        self.public[key] = public

    def told(self) -> str:
        expect(self.rows_from < 0, f"the rows from entry {self.rows_from} on are under no signature")
        doubted = sum(seq >= self.doubted.get(key, seq + 1) for key, seq in self.by_people)
        people = f", {len(self.by_people)} of them with keys of people ({doubted} in doubt)" if self.by_people else ""
        return f"; signatures of entries: {self.count}{people}"


def check_log(place: str, key: Key = None) -> str:
    folder = Path(place)
    origin, size, root = head_of((folder / "checkpoint").read_text("utf-8"), key)
    leaves: list[bytes] = []
    signers = Signers(key) if key else None
    while len(leaves) < size:
        number, width = len(leaves) // 256, min(256, size - len(leaves))
        digits = f"{number:0{-(-len(str(number)) // 3) * 3}}"
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        content = (folder / f"tile/entries/{name}{'' if width == 256 else f'.p/{width}'}").read_bytes()
        for _ in range(width):
            length = int.from_bytes(content[:2], "big")
            expect(len(content) >= 2 + length, f"the bundle {name} is cut short")
            if signers:
                signers.follow(len(leaves), content[2 : 2 + length], leaves)
            leaves.append(H(b"\x00" + content[2 : 2 + length]).digest())
            content = content[2 + length :]
        expect(not content, f"the bundle {name} holds too much")
    expect(root_of(leaves) == root, "the entries are not those the head signs")
    return f"{origin}: {size} entries, all under the signed head{signers.told() if signers else ''}"


def check_proof(content: str, entry: bytes, key: Key = None) -> str:
    above, _, note = content.partition("\n\n")
    lines = above.split("\n")
    expect(lines[0] == "c2sp.org/tlog-proof@v1", "no proof file")
    lines = [line for line in lines[1:] if not line.startswith("extra ")]
    index, steps = int(lines[0].split(" ")[1]), [base64.b64decode(line, validate=True) for line in lines[1:]]
    origin, size, root = head_of(note, key)
    expect(included(root, size, index, H(b"\x00" + entry).digest(), steps), "the entry is not in the log")
    return f"{origin}: entry {index} of {size} is in the log"


def check_opening(content: str, key: Key = None) -> str:
    opening = json.loads(content)
    entry = base64.b64decode(opening["entry"], validate=True)
    header, commitments = json.loads(entry), [bytes.fromhex(one) for one in opening["commitments"]]
    for field in opening["opened"]:
        name, at = field["name"].encode(), n32(field["position"])
        said = base64.b64decode(field["content"], validate=True)
        message = bytes.fromhex(field["salt"]) + tagged(b"truceline field v2") + at + tagged(name) + said
        expect(H(message).digest() == commitments[field["position"]], f"{field['name']}: not what was committed to")
    payload = H(b"truceline payload v2" + n32(len(commitments)) + b"".join(commitments)).hexdigest()
    expect(payload == header["payload"] and len(commitments) == header["fields"], "the entry commits to other fields")
    names = ", ".join(field["name"] for field in opening["opened"])
    return f"{check_proof(opening['proof'], entry, key)}; opened and as committed: {names}"


def check_misbehaviour(content: str, key: Key = None) -> str:
    told = json.loads(content)
    expect(key in (None, told["key"]), "the key is of another log")
    (origin, first, ours), (_, second, theirs) = (head_of(told[name], told["key"]) for name in ("first", "second"))
    prefix, steps = bytes.fromhex(told["prefix"]), [base64.b64decode(step, validate=True) for step in told["proof"]]
    expect(prefix != ours, "the two heads agree")
    expect(consistent(first, prefix, second, theirs, steps), "it is not shown that the two heads conflict")
    return f"{origin} has signed two histories: the head at {second} does not begin with the one at {first}"


def n32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def tagged(part: bytes) -> bytes:
    return n32(len(part)) + part


def expect(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


def main(words: list[str]) -> None:
    try:
        if words[:1] == ["log"] and len(words) in (2, 3):
            print(check_log(*words[1:]))
        elif words[:1] == ["proof"] and len(words) in (3, 4):
            print(check_proof(Path(words[1]).read_text("utf-8"), Path(words[2]).read_bytes(), *words[3:]))
        elif words[:1] == ["opening"] and len(words) in (2, 3):
            print(check_opening(Path(words[1]).read_text("utf-8"), *words[2:]))
        elif words[:1] == ["misbehaviour"] and len(words) in (2, 3):
            print(check_misbehaviour(Path(words[1]).read_text("utf-8"), *words[2:]))
        else:
            sys.exit(__doc__)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError) as error:
        sys.exit(f"DOES NOT HOLD: {error}")
    if words[-1].count("+") < 2:
        print("No key was given: who signed was not checked.")


if __name__ == "__main__":
    main(sys.argv[1:])
