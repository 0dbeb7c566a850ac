"""origins, bursts, grade, grades on the command line."""

import pytest

WORDS = (
    "Two shells fell beside the grain store of the lower village at dusk; nobody was hurt, the guard of the store said"
)


@pytest.fixture
def mission(desk):
    """Three reports, two of them in nearly the same words."""
    desk.init()
    desk.reports(
        {"report_id": "1", "source": "wire", "when": "2025-03-20T18:00", "words": WORDS},
        {"report_id": "1", "source": "Radio.One", "when": "2025-03-21", "words": f"{WORDS}."},
        {"report_id": "1", "source": "ngo", "when": "2025-03-20T18:00", "words": "Impacts heard from the camp."},
    )
    return desk


def grade(desk, *words, by="alpha", at="2025-04-01T09:00", because="As seen."):
    return desk.run("grade", desk.mission, *words, "--by", by, "--at", at, "--because", because, "--json")


def held(desk, of, *options):
    [one] = desk.told("grades", "--of", of, *options)["graded"]
    return {body["by"]: body["grade"] for body in one["held"]}


def test_a_grading_is_an_act_with_its_history(mission):
    [act] = grade(mission, "ngo", "c").json()["acts"]
    grade(mission, "ngo", "B", at="2025-04-20T09:00")
    assert (act["act"], act["by"], act["already_held"]) == ("reliability", "alpha", False)
    [one] = mission.told("grades")["graded"]
    [alpha] = one["held"]
    assert [(said["grade"], said["at"], said["counts"]) for said in alpha["history"]] == [
        ("C", "2025-04-01T09:00:00+02:00", True), ("B", "2025-04-20T09:00:00+02:00", True),
    ]  # fmt: skip
    assert (alpha["grade"], alpha["means"]) == ("B", "usually reliable")


def test_two_bodies_grade_side_by_side_and_a_source_apart_from_its_report(mission):
    for by, reliable, credible in (("alpha", "A", "2"), ("beta", "E", "5")):
        assert grade(mission, "ngo", reliable, by=by).code == 0
        assert grade(mission, "ngo/1", credible, by=by).code == 0
    assert [one["of"] for one in mission.told("grades", "--of", "ngo")["graded"]] == ["ngo", "ngo/1"]
    assert held(mission, "ngo/1") == {"alpha": "2", "beta": "5"}
    printed = mission.printed("grades")
    assert "ngo (reliability; bodies differ)" in printed
    assert "  beta: E, unreliable" in printed


def test_a_report_is_named_by_its_entry_too(mission):
    [(entry,)] = mission.stored("SELECT id FROM report WHERE source = 'ngo'")
    assert grade(mission, entry[:12], "3").code == 0
    assert held(mission, "ngo/1") == held(mission, entry[:16]) == {"alpha": "3"}
    [act] = mission.told("acts")["acts"]
    assert act["about"] == "ngo/1"
    assert grade(mission, "Radio.One/1", "4").code == 0
    assert held(mission, "Radio.One/1") == {"alpha": "4"}


def test_the_record_as_it_was_known_shows_the_grading_of_then(mission):
    grade(mission, "ngo", "C")
    before = mission.told("acts")["acts"]
    size = mission.stored("SELECT max(seq) + 1 FROM entry")[0][0]
    grade(mission, "ngo", "E", at="2025-04-02")
    assert len(before) == 1
    assert held(mission, "ngo", "--known", size) == {"alpha": "C"}
    assert held(mission, "ngo") == {"alpha": "E"}


def test_a_grading_that_is_taken_back_stays_in_the_history(mission):
    [act] = grade(mission, "ngo", "C").json()["acts"]
    assert grade(mission, "--undo", act["id"]).code == 0
    [one] = mission.told("grades")["graded"]
    assert [(body["grade"], len(body["history"])) for body in one["held"]] == [("", 1)]
    assert "no longer in force" in mission.printed("grades")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ngo", "G"), "'G' is no grade"),
        (("ngo", "2"), "2 grades a report, and 'ngo' names a source"),
        (("ngo/1", "A"), "A grades a source, and 'ngo/1' names a report"),
        ((), "Say what is graded and how"),
        (("ngo",), "Say what is graded and how"),
        (("ngo", "B", "--undo", "0" * 12), "Say what is graded and how"),
    ],
)
def test_what_is_no_grading_is_refused_with_a_mend(mission, words, says):
    ran = grade(mission, *words)
    assert ran.code == 2
    assert says in ran.err
    assert mission.told("acts")["acts"] == []


def test_an_unknown_source_is_graded_with_a_remark_and_an_unknown_body_is_refused(mission):
    assert "is it spelled as in its reports?" in grade(mission, "nog", "B").json()["remark"]
    ran = grade(mission, "ngo", "B", by="gamma")
    assert (ran.code, "is no body of this agreement" in ran.err) == (2, True)


def test_only_a_grading_is_taken_back_by_grade(mission):
    act = mission.act(act="declaration", by="alpha", at="2025-03-20T10:00", clock="seven_quiet_days", says="not_met",
                      because="So.")  # fmt: skip
    ran = grade(mission, "--undo", act["id"])
    assert (ran.code, "is no grading" in ran.err) == (2, True)


def test_nearly_the_same_words_are_proposed_with_the_reason(mission):
    [tie] = mission.told("origins")["ties"]
    assert [tie[name] for name in ("report", "of", "basis", "counts")] == ["Radio.One/1", "wire/1", "proposed", "maybe"]
    assert "came in one file" in tie["because"]
    [group] = mission.told("origins")["origins"]
    assert (group["origin"], group["maybe"], group["surely"]) == ("wire/1", ["Radio.One/1"], [])
    assert (group["held"], group["sources"]) == (True, ["Radio.One"])


def test_accepting_needs_somebody_and_a_reason_and_happens_once(mission):
    assert mission.run("origins", mission.mission, "--accept").code == 2
    assert mission.run("origins", mission.mission, "--by", "alpha").code == 2
    said = ("origins", mission.mission, "--accept", "--by", "alpha", "--because", "One text.")
    assert mission.run(*said, "--source", "ngo").code == 2
    assert mission.run(*said).code == 0
    again = mission.run(*said)
    assert (again.code, "No proposal is open there" in again.err) == (2, True)
    [tie] = mission.told("origins")["ties"]
    assert (tie["basis"], tie["counts"], tie["by"]) == ("held", "surely", ["alpha"])
    assert mission.run("audit", mission.mission).code == 0
    assert mission.told("rebuild")["same"]


def finding(desk, by, held="happened", **more):
    fields = {"about": "ngo/1", "held": held, "what": "Impacts.", "because": "Craters.", "at": "2025-03-25"}
    desk.act(act="finding", by=by, **fields, **more)
    found = desk.told("origins", "--incident", "ngo/1")["incident"]
    return found["grade"], found["at_most"]


def test_two_bodies_that_name_different_actors_make_the_incident_contested(mission):
    assert finding(mission, "alpha", attributed_to="south", attribution="single_side_a") == ("weak", "weak")
    assert finding(mission, "beta", attributed_to="north", attribution="single_side_b") == ("contested", "contested")


def test_one_side_cannot_admit_for_the_other(mission):
    assert finding(mission, "alpha", attributed_to="south", attribution="admitted") == ("weak", "weak")
    assert finding(mission, "beta", attributed_to="south", attribution="admitted") == ("confirmed", "confirmed")


def test_only_all_co_chairs_discount_an_incident(mission):
    assert finding(mission, "alpha", held="did_not_happen") == ("weak", "weak")
    assert finding(mission, "beta", held="did_not_happen") == ("discounted", "discounted")


def test_an_incident_of_no_report_is_refused(mission):
    ran = mission.run("origins", mission.mission, "--incident", "ngo/none")
    assert (ran.code, "'ngo/none' is no report of this mission" in ran.err) == (2, True)
    assert mission.run("origins", mission.mission, "--held-by", "gamma").code == 2


def test_a_report_that_is_not_held_is_not_graded(mission):
    ran = grade(mission, "ngo/9", "2")
    assert (ran.code, "'ngo/9' is no report of this mission" in ran.err) == (2, True)
    act = "act: credibility\nby: alpha\nat: 2025-03-21\nreport: ngo/9\ngrade: '2'\nbecause: So.\n"
    ran = mission.run("enter", mission.mission, mission.file("act.yaml", act))
    assert (ran.code, "act.yaml: 'ngo/9' is no report of this mission" in ran.err) == (2, True)


def test_an_origin_act_that_names_no_report_is_refused(mission):
    act = "act: origin\nby: alpha\nat: 2025-03-21\nreport: ngo/1\nsays: repeats\nbecause: So.\n"
    ran = mission.run("enter", mission.mission, mission.file("act.yaml", act))
    assert (ran.code, "repeats, and only repeats, names a report" in ran.err) == (2, True)


def test_a_burst_is_flagged_and_discounts_nothing(desk):
    desk.init()
    quiet = [{"source": "post", "when": f"2025-03-{day:02}T10:00", "killed_best": 0} for day in range(1, 15)]
    desk.reports(*quiet, *({"source": "post", "when": f"2025-03-15T10:{n:02}"} for n in range(40)))
    flags = desk.told("bursts")["flags"]
    assert [(one["kind"], one["of"], one["who"], one["day"]) for one in flags] == [
        ("burst", "side", "north", "2025-03-15"), ("burst", "source", "post", "2025-03-15"),
        ("burst", "side", "south", "2025-03-15"),
    ]  # fmt: skip
    [post] = [one for one in flags if one["who"] == "post"]
    assert (post["number"], post["median"], post["deviation"], post["limit"]) == (40, 1, 0, 10)
    assert "post sent 40; beyond 10" in post["says"]
    assert "A flag discounts nothing" in desk.printed("bursts")
    assert [one["who"] for one in desk.told("bursts", "--source", "post")["flags"]] == ["post"]


def test_one_text_from_many_new_sources_is_a_flood(desk):
    desk.init()
    desk.reports({"source": "post", "when": "2025-03-01T10:00"})
    desk.reports(*({"source": f"new_{n}", "when": "2025-03-20T10:00", "words": WORDS} for n in range(7)))
    [flag] = [one for one in desk.told("bursts")["flags"] if one["kind"] == "flood"]
    assert (flag["sources"], flag["fresh"], flag["number"]) == (7, 7, 7)


def test_an_empty_mission_has_no_origins_and_no_bursts(desk):
    desk.init()
    assert desk.told("origins")["ties"] == []
    assert "No report rests on another" in desk.printed("origins")
    assert "No burst" in desk.printed("bursts")
