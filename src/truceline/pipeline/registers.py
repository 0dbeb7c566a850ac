"""`registers`: the co-chairs' registers of acceptances side by side, at a time, with when each entry was entered.

Two answers stand beside each other: what the acts that are known now say of that time (`status`), and what the record
held at that time (`recorded_then`), by its dated heads. Where they differ, something was entered late, and the
difference shows it: no later entry can alter the second.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from truceline.compliance.parties_named import maybe_meant
from truceline.compliance.registers import LISTED, OPEN, Kept, PartyStanding, co_chairs, registers_at
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.instants import asked_instant
from truceline.pipeline.joint_acts import spoken_for
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.superseding import is_own
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld, kind_of
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
NONE = "no acceptance is recorded here"


def registers(
    path: Path, reader: Reader, *, now_us: int, as_of: str | None = None, known: str | None = None, party: str = ""
) -> Plain:
    """Both registers, as plain values. Raises `AfterTheCut` for a time later than the cut, `ValueNotRead` for no cut.

    Without `party`, only of parties whose acceptance some register holds, now or then.
    """
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        agreement = registered(mission, size).pack.agreement
        at = asked_instant(mission, agreement.zone, now_us=now_us, as_of=as_of, known=known)
        then = min(size, mission.size_at(at)) if as_of else size
        standings = registers_at(agreement, _acts(mission, reader, size), at)
        before = {one.party: one for one in registers_at(agreement, _acts(mission, reader, then), at)}
        told = _Telling(agreement, partial(_entered, mission))
        parties = [
            told.party(one, before.get(one.party)) for one in standings if _is_told(one, before, agreement, party)
        ]
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "agreement": {"pack": agreement.pack, "version": agreement.version},
            "as_of": iso(at, agreement.zone), "cut": mission.cut(size), "registers": list(co_chairs(agreement)),
            "asked": party, "says": "" if parties else told.nothing(party), "parties": parties,
        }  # fmt: skip


def _acts(mission: MissionFile, reader: Reader, size: int) -> list[ActHeld]:
    """All that was ever said in a log that may say it: what stands under a body's name elsewhere is not its word."""
    ever = acts_ever(mission, reader, size)
    return ever if all(is_own(one) for one in ever) else spoken_for(mission, ever)


def _is_told(standing: PartyStanding, before: Mapping[str, PartyStanding], agreement: Agreement, asked: str) -> bool:
    """Nobody is told of who did not ask; of a party asked for by name, what was once accepted."""
    then = before.get(standing.party)
    statuses = {standing.status} | ({then.status} if then else set())
    if not asked:
        return bool(statuses & set(LISTED))
    return standing.party in maybe_meant(agreement, asked) and statuses != {"none"}


def _entered(mission: MissionFile, held: ActHeld) -> tuple[int | None, int | None]:
    """Between which dated heads an act was entered, or opened to this holder; None where there is none."""
    seq = mission.read_from(held.seq)
    return mission.not_by(seq), mission.dated(seq + 1)


class _Telling:
    """Standings as plain values, times local to the agreement."""

    def __init__(self, agreement: Agreement, entered: Callable[[ActHeld], tuple[int | None, int | None]]) -> None:
        self._zone = agreement.zone
        self._bodies = {body.id: body.name["en"] for body in agreement.bodies}
        self._keepers = co_chairs(agreement)
        self._entered = entered

    def nothing(self, asked: str) -> str:
        """The only thing said where there is no acceptance to tell of."""
        return f"{asked}: {NONE}." if asked else f"{NONE[0].upper()}{NONE[1:]}."

    def party(self, one: PartyStanding, then: PartyStanding | None) -> Plain:
        """One party in all registers."""
        ids = {held.seq: held.id for held in one.acts}
        return {
            "party": one.party, "name": one.name, "status": one.status, "says": self._in_words(one),
            "recorded_then": then.status if then else "none",
            "recorded_then_says": self._in_words(then) if then else NONE,
            "registers": [self._kept(kept) for kept in one.kept],
            "open": self._open(one),
            "acts": [self._act(held, ids) for held in one.acts],
        }  # fmt: skip

    def _kept(self, kept: Kept) -> Plain:
        words = [
            {"by": word.by, "says": word.says, "said": self._time(word.at), "act": word.act} for word in kept.words
        ]
        return {
            "register": kept.register, "state": kept.state, "via": kept.via, "since": self._time(kept.since),
            "said": self._time(kept.said), "act": kept.act, "places": kept.places, "words": words,
        }  # fmt: skip

    def _act(self, held: ActHeld, ids: Mapping[int, str]) -> Plain:
        after, by = self._entered(held)
        replaced = "" if held.replaced_by is None else ids.get(held.replaced_by, "taken back")
        return {
            "id": held.id, "log": held.log, "act": kind_of(held.act), "by": held.act.by,
            "says": getattr(held.act, "says", ""), "since": self._time(held.when), "said": self._time(held.at),
            "entered_after": self._time(after), "entered_by": self._time(by), "replaced_by": replaced,
        }  # fmt: skip

    def _open(self, one: PartyStanding) -> Plain | None:
        """The question that is put to every co-chair alike. It is open: nothing here answers it either way."""
        if one.status not in OPEN:
            return None
        since = min(kept.since for kept in one.kept if kept.state == "accepted" and kept.since is not None)
        asks = (
            f"Is {one.name} protected by the agreement? It is {self._in_words(one)}. To be answered by {self._named()}."
        )
        return {"to": list(self._keepers), "since": self._time(since), "asks": asks}

    def _in_words(self, one: PartyStanding) -> str:
        if one.status == "none":
            return NONE
        accepted = [kept for kept in one.kept if kept.state == "accepted"]
        parts = [f"accepted via {self._via(kept)}" for kept in accepted]
        attested = dict.fromkeys(body for kept in accepted for body in sorted(kept.attested_by()))
        parts += [f"attested by {self._bodies[body]}" for body in attested]
        parts += ["not attested by " + " and ".join(self._bodies[body] for body in one.missing)] if one.missing else []
        parts += [
            f"objected to by {self._bodies[word.by]}"
            for kept in accepted
            for word in kept.words
            if word.says == "objected"
        ]
        for kept in one.kept:
            if kept.state in ("declined", "withdrawn"):
                parts.append(f"{kept.state} via {self._via(kept)}")
            elif kept.state == "no_entry" and one.status == "attested_unread" and kept.attested_by():
                parts.append(f"attested, in the register of {self._bodies[kept.register]}, which cannot be read here")
        return ", ".join(parts)

    def _via(self, kept: Kept) -> str:
        other = "" if kept.via == kept.register else f" (by the register of {self._bodies[kept.register]})"
        return f"{self._bodies.get(kept.via, kept.via)}{other}"

    def _named(self) -> str:
        return " and ".join(self._bodies[body] for body in self._keepers)

    def _time(self, instant: int | None) -> str:
        return "" if instant is None else iso(instant, self._zone)
