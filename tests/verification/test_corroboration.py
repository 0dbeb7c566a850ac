"""Corroboration: a grade that is proposed, with the rule in words and a range where something is open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.verification import corroboration
from truceline.verification.corroboration import Named, corroborated, independent

Told = corroboration.Testimony
ORDER = ("", "weak", "fair")


def said(source, origin="", maybe="", **more):
    return Told(f"{source}/1", source, origin or source, maybe or origin or source, **more)


def graded(*told, **more):
    found = corroborated(told, **more)
    return found.grade, found.at_most


def test_one_source_is_weak_and_two_that_do_not_depend_on_each_other_are_fair():
    assert graded(said("ngo")) == ("weak", "weak")
    assert graded(said("ngo"), said("clinic")) == ("fair", "fair")


def test_fifteen_echoes_of_one_wire_are_weak():
    echoes = [said(f"outlet_{n}", "wire") for n in range(15)]
    assert graded(*echoes) == ("weak", "weak")
    assert graded(*echoes, said("clinic", access="eyewitness")) == ("fair", "fair")
    assert "1 of them an eyewitness" in corroborated([*echoes, said("clinic", access="eyewitness")]).rule


def test_a_tie_that_is_only_proposed_leaves_a_range_and_does_not_make_it_fair():
    found = corroborated([said("a"), said("b", maybe="a")])
    assert (found.grade, found.at_most, found.independent_low, found.independent_high) == ("weak", "fair", 1, 2)
    assert found.rule.startswith("Weak, at most fair: 1 to 2 independent credible sources")


def test_without_a_report_that_counts_nothing_is_proposed():
    assert graded() == ("", "")
    assert graded(said("ngo", doubted="all")) == ("", "")
    assert graded(said("ngo", doubted="some")) == ("", "weak")


def test_a_partys_admission_confirms_it():
    found = corroborated([said("ngo")], admitted_by=["north"], named=[Named("south", "alpha"), Named("north", "beta")])
    assert (found.grade, found.rule) == ("confirmed", "Confirmed: north admitted it.")


def test_two_actors_credibly_named_make_it_contested_and_one_named_twice_does_not():
    told = [said("ngo"), said("clinic")]
    assert graded(*told, named=[Named("south", "alpha"), Named("north", "beta")]) == ("contested", "contested")
    assert graded(*told, named=[Named("south", "alpha"), Named("south", "beta")]) == ("fair", "fair")


def test_it_is_discounted_only_by_all_who_have_to_agree():
    told, both = [said("ngo"), said("clinic")], ("alpha", "beta")
    one = corroborated(told, discounted_by=["alpha"], co_chairs=both)
    assert (one.grade, one.remarks) == (
        "fair", ("alpha found that it did not happen so; it is not found jointly.",),
    )  # fmt: skip
    assert graded(*told, discounted_by=both, co_chairs=both) == ("discounted", "discounted")
    assert graded(*told, discounted_by=["alpha"]) == ("fair", "fair")


def test_a_doubt_is_told_of():
    found = corroborated([said("ngo"), said("clinic", doubted="some")])
    assert (found.grade, found.at_most) == ("weak", "fair")
    assert found.remarks == (
        "clinic/1 is held to be no good by some and not by all: it counts at most, not at least.",
    )  # fmt: skip


_names = st.sampled_from("abcd")
_told = st.lists(
    st.builds(
        Told, st.text("xy", min_size=1, max_size=2), _names, _names, _names, st.just("unknown"),
        st.sampled_from(["nobody", "some", "all"]),
    )
)  # fmt: skip


@given(_told)
def test_the_least_is_never_above_the_most(told):
    low, high = independent(told)
    found = corroborated(told)
    assert low <= high <= len(told)
    assert ORDER.index(found.grade) <= ORDER.index(found.at_most)


@given(_told, st.randoms())
def test_the_order_of_reports_means_nothing_to_the_grade(told, draw):
    other = list(told)
    draw.shuffle(other)
    assert corroborated(told).rule == corroborated(other).rule


@pytest.mark.parametrize("again", [1, 2, 20])
def test_an_echo_more_changes_no_grade(again):
    told = [said("ngo"), said("clinic")]
    assert graded(*told, *[said(f"o{n}", "ngo") for n in range(again)]) == graded(*told)
