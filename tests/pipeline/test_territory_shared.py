"""Claims of territory in the shared view: what every holder can read, and nothing that only one can."""

import json

import pytest

LINE = {"type": "LineString", "coordinates": [[38.0, 36.0], [38.5, 36.0]]}


@pytest.fixture
def two(holders):
    """Two holders who know each other's keys."""
    return holders(north="north", south="south")


def drawn(nodes, name):
    """A line that a holder enters as its side's claim."""
    by = {"north": "alpha", "south": "beta"}[name]
    return nodes.act(
        name, act="claim", by=by, at="2025-03-16", number="L1", claimant=name, says="claimed", because="Drawn.",
        geometry=json.dumps(LINE),
    )  # fmt: skip


def claimants(nodes, name, view):
    told = nodes.told(name, "territory", words=("--view", view))
    assert told["view"] == view
    return [claim["claimant"] for number in told["numbers"] for claim in number["claims"]]


ALL_OF_IT = "who,matter,because,geometry"


def test_a_claim_is_shared_once_every_holder_can_read_its_drawing(two):
    claimed = drawn(two, "north")
    two.meet()
    assert (claimants(two, "north", "own"), claimants(two, "north", "shared")) == (["north"], [])
    two.release("north", claimed, fields=ALL_OF_IT)
    two.meet()
    assert claimants(two, "north", "shared") == claimants(two, "south", "shared") == ["north"]


def test_of_a_claim_whose_drawing_is_withheld_only_the_word_is_shared(two):
    claimed = drawn(two, "north")
    two.release("north", claimed)
    two.meet()
    told = two.told("south", "territory", words=("L1", "--view", "shared"))
    [number] = told["numbers"]
    assert (number["claims"], [one["drawn"] for one in number["versions"]]) == ([], [False])
    assert two.told("south", "refusals")["refusals"] == []


def test_both_hold_the_same_of_a_place_in_the_shared_view(two):
    for name in two.sides:
        two.release(name, drawn(two, name), fields=ALL_OF_IT)
    two.meet()
    words = ("L1", "36.2, 38.2", "--radius", "10", "--view", "shared", "--as-of", "2025-03-20")
    north, south = (two.told(name, "territory", "side", words=words) for name in ("north", "south"))
    assert north["answers"] == south["answers"] and len(north["answers"]) == 2
    assert (north["view"], north["whole"]) == ("shared", "left")
