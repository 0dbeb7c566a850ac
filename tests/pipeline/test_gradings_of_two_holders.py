"""What the bodies of two holders grade stands side by side in both missions, and in the view that they share."""

import pytest


@pytest.fixture
def two(holders):
    """North and south each grade one source by their own body; all of it is released."""
    nodes = holders(north="north", south="south")
    for name, by, grade in (("north", "alpha", "A"), ("south", "beta", "E")):
        nodes.act(name, act="reliability", by=by, at="2025-03-20T09:00", source="ngo", grade=grade, because="As seen.")
        nodes.release(name)
    nodes.meet()
    return nodes


def held(nodes, name, view="own"):
    [one] = nodes.told(name, "grades", words=("--view", view))["graded"]
    return {body["by"]: body["grade"] for body in one["held"]}, one["rivals"], one["joint"]


@pytest.mark.parametrize("view", ["own", "shared"])
def test_both_see_both_with_neither_before_the_other(two, view):
    assert held(two, "north", view) == held(two, "south", view) == ({"alpha": "A", "beta": "E"}, True, "")


def test_gradings_of_one_body_from_two_sides_are_rivals(two):
    two.act("south", act="reliability", by="alpha", at="2025-03-21", source="ngo", grade="F", because="Not known.")
    two.release("south")
    two.meet()
    for name in two.sides:
        [one] = two.told(name, "grades")["graded"]
        assert [(body["by"], body["grade"], body["rivals"]) for body in one["held"]] == [
            ("alpha", "", ["A", "F"]), ("beta", "E", []),
        ]  # fmt: skip


def test_an_echo_that_the_other_side_holds_to_be_independent_is_open_to_both(two):
    row = {**two.office.REPORT, "report_id": "1", "source": "radio", "when": "2025-03-20T10:00", "repeats": "wire/1"}
    desk = two.desks["north"]
    desk.take_in(desk.file("radio.csv", two.office.as_csv(two.office.REPORT_COLUMNS, [row])))
    two.release("north")
    two.meet()
    two.act("south", act="origin", by="beta", at="2025-03-22", report="radio/1", says="independent",
            access="eyewitness", because="It has a man there.")  # fmt: skip
    two.release("south")
    two.meet()
    for name in two.sides:
        for view in ("own", "shared"):
            [tie] = two.told(name, "origins", words=("--view", view))["ties"]
            assert (tie["basis"], tie["counts"]) == ("declared", "maybe"), (name, view)
