"""Who rests on whom: what is declared counts, what bodies hold decides, what is proposed waits."""

from hypothesis import given
from hypothesis import strategies as st

from truceline.verification.origins import Origins, Said

BOTH = ("alpha", "beta")
NONE = {}


def holds(report, by, of="", at=1, access="unknown", act=""):
    return Said(report, by, "repeats" if of else "independent", of, access, act or f"{by}-{report}-{of}-{at}", at)


def origins(repeats=NONE, rests_on=NONE, said=(), proposed=NONE):
    return Origins(repeats, rests_on, said, {one: (of, "alike") for one, of in proposed.items()}, BOTH)


def counted(ties, report):
    found = ties.counted(report)
    return found.origin, found.maybe


def test_a_report_without_a_tie_is_its_own_origin():
    assert counted(origins(), "ngo/1") == ("ngo", "ngo")


def test_what_a_report_declares_counts():
    assert counted(origins(repeats={"a/1": "wire/9"}), "a/1") == ("wire", "wire")
    assert counted(origins(rests_on={"a/1": "wire"}), "a/1") == ("wire", "wire")


def test_an_echo_of_an_echo_counts_as_the_first():
    ties = origins(repeats={"a/1": "b/1", "b/1": "c/1"}, rests_on={"c/1": "wire"})
    assert counted(ties, "a/1") == ("wire", "wire")


def test_a_ring_counts_as_one():
    ties = origins(repeats={"a/1": "b/1", "b/1": "a/1"})
    assert {counted(ties, one) for one in ("a/1", "b/1")} == {("a", "a")}


def test_a_proposal_counts_only_as_what_may_be():
    ties = origins(proposed={"a/1": "b/1"})
    assert counted(ties, "a/1") == ("a", "b")
    assert [(tie.basis, tie.counts) for tie in ties.ties] == [("proposed", "maybe")]


def test_a_body_accepts_a_proposal_or_turns_it_down():
    accepted = origins(proposed={"a/1": "b/1"}, said=[holds("a/1", "alpha", "b/1")])
    assert counted(accepted, "a/1") == ("b", "b")
    refused = origins(proposed={"a/1": "b/1"}, said=[holds("a/1", "alpha")])
    assert counted(refused, "a/1") == ("a", "a")
    assert [(tie.counts, tie.because) for tie in refused.ties] == [("no", "alike; alpha held it to be independent")]


def test_bodies_that_hold_opposite_things_leave_it_open():
    ties = origins(said=[holds("a/1", "alpha", "b/1"), holds("a/1", "beta")])
    assert counted(ties, "a/1") == ("a", "b")
    [tie] = ties.ties
    assert (tie.basis, tie.counts, tie.by) == ("held", "maybe", ("alpha",))


def test_what_a_report_says_of_itself_is_turned_down_only_by_all_who_have_to_agree():
    one = origins(repeats={"a/1": "b/1"}, said=[holds("a/1", "alpha")])
    assert counted(one, "a/1") == ("a", "b")
    both = origins(repeats={"a/1": "b/1"}, said=[holds("a/1", "alpha"), holds("a/1", "beta")])
    assert counted(both, "a/1") == ("a", "a")


def test_the_last_word_of_a_body_is_what_it_holds():
    ties = origins(said=[holds("a/1", "alpha", "b/1", at=1), holds("a/1", "alpha", at=2)])
    assert counted(ties, "a/1") == ("a", "a")


def test_what_a_body_says_in_two_logs_is_open_where_it_differs():
    twice = [Said("a/1", "alpha", "repeats", "b/1", "unknown", "x", 1, "north"),
             Said("a/1", "alpha", "independent", "", "unknown", "y", 2, "south")]  # fmt: skip
    assert counted(origins(said=twice), "a/1") == ("a", "b")


def test_access_is_what_bodies_say_of_it_and_unknown_where_they_differ():
    seen = holds("a/1", "alpha", access="eyewitness")
    assert origins(said=[seen]).counted("a/1").access == "eyewitness"
    told = holds("a/1", "beta", access="second_hand")
    assert origins(said=[seen, told]).counted("a/1").access == "unknown"


def test_an_echo_saw_nothing_itself():
    ties = origins(repeats={"a/1": "b/1"}, said=[holds("b/1", "alpha", access="eyewitness")])
    assert (ties.counted("a/1").access, ties.counted("b/1").access) == ("unknown", "eyewitness")


def test_reports_are_tied_both_ways_and_a_named_origin_ties_nobody():
    ties = origins(repeats={"a/1": "w/1", "b/1": "w/1"}, rests_on={"c/1": "w"}, proposed={"d/1": "a/1"})
    assert ties.tied_to("w/1") == {"a/1", "b/1"}
    assert ties.tied_to("a/1") == {"w/1", "d/1"}
    assert ties.tied_to("c/1") == set()


_report = st.sampled_from([f"{source}/{n}" for source in "abc" for n in "12"])
_said = st.lists(st.builds(
    lambda report, by, of, at: holds(report, by, of if of != report else "", at),
    _report, st.sampled_from(["alpha", "beta", "party"]), st.one_of(st.just(""), _report), st.integers(1, 5),
), max_size=8)  # fmt: skip
_ties = st.dictionaries(_report, _report, max_size=5)


@given(_ties, _said, _ties, st.randoms())
def test_the_order_of_what_was_said_means_nothing(repeats, said, proposed, draw):
    other = list(said)
    draw.shuffle(other)
    one, two = origins(repeats, said=said, proposed=proposed), origins(repeats, said=other, proposed=proposed)
    assert one.ties == two.ties


@given(_ties, _said, _ties, _report)
def test_every_report_ends_somewhere_and_the_same_as_those_it_surely_repeats(repeats, said, proposed, report):
    ties = origins(repeats, said=said, proposed=proposed)
    sure, _ = ties.ends(report)
    assert ties.ends(sure)[0] == sure or ties.ends(ties.ends(sure)[0])[0] == ties.ends(sure)[0]
    assert all(report in ties.tied_to(other) for other in ties.tied_to(report))
