"""Cases on the command line: the example's own procedure, and the three that come to be copied."""

import json
from importlib import resources
from typing import Any

import pytest

PRESETS = resources.files("truceline") / "agreements" / "procedures"
AT = "2025-03-21T09:00"


class Cases:
    """A desk with cases on it."""

    def __init__(self, desk: Any, agreement: object = "example") -> None:
        self.desk = desk
        if agreement == "example":
            desk.init()
        else:
            assert desk.run("init", desk.mission, "--agreement", agreement, "--exercise").code == 0
        desk.reports(
            {"report_id": "1", "source": "patrol", "when": "2025-03-20T10:00", "area": "river_towns"},
            {"report_id": "2", "source": "ngo", "when": "2025-03-20T10:10", "area": "river_towns"},
            {"report_id": "3", "source": "ngo", "when": "2025-03-21T10:10", "area": "river_towns"},
        )
        self.handle = ""

    def run(self, *words: object, by: str = "alpha", at: str = AT) -> Any:
        """One act about a case."""
        return self.desk.run(*words, "--by", by, "--at", at, "--because", "As agreed.", "--json")

    def done(self, *words: object, by: str = "alpha", at: str = AT) -> Any:
        """The same, which has to go well."""
        ran = self.run(*words, by=by, at=at)
        assert ran.code == 0, ran.err
        return ran.json()

    def open(self, *reports: str, by: str = "alpha", at: str = AT, title: str = "The market") -> str:
        told = self.done("case", "open", self.desk.mission, *(reports or ("patrol/1",)), "--title", title, by=by, at=at)
        self.handle = str(told["case"])
        return self.handle

    def move(self, to: str, by: str = "alpha", at: str = AT, *more: str) -> Any:
        return self.done("case", "move", self.desk.mission, self.handle, to, *more, by=by, at=at)

    def step(self, kind: str, by: str = "alpha", at: str = AT, *more: str) -> str:
        told = self.done("case", "step", self.desk.mission, self.handle, kind, *more, by=by, at=at)
        return str(told["acts"][0]["id"])

    def told(self, *options: str, handle: str = "") -> Any:
        ran = self.desk.run("case", "show", self.desk.mission, handle or self.handle, *options, "--json")
        assert ran.code == 0, ran.err
        return ran.json()["case"]

    def listed(self, *options: str) -> list[Any]:
        found: list[Any] = self.desk.run("case", "list", self.desk.mission, *options, "--json").json()["cases"]
        return found


@pytest.fixture
def cases(desk):
    return Cases(desk)


@pytest.fixture
def with_preset(desk, tmp_path):
    """Makes a mission whose pack is the example with a procedure that was copied into it."""

    def made(name: str) -> Cases:
        folder = tmp_path / "example"
        folder.mkdir()
        example = resources.files("truceline") / "agreements" / "example"
        for file in ("areas.geojson", "examples.yaml"):
            (folder / file).write_bytes((example / file).read_bytes())
        own = (example / "agreement.yaml").read_text("utf-8").partition("\nprocedures:\n")[0]
        copied = desk.run("procedures", name).out
        (folder / "agreement.yaml").write_text(f"{own}\nprocedures:\n{copied}", "utf-8")
        assert desk.run("check", folder).code == 0
        return Cases(desk, folder)

    return made


def as_far_as_the_finding(cases: Cases) -> None:
    cases.open("patrol/1", "ngo/2")
    cases.step("admissibility", "secretariat", AT, "--outcome", "admissible")
    cases.move("inquiry", "alpha")
    query = cases.step("query", "alpha", AT, "--to", "Northern Army")
    cases.move("investigation", "beta", "2025-03-22T09:00")
    cases.step("reply", "north_command", "2025-03-23T09:00", "--outcome", "denies", "--of", query[:12])
    cases.step("site_visit", "beta", "2025-03-24T09:00", "--outcome", "refused")


def test_a_case_goes_its_way_and_every_step_is_an_entry(cases):
    as_far_as_the_finding(cases)
    cases.move("finding", "alpha", "2025-03-25T09:00", "--outcome", "not_attributable")
    moved = cases.move("finding", "beta", "2025-03-25T10:00", "--outcome", "not_attributable")
    assert (moved["stage"], moved["moved"]) == ("finding", True)
    cases.move("published", "secretariat", "2025-03-26T09:00")
    told = cases.told("--as-of", "2025-04-30")
    assert [one["stage"] for one in told["passages"]] == [
        "allegation", "inquiry", "investigation", "finding", "published",
    ]  # fmt: skip
    assert (told["end"], told["contested"], told["due"], told["aside"]) == (True, False, [], [])
    assert [one["step"] for one in told["steps"]] == ["admissibility", "query", "reply", "site_visit"]
    assert len(cases.desk.told("acts")["acts"]) == 10
    cases.move("investigation", "beta", "2025-05-02T09:00")
    again = cases.told("--as-of", "2025-05-03")
    assert (again["stage"], again["passages"][-1]["reopened"]) == ("investigation", True)
    assert again["ways"][0] | {"missing": ["reply"]} == again["ways"][0]  # what was needed is needed again


def test_a_handle_names_its_log_and_is_never_given_twice(cases):
    first = cases.open()
    second = cases.open("ngo/3")
    part = first.partition("-")[0]
    assert (first, second) == (f"{part}-1", f"{part}-2")
    cases.done("case", "undo", cases.desk.mission, cases.told(handle=second)["opened_act"][:16])
    assert cases.open("ngo/2") == f"{part}-3"
    assert [one["case"] for one in cases.listed()] == [first, f"{part}-3"]


def test_a_joint_move_waits_for_both_and_shows_both_alike(cases):
    as_far_as_the_finding(cases)
    for by, outcome in (("alpha", "violation"), ("beta", "no_violation")):
        told = cases.move("finding", by, "2025-03-25T09:00", "--outcome", outcome)
        assert (told["stage"], told["moved"]) == ("investigation", False)
    words = cases.told("--as-of", "2025-03-26")["words"]
    assert [(one["by"], [said["outcome"] for said in one["says"]]) for one in words] == [
        ("alpha", ["violation"]), ("beta", ["no_violation"]),
    ]  # fmt: skip
    [beta] = words[1]["says"]
    cases.done("case", "undo", cases.desk.mission, beta["id"][:12], by="beta", at="2025-03-26T09:00")
    silent = cases.told("--as-of", "2025-03-27")["words"]
    assert [(one["name"], len(one["says"])) for one in silent] == [("Co-chair Alpha", 1), ("Co-chair Beta", 0)]
    cases.move("finding", "beta", "2025-03-27T09:00", "--outcome", "violation")
    assert cases.told("--as-of", "2025-03-28")["stage"] == "finding"


def test_a_finding_waits_for_the_reply_or_for_its_time_to_pass(cases):
    cases.open()
    cases.move("inquiry")
    cases.step("query", "alpha", "2025-03-22T09:00", "--to", "Northern Army")
    cases.move("investigation", "beta", "2025-03-22T10:00")
    more = ("--outcome", "violation")
    refused = cases.run("case", "move", cases.desk.mission, cases.handle, "finding", *more, at="2025-03-29T08:59")
    assert refused.code == 2
    assert "The stage 'finding' needs reply first" in refused.err
    assert "stands in 'investigation'" in refused.err
    [asked] = [one for one in cases.told("--as-of", "2025-03-29")["due"] if one["of"] == "query"]
    assert (asked["overdue"], asked["silence"]) == (True, "counts as no_reply")
    for by in ("alpha", "beta"):
        cases.move("finding", by, "2025-03-29T09:00", *more)
    assert cases.told("--as-of", "2025-03-30")["outcome"] == "violation"


def test_what_is_overdue_is_listed_as_of_a_time_and_moves_nothing(cases):
    cases.open()
    cases.open("ngo/3", at="2025-03-23T09:00")
    assert cases.listed("--overdue", "--as-of", "2025-03-23") == []
    [late] = cases.listed("--overdue", "--as-of", "2025-03-24T09:00")
    [due] = late["overdue"]
    assert (late["case"][-2:], due["of"], due["silence"]) == ("-1", "allegation", "proposes a move to inquiry")
    assert len(cases.listed("--overdue", "--as-of", "2025-06-01")) == 2
    assert {one["stage"] for one in cases.listed("--as-of", "2025-06-01")} == {"allegation"}
    assert cases.listed("--stage", "inquiry") == []
    printed = cases.desk.run("case", "list", cases.desk.mission, "--overdue", "--as-of", "2025-06-01").out
    assert "allegation since 2025-03-24T09:00" in printed


@pytest.mark.parametrize(
    ("words", "by", "says"),
    [
        (("move", "finding", "--outcome", "violation"), "beta", "From 'allegation' no case goes to 'finding'"),
        (("move", "inquiry"), "north_command", "No case is moved to 'inquiry' by north_command"),
        (("move", "inquiry", "--outcome", "violation"), "beta", "The stage 'inquiry' has no outcomes"),
        (("step", "site_visit", "--outcome", "made"), "alpha", "The stage 'allegation' has no step 'site_visit'"),
        (("step", "admissibility"), "alpha", "The step 'admissibility' has an outcome: admissible, not_admissible"),
        (("step", "admissibility", "--outcome", "admissible"), "south_council", "is not made by south_council"),
        (("move", "inquiry", "--due", "soon"), "beta", "due"),
    ],
)
def test_what_the_procedure_does_not_allow_is_not_entered(cases, words, by, says):
    cases.open()
    before = cases.desk.stored("SELECT count(*) FROM entry")
    ran = cases.run("case", words[0], cases.desk.mission, cases.handle, *words[1:], by=by)
    assert ran.code == 2
    assert says in ran.err
    assert cases.desk.stored("SELECT count(*) FROM entry") == before


def test_who_opened_a_case_does_not_move_it_to_the_investigation(cases):
    cases.open()
    cases.move("inquiry", "alpha")
    ran = cases.run("case", "move", cases.desk.mission, cases.handle, "investigation", by="alpha")
    assert "was opened by alpha, and another has to move it" in ran.err
    assert cases.move("investigation", "secretariat")["moved"]


def test_any_act_taken_back_leaves_the_state_before_byte_for_byte(cases):
    as_far_as_the_finding(cases)

    def stands() -> str:
        return json.dumps([cases.told("--as-of", "2025-06-01"), cases.listed("--as-of", "2025-06-01")])

    before = stands()
    for words in (
        ("move", "finding", "--outcome", "violation"), ("step", "field_report"), ("move", "closed"),
    ):  # fmt: skip
        told = cases.done("case", words[0], cases.desk.mission, cases.handle, *words[1:], at="2025-03-26T09:00")
        assert stands() != before
        cases.done("case", "undo", cases.desk.mission, told["acts"][0]["id"], at="2025-03-26T10:00")
        assert stands() == before
    early = cases.told()["passages"][1]["acts"][0]["id"]
    cases.done("case", "undo", cases.desk.mission, early, at="2025-03-26T11:00")
    fallen = cases.told("--as-of", "2025-06-01")
    assert fallen["stage"] == "allegation"
    assert len(fallen["aside"]) == 4  # what followed the move is kept, and moves nothing
    cases.move("inquiry", "alpha", "2025-03-26T12:00")
    assert cases.told("--as-of", "2025-06-01")["stage"] == "inquiry"


def test_an_act_written_by_hand_is_held_to_the_same_procedure(cases):
    handle = cases.open()
    act = {"act": "move", "by": "beta", "at": AT, "case": handle, "because": "By hand."}
    opened = cases.told()["opened_act"]
    cases.desk.act(**act | {"after": opened[:12], "to": "inquiry"})
    assert cases.told()["stage"] == "inquiry"
    for wrong, says in (
        ({"after": opened, "to": "closed"}, "another word of beta on this stands already"),
        ({"after": opened, "to": "closed", "by": "alpha"}, "the case went to 'inquiry' from there"),
        ({"after": "0" * 12, "to": "closed"}, "is not, or no longer, part of this case"),
        ({"after": opened, "to": "closed", "case": "abcdef12-9"}, "is no case of this mission"),
    ):
        path = cases.desk.file("act.yaml", json.dumps(act | wrong))
        ran = cases.desk.run("enter", cases.desk.mission, path)
        assert ran.code == 2
        assert says in ran.err


def test_a_handle_of_another_log_opens_nothing(cases):
    act = {
        "act": "case", "by": "alpha", "at": AT, "handle": "abcdef12-1", "title": "T", "reports": ["patrol/1"],
        "procedure": "joint_review", "because": "B",
    }  # fmt: skip
    ran = cases.desk.run("enter", cases.desk.mission, cases.desk.file("act.yaml", json.dumps(act)))
    assert ran.code == 2
    assert "is no handle of the log it stands in" in ran.err


def test_two_cases_of_one_incident_are_known_by_both_handles_and_a_split_keeps_the_founding_report(cases):
    first, second = cases.open("patrol/1", "ngo/3"), cases.open("ngo/2")
    assert cases.told(handle=first)["also_known_as"] == []
    judgement = {"act": "judgement", "by": "alpha", "at": AT, "because": "Read side by side."}
    cases.desk.act(**judgement, reports=["patrol/1", "ngo/2"], says="same")
    cases.desk.act(**judgement, reports=["ngo/2", "ngo/3"], says="different")
    told = cases.told(handle=first)
    assert told["also_known_as"] == [second]
    assert cases.told(handle=second)["also_known_as"] == [first]
    assert told["parted"] == ["ngo/3"]
    printed = cases.desk.run("case", "show", cases.desk.mission, first).out
    assert f"{first}, also known as {second}: The market" in printed
    assert "ngo/3, judged different from the first since" in printed


def test_the_syrian_procedure_of_28_march_2016_and_what_of_it_could_not_be_read(with_preset):
    cases = with_preset("syria-2016-03-28")
    cases.open()
    cases.move("asked", "alpha")
    cases.step("query", "alpha", AT, "--to", "Northern Army")
    cases.step("reply", "north_command", AT, "--outcome", "refused")
    cases.move("established", "beta")
    cases.step("site_visit", "beta", AT, "--outcome", "unsafe")
    ran = cases.run("case", "move", cases.desk.mission, cases.handle, "measures_told")
    assert "needs documented first" in ran.err
    cases.step("documented", "alpha", AT, "--outcome", "independently")
    cases.move("measures_told", "alpha")
    told = cases.told()
    assert [one["id"] for one in told["missing"]] == ["T24"]
    assert (told["end"], told["due"]) == (False, [])  # the text names no deadline
    assert "missing: T24" in cases.desk.run("case", "show", cases.desk.mission, cases.handle).out
    cases.move("put_away", "alpha")
    assert cases.told()["stage"] == "measures_told"
    cases.move("put_away", "beta")
    assert cases.told()["end"]


def test_the_south_sudan_chain_from_allegation_to_publication(with_preset):
    cases = with_preset("south-sudan")
    cases.open(by="south_council")
    chain = (
        ("step", "admissibility", "--outcome", "admissible"), ("move", "preliminary_inquiry"), ("step", "query"),
        ("move", "investigation"), ("step", "site_visit", "--outcome", "made"), ("step", "interviews"),
        ("step", "field_report"), ("move", "violation_report", "--outcome", "not_attributable"),
        ("move", "technical_committee"), ("step", "committee", "--outcome", "endorsed"), ("move", "board"),
        ("step", "joint_board", "--outcome", "endorsed"),
    )  # fmt: skip
    for verb, what, *more in chain:
        (cases.move if verb == "move" else cases.step)(what, "secretariat", AT, *more)
    for by in ("alpha", "beta"):
        cases.move("published", by)
    told = cases.told()
    assert (told["stage"], told["passages"][3]["outcome"]) == ("published", "not_attributable")
    cases.move("investigation", "secretariat")
    assert cases.told()["passages"][-1]["reopened"]


def test_the_colombian_levels_and_categories_by_consensus(with_preset):
    cases = with_preset("colombia")
    cases.open(by="north_command")
    cases.step("field_report", "secretariat")
    for to in ("regional", "national"):
        cases.move(to, "secretariat")
    cases.step("scope_query", "secretariat", AT, "--to", "the state")
    cases.move("pending", "secretariat")
    cases.step("scope_reply", "north_command", AT, "--outcome", "in_scope")
    for by in ("north_command", "south_council"):
        cases.move("category", by, AT, "--outcome", "minor_violation")
    assert cases.told()["stage"] == "pending"  # two of three are no consensus
    cases.move("category", "secretariat", AT, "--outcome", "minor_violation")
    assert (cases.told()["stage"], cases.told()["outcome"]) == ("category", "minor_violation")


def test_a_pack_without_procedures_opens_no_case_and_says_how_to_have_one(with_preset, desk, tmp_path):
    folder = tmp_path / "bare" / "example"
    folder.mkdir(parents=True)
    example = resources.files("truceline") / "agreements" / "example"
    for file in ("agreement.yaml", "areas.geojson", "examples.yaml"):
        (folder / file).write_bytes((example / file).read_bytes().partition(b"\nprocedures:\n")[0])
    cases = Cases(desk, folder)
    ran = cases.run("case", "open", desk.mission, "patrol/1", "--title", "T")
    assert ran.code == 2
    assert "has no procedure" in ran.err
    assert "`truceline procedures`" in ran.err


def test_a_request_to_the_co_chair_with_influence_is_followed_to_its_effect(cases):
    handle = cases.open()
    words = ("measure", cases.desk.mission, "Ask the Northern Army to stop", "--says", "asked")
    refused = cases.run(*words, "--case", handle)
    assert "A request is made to somebody" in refused.err
    told = cases.done(*words, "--to", "beta", "--case", handle, "--due", "2025-03-23")
    asked = told["acts"][0]["id"]
    [late] = cases.desk.told("measures", "--overdue", "--as-of", "2025-03-24")["measures"]
    assert (late["state"], late["overdue"]) == ("asked", True)
    assert cases.desk.told("measures", "--overdue", "--as-of", "2025-03-22")["measures"] == []
    for says, by, what in (
        ("passed_on", "beta", "To their general"), ("answered", "beta", "They will hold fire"),
        ("effect", "alpha", "Quiet for two days"),
    ):  # fmt: skip
        cases.done(
            "measure", cases.desk.mission, what, "--says", says, "--of", asked[:12], by=by, at="2025-03-24T09:00"
        )
    [done] = cases.desk.told("measures", "--case", handle, "--as-of", "2025-04-01")["measures"]
    assert (done["state"], done["overdue"], len(done["followed"])) == ("effect", False, 3)
    assert cases.told()["measures"] == [asked]
    assert "passed_on by beta: To their general" in cases.desk.printed("measures")


def test_a_meeting_has_an_agenda_of_cases_and_refers_them(cases):
    handle = cases.open()
    cases.done(
        "meeting", cases.desk.mission, "Fourth meeting", "--present", "Alpha", "--present", "Beta", "--agenda", "1",
        "--agenda", "Any other business", "--referred", handle, "--to", "the joint board",
    )  # fmt: skip
    [met] = cases.desk.told("meetings")["meetings"]
    assert (met["agenda"], met["referred"], met["to"]) == ([handle, "Any other business"], [handle], "the joint board")
    assert met["stages"] == [{"case": handle, "stage": "allegation"}]
    assert cases.told()["meetings"] == [met["id"]]
    assert f"referred to the joint board: {handle} (stands in allegation)" in cases.desk.printed("meetings")


def test_the_presets_can_be_listed_and_copied(desk):
    told = desk.run("procedures", "--json").json()["procedures"]
    assert [one["name"] for one in told] == ["colombia", "south-sudan", "syria-2016-03-28"]
    assert "south-sudan" in desk.run("procedures").out
    assert desk.run("procedures", "nowhere").code == 2
    own = (resources.files("truceline") / "agreements" / "syria-2016" / "agreement.yaml").read_text("utf-8")
    text = next(one["yaml"] for one in told if one["name"] == "syria-2016-03-28")
    body = "".join(f"  {line}\n" for line in text.splitlines() if not line.startswith("#"))
    assert own.endswith(f"\nprocedures:\n{body}")  # the pack holds the preset word for word


def test_a_case_can_be_named_by_its_number_where_one_has_it(cases):
    handle = cases.open()
    told = cases.done("case", "move", cases.desk.mission, "1", "inquiry")
    assert (told["case"], told["stage"]) == (handle, "inquiry")
    assert cases.done("case", "step", cases.desk.mission, "1", "query")["case"] == handle
    assert cases.told(handle="1") == cases.told()
    assert "'2' is no case of this mission" in cases.run("case", "move", cases.desk.mission, "2", "closed").err
