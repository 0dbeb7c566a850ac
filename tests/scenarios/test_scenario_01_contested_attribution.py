"""Scenario 1: an air attack on a convoy, twelve sources; A blames B's ally, B denies and names a drone of A."""

import csv
import io
import json
from typing import Any

import pytest

SOURCES = 12
ALLY, DRONES = "Front of the Plain", "Northern Army"
REPORT = {
    "when": "2025-03-20T19:12", "kind": "air_strike", "side_a": "", "side_b": "", "area": "river_towns",
    "words": "Aircraft struck the aid convoy at the bridge.",
}  # fmt: skip
A_SAYS = f"""
by: alpha
at: 2025-03-22T09:00
held: happened
what: An air attack on the aid convoy by the {ALLY}.
because: Our radar followed two aircraft.
attribution: single_side_a
attributed_to: {ALLY}
elements:
  - {{element: Air attack, held: yes, because: Radar.}}
  - {{element: Deliberate, held: yes, because: The convoy was announced.}}
"""
B_SAYS = f"""
by: beta
at: 2025-03-22T15:00
held: undetermined
what: The convoy burned; no aircraft of ours or of our allies was there.
because: Our flight logs. A drone of the {DRONES} was overhead.
attribution: single_side_b
attributed_to: {DRONES}
elements:
  - {{element: Air attack, held: undetermined, because: No crater was shown to us.}}
"""
ASSESSORS = f"""
by: secretariat
at: 2025-04-20T12:00
held: happened
what: The aid convoy was attacked from the air while it was unloading.
when: 2025-03-20T19:10/2025-03-20T19:50
where: The warehouse by the bridge.
because: Imagery, fragments and forty interviews; the scene itself was not visited.
standard: reasonable_grounds
attribution: undetermined
scale: Words of the board
candidates:
  - {{who: {DRONES}, because: Has armed aircraft there.}}
  - {{who: {ALLY}, because: Has armed aircraft there.}}
  - {{who: Island Guard, confidence: highly unlikely, because: Flew elsewhere that night.}}
elements:
  - {{element: Air attack, held: yes, because: Crater and fragments.}}
  - {{element: More than one aircraft type, held: yes, because: Two kinds of munition.}}
  - {{element: Capability, held: yes, answer: "three, one highly unlikely", because: Who flies there at night.}}
  - {{element: Perpetrator identified, held: undetermined, because: No source can tell them apart.}}
  - {{element: Deliberate, held: no_evidence, because: Nothing to conclude on.}}
dissents:
  - {{by: A member of the board, element: Air attack, because: The scene was not visited.}}
"""


@pytest.fixture
def inquiry(desk: Any) -> Any:
    """The mission with twelve reports of one attack, and the case that the assessors opened on them."""
    desk.init()
    desk.reports(*({**REPORT, "report_id": "c", "source": f"source_{n}"} for n in range(SOURCES)))
    for n in range(1, SOURCES):
        desk.act(act="judgement", by="secretariat", at="2025-03-21", says="same", because="One convoy.",
                 reports=["source_0/c", f"source_{n}/c"])  # fmt: skip
    opened = desk.run("case", "open", desk.mission, "source_0/c", "--title", "The convoy at the bridge", "--by",
                      "secretariat", "--because", "Aid workers were killed.", "--json")  # fmt: skip
    desk.case = opened.json()["case"]
    return desk


def found(desk: Any, words: str) -> Any:
    at = next(iter(desk.number))
    return desk.run("finding", desk.mission, desk.case, "--file", desk.file(f"finding-{at}.yaml", words), "--json")


@pytest.fixture
def closed(inquiry: Any) -> Any:
    """What each side says is in, and the assessors' finding."""
    for words in (A_SAYS, B_SAYS, ASSESSORS):
        assert found(inquiry, words).code == 0
    return inquiry


def held_by(told: Any, body: str) -> Any:
    [one] = [finding for finding in told["findings"] if finding["by"] == body]
    return one


def test_the_finding_is_shown_element_by_element(closed):
    told = closed.told("dossier", closed.case)
    held = {
        one["element"]: (by["held"], by["answer"])
        for one in told["elements"]
        for by in one["held"]
        if by["by"] == "secretariat"
    }
    assert held == {
        "Air attack": ("yes", ""),
        "More than one aircraft type": ("yes", ""),
        "Capability": ("yes", "three, one highly unlikely"),
        "Perpetrator identified": ("undetermined", ""),
        "Deliberate": ("no_evidence", ""),
    }
    printed = closed.printed("dossier", closed.case)
    assert "no evidence to conclude" in printed
    assert "perpetrator: undetermined" in printed
    assert "candidate, held responsible for nothing: Island Guard, highly unlikely" in printed
    assert "standard: Reasonable grounds to believe" in printed


def test_the_sides_disagree_and_both_stand(closed):
    standing = {one["element"]: one["standing"] for one in closed.told("dossier", closed.case)["elements"]}
    assert standing["Air attack"] == "disputed"
    assert standing["Deliberate"] == "one_side"


def test_nobody_is_listed_for_it(closed):
    told = closed.told("dossier", closed.case)
    assert (told["attribution"]["level"], told["attribution"]["listed_under"]) == ("contested", "")
    assert held_by(told, "secretariat")["holds_responsible"] == ""
    assert told["grade"]["grade"] == "contested"
    assert "listed under nobody" in closed.printed("dossier", closed.case)


def test_each_sides_assertion_stays_attached_with_its_author(closed):
    told = closed.told("dossier", closed.case)
    assert [held_by(told, body)["holds_responsible"] for body in ("alpha", "beta")] == [ALLY, DRONES]
    assert told["attribution"]["named"] == [[ALLY, ["alpha"]], [DRONES, ["beta"]]]
    stored = [json.loads(content) for (content,) in closed.stored("SELECT content FROM act WHERE act = 'finding'")]
    assert {one["act"]["by"]: one["act"]["attributed_to"] for one in stored} == {
        "alpha": ALLY, "beta": DRONES, "secretariat": None,
    }  # fmt: skip


def counted(desk: Any) -> Any:
    """Everything that counts, without the cut it was asked at."""
    asked = [desk.told("ledger", "--as-of", "2025-05-01"), desk.told("evaluate", "--as-of", "2025-05-01"),
             desk.told("clocks", "--as-of", "2025-05-01"), desk.told("sources", "--as-of", "2025-05-01")]  # fmt: skip
    for one in asked:
        del one["cut"]
    return asked


def exported(desk: Any, what: str) -> list[dict[str, str]]:
    out = desk.folder / f"{what}.csv"
    more = ["--as-of", "2025-05-01"] if what == "incidents" else []
    ran = desk.run("export", desk.mission, "--what", what, "--out", out, "--audience", "internal", *more)
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))


def test_no_count_changes_by_what_anybody_says_of_the_perpetrator(inquiry):
    before = counted(inquiry)
    for words in (A_SAYS, B_SAYS, ASSESSORS):
        assert found(inquiry, words).code == 0
    assert counted(inquiry) == before


def test_no_export_lists_it_under_a_party(closed):
    for what in ("reports", "incidents"):
        rows = exported(closed, what)
        assert rows
        named = {name for row in rows for name, cell in row.items() if ALLY in (cell or "") or DRONES in (cell or "")}
        assert named == set()


def test_no_screen_lists_it_under_a_party(closed):
    rows = closed.bulletin("--as-of", "2025-05-01").partition('id="rows">')[2]
    assert rows
    assert ALLY not in rows.partition("</script>")[0]
    assert closed.stored("SELECT DISTINCT side_a, side_b FROM report") == [("[]", "[]")]
    printed = closed.printed("dossier", closed.case)
    for line in printed.splitlines():
        if ALLY in line or DRONES in line:
            assert line.strip().startswith(("candidate,", "perpetrator: held", "perpetrator: single side", "because:",
                                            "Together:", "An air attack", "for ", "2025-", "Grade", "\"",
                                            "against")), line  # fmt: skip


def test_the_page_shows_the_same_and_lists_nobody(closed):
    for language in ("en", "ar"):
        out = closed.folder / f"dossier-{language}.html"
        ran = closed.run("dossier", closed.mission, closed.case, "--out", out, "--audience", "internal", "--language",
                         language)  # fmt: skip
        assert ran.code == 0, ran.err
        page = out.read_text(encoding="utf-8")
        assert "<script" not in page
        assert "three, one highly unlikely" in page
    assert "listed under nobody" in (closed.folder / "dossier-en.html").read_text(encoding="utf-8")


def test_a_finding_that_names_nobody_cannot_blame_somebody_beside_it(inquiry):
    ran = found(inquiry, ASSESSORS.replace("scale:", f"attributed_to: {ALLY}\nscale:"))
    assert ran.code == 2
    assert "a finding that is undetermined holds nobody responsible" in ran.err


def test_what_one_side_says_never_alters_what_the_other_said(closed):
    before = held_by(closed.told("dossier", closed.case), "beta")
    [alpha] = [one["id"] for one in closed.told("dossier", closed.case)["findings"] if one["by"] == "alpha"]
    again = A_SAYS.replace("2025-03-22T09:00", "2025-03-25T09:00") + f"revises: [{alpha[:12]}]\n"
    assert found(closed, again).code == 0
    assert held_by(closed.told("dossier", closed.case), "beta") == before


def test_a_second_finding_of_one_body_takes_the_place_of_the_first_and_says_so(closed):
    ran = found(closed, A_SAYS.replace("two aircraft", "three aircraft"))
    assert ran.code == 2
    assert "alpha has a finding on" in ran.err
    assert "revises: [" in ran.err


def test_the_table_of_findings_agrees_on_nothing_about_who_did_it(closed):
    told = closed.told("findings")
    matters = [one for one in told["matters"] if one["about"] == closed.case or closed.case in str(one["about"])]
    assert matters
    assert all(one["column"] != "agreed" for one in matters)
    for one in matters:
        for word in one["words"]:
            named = json.dumps(word)
            if ALLY in named or DRONES in named:
                assert word["by"] in ("alpha", "beta")
