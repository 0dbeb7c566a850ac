"""Withdrawal rings: each side from its own line, counted only once it has to be complete."""

from importlib import resources

import msgspec
import pytest

from truceline.compliance.kinds.base import Before, Rows, Watched
from truceline.compliance.kinds.withdrawal import WITHDRAWAL, Withdrawn
from truceline.compliance.pack import AGREEMENT_FILE
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import SURELY
from truceline.vocabulary.obligation import Line, Obligation
from truceline.vocabulary.pack_parts import Cited
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.when import read_instant

CITED = Cited("Article 2", "cited")
RULE = {
    "kinds": ["weapons_in_zone"],
    "rings": [
        {
            "weapons": ["artillery"], "distance_m": 50_000, "lines": {"north": "actual", "south": "older"},
            "from": "2025-03-02", "complete_by": "2025-03-16",
        },
        {"distance_m": 3_500, "lines": {"north": "actual"}, "complete_by": "2025-04-01T12:00"},
    ],
}  # fmt: skip


def example(**more):
    written = (resources.files("truceline") / "agreements" / "example" / AGREEMENT_FILE).read_bytes()
    made = msgspec.convert(read_yaml(written).value, Agreement)
    lines = tuple(Line(name, {"en": name}, CITED, 100) for name in ("actual", "older"))
    return msgspec.structs.replace(made, lines=lines, **more)


AGREEMENT = example()
OBLIGATION = Obligation(
    "pull_back", {"en": "Heavy weapons withdrawn"}, AGREEMENT.instruments[0].id, ("T1",), ("north", "south"),
    "withdrawal", CITED, RULE,
)  # fmt: skip
READ = msgspec.convert(RULE, Withdrawn)


def at(text):
    return read_instant(text, AGREEMENT.zone)


def judged(party, start, end, rows=None, days=5):
    before = Before(
        AGREEMENT, OBLIGATION, party, "alpha", at(start), at(end), at(end), (), rows or Rows(), Watched(days, 5), SURELY
    )
    return WITHDRAWAL.judge(READ, before)


def test_every_ring_and_party_is_a_test_of_its_own_from_its_own_line():
    tests = WITHDRAWAL.tests(READ, OBLIGATION, AGREEMENT)
    assert [(one.parties, one.near.line, one.near.distance_m) for one in tests] == [
        (("north",), "actual", 50_000), (("south",), "older", 50_000), (("north",), "actual", 3_500),
    ]  # fmt: skip
    assert tests[0].start == at("2025-03-17"), "a date is its end"
    assert tests[2].start == at("2025-04-01T12:00") and tests[2].weapons is None


@pytest.mark.parametrize(
    ("rows", "days", "outcome"),
    [
        (Rows(breaching=1, ids=("a",)), 5, Outcome.BREACHED),
        (Rows(maybe=1, ids=("a",)), 5, Outcome.UNDECIDED),
        (Rows(), 5, Outcome.COMPLIED),
        (Rows(), 4, Outcome.NOT_OBSERVED),
        (Rows(excused=1), 5, Outcome.EXCUSED),
    ],
)
def test_once_a_ring_is_complete_what_was_seen_decides(rows, days, outcome):
    found = judged("south", "2025-03-20", "2025-03-25", rows, days)
    assert found.outcome == outcome
    assert [(part.code, part.values["line"], part.values["distance_m"]) for part in found.trace.parts] == [
        ("ring", "older", 50_000)
    ]


def test_until_then_nothing_is_owed_yet():
    assert judged("north", "2025-03-05", "2025-03-10").outcome == Outcome.NOT_IN_FORCE
    assert judged("north", "2025-03-15", "2025-03-18").outcome == Outcome.COMPLIED


def test_a_rule_that_makes_no_sense_is_refused_with_its_ring():
    rule = msgspec.convert(
        {
            "kinds": ["weapons_in_zone"],
            "rings": [
                {"distance_m": 0, "lines": {"east": "nowhere"}, "from": "2025-04-01", "complete_by": "2025-03-01"}
            ],
        },
        Withdrawn,
    )
    assert WITHDRAWAL.wrong(rule, OBLIGATION, AGREEMENT) == [
        "rings[0]: 'nowhere' is no line of this agreement",
        "rings[0]: 'east' is not obliged",
        "rings[0]: a distance of 0 m is none",
        "rings[0]: it has to be complete before it has to begin",
    ]
    assert WITHDRAWAL.wrong(READ, OBLIGATION, AGREEMENT) == []
