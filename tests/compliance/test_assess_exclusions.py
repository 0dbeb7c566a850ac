"""An exclusion decided for persistent non-compliance frees its party from that time on, for whoever holds it."""

import json
from typing import Any

import msgspec
import numpy as np
import pytest

from truceline.compliance.assessing import assess
from truceline.compliance.pack import Pack
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.columns import SURELY
from truceline.vocabulary.matters import MatterColumns
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.when import HOUR, read_instant

ZONE = "Etc/GMT-2"
PERIODS = (("2025-03-20", "2025-03-25"), ("2025-03-25", "2025-03-30"))


def us(text: str) -> int:
    return read_instant(text, ZONE)


def attacks(example: Pack) -> MatterColumns:
    """One shelling by the Plain Front before the 25th and one after, found by each co-chair."""
    bodies = [body.id for body in example.agreement.bodies]
    rows = [(body, day) for body in ("alpha", "beta") for day in ("2025-03-21T10:00", "2025-03-26T10:00")]
    n, start = len(rows), np.array([us(day) for _, day in rows], np.int64)
    none = np.zeros(n, np.int64)
    return MatterColumns(
        id=[f"{at:064x}" for at in range(n)], body=np.array([bodies.index(body) for body, _ in rows]), found_on=none,
        held=np.full(n, SURELY, np.int8), start=start, end=start + HOUR, has_point=np.zeros(n, np.bool_), lat_e7=none,
        lon_e7=none, radius_m=none, place=[""] * n, area=["river_towns"] * n, kind=["shelling"] * n, weapon=[""] * n,
        by=[json.dumps(["Plain Front"])] * n, by_held=np.full(n, SURELY, np.int8),
        against=[json.dumps(["Northern Army"])] * n, elements=[""] * n,
    )  # fmt: skip


def outcomes(example: Pack, *acts: dict[str, Any]) -> dict[tuple[int, str | None], str]:
    reading = example.agreement.reading("strict")
    assert reading is not None
    rule = {"id": "no_fire", "title": {"en": "No fire"}, "instrument": "truce_text", "terms": ["E1"],
            "obliged": ["south"], "kind": "prohibition", "rule": {"kinds": ["shelling"]},
            "cited": {"source": "Ours", "tag": "invented"}}  # fmt: skip
    agreement = msgspec.structs.replace(example.agreement, obligations=(msgspec.convert(rule, Obligation),))
    read: list[Act] = [msgspec.convert(act, Act) for act in acts]
    held = [ActHeld(f"{n:064x}", n, act, us(act.at), us(act.at)) for n, act in enumerate(read)]
    periods = [(us(first), us(last)) for first, last in PERIODS]
    found = assess(
        agreement, example.geometry, attacks(example), held, [], periods=periods, bodies=["alpha", "beta"],
        as_of=us("2025-04-01"), reading=reading, lines={},
    )  # fmt: skip
    return {(periods.index(period), body): outcome.value for _, _, period, body, outcome in found.rows()}


def excludes(by: str, at: str = "2025-03-25") -> dict[str, Any]:
    return {"act": "exclusion", "by": by, "at": at, "actor": "Front of the Plain", "instrument": "exclusion_annex",
            "says": "excluded", "because": "Decided.", "persistent": True}  # fmt: skip


def test_without_a_decision_both_attacks_are_breaches(example):
    assert set(outcomes(example).values()) == {"breached"}


def test_decided_for_all_it_frees_from_then_on_and_changes_nothing_before(example):
    found = outcomes(example, excludes("secretariat"))
    assert {found[0, body] for body in ("alpha", "beta", None)} == {"breached"}
    assert {found[1, body] for body in ("alpha", "beta", None)} == {"not_observed"}


def test_what_one_co_chair_decides_never_alters_what_follows_for_the_other(example):
    found = outcomes(example, excludes("alpha"))
    assert (found[1, "alpha"], found[1, "beta"], found[1, None]) == ("not_observed", "breached", "undecided")


@pytest.mark.parametrize("by", ["north_command", "south_council"])
def test_no_party_excludes_another_or_itself(example, by):
    assert outcomes(example, excludes(by)) == outcomes(example)


def test_what_is_decided_after_the_instant_is_not_known(example):
    assert outcomes(example, excludes("secretariat", at="2025-04-02")) == outcomes(example)
