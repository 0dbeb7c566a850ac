"""Scenario 11: a published finding rests on three reports; the author of one recalls it, every copy is corrected."""

import hashlib
from typing import Any

import pytest

AS_OF = ("--as-of", "2025-04-10")
RIVER = {
    "when": "2025-03-20T10:00", "area": "river_towns", "words": "Shells fell beside the bakery of the upper town.",
    "side_a": "Northern Army", "side_b": "Front of the Plain",
}  # fmt: skip
SEEN = {"words": "Our patrol counted four craters and two wounded men."}
PLAIN = RIVER | {"when": "2025-03-25T10:00", "words": "Rockets struck a field near the well."}
RECIPIENTS = ("both co-chairs", "press office")
BY = ("--by", "alpha")


@pytest.fixture
def published(desk: Any) -> Any:
    """Three reports of two incidents, a finding that rests on them, and the bulletin that went out with its number."""
    desk.init()
    desk.reports(RIVER | {"report_id": "1", "source": "ngo"}, RIVER | SEEN | {"report_id": "2", "source": "patrol"},
                 PLAIN | {"report_id": "3", "source": "centre"})  # fmt: skip
    desk.act(act="judgement", by="alpha", at="2025-03-21", reports=["ngo/1", "patrol/2"], says="same", because="One.")
    desk.finding = desk.act(
        act="finding", by="alpha", at="2025-03-26", about="ngo/1", held="happened", what="Shelling of two towns.",
        because="Three reports.", rests_on=["ngo/1", "patrol/2", "centre/3"],
    )["id"]  # fmt: skip
    desk.page = desk.folder / "bulletin.html"
    desk.act_of_page = out(desk, desk.page, "2025-04/1")
    return desk


def out(desk: Any, page: Any, number: str, *more: object) -> Any:
    to = [word for one in RECIPIENTS for word in ("--to", one)]
    ran = desk.run("bulletin", desk.mission, "--out", page, "--audience", "internal", *AS_OF, "--record", *BY,
                   "--number", number, *to, *more, "--json")  # fmt: skip
    assert ran.code == 0, ran.err
    return ran.json()["act"]


def recalled(desk: Any, report: str, *more: object) -> Any:
    why = ("--because", "The author took it back.", "--asked-by", "author")
    return desk.told("recall", report, *BY, *why, *AS_OF, *more)


def listed(desk: Any) -> Any:
    [one] = desk.told("publications")["publications"]
    return one


def corrected(desk: Any, *more: object) -> Any:
    folder = desk.folder / "notices"
    folder.mkdir(exist_ok=True)
    return desk.told("corrections", "--out", folder, *more)


def test_the_report_is_marked_recalled_and_never_deleted(published):
    before = published.told("audit")["entries"]
    recalled(published, "centre/3")
    assert [one["of"] for one in published.told("recalls")["recalls"]] == ["centre/3"]
    assert published.stored("SELECT count(*) FROM report WHERE source = 'centre'") == [(1,)]
    assert published.told("audit")["entries"] == before + 1
    assert published.told("audit")["faults"] == []
    assert published.told("rebuild")["same"]


def test_the_finding_is_regraded_as_a_proposal_and_stands(published):
    told = recalled(published, "patrol/2")["affected"]
    assert told["incident"]["grade"]["before"] == "fair"
    assert told["incident"]["grade"]["after"] == "weak"
    reviewed = [one for one in told["acts"] if one["review"]]
    assert [(one["act"], one["id"], one["by"]) for one in reviewed] == [("finding", published.finding, "alpha")]
    [matter] = published.told("findings")["matters"]
    assert [word["holds"] for word in matter["words"]] == ["happened"]


def test_everything_that_rested_on_it_is_listed(published):
    before = published.cell("all_incidents", "river_towns", "2025-03-25", *AS_OF)
    told = recalled(published, "centre/3")["affected"]
    assert {one["act"] for one in told["acts"]} == {"finding"}
    changed = [one for one in told["cells"] if one["indicator"] == "all_incidents"]
    assert [(one["area"], one["day"]) for one in changed] == [("river_towns", "2025-03-25")]
    assert (changed[0]["before"]["high"], changed[0]["after"]["high"]) == (before["high"], 0)
    after = published.cell("all_incidents", "river_towns", "2025-03-25", *AS_OF)
    assert changed[0]["after"] == {name: after[name] for name in ("verdict", "low", "high")}
    assert [(one["number"], one["to"]) for one in told["publications"]] == [("2025-04/1", list(RECIPIENTS))]


def test_what_would_change_is_what_changes(published):
    asked = published.told("affected", "centre/3", *AS_OF)
    assert asked["counts"] is True
    recalled(published, "centre/3")
    now = published.told("affected", "centre/3", *AS_OF)
    assert now["counts"] is False
    for name in ("figures", "cells", "clocks", "incident", "acts"):
        assert now[name] == asked[name], name


def test_a_notice_with_the_same_number_goes_to_every_earlier_recipient(published):
    recalled(published, "centre/3")
    one = listed(published)
    assert (one["affected"], one["outstanding"]) == (True, list(RECIPIENTS))
    told = corrected(published, "--record", *BY)
    [due] = told["due"]
    assert (due["number"], due["correction"], due["to"]) == ("2025-04/1", 1, list(RECIPIENTS))
    page = (published.folder / "notices" / "2025-04-1-correction-1.html").read_bytes()
    assert hashlib.sha256(page).hexdigest() == due["sha256"]
    words = page.decode()
    assert 'lang="ar" dir="rtl"' in words
    assert "centre/3" in words
    assert "The author took it back." in words
    assert not [who for who in RECIPIENTS if who in words]
    one = listed(published)
    assert (one["affected"], one["outstanding"], len(one["corrections"])) == (False, [], 1)
    assert (one["corrections"][0]["number"], one["corrections"][0]["to"]) == ("2025-04/1", list(RECIPIENTS))
    assert corrected(published)["due"] == []


def test_a_second_recall_makes_a_second_correction_of_the_same_number(published):
    recalled(published, "centre/3")
    corrected(published, "--record", *BY)
    recalled(published, "ngo/1")
    recalled(published, "patrol/2")
    [due] = corrected(published, "--record", *BY)["due"]
    assert (due["number"], due["correction"]) == ("2025-04/1", 2)
    assert sorted(gone["report"] for gone in due["gone"]) == ["ngo/1", "patrol/2"]
    assert len(listed(published)["corrections"]) == 2


def test_as_published_and_as_now_known_both_answer(published):
    known = published.told("publications", "2025-04/1")["as_published"]
    recalled(published, "centre/3")
    told = published.told("publications", "2025-04/1")
    assert told["as_published"] == known
    assert (told["as_published"]["incidents"], told["as_now_known"]["incidents"]) == ("2", "1")
    cut = told["known"]
    then = published.told("evaluate", *AS_OF, "--known", cut)
    assert str(then["incidents"]) == told["as_published"]["incidents"]
    assert str(published.told("evaluate", *AS_OF)["incidents"]) == told["as_now_known"]["incidents"]


def test_the_page_made_again_at_its_cut_has_the_same_bytes(published):
    recalled(published, "centre/3")
    published.reports(RIVER | {"report_id": "9", "source": "late"})
    again = published.folder / "again.html"
    told = published.told("publications", "2025-04/1", "--again", again)
    assert told["again"]["same"] is True
    assert again.read_bytes() == published.page.read_bytes()


def test_bytes_are_told_from_others(published):
    assert published.told("publications", "2025-04/1", "--verify", published.page)["verified"]["latest"] is True
    other = published.file("other.html", published.page.read_bytes() + b" ")
    ran = published.run("publications", published.mission, "2025-04/1", "--verify", other)
    assert ran.code == 1
    assert "NOT what went out" in ran.out
    recalled(published, "centre/3")
    corrected(published, "--record", *BY)
    assert published.told("publications", "2025-04/1", "--verify", published.page)["verified"]["latest"] is False


def test_undoing_the_recall_restores_every_figure(published):
    def counted() -> Any:
        told = [published.told("ledger", *AS_OF), published.told("clocks", *AS_OF), published.told("evaluate", *AS_OF)]
        return [{name: value for name, value in one.items() if name != "cut"} for one in told]

    before = counted()
    act = recalled(published, "centre/3")["act"]["id"]
    assert counted() != before
    published.told("recall", "--undo", act[:16], *BY, "--because", "It was right after all.")
    assert counted() == before
    assert not listed(published)["affected"]
    assert published.told("rebuild")["same"]


def test_a_number_goes_out_once(published):
    ran = published.run("bulletin", published.mission, "--out", published.page, "--audience", "internal", *AS_OF,
                        "--record", *BY, "--number", "2025-04/1", "--because", "Again.")  # fmt: skip
    assert ran.code == 2
    assert "went out already" in ran.err


def test_a_recall_that_changes_no_figure_needs_no_correction(published):
    published.reports(RIVER | {"when": "2025-04-20T10:00", "report_id": "late", "source": "late"})
    out(published, published.folder / "second.html", "2025-04/2")
    recalled(published, "late/late")
    assert [one["affected"] for one in published.told("publications")["publications"]] == [False, False]
    assert corrected(published)["due"] == []


def test_it_is_said_on_the_terminal(published):
    printed = published.printed("recall", "centre/3", *BY, "--because", "Wrong town.", *AS_OF)
    assert "it stays on record" in printed
    assert "TO BE REVIEWED" in printed
    assert "PUBLISHED as 2025-04/1" in printed
    assert "AFFECTED" in published.printed("publications")
    assert "as now known" in published.printed("publications", "2025-04/1")
    assert "2025-04/1, correction 1" in published.printed("corrections")


def test_what_was_decided_of_a_case_that_holds_the_report_is_for_review(published):
    case = published.run(
        "case", "open", published.mission, "centre/3", "--title", "Rockets", *BY, "--because", "Alleged.", "--json"
    ).json()["case"]  # fmt: skip
    said = published.act(
        act="determination", by="beta", at="2025-03-27", about=case, category="minor_violation", because="A field."
    )["id"]
    told = recalled(published, "centre/3")["affected"]
    through = {one["id"]: (one["through"], one["review"]) for one in told["acts"]}
    assert through[said] == ("case", True)
    assert through[published.finding] == ("report", True)
    assert "case" in {one["act"] for one in told["acts"]}
