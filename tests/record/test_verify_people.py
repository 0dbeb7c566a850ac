"""The one file for strangers goes through a log's keys of people as the audit does: what one refuses, both refuse."""

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline import verify_record
from truceline.record.audit import Kept, KeptHead, audit
from truceline.record.base64_text import text_of
from truceline.record.commit import commit
from truceline.record.entry import Header, entry_of
from truceline.record.key_links import WEAK, brought_in, revoked, rotated
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.sign import LogKey, verifier_key
from truceline.record.tiles import bundle, bundles_of

ORIGIN = "example.org/mission"
LOG = LogKey.from_seed(ORIGIN, bytes(range(32)))
DUTY, SECOND, CAMERA = (LogKey.from_seed(ORIGIN, bytes([n]) * 32) for n in (7, 8, 9))
ELSEWHERE = LogKey.from_seed("other.example/mission", bytes([7]) * 32)


@dataclass
class Written:
    """A log as its entries come."""

    bodies: list = field(default_factory=list)

    def enter(self, kind, links=None, key=LOG):
        self.bodies.append(entry_of(key, kind, links or {}, bytes(32), [("words", b"%d" % len(self.bodies))]))
        return self

    def key(self, links, by=LOG):
        return self.enter("key", links, by)

    def rows(self, many, key=LOG, **over):
        first = len(self.bodies)
        for _ in range(many):
            self.enter("row", {"layout": "0" * 64})
        root = root_of([leaf_hash(body) for body in self.bodies[first:]])
        return self.enter("submission", {"first": first, "count": many, "root": root.hex(), **over}, key)


def both(log, folder):
    """What the stranger's file says, and the faults of our audit; whichever refuses, so does the other."""
    leaves = [leaf_hash(body) for body in log.bodies]
    head = LOG.sign_head(len(leaves), root_of(leaves))
    for tile in bundles_of(len(leaves)):
        path = folder / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bundle(log.bodies[slice(*tile.over())]))
    (folder / "checkpoint").write_bytes(head)
    kept = [Kept(seq, body, leaf, None) for seq, (body, leaf) in enumerate(zip(log.bodies, leaves, strict=True))]
    faults = list(audit(ORIGIN, LOG.public_key, kept, [KeptHead(len(leaves), head, None)], payloads=False))
    try:
        said = verify_record.check_log(folder, verifier_key(ORIGIN, LOG.public_key))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        said = f"refused: {error}"
    assert said.startswith("refused") == bool(faults), (said, faults)
    return said


def test_acts_of_people_whose_keys_the_log_brought_in_are_counted(tmp_path):
    log = Written().enter("agreement").key(brought_in(DUTY)).key(brought_in(CAMERA))
    log.enter("act", key=DUTY).enter("release", key=DUTY).enter("destruction").rows(3, CAMERA).enter("act")
    log.key(rotated(SECOND, DUTY.pseudonym, DUTY)).enter("act", key=SECOND)
    said = both(log, tmp_path)
    assert said.endswith("; signatures of entries: 10, 4 of them with keys of people (0 in doubt)")


def test_what_a_stolen_key_signed_from_an_entry_on_is_counted_apart(tmp_path):
    log = Written().key(brought_in(DUTY)).enter("act", key=DUTY).enter("act", key=DUTY).enter("act", key=DUTY)
    log.key(revoked(DUTY.pseudonym, 2)).enter("act")
    assert both(log, tmp_path).endswith("3 of them with keys of people (2 in doubt)")
    assert both(log.key(revoked(DUTY.pseudonym, 0)), tmp_path).endswith("(3 in doubt)")


def test_a_lost_key_is_put_in_anothers_place_without_its_hand(tmp_path):
    log = Written().key(brought_in(DUTY)).key(rotated(SECOND, DUTY.pseudonym, None)).enter("act", key=SECOND)
    assert not both(log, tmp_path).startswith("refused")


def changed(links, **names):
    return {"key": {**links["key"], **names}}


def forged(kind, public):
    """A link of a key that nobody has."""
    name = verify_record.name_of(ORIGIN, public)
    return {"key": {"what": kind, "key": name, "public": public.hex(), "possession": text_of(bytes(64))}}


BROKEN = {
    "a key nobody brought in": Written().enter("act", key=DUTY),
    "a key brought in later": Written().enter("act", key=DUTY).key(brought_in(DUTY)),
    "a key of people under a layout": Written().key(brought_in(DUTY)).enter("layout", key=DUTY),
    "a key brought in by another": Written().key(brought_in(DUTY)).key(brought_in(SECOND), by=DUTY),
    "a key that was revoked": Written().key(brought_in(DUTY)).key(revoked(DUTY.pseudonym, 0)).enter("act", key=DUTY),
    "a key rotated away": (
        Written().key(brought_in(DUTY)).key(rotated(SECOND, DUTY.pseudonym, DUTY)).enter("act", key=DUTY)
    ),
    "the same key twice": Written().key(brought_in(DUTY)).key(brought_in(DUTY)),
    "the log's own key as a person's": Written().key(brought_in(LOG)),
    "a key of another log": Written().key(brought_in(ELSEWHERE)),
    "no possession": Written().key(changed(brought_in(DUTY), possession=brought_in(SECOND)["key"]["possession"])),
    "another public key": Written().key(changed(brought_in(DUTY), public=SECOND.public_key.hex())),
    "a weak key": Written().key(forged("new", sorted(WEAK)[0])),
    "no handover": Written().key(brought_in(DUTY)).key(
        changed(rotated(SECOND, DUTY.pseudonym, DUTY), handover=text_of(bytes(64)))
    ),
    "rotated from nobody": Written().key(rotated(SECOND, DUTY.pseudonym, DUTY)),
    "the log's key rotated": Written().key(rotated(SECOND, LOG.pseudonym, LOG)),
    "the log's key revoked": Written().key(revoked(LOG.pseudonym, 0)),
    "revoked before it came": Written().key(revoked(DUTY.pseudonym, 0)),
    "doubted in the future": Written().key(brought_in(DUTY)).key(revoked(DUTY.pseudonym, 9)),
    "something new": Written().key({"key": {"what": "lent", "key": DUTY.pseudonym}}),
    "more than is said of a new key": Written().key(changed(brought_in(DUTY), handover=text_of(bytes(64)))),
    "a since that is no number": Written().key(brought_in(DUTY)).key(changed(revoked(DUTY.pseudonym, 0), since=True)),
    "a since below nothing": Written().key(brought_in(DUTY)).key(changed(revoked(DUTY.pseudonym, 0), since=-1)),
    "a public key in capitals": Written().key({"key": {"what": "sealing", "public": "A" * 64}}),
    "a link of the wrong kind": Written().enter("act", brought_in(DUTY)),
    "a kind without its link": Written().enter("key"),
    "a link that is no object": Written().key({"key": "new"}),
    "rows under no signature": Written().enter("row", {"layout": "0" * 64}),
    "rows that begin too late": Written().enter("row", {"layout": "0" * 64}).rows(2),
    "another root": Written().rows(2, root="0" * 64),
    "another count": Written().rows(2, count=1),
    "the log of another": Written().enter("act", key=ELSEWHERE),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_the_audit_refuses_the_stranger_refuses(what, tmp_path):
    said = both(BROKEN[what].enter("note"), tmp_path)
    assert said.startswith("refused")
    print(f"{what}: {said}")


def test_an_entry_that_is_written_otherwise_is_refused(tmp_path):
    header = json.loads(entry_of(LOG, "act", {}, bytes(32), [("words", b"x")]))
    for written in (json.dumps(header), json.dumps(header, sort_keys=True), json.dumps({**header, "v": 2})):
        assert both(Written([written.encode()]), tmp_path).startswith("refused")
    unsigned = Header(log=ORIGIN, key=LOG.pseudonym, kind="act", links={}, fields=1,
                      payload=commit(bytes(32), [("words", b"x")]).hex())  # fmt: skip
    assert both(Written([unsigned.form()]), tmp_path).startswith("refused")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    what=st.sampled_from(["new", "rotated", "revoked", "sealing", "x"]),
    changes=st.dictionaries(
        st.sampled_from(["what", "key", "public", "possession", "was", "handover", "since", "more"]), json_values
    ),
    drop=st.sampled_from(["", "key", "public", "possession"]),
)
def test_links_of_any_shape_are_a_sentence_and_no_crash(what, changes, drop, tmp_path_factory):
    link = {**brought_in(DUTY)["key"], "what": what, **changes}
    link.pop(drop, None)
    both(Written().key({"key": link}), tmp_path_factory.mktemp("log"))
