"""Keys of persons and instruments: bringing one in, putting another in its place, ending one, signing with one.

What checks later signatures stands in the links of entries of the kind `key` (`record.people`); label, kind and reason
stand in their payloads. The private half lies in a file of its own (`store.people_keys`).
"""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from truceline.errors import MissionError, RecordBroken, ValueNotRead
from truceline.pipeline.missions import open_mission
from truceline.record.commit import Field
from truceline.record.entry import Links
from truceline.record.key_links import KEY, brought_in, revoked, rotated
from truceline.record.people import PersonKey
from truceline.record.sign import LogKey
from truceline.store import people_keys
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG
from truceline.store.unlocking import new_passphrase

Kind = Literal["person", "instrument"]
Reason = Literal["lost", "compromised", "retired"]
MOST_LABEL = 64
_LIST = "`truceline key list` shows the keys."


class KeyEntered(Struct, frozen=True):
    """What an entry said of a key. `was` is the key in whose place it is, `since` from where its signatures are in
    doubt (None where none are), `file` where the private half lies ("" where none was made)."""

    what: str
    key: str
    label: str
    kind: str
    id: str
    seq: int
    was: str = ""
    since: int | None = None
    file: str = ""
    locked: bool = False


def new_key(path: Path, label: str, kind: Kind, *, locked: bool, now_us: int, chance: Chance) -> KeyEntered:
    """Make a key, and enter that it may sign in this log. Where it is locked, a new passphrase is asked for.

    Raises `ValueNotRead` for a label that is none, `MissionError`.
    """
    label = _label(label)
    with open_mission(path, write=True) as mission:
        return _brought_in(mission, label, kind, None, None, locked=locked, now_us=now_us, chance=chance)


def rotate(path: Path, name: str, *, lost: bool, locked: bool, now_us: int, chance: Chance) -> KeyEntered:
    """Put a new key in the place of one, with its label and kind; the old key agrees unless it is `lost`.

    Raises `ValueNotRead`, `MissionError`.
    """
    with open_mission(path, write=True) as mission:
        old = _named(mission, name)
        _check_in_use(old)
        said = said_of(mission, OWN_LOG, old.entered)
        key = None if lost else people_keys.read(path, mission.origin, old.pseudonym)
        label, kind = said.get("label", ""), said.get("kind", "person")
        return _brought_in(mission, label, kind, old, key, locked=locked, now_us=now_us, chance=chance)


def revoke(path: Path, name: str, because: Reason, since: str | None, *, now_us: int, chance: Chance) -> KeyEntered:
    """End a key. Of a compromised one, what it signed after the cut `since` is in doubt; everything, without a cut.

    A key that was ended can be revoked again: its loss may turn out to have been a theft. Nothing in doubt comes out
    of it again. Raises `ValueNotRead`, `RecordBroken`, `MissionError`.
    """
    with open_mission(path, write=True) as mission:
        old = _named(mission, name)
        if because != "compromised":
            _check_in_use(old)
            if since is not None:
                raise ValueNotRead(f"Nothing is in doubt of a key that is {because}.", "Leave --since out.")
        doubted = max(old.entered, mission.resolve_cut(since)) if since is not None else old.entered
        said = said_of(mission, OWN_LOG, old.entered)
        fields = _fields("revoked", old.pseudonym, {"reason": because}, because)
        with mission.pen(now_us, chance) as pen:
            links = revoked(old.pseudonym, doubted if because == "compromised" else pen.size)
            seq, entry_id = pen.enter(KEY, fields, links)
    told = doubted if because == "compromised" else None
    return KeyEntered(
        "revoked", old.pseudonym, said.get("label", ""), said.get("kind", ""), entry_id, seq, since=told
    )  # fmt: skip


def signing_key(mission: MissionFile, name: str) -> LogKey:
    """The key with which acts or a submission are signed; its passphrase is asked for where it has one.

    Raises `ValueNotRead`, `MissionError`.
    """
    known = _named(mission, name)
    _check_in_use(known)
    return people_keys.read(mission.path, mission.origin, known.pseudonym)


def _brought_in(
    mission: MissionFile,
    label: str,
    kind: str,
    old: PersonKey | None,
    old_key: LogKey | None,
    *,
    locked: bool,
    now_us: int,
    chance: Chance,
) -> KeyEntered:
    """Make a key, its file and its entry: all of them, or none."""
    seed = chance(32)
    key = LogKey.from_seed(mission.origin, seed)
    passphrase = new_passphrase(f"the new key {key.pseudonym} ({label})") if locked else None
    what, was = ("new", "") if old is None else ("rotated", old.pseudonym)
    links: Links = brought_in(key) if old is None else rotated(key, was, old_key)
    with ExitStack() as undo:
        file = people_keys.write(mission.path, mission.origin, seed, passphrase, chance)
        undo.callback(people_keys.remove, mission.path, key.pseudonym)
        with mission.pen(now_us, chance) as pen:
            fields = _fields(what, key.pseudonym, {"kind": kind, "label": label}, "lost" if old and not old_key else "")
            seq, entry_id = pen.enter(KEY, fields, links)
        undo.pop_all()
    return KeyEntered(what, key.pseudonym, label, kind, entry_id, seq, was, file=str(file), locked=locked)


def _fields(what: str, key: str, matter: Mapping[str, str], because: str) -> list[Field]:
    """The payload of a key entry: of which key, what people call it, and why."""
    encode = msgspec.json.Encoder(order="sorted").encode
    return [("who", encode({"key": key, "what": what})), ("matter", encode(matter)), ("because", encode(because))]


def _label(label: str) -> str:
    plain = " ".join(label.split())
    if not plain or len(plain) > MOST_LABEL or not plain.isprintable():
        mend = "Name a role, such as: duty officer 2. Never a person: the label travels to the other holders."
        raise ValueNotRead(f"{label!r} is no label: one line of up to {MOST_LABEL} letters.", mend)
    return plain


def _named(mission: MissionFile, name: str) -> PersonKey:
    """The key whose pseudonym begins so, or the one in use that has this label. Raises `ValueNotRead`."""
    wanted = name.strip()
    found = [
        key
        for key in mission.others.signers(OWN_LOG).keys.values()
        if (wanted and key.pseudonym.startswith(wanted.lower()))
        or (key.ended is None and said_of(mission, OWN_LOG, key.entered).get("label") == wanted)
    ]
    if len(found) != 1:
        which = "several keys" if found else "no key of this mission"
        raise ValueNotRead(f"{name!r} names {which}.", f"Give the beginning of a key. {_LIST}")
    return found[0]


def _check_in_use(key: PersonKey) -> None:
    if key.ended is not None:
        follows = f"; {key.followed_by} took its place" if key.followed_by else ""
        raise MissionError(f"The key {key.pseudonym} was ended by entry {key.ended}{follows}.", _LIST)


def said_of(mission: MissionFile, log: int, seq: int) -> dict[str, str]:
    """Label and kind, or reason, as a key entry tells them; empty where it is not open here, or has another form."""
    try:
        return msgspec.json.decode(mission.others.log(log).entry(seq).by_name["matter"], type=dict[str, str])
    except (KeyError, ValueError, RecordBroken):
        return {}
