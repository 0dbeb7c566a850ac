"""The other holders: adding one by its key, the policy of joint cuts, and what each holds and had seen."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from truceline.errors import ActError, MissionError, ValueNotRead
from truceline.exchange.quorum import Policy, everyone, joint, objections, resolved, side_in, silent
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.receiving import OWN, all_logs, announce
from truceline.record.canonical import canonical
from truceline.record.sign import read_verifier_key, verifier_key
from truceline.record.spoken import spoken_key
from truceline.store.mission_file import MissionFile
from truceline.store.others import Cosigned, Peer
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG
from truceline.vocabulary.holding import as_seen_by
from truceline.vocabulary.plain_yaml import read_yaml

NOTE = "note"
FIELD = "exchange"
MOST_NAME = 64
MOST_POLICY = 65_536


class Added(Struct, frozen=True):
    """A peer that was added: its name, its log, its key as digits to be read out, and the entry that says so."""

    name: str
    side: str
    origin: str
    key: str
    spoken: tuple[str, ...]
    id: str
    already: bool


def add(path: Path, name: str, key: str, side: str | None, how: str, *, now_us: int, chance: Chance) -> Added:
    """Add another holder's log, by the verifier key it gave by another way. Raises `ValueNotRead`, `MissionError`."""
    try:
        origin, public_key = read_verifier_key(key)
    except ValueError as error:
        raise ValueNotRead(
            f"{key!r} is no key: {error}.", "The other holder's `truceline log head` prints it."
        ) from error
    side = _named(side if side is not None else name, "side")
    with open_mission(path, write=True) as mission:
        known = [peer for peer in all_logs(mission) if peer.origin == origin or peer.name == _named(name, "name")]
        if known:
            return _already(mission, known, (origin, public_key, name, side))
        if origin.startswith("exercise/") != mission.exercise:
            mend = "Real data and exercises are not exchanged with one another."
            kind = "no exercise" if mission.exercise else "an exercise"
            raise MissionError(f"{origin} is {kind}, unlike this mission.", mend)
        said = {"how": how, "key": verifier_key(origin, public_key), "name": name, "side": side, "what": "peer"}
        with mission.pen(now_us, chance) as pen:
            mission.others.prepare()
            seq, entry_id = pen.enter(NOTE, [(FIELD, canonical(said))], {})
            mission.others.add(origin, public_key, name, side, how, seq)
            announce(mission, pen)
    return Added(name, side, origin, said["key"], spoken_key(origin, public_key), entry_id, already=False)


def _already(mission: MissionFile, known: Sequence[Peer], wanted: tuple[str, bytes, str, str]) -> Added:
    """A peer that is there word for word; anything else is another matter."""
    peer = known[0]
    if (peer.origin, peer.public_key, peer.name, peer.side) == wanted and peer.log != OWN_LOG:
        key = verifier_key(peer.origin, peer.public_key)
        digits = spoken_key(peer.origin, peer.public_key)
        return Added(
            peer.name, peer.side, peer.origin, key, digits, mission.ids(peer.seq, peer.seq + 1)[0], already=True
        )
    taken = "this mission's own" if peer.log == OWN_LOG else f"{peer.name} ({peer.origin}, side {peer.side})"
    mend = "A key is never changed: another key is another log, with a name of its own."
    raise MissionError(f"The name or the log is taken already: {taken}.", mend)


def _named(name: str, what: str) -> str:
    plain = name.strip()
    if (
        not plain
        or plain != name
        or len(name) > MOST_NAME
        or not name.isprintable()
        or (what == "name" and name == OWN)
    ):
        raise ValueNotRead(f"{name!r} is no {what} of a holder.", f"Write up to {MOST_NAME} letters; not {OWN!r}.")
    return name


def set_policy(path: Path, file: Path | None, own: str | None = None, *, now_us: int, chance: Chance) -> Policy:
    """Set, by an entry, which sides make a cut joint and who speaks for whom: YAML, see `vocabulary.holding`.

    Without a file the policy is the one of the agreement pack; `own` says which of its sides this mission is.
    Raises `ActError`.
    """
    written = None if file is None else _read_policy(file)
    with open_mission(path, write=True) as mission:
        agreement = registered(mission).pack.agreement
        where = f"the agreement {agreement.pack}" if file is None else str(file)
        policy = agreement.holders if written is None else written
        if policy is None:
            raise ActError(f"{where} has no policy (holders).", "Name a file with one.")
        policy = policy if own is None else as_seen_by(policy, own)
        if file is None and policy.own not in policy.named:
            named = ", ".join(policy.named)
            raise ActError(f"{where} does not say which side this mission is.", f"Say it with --own; one of: {named}.")
        bodies = [body.id for body in agreement.bodies]
        wrong = objections(policy, {peer.side for peer in all_logs(mission)}, bodies)
        if wrong:
            raise ActError(f"{where}: {'; '.join(wrong)}.", "`truceline exchange list` shows the sides.")
        with mission.pen(now_us, chance) as pen:
            mission.others.prepare()
            content = msgspec.json.encode(policy, order="sorted")
            said = {"policy": msgspec.to_builtins(policy), "what": "policy"}
            seq, _ = pen.enter(NOTE, [(FIELD, canonical(said))], {})
            mission.others.put_policy(seq, content)
    return policy


def _read_policy(file: Path) -> Policy:
    try:
        with file.open("rb") as stream:
            return msgspec.convert(read_yaml(stream.read(MOST_POLICY + 1), MOST_POLICY).value, Policy)
    except OSError as error:
        raise ActError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    except (ValueNotRead, msgspec.ValidationError) as error:
        raise ActError(f"{file}: {error}", "See docs/how-to/exchange-with-another-holder.md for its form.") from error


class HeadSeen(Struct, frozen=True):
    """The size of a log that somebody had seen, and when (UTC seconds) where a cosignature says so."""

    by: str
    size: int
    dated_s: int | None


class LogHeld(Struct, frozen=True):
    """One log as it is held here: its size and root, how far it is joint, and how far the others had seen it."""

    name: str
    side: str
    origin: str
    key: str
    size: int
    root: str
    joint: int
    without: tuple[str, ...]
    stand_in: bool
    cosigned: list[HeadSeen]
    seen: list[HeadSeen]
    proofs: list[str]


class Holding(Struct, frozen=True):
    """All logs held, under a policy. `cut` is the joint one: origin to size and root.

    `remark` says what keeps the policy of the agreement pack from being in force; "" if nothing does.
    """

    mission: str
    policy: Policy
    silent: tuple[str, ...]
    cut: dict[str, list[int | str]]
    logs: list[LogHeld]
    remark: str = ""


def holding(path: Path, *, now_us: int, known: str | None = None) -> Holding:
    """What is held of each log: see `holding_of`."""
    with open_mission(path) as mission:
        return holding_of(mission, now_us=now_us, known=known)


def holding_of(mission: MissionFile, *, now_us: int, known: str | None = None) -> Holding:
    """What is held of each log, who cosigned and had seen it; at a cut of the own log, if one is given.

    At a cut, of every log counts what the own entries before it had seen, and what had been cosigned of that.
    Raises `ValueNotRead`, `RecordBroken`.
    """
    logs = all_logs(mission)
    at = None if known is None else mission.resolve_cut(known)
    sizes = _sizes(mission, logs, at)
    policy, remark = policy_in_force(mission, logs), _remark(mission)
    cosigned = {peer.log: _within(mission.others.cosigned(peer.log), sizes[peer.log]) for peer in logs}
    heard = _heard(mission, logs, cosigned, policy)
    gone = silent(resolved(policy), heard, now_us // 1_000_000) if at is None else ()
    told = [_held(mission, logs, peer, sizes, cosigned, policy, gone) for peer in logs]
    roots = {peer.log: mission.others.roots(peer.log, [one.joint]) for peer, one in zip(logs, told, strict=True)}
    cut: dict[str, list[int | str]] = {
        one.origin: [one.joint, roots[peer.log][one.joint].hex()] for peer, one in zip(logs, told, strict=True)
    }
    return Holding(str(mission.path), policy, gone, cut, told, remark)


def policy_in_force(mission: MissionFile, logs: Sequence[Peer]) -> Policy:
    """The policy last set, as it is written (`exchange.quorum` resolves it); without one, everyone's."""
    content = mission.others.policy()
    if content is None:
        return everyone([peer.side for peer in logs])
    return msgspec.json.decode(content, type=Policy)


def _remark(mission: MissionFile) -> str:
    if mission.others.policy() is not None:
        return ""
    agreement = registered(mission).pack.agreement
    if agreement.holders is None:
        return ""
    sides = "|".join(agreement.holders.named)
    return (
        f"The agreement {agreement.pack} has a policy, which is not in force until this mission says which side it is:"
        f" truceline exchange policy MISSION --own {sides}"
    )


def _sizes(mission: MissionFile, logs: Sequence[Peer], at: int | None) -> dict[int, int]:
    """The size of each log that counts: all that is held, or what the own entries up to a size had seen."""
    if at is None:
        return {peer.log: mission.others.edge(peer.log).size for peer in logs}
    seen = mission.others.seen_at(OWN_LOG, at)
    had = {peer.log: int(seen.get(peer.origin, [0])[0]) for peer in logs}
    return {peer.log: min(had[peer.log], mission.others.edge(peer.log).size) for peer in logs} | {OWN_LOG: at}


def _within(cosigned: Sequence[Cosigned], size: int) -> list[Cosigned]:
    return [one for one in cosigned if one.size <= size]


def _heard(
    mission: MissionFile, logs: Sequence[Peer], cosigned: Mapping[int, Sequence[Cosigned]], policy: Policy
) -> dict[str, int]:
    """When each side was last heard: by a dated head of its own, or by a cosignature of its (UTC seconds)."""
    side_of = {peer.origin: side_in(policy, peer.side) for peer in logs}
    heard: dict[str, int] = {}
    for peer in logs:
        dated_us = mission.others.last_dated_us(peer.log)
        times = [(side_of[peer.origin], (dated_us or 0) // 1_000_000)]
        times += [(side_of[one.name], one.dated_s) for one in cosigned[peer.log] if one.name in side_of]
        for side, dated_s in times:
            heard[side] = max(heard.get(side, 0), dated_s)
    return heard


def _held(
    mission: MissionFile,
    logs: Sequence[Peer],
    peer: Peer,
    sizes: Mapping[int, int],
    cosigned: Mapping[int, Sequence[Cosigned]],
    policy: Policy,
    gone: Sequence[str],
) -> LogHeld:
    others, size = mission.others, sizes[peer.log]
    by_origin = {one.origin: one for one in logs}
    holds = {side_in(policy, peer.side): size, OWN: size}
    for one in cosigned[peer.log]:
        side = side_in(policy, by_origin[one.name].side)
        holds[side] = max(holds.get(side, 0), one.size)
    found = joint(resolved(policy), holds, gone)
    newest = {
        by_origin[one.name].name: HeadSeen(by_origin[one.name].name, one.size, one.dated_s)
        for one in cosigned[peer.log]
    }
    seen = []
    for author in logs:
        named = others.seen_at(author.log, sizes[author.log]).get(peer.origin)
        if named is not None and author.log != peer.log:
            seen.append(HeadSeen(author.name, int(named[0]), None))
    return LogHeld(
        peer.name, peer.side, peer.origin, verifier_key(peer.origin, peer.public_key), size,
        others.roots(peer.log, [size])[size].hex(), found.size, found.without, found.stand_in,
        list(newest.values()), seen, [name for name, _, _ in others.misbehaviours(peer.log)],
    )  # fmt: skip
