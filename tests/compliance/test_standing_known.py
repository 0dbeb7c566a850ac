"""Whom a body holds to be excluded is bound by nothing from then on, as that body holds it."""

from typing import Any

import msgspec
import pytest

from truceline.compliance.excluding import Exclusions
from truceline.compliance.pack import Pack
from truceline.compliance.standing import EVER, Standing
from truceline.compliance.standing_known import StandingKnown
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.when import read_instant

ZONE = "Etc/GMT-2"


def us(text: str) -> int:
    return read_instant(text, ZONE)


def excludes(by: str, at: str = "2025-03-25") -> dict[str, Any]:
    return {"act": "exclusion", "by": by, "at": at, "actor": "Front of the Plain", "instrument": "exclusion_annex",
            "says": "excluded", "because": "", "persistent": True}  # fmt: skip


def known(example: Pack, *acts: dict[str, Any], body: str | None = None) -> StandingKnown:
    reading = example.agreement.reading("strict")
    assert reading is not None
    read: list[Act] = [msgspec.convert(act, Act) for act in acts]
    held = [ActHeld(f"{n:064x}", n, act, us(act.at), us(act.at)) for n, act in enumerate(read)]
    return StandingKnown(example.agreement, reading, Exclusions(example.agreement, held, us("2026-01-01")), body)


def test_without_acts_it_is_the_pack_s_rule(example):
    reading = example.agreement.reading("strict")
    plain, asked = Standing(example.agreement, reading), known(example)
    parties = [(one.id,) for one in example.agreement.parties] + [("civilians",)]
    dates = plain.dates()
    spans = [EVER, *((one - 1, one + 1) for one in dates if one not in EVER), (us("2025-03-20"), us("2025-03-21"))]
    for actor in example.agreement.actors:
        for named in actor.names:
            for party in parties:
                for span in spans:
                    assert asked.belongs(named.name, span, party) == plain.belongs(named.name, span, party)


@pytest.mark.parametrize(
    ("by", "body", "after"),
    [("secretariat", None, NO), ("alpha", "alpha", NO), ("alpha", "beta", SURELY), ("alpha", None, MAYBE)],
)
def test_an_exclusion_decided_holds_forward_only_for_whoever_holds_it(example, by, body, after):
    asked = known(example, excludes(by), body=body)
    before, then = (us("2025-03-24"), us("2025-03-25")), (us("2025-03-25"), us("2025-03-26"))
    assert asked.belongs("Plain Front", before, ("south",)) == SURELY
    assert asked.belongs("Plain Front", then, ("south",)) == after
    assert asked.depends_on_time("Plain Front")
    assert us("2025-03-25") in asked.dates()
