"""Judgements and findings of two holders: both count at both, and a dispute is open at both."""

import pytest

ROW = {"when": "2025-03-20T10:00", "area": "river_towns"}
PAIR = ["ngo/1", "centre/1"]


@pytest.fixture
def two(holders):
    """Two reports that both hold; alpha has judged them the same, in the north."""
    nodes = holders(north="north", south="south")
    nodes.desks["north"].reports(*({**ROW, "source": source, "report_id": "1"} for source in ("ngo", "centre")))
    nodes.act("north", act="judgement", by="alpha", at="2025-03-21T09:00", reports=PAIR, says="same", because="One.")
    nodes.release("north")
    nodes.meet()
    return nodes


def low_and_high(nodes, name):
    cells = nodes.told(name, "ledger", "--indicator", "between_parties", "--as-of", "2025-03-25")["cells"]
    [cell] = [one for one in cells if (one["area"], one["day"]) == ("river_towns", "2025-03-20")]
    return cell["low"], cell["high"]


def test_what_one_judged_counts_at_the_other_until_it_is_contradicted_there(two):
    assert [low_and_high(two, name) for name in two.sides] == [(1, 1), (1, 1)]
    two.act("south", act="judgement", by="beta", at="2025-03-21T10:00", reports=PAIR, says="different", because="Two.")
    two.release("south")
    two.meet()
    assert [low_and_high(two, name) for name in two.sides] == [(1, 2), (1, 2)]
    for name in two.sides:
        [pair] = two.told(name, "pairs", "--contradictions")["pairs"]
        assert (pair["jointly"], {word["by"]: word["says"] for word in pair["judged"]}) == (
            "disputed", {"alpha": "same", "beta": "different"},
        )  # fmt: skip


def test_both_holders_see_one_table_of_findings(two):
    for name, by, category in (("north", "alpha", "serious_violation"), ("south", "beta", "not_an_incident")):
        two.act(name, act="determination", by=by, at="2025-03-22", about=PAIR[0], category=category, because="So.")
        two.release(name)
    two.meet()
    tables = []
    for name in two.sides:
        [matter] = two.told(name, "findings")["matters"]
        tables.append((matter["about"], matter["column"], [(word["by"], word["holds"]) for word in matter["words"]]))
    assert tables[0] == tables[1]
    assert tables[0][1:] == ("disputed", [("alpha", "serious_violation"), ("beta", "not_an_incident")])
