"""Checks what a Truceline log gives away, without Truceline: one file, Python 3.10 or newer, one Ed25519 library.

    python verify_record.py log FOLDER [KEY]        an exported log: every entry, the tree, the signed head
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
import sys
from pathlib import Path

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


def signed_by(key: str, text: str, signatures: str, origin: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, _, rest = key.partition("+")
    key_id, _, material = rest.partition("+")
    kind_and_key = base64.b64decode(material, validate=True)
    expect(name == origin, "the key is of another log")
    expect(kind_and_key[:1] == b"\x01", "the key is no Ed25519 key")
    expect(H(name.encode() + b"\n" + kind_and_key).digest()[:4].hex() == key_id, "the key does not fit its own hash")
    for line in signatures.splitlines():
        parts = line.split(" ")
        signed = base64.b64decode(parts[-1], validate=True)
        if parts[:2] == ["—", name] and signed[:4].hex() == key_id:
            try:
                Ed25519PublicKey.from_public_bytes(kind_and_key[1:]).verify(signed[4:], text.encode())
            except InvalidSignature:
                raise ValueError("the signature of the head does not hold") from None
            return
    raise ValueError("the head is not signed with this key")


def check_log(place: str, key: Key = None) -> str:
    folder = Path(place)
    origin, size, root = head_of((folder / "checkpoint").read_text("utf-8"), key)
    leaves: list[bytes] = []
    while len(leaves) < size:
        number, width = len(leaves) // 256, min(256, size - len(leaves))
        digits = f"{number:0{-(-len(str(number)) // 3) * 3}}"
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        content = (folder / f"tile/entries/{name}{'' if width == 256 else f'.p/{width}'}").read_bytes()
        for _ in range(width):
            length = int.from_bytes(content[:2], "big")
            expect(len(content) >= 2 + length, f"the bundle {name} is cut short")
            leaves.append(H(b"\x00" + content[2 : 2 + length]).digest())
            content = content[2 + length :]
        expect(not content, f"the bundle {name} holds too much")
    expect(root_of(leaves) == root, "the entries are not those the head signs")
    return f"{origin}: {size} entries, all under the signed head"


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
    except (ValueError, LookupError, TypeError, OSError) as error:
        sys.exit(f"DOES NOT HOLD: {error}")
    if words[-1].count("+") < 2:
        print("No key was given: who signed was not checked.")


if __name__ == "__main__":
    main(sys.argv[1:])
