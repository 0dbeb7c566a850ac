"""Which keys persons and instruments have, in every log held; and with which of them an entry was signed."""

from pathlib import Path
from typing import get_args

from msgspec import Struct

from truceline.pipeline.keys import MOST_LABEL, Reason, said_of
from truceline.pipeline.missions import open_mission
from truceline.pipeline.receiving import OWN
from truceline.record.people import PersonKey, Signers
from truceline.store import people_keys
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG, log_at, seq_at
from truceline.vocabulary.marking import INTERNAL, Reader, admit


class KeyListed(Struct, frozen=True):
    """One key of a person or an instrument, in the log of `holder` (`own`, or the name of another).

    `state` is "in use", "rotated", or the reason for which it was revoked ("revoked" where that is not told here).
    `entered` and `ended` are seqs of that log; from the seq `since` on what it signed is in doubt. `signed` counts
    what it signed before, `in_doubt` what it signed from there on. `file`: "locked", "open", or "absent".
    """

    holder: str
    key: str
    kind: str
    label: str
    state: str
    entered: int
    was: str
    ended: int | None
    followed_by: str
    since: int | None
    signed: int
    in_doubt: int
    file: str


def keys_listed(path: Path, reader: Reader = INTERNAL) -> list[KeyListed]:
    """The keys of every log held, the own first, in the order in which they came in, for a reader."""
    admit(reader)
    with open_mission(path) as mission:
        logs = [(OWN, OWN_LOG), *((peer.name, peer.log) for peer in mission.others.peers())]
        return [listed for name, log in logs for listed in _listed(mission, name, log)]


class Marks:
    """With which key entries were signed, and whether that is in doubt; `places` as in the read tables."""

    def __init__(self, mission: MissionFile) -> None:
        self._mission = mission
        self._signers: dict[int, Signers] = {}

    def of(self, place: int) -> tuple[str, bool]:
        """ "log", or the pseudonym of a person's or instrument's key; and whether what it signed there is in doubt."""
        log, seq = log_at(place), seq_at(place)
        if log not in self._signers:
            self._signers[log] = self._mission.others.signers(log)
        signers, [key] = self._signers[log], self._mission.keys_at([place])
        return ("log", False) if key == signers.log_key else (key, signers.in_doubt(key, seq))


def _listed(mission: MissionFile, name: str, log: int) -> list[KeyListed]:
    signers = mission.others.signers(log)
    if not signers.keys:
        return []
    sound, doubtful = dict.fromkeys(signers.keys, 0), dict.fromkeys(signers.keys, 0)
    for seq, header in mission.signed(log):
        if header.key in sound:
            (doubtful if signers.in_doubt(header.key, seq) else sound)[header.key] += 1
    return [
        KeyListed(
            name, key.pseudonym, said.get("kind", "")[:MOST_LABEL], said.get("label", "")[:MOST_LABEL],
            _state(mission, log, key), key.entered,
            key.was, key.ended, key.followed_by, key.doubted if key.doubted != key.doubted_by else None,
            sound[key.pseudonym], doubtful[key.pseudonym],
            people_keys.standing(mission.path, key.pseudonym) if log == OWN_LOG else "absent",
        )
        for key in signers.keys.values()
        for said in [said_of(mission, log, key.entered)]
    ]  # fmt: skip


def _state(mission: MissionFile, log: int, key: PersonKey) -> str:
    if key.ended is None:
        return "in use"
    if key.doubted_by is None:
        return "rotated"
    reason = said_of(mission, log, key.doubted_by).get("reason", "")
    return reason if reason in get_args(Reason) else "revoked"
