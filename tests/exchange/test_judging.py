"""One log as it arrives: each way in which it is not what it should be has its word, and leaves nothing behind."""

import io

import msgspec
import pytest

from truceline import verify_record
from truceline.exchange.bundle import Bundle
from truceline.exchange.judging import Judgement, edge_of, peaks
from truceline.pipeline.exchanging import received
from truceline.record.frontier import Frontier
from truceline.record.merkle import leaf_hash
from truceline.record.misbehaviour import checked, read_misbehaviour
from truceline.record.sign import LogKey


def came(crowd, giver, taker, for_=None):
    """What one device makes of the other's bundle: the judgements by name."""
    content = crowd.bundle(crowd.devices[giver], for_)
    return {one.name: one for one in crowd.accept(crowd.devices[taker], content)}


def entries(crowd, name):
    return crowd.devices[name].mission._connection.execute("SELECT count(*) FROM entry").fetchone()[0]


def test_a_bundle_taken_twice_or_late_adds_nothing(crowd):
    a1, b1 = crowd.devices["a1"], crowd.devices["b1"]
    early = crowd.bundle(a1, None)
    crowd.write(a1)
    assert came(crowd, "a1", "b1")["a1"].judgement is Judgement.EXTENDS
    before = entries(crowd, "b1")
    assert came(crowd, "a1", "b1")["a1"].judgement is Judgement.HELD
    [late] = [one for one in crowd.accept(b1, early) if one.name == "a1"]
    assert (late.judgement, entries(crowd, "b1")) == (Judgement.STALE, before)


def test_what_a_holder_is_known_to_have_is_not_sent_again(crowd):
    for _ in range(5):
        crowd.write(crowd.devices["a1"])
    came(crowd, "a1", "b1")
    came(crowd, "b1", "a1")
    whole, rest = (crowd.bundle(crowd.devices["a1"], to) for to in (None, "b1"))
    assert len(rest) < len(whole) / 2
    crowd.write(crowd.devices["a1"])
    assert came(crowd, "a1", "b1", "b1")["a1"].judgement is Judgement.EXTENDS


def test_entries_missing_between_are_a_gap(crowd):
    crowd.write(crowd.devices["a1"])
    came(crowd, "a1", "b1")
    came(crowd, "b1", "a1")
    crowd.write(crowd.devices["a1"])
    content = crowd.bundle(crowd.devices["a1"], "b1")
    judged = {one.name: one for one in crowd.accept(crowd.devices["c1"], content)}
    assert judged["a1"].judgement is Judgement.GAP
    assert crowd.devices["c1"].mission.audit() == []


def test_a_log_nobody_introduced_is_left_and_another_key_is_refused(crowd, crowds):
    stranger = crowds.Device("a1", crowd.made("stranger"))
    crowd.devices["stranger"] = stranger
    with stranger.mission.pen(crowd.tick(), crowd.chance) as pen:
        stranger.mission.others.prepare()
        pen.enter("act", [("act", b"x")], {})
    content = crowd.bundle(stranger, None)
    [judged] = crowd.accept(crowd.devices["b1"], content)
    assert (judged.judgement, judged.name, "key is not known" in judged.sentence) == (Judgement.UNKNOWN, "", True)


def test_a_head_under_another_key_is_wrong_and_one_without_signature_unsigned(crowd):
    a1 = crowd.devices["a1"]
    impostor = LogKey.from_seed(a1.origin, b"i" * 32)
    head = a1.mission.others.head(1)
    forged = impostor.sign_head(head.size, head.root)
    content = crowd.bundle(a1, None)
    swapped = content.replace(head.note.form(), forged)
    assert swapped != content
    before = entries(crowd, "b1")
    assert crowd.accept(crowd.devices["b1"], resealed(content, head.note.form(), forged))[0].judgement in (
        Judgement.WRONG_KEY, Judgement.UNSIGNED,
    )  # fmt: skip
    assert entries(crowd, "b1") == before


def resealed(content, old, new):
    """The bundle with one part in another's place, lengths and digest made to fit."""
    from hashlib import sha256

    at = content.index(old)
    body = content[: at - 4] + len(new).to_bytes(4, "big") + new + content[at + len(old) : -37]
    return body + content[-37:-32] + sha256(body).digest()


def forked(crowd):
    """a1 shows one history to b1 and another to c1; the sizes differ."""
    a1 = crowd.devices["a1"]
    crowd.write(a1)
    crowd.back_up(a1)
    crowd.write(a1)
    came(crowd, "a1", "b1")
    crowd.restore(a1)
    crowd.write(a1)
    came(crowd, "a1", "c1")
    return a1


def test_a_fork_is_proved_by_whoever_sees_both_sides_and_the_first_side_stays(crowd):
    a1 = forked(crowd)
    c1 = crowd.devices["c1"]
    before = c1.mission.others.edge(next(peer.log for peer in c1.mission.others.peers() if peer.name == "a1"))
    judged = came(crowd, "b1", "c1")["a1"]
    assert judged.judgement is Judgement.SPLIT
    [(digest, log, file)] = c1.mission.others.misbehaviours()
    split = checked(read_misbehaviour(file))
    assert (split.origin, digest) == (a1.origin, judged.proof)
    assert c1.mission.others.edge(log).root() == before.root()
    assert c1.mission.audit() == []
    assert "two histories" in verify_record.check_misbehaviour(file.decode())


def test_a_log_that_was_forked_is_not_cosigned_again(crowd):
    a1 = forked(crowd)
    came(crowd, "b1", "c1")
    c1 = crowd.devices["c1"]
    log = next(peer.log for peer in c1.mission.others.peers() if peer.name == "a1")
    own = c1.mission.origin
    before = [one for one in c1.mission.others.cosigned(log) if one.name == own]
    crowd.write(a1)
    assert came(crowd, "a1", "c1")["a1"].judgement is Judgement.EXTENDS
    assert [one for one in c1.mission.others.cosigned(log) if one.name == own] == before


def test_the_forked_device_itself_is_told_by_its_own_log(crowd):
    forked(crowd)
    judged = came(crowd, "b1", "a1")
    assert judged["own"].judgement in (Judgement.SPLIT, Judgement.AHEAD)


@pytest.mark.parametrize("field", ["key", "first", "second", "prefix", "proof"])
def test_a_proof_of_two_histories_that_was_changed_proves_nothing(crowd, field):
    forked(crowd)
    came(crowd, "b1", "c1")
    told = read_misbehaviour(crowd.devices["c1"].mission.others.misbehaviours()[0][2])
    value = getattr(told, field)
    if isinstance(value, str):
        changes = [value[:at] + ("0" if value[at] != "0" else "1") + value[at + 1 :] for at in range(0, len(value), 7)]
    else:
        changes = [(), (*value, value[0] if value else "A" * 43 + "="), value[::-1] if len(value) > 1 else ("AAAA",)]
    for changed in changes:
        other = msgspec.structs.replace(told, **{field: changed})
        if other == told:
            continue
        with pytest.raises(ValueError):
            checked(other)
        with pytest.raises((ValueError, LookupError)):
            verify_record.check_misbehaviour(other.form().decode())


def test_two_heads_of_one_history_prove_nothing(crowd):
    a1 = crowd.devices["a1"]
    first = a1.mission.others.head(1)
    from truceline.record.misbehaviour import misbehaviour_of

    with pytest.raises(ValueError, match="agree"):
        checked(misbehaviour_of(a1.mission.public_key, first, first, first.root, []))


def test_entries_that_the_author_signed_but_that_do_not_hold_are_broken(crowd):
    """The author's device is at fault: it signs a head over an entry in somebody else's name."""
    a1, b1 = crowd.devices["a1"], crowd.devices["b1"]
    key, _ = a1.mission._keys()
    stolen = b1.mission.bodies(0, 1)[0]
    connection = a1.mission._connection
    edge = a1.mission.others.edge(1)
    edge.append([leaf_hash(stolen)])
    connection.execute("INSERT INTO entry VALUES(1, ?, ?, ?)", (edge.size - 1, stolen, leaf_hash(stolen)))
    a1.mission.others.keep_edge(1, edge)
    connection.execute("INSERT INTO head VALUES(1, ?, ?, NULL)", (edge.size, key.sign_head(edge.size, edge.root())))
    before = entries(crowd, "b1")
    judged = came(crowd, "a1", "b1")["a1"]
    assert (judged.judgement, "not this one" in judged.sentence) == (Judgement.BROKEN, True)
    assert (entries(crowd, "b1"), b1.mission.audit()) == (before, [])


def test_an_act_names_the_heads_its_author_had_seen_and_once_only(crowd):
    a1, b1 = crowd.devices["a1"], crowd.devices["b1"]
    came(crowd, "a1", "b1")
    head = a1.mission.others.head(1)
    before = b1.mission.size
    for _ in range(2):
        with b1.mission.pen(crowd.tick(), crowd.chance) as pen:
            pen.enter("act", [("act", b"x")], {})
    links = [links for _, _, links, _ in b1.mission.payloads(before)]
    assert [one.get("seen", {}).get(a1.origin) for one in links] == [[head.size, head.root.hex()], None]
    came(crowd, "b1", "a1")
    log = next(peer.log for peer in a1.mission.others.peers() if peer.name == "b1")
    assert a1.mission.others.seen_at(log, before) == {}
    assert a1.mission.others.seen_at(log, before + 1)[a1.origin] == [head.size, head.root.hex()]


def test_the_edge_of_a_tree_is_its_peaks():
    for size in (0, 1, 2, 3, 255, 256, 257, 1000):
        edge = Frontier()
        edge.append([leaf_hash(bytes([n % 256])) for n in range(size)])
        assert edge_of(peaks(edge), size).dump() == edge.dump()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE entry SET body = CAST(body || ' ' AS BLOB) WHERE log = {log} AND seq = 1", "leaf"),
        ("DELETE FROM entry WHERE log = {log} AND seq = 2", "missing"),
        ("UPDATE head SET note = CAST(replace(note, 'A', 'B') AS BLOB) WHERE log = {log}", "head"),
        ("UPDATE frontier SET bytes = zeroblob(8) WHERE log = {log}", "edge"),
        ("UPDATE log SET public_key = zeroblob(32) WHERE id = {log}", "peer"),
        ("UPDATE peer SET side = 'own' WHERE log = {log}", "peer"),
        ("DELETE FROM peer WHERE log = {log}", "log"),
        ("UPDATE cosignature SET dated_s = dated_s + 1 WHERE log = {log}", "cosignature"),
        ("UPDATE cosignature SET name = (SELECT origin FROM log WHERE id = 3) WHERE log = {log}", "cosignature"),
        ("INSERT INTO misbehaviour VALUES('00', {log}, CAST('{{}}' AS BLOB))", "proof"),
        ("INSERT INTO seen VALUES({log}, 1, 'example.org/x', 5, '00')", "seen"),
        ("INSERT INTO policy VALUES(0, CAST('{{}}' AS BLOB))", "policy"),
        ("INSERT INTO payload VALUES({log}, 0, NULL, NULL, CAST('' AS BLOB))", "payload"),
    ],
)
def test_the_audit_names_what_was_changed_of_a_log_that_is_held(crowd, change, what):
    came(crowd, "a1", "b1")
    b1 = crowd.devices["b1"]
    assert b1.mission.audit() == []
    connection = b1.mission._connection
    guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    log = next(peer.log for peer in b1.mission.others.peers() if peer.name == "a1")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(change.format(log=log))
    for _, sql in guards:
        connection.execute(sql)
    assert what in [fault.what for fault in b1.mission.audit()]


def test_what_is_kept_for_ever_cannot_be_changed_or_deleted(crowd):
    import sqlite3

    came(crowd, "a1", "b1")
    connection = crowd.devices["b1"].mission._connection
    for change in ("UPDATE cosignature SET dated_s = 0", "DELETE FROM cosignature"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(change)


def test_a_mission_that_knows_nobody_takes_nothing_in(crowd):
    from truceline.errors import MissionError

    lonely = crowd.made("lonely")
    content = crowd.bundle(crowd.devices["a1"], None)
    with pytest.raises(MissionError, match="knows no other holder"):
        received(lonely, Bundle(io.BytesIO(content).read).logs(), now_us=1, chance=crowd.chance)
    lonely.close()
