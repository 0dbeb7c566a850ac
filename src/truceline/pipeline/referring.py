"""Persistent non-compliance as a reading proposes it, beside the referrals that bodies made, as plain values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import UNSET

from truceline.compliance.parties_named import party_of
from truceline.compliance.persistent import Agreed, Proposed, proposals
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.questions import Asked, Meant, meant_by
from truceline.pipeline.views import opened_for
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.conduct import Referral
from truceline.vocabulary.when import iso

Plain = dict[str, Any]


def referrals_told(path: Path, asked: Asked) -> Plain:
    """Whom the reading proposes to refer, with the determinations it rests on, and every referral made."""
    with opened_for(path, asked) as mission:
        meant = meant_by(mission, asked)
        acts = acts_that_count(mission, asked.reader, meant.size)
        as_of, rule = meant.question.as_of, meant.question.reading.persistent
        agreement = meant.question.agreement
        made = [one for one in acts if isinstance(one.act, Referral) and one.at <= as_of]
        found = proposals(agreement, rule, acts, as_of) if rule else []
        return {
            "exercise": mission.exercise, "audience": asked.reader.audience, "as_of": iso(as_of, agreement.zone),
            "cut": mission.cut(meant.size), "reading": meant.question.reading.id,
            "rule": None if rule is None else {
                "times": rule.times, "within_days": rule.within_days, "categories": list(rule.categories),
                "decider": rule.decider["en"],
            },
            "proposed": [_proposed(one, meant, made) for one in found],
            "referrals": [_referral(one, meant) for one in made],
        }  # fmt: skip


def _proposed(one: Proposed, meant: Meant, made: Sequence[ActHeld]) -> Plain:
    last = one.matters[-1].when
    referred = [held.id for held in made if _of_party(held, meant) == one.party and held.at >= last]
    return {
        "party": one.party, "name": one.name, "referred": referred,
        "matters": [_matter(matter, meant.question.agreement.zone) for matter in one.matters],
    }  # fmt: skip


def _matter(one: Agreed, zone: str) -> Plain:
    return {
        "about": one.about, "when": iso(one.when, zone), "categories": list(one.categories), "acts": list(one.acts)
    }  # fmt: skip


def _referral(held: ActHeld, meant: Meant) -> Plain:
    act = held.act
    assert isinstance(act, Referral)
    return {
        "id": held.id, "by": act.by, "said": iso(held.at, meant.question.agreement.zone), "party": act.party,
        "to": act.to, "because": act.because, "obligation": "" if act.obligation is UNSET else act.obligation,
        "rests_on": list(act.rests_on),
    }  # fmt: skip


def _of_party(held: ActHeld, meant: Meant) -> str:
    assert isinstance(held.act, Referral)
    return party_of(meant.question.agreement, held.act.party, held.at)[0]
