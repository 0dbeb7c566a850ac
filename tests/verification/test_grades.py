"""Admiralty gradings: each body's own, with history, and none is made of two."""

from truceline.verification.grades import Grading, doubted, graded, most_doubted

BOTH = ("alpha", "beta")


def says(by, grade, at=1, of="ngo", counts=True):
    what = "credibility" if grade.isdigit() else "reliability"
    return Grading(what, of, by, grade, "Because.", at, f"{by}{grade}{at}", counts)


def test_the_last_that_a_body_said_is_what_it_holds_and_the_earlier_stay():
    [one] = graded([says("alpha", "B", 2), says("alpha", "D", 1)], BOTH)
    assert (one.held[0].grade, [act.grade for act in one.held[0].history]) == ("B", ["D", "B"])


def test_rival_gradings_stand_side_by_side():
    [one] = graded([says("beta", "E"), says("alpha", "A")], BOTH)
    assert [(held.by, held.grade) for held in one.held] == [("alpha", "A"), ("beta", "E")]
    assert (one.rivals, one.joint, one.doubted) == (True, "", "some")


def test_it_is_joint_where_every_co_chair_holds_the_same():
    assert graded([says("alpha", "B"), says("beta", "B")], BOTH)[0].joint == "B"
    assert graded([says("alpha", "B")], BOTH)[0].joint == ""


def test_the_source_and_its_report_are_graded_apart():
    found = graded([says("alpha", "2", of="ngo/1"), says("alpha", "B")], BOTH)
    assert [(one.what, one.of, one.held[0].grade) for one in found] == [
        ("reliability", "ngo", "B"), ("credibility", "ngo/1", "2"),
    ]  # fmt: skip


def test_what_was_taken_back_is_history_and_counts_no_more():
    [one] = graded([says("alpha", "E", counts=False)], BOTH)
    assert (one.held[0].grade, len(one.held[0].history), one.doubted) == ("", 1, "nobody")


def test_what_cannot_be_judged_is_no_doubt():
    assert doubted({"alpha": ["F"], "beta": ["6"]}, BOTH) == "nobody"
    assert doubted({"alpha": ["D"]}, BOTH) == "some"
    assert doubted({"alpha": ["5"], "beta": ["4"]}, BOTH) == "all"
    assert doubted({"alpha": ["5"], "beta": ["1", "4"]}, BOTH) == "some"
    assert doubted({"party": ["E"]}, ()) == "some"
    assert most_doubted("some", "nobody") == "some"


def test_what_a_body_said_in_two_logs_stands_side_by_side_until_it_revises_both():
    said = [Grading("reliability", "ngo", "alpha", grade, "So.", 1, grade, True, log) for grade, log in ("An", "Es")]
    [one] = graded(said, BOTH)
    assert (one.held[0].grade, one.held[0].rivals, one.rivals, one.doubted) == ("", ("A", "E"), True, "some")
    assert graded([*said, says("beta", "A")], BOTH)[0].joint == ""
