"""A dossier: for and against one incident, from what is in the record at a cut; and findings entered from a file."""

from typing import Any

import pytest

from truceline.verification.dossier import casualties, geolocation, in_order, seen_by
from truceline.vocabulary.dossier import Moment, Told, Watched

FINDING = """
by: {by}
at: 2025-03-25
held: {held}
what: {what}
because: Interviews.
"""


def told(report: str, **more: Any) -> Told:
    base: dict[str, Any] = {
        "report": f"{report}/1", "id": "a" * 64, "source": report, "when": "", "start": 0, "end": 1, "kind": "shelling",
        "weapon": "", "place": "", "area": "", "lat_e7": None, "lon_e7": None, "radius_m": 0, "side_a": (),
        "side_b": (), "killed": (None, None, None), "words": "", "language": "", "origin": report, "maybe": report,
        "access": "unknown", "doubted": "nobody",
    }  # fmt: skip
    return Told(**base | more)


def test_figures_are_listed_by_source_and_never_added():
    found = casualties([told("a", killed=(3, 5, 9)), told("b", killed=(None, 7, None)), told("c")])
    assert [(one.source, one.low, one.best, one.high) for one in found.figures] == [
        ("a", 3, 5, 9),
        ("b", None, 7, None),
    ]
    assert (found.low, found.high, found.none_given) == (3, 9, ("c/1",))


def test_points_that_cannot_be_one_place_are_named_pair_by_pair():
    near = [told("a", lat_e7=200_000_000, lon_e7=-400_000_000, radius_m=500),
            told("b", lat_e7=200_050_000, lon_e7=-400_000_000, radius_m=500)]  # fmt: skip
    far = told("c", lat_e7=201_000_000, lon_e7=-400_000_000, radius_m=500)
    assert geolocation(near, ["x"], False).state == "one_place"
    found = geolocation([*near, far], ["x"], False)
    assert found.state == "several_places"
    assert [(one.one, one.other) for one in found.pairs if not one.touch] == [("a/1", "c/1"), ("b/1", "c/1")]
    assert geolocation([told("d")], [], True).state == "no_point"
    assert geolocation(near[:1], [], True).state == "one_point"


def test_who_watched_and_told_nothing_is_named():
    rows = [Watched("patrol", "", "x", 0, 9, "reported", True), Watched("ngo", "", "x", 0, 9, "reported", False),
            Watched("police", "", "x", 0, 9, "stopped", False)]  # fmt: skip
    seen = seen_by(rows)
    assert (seen.state, seen.watching, seen.silent, seen.stopped) == (
        "watched",
        ("ngo", "patrol"),
        ("ngo",),
        ("police",),
    )
    assert seen_by(rows[2:]).state == "stopped"
    assert seen_by([]).state == "not_known"


def test_a_chronology_has_what_happened_before_what_was_done_about_it():
    lines = [Moment(5, 5, "custody", "c", "x", ""), Moment(5, 5, "exhibit", "d", "x", ""),
             Moment(5, 5, "report", "z", "x", ""), Moment(1, 2, "finding", "e", "x", "")]  # fmt: skip
    assert [one.what for one in in_order(lines)] == ["finding", "report", "exhibit", "custody"]


@pytest.fixture
def incident(desk: Any) -> Any:
    """Two outlets with one wire story and an eyewitness, who places it elsewhere; patrols watched that day."""
    desk.init()
    desk.watched("2025-03-19", "2025-03-21")
    at = {"when": "2025-03-20T10:00", "area": "river_towns", "lat": "20.0", "lon": "-40.0", "radius_m": "500"}
    desk.reports(
        {**at, "report_id": "w", "source": "wire", "killed_low": 2, "killed_high": 4},
        {**at, "report_id": "o", "source": "outlet", "repeats": "wire/w", "killed_best": 9},
        {**at, "report_id": "e", "source": "nurse", "lat": "20.4", "killed_best": 3},
    )
    desk.act(act="judgement", by="alpha", at="2025-03-21", says="same", reports=["wire/w", "nurse/e"], because="One.")
    desk.act(act="origin", by="alpha", at="2025-03-21", report="nurse/e", says="independent", access="eyewitness",
             because="She was there.")  # fmt: skip
    desk.act(act="reliability", by="alpha", at="2025-03-21", source="nurse", grade="B", because="Known to us.")
    return desk


def find(desk: Any, held: str = "happened", by: str = "alpha", what: str = "A shell fell.", code: int = 0) -> Any:
    file = desk.file(f"{by}-{held}.yaml", FINDING.format(by=by, held=held, what=what))
    ran = desk.run("finding", desk.mission, "wire/w", "--file", file, "--json")
    assert ran.code == code, ran.err
    return ran.json() if code == 0 else ran.err


def test_a_report_asked_for_brings_all_of_its_incident(incident):
    for ref in ("wire/w", "nurse/e", "outlet/o"):
        found = incident.told("dossier", ref)
        assert [one["report"] for one in found["reports"]] == ["wire/w", "outlet/o", "nurse/e"]
        assert (found["grade"]["independent_low"], found["grade"]["eyewitnesses"]) == (2, 1)
        assert found["grade"]["grade"] == "fair"


def test_an_echo_weighs_once(incident):
    found = incident.told("dossier", "wire/w")
    assert [(one["way"], one["ref"], one["says"]) for one in found["weighs"]] == [
        ("for", "wire/w", "access not known; 1 more of the same origin"), ("for", "nurse/e", "an eyewitness"),
    ]  # fmt: skip


def test_places_disagree_figures_are_not_added_and_silence_is_named(incident):
    found = incident.told("dossier", "wire/w")
    assert found["geolocation"]["state"] == "several_places"
    assert (found["casualties"]["low"], found["casualties"]["high"]) == (2, 9)
    assert found["seen"]["silent"] == ["ngo", "patrol"]
    assert {"alpha has not found on it.", "No exhibit.", "The points do not all agree: see the pairs."} <= set(
        found["missing"]
    )


def test_gradings_stand_beside_the_report_they_are_of(incident):
    [nurse] = [one for one in incident.told("dossier", "wire/w")["reports"] if one["source"] == "nurse"]
    assert nurse["gradings"] == [["reliability", "alpha", "B"]]
    assert nurse["access"] == "eyewitness"


def test_a_finding_is_restated_and_one_against_it_weighs_against(incident):
    find(incident)
    find(incident, "did_not_happen", "beta", "Nothing fell there.")
    found = incident.told("dossier", "nurse/e")
    assert [(one["by"], one["held"], one["what"]) for one in found["findings"]] == [
        ("alpha", "happened", "A shell fell."), ("beta", "did_not_happen", "Nothing fell there."),
    ]  # fmt: skip
    assert [one["by"] for one in found["weighs"] if one["way"] == "against"] == ["beta"]
    assert found["silent_bodies"] == []


def test_an_earlier_cut_shows_what_was_known_then(incident):
    before = incident.told("dossier", "wire/w")
    [(size, root)] = before["cut"].values()
    find(incident)
    assert incident.told("dossier", "wire/w", "--known", f"{size}:{root}") == before


def test_a_withdrawn_finding_leaves_the_dossier_as_it_was(incident):
    before = incident.told("dossier", "wire/w")
    entered = find(incident)
    undo = ("--undo", entered["id"][:12], "--at", "2025-03-26")
    assert incident.run("finding", incident.mission, "wire/w", *undo).code == 2
    assert incident.run("finding", incident.mission, "wire/w", *undo, "--because", "Too early.").code == 0
    after = incident.told("dossier", "wire/w")
    del before["cut"], after["cut"]
    assert after == before


def test_the_template_is_a_finding_once_it_is_filled(incident):
    template = incident.printed("finding", "wire/w", "--template")
    empty = incident.file("finding.yaml", template)
    ran = incident.run("finding", incident.mission, "wire/w", "--file", empty)
    assert (ran.code, "what: is empty" in ran.err) == (2, True)
    filled = template.replace('what: ""', "what: A shell fell.").replace('\nbecause: ""', "\nbecause: So.")
    ran = incident.run("finding", incident.mission, "wire/w", "--file", incident.file("finding.yaml", filled))
    assert ran.code == 0, ran.err
    [found] = incident.told("dossier", "wire/w")["findings"]
    assert found["rests_on"] == ["nurse/e", "outlet/o", "wire/w"]
    assert found["standard_in_words"] == "Reasonable grounds to believe"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("elements: [{element: x, held: maybe, because: y}]", "Invalid enum value"),
        ("rests_on: [nobody/9]", "no report of this mission"),
        ("case: abc-1", "is no case of this mission"),
        ("about: another matter", "is not 'wire/w'"),
        ("attribution: admitted", "names somebody"),
        ("elements: [{element: x, held: yes, because: y}, {element: X, held: no, because: y}]", "is held twice"),
        ("dissents: [{by: z, element: q, because: y}]", "is no element of the finding"),
        ("weight: 3", "unknown field"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_finding_is_said(incident, line, says):
    file = incident.file("wrong.yaml", FINDING.format(by="alpha", held="happened", what="x") + line + "\n")
    ran = incident.run("finding", incident.mission, "wire/w", "--file", file)
    assert ran.code == 2
    assert says in ran.err


def test_the_page_is_the_same_bytes_and_escapes_what_others_wrote(incident):
    incident.reports(
        {"report_id": "x", "source": "wire", "when": "2025-03-20T10:00", "words": "<script>alert(1)</script>"}
    )
    incident.act(act="judgement", by="alpha", at="2025-03-21", says="same", reports=["wire/w", "wire/x"], because="1.")
    pages = []
    for name in ("one.html", "two.html"):
        out = incident.folder / name
        assert incident.run("dossier", incident.mission, "wire/w", "--out", out, "--audience", "internal").code == 0
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]
    assert b"<script" not in pages[0]
    assert b"&lt;script&gt;alert(1)" in pages[0]
    assert incident.run("dossier", incident.mission, "wire/w", "--out", incident.folder / "no.html").code == 2
