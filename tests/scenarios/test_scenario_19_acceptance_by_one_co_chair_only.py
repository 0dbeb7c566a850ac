"""Scenario 19: acceptance by one co-chair only. The form is in register A, not attested to B; B's ally strikes.

On one node, and on two that exchange bundles and releases. The record's clock stands at the time of each entry, so
that both time lines are those of 2025.
"""

import json
import secrets
import shutil
import sys
from importlib import resources
from types import SimpleNamespace
from typing import Any

import pytest

from truceline.pipeline.releasing import Wanted, release
from truceline.vocabulary.when import read_instant

GROUP = "hill_company"
FORM = "2025-03-16T10:00"
STRIKE = "2025-03-18T05:40"


@pytest.fixture
def at(monkeypatch):
    """Sets the wall clock: local to the invented theatre (UTC+2)."""

    def set_to(local: str) -> None:
        us = read_instant(local, "Etc/GMT-2")
        monkeypatch.setattr(sys.modules["truceline.cli.app"], "time", SimpleNamespace(time_ns=lambda: us * 1000))

    return set_to


@pytest.fixture
def struck(desk, at) -> Any:
    """The form of the group is entered in register A on 16 March; the strike on the 18th is reported that day."""
    at("2025-03-15T08:00")
    desk.init()
    at("2025-03-16T12:00")
    desk.form = desk.act(
        act="acceptance", by="alpha", at="2025-03-16T11:30", party="Hill Company", says="accepted", when=FORM,
        channel="letter", form="form 12, signed", language="ar", places=["Saddle", "Two Wells"],
        because="Form received.",
    )["id"]  # fmt: skip
    at("2025-03-18T09:00")
    desk.reports(
        {"report_id": "s-1", "when": STRIKE, "kind": "air_strike", "side_a": "Northern Army", "side_b": "Hill Company"}
    )
    at("2025-03-25T09:00")
    return desk


def standing(desk, *options: object) -> Any:
    [one] = desk.told("registers", *options)["parties"]
    return one


def test_the_status_at_the_time_is_accepted_via_one_and_not_attested(struck):
    one = standing(struck, "--as-of", STRIKE)
    assert one["party"] == GROUP
    assert one["status"] == one["recorded_then"] == "accepted_not_attested"
    assert one["says"] == "accepted via Co-chair Alpha, not attested by Co-chair Beta"
    alpha, beta = one["registers"]
    assert (alpha["register"], alpha["state"], alpha["since"], alpha["said"]) == (
        "alpha", "accepted", "2025-03-16T10:00:00+02:00", "2025-03-16T11:30:00+02:00",
    )  # fmt: skip
    assert (beta["register"], beta["state"], beta["words"]) == ("beta", "no_entry", [])
    [act] = one["acts"]
    assert act["id"] == struck.form
    assert (act["entered_after"], act["entered_by"]) == ("2025-03-15T08:00:00+02:00", "2025-03-16T12:00:00+02:00")


def test_the_question_of_protection_is_put_to_both_alike(struck):
    asked = standing(struck, "--as-of", STRIKE)["open"]
    assert asked["to"] == ["alpha", "beta"]
    assert asked["since"] == "2025-03-16T10:00:00+02:00"
    assert "To be answered by Co-chair Alpha and Co-chair Beta." in asked["asks"]
    printed = struck.printed("registers", "--as-of", STRIKE)
    assert "accepted via Co-chair Alpha, not attested by Co-chair Beta" in printed
    assert "open since 2025-03-16T10:00:00+02:00: Is Hill Company protected by the agreement?" in printed


def test_the_strike_is_a_report_and_the_register_draws_no_conclusion_from_it(struck):
    assert struck.stored("SELECT side_a, side_b FROM report") == [('["Northern Army"]', '["Hill Company"]')]
    assert "strike" not in struck.printed("registers", "--as-of", STRIKE)
    assert [row["act"] for row in struck.told("acts")["acts"]] == ["acceptance"]


def test_an_attestation_after_the_strike_does_not_reach_back_to_it(struck):
    struck.act(act="attestation", by="beta", at="2025-03-19T09:00", of=struck.form, says="attested", because="Told us.")
    then, now = standing(struck, "--as-of", STRIKE), standing(struck)
    assert then["status"] == "accepted_not_attested"
    assert (now["status"], now["open"]) == ("accepted_and_attested", None)
    assert now["says"] == "accepted via Co-chair Alpha, attested by Co-chair Beta"


def test_an_acceptance_entered_late_is_known_only_since_its_entry(struck, at):
    at("2025-03-26T09:00")
    struck.act(act="acceptance", by="beta", at="2025-03-17T09:00", party=GROUP, says="accepted", because="A call.")
    at("2025-03-27T09:00")
    one = standing(struck, "--as-of", STRIKE)
    assert one["status"] == "accepted_in_every_register"  # by the words of the act, dated back
    assert one["recorded_then"] == "accepted_not_attested"  # by the record, which nobody can date back
    late = one["acts"][-1]
    assert (late["said"], late["entered_after"], late["entered_by"]) == (
        "2025-03-17T09:00:00+02:00", "2025-03-18T09:00:00+02:00", "2025-03-26T09:00:00+02:00",
    )  # fmt: skip
    printed = struck.printed("registers", "--as-of", STRIKE)
    assert "the record held at that time: accepted via Co-chair Alpha, not attested by Co-chair Beta" in printed


@pytest.mark.parametrize("edit", ["revision", "withdrawal", "revision dated back"])
def test_no_later_edit_changes_what_was_held_at_the_time(struck, at, edit):
    at("2025-03-26T09:00")
    if edit == "withdrawal":
        struck.act(act="withdrawal", by="alpha", at="2025-03-26T08:00", of=struck.form, because="A mistake.")
    else:
        said = "2025-03-17T08:00" if edit == "revision dated back" else "2025-03-26T08:00"
        struck.act(act="acceptance", by="alpha", at=said, party=GROUP, says="declined", when=FORM,
                   because="Read again.", revises=[struck.form])  # fmt: skip
    one = standing(struck, "--as-of", STRIKE, "--party", GROUP)
    assert one["recorded_then"] == "accepted_not_attested"
    assert one["acts"][0]["id"] == struck.form
    assert one["acts"][0]["replaced_by"]
    if edit != "revision dated back":
        assert one["status"] == "accepted_not_attested"
    known_then = standing(struck, "--as-of", STRIKE, "--known", "2025-03-25T09:00+02:00")
    assert (known_then["status"], known_then["acts"][0]["replaced_by"]) == ("accepted_not_attested", "")


def test_the_places_that_were_declared_are_never_printed(struck):
    told = json.dumps(struck.told("registers")) + struck.printed("registers")
    assert "Saddle" not in told and "Two Wells" not in told
    assert standing(struck)["registers"][0]["places"] == 2


def test_a_rebuild_from_the_entries_gives_the_same_registers(struck):
    struck.act(act="attestation", by="beta", at="2025-03-19T09:00", party=GROUP, register="alpha", says="objected",
               because="We hold it to be excluded.")  # fmt: skip
    before = struck.told("registers")
    assert struck.run("rebuild", struck.mission).code == 0
    assert struck.told("registers") == before
    assert before["parties"][0]["status"] == "disputed"
    assert struck.told("audit")["faults"] == []


@pytest.fixture
def two(office, tmp_path, at) -> Any:
    """The nodes of Alpha and Beta, each with the key of the other; Alpha's holds the form, entered on 16 March."""
    at("2025-03-15T08:00")
    alpha, beta = (office.Desk(tmp_path / name) for name in ("alpha", "beta"))
    for desk in (alpha, beta):
        desk.folder.mkdir()
        desk.init()
    for desk, other, name in ((alpha, beta, "beta"), (beta, alpha, "alpha")):
        key = other.run("log", "head", other.mission, "--json").json()["key"]
        assert desk.run("exchange", "add", desk.mission, name, "--key", key, "--how", "paper").code == 0
    carry(beta, alpha, "alpha")
    carry(alpha, beta, "beta")
    at("2025-03-16T12:00")
    alpha.form = alpha.act(
        act="acceptance", by="alpha", at="2025-03-16T11:30", party="Hill Company", says="accepted", when=FORM,
        places=["Saddle", "Two Wells"], because="Form received.",
    )["id"]  # fmt: skip
    return alpha, beta


def carry(giver, taker, name: str) -> None:
    """One bundle on a stick."""
    stick = giver.folder / "stick.bundle"
    for words in (("bundle", giver.mission, stick, "--for", name), ("accept", taker.mission, stick)):
        ran = giver.run("exchange", *words)
        assert ran.code == 0, ran.err


def opened(desk, entry: str, to: str, now: str, fields: tuple[str, ...] = ()) -> None:
    """Release one entry."""
    wanted = Wanted(to=(to,), because="Exchange of who accepted.", ids=(entry,), fields=fields)
    release(desk.mission, wanted, now_us=read_instant(now, "Etc/GMT-2"), chance=secrets.token_bytes)


def test_each_node_knows_of_the_acceptance_since_it_was_entered_or_opened_there(two, at):
    alpha, beta = two
    at("2025-03-17T08:00")
    carry(alpha, beta, "beta")
    assert beta.told("registers")["parties"] == []  # the entry is held, and sealed
    at("2025-03-20T09:00")
    opened(alpha, alpha.form, "beta", "2025-03-20T09:00", ("who", "matter", "because"))
    carry(alpha, beta, "beta")
    at("2025-03-22T09:00")
    ours, theirs = standing(alpha, "--as-of", STRIKE), standing(beta, "--as-of", STRIKE)
    assert ours["says"] == theirs["says"] == "accepted via Co-chair Alpha, not attested by Co-chair Beta"
    assert (ours["recorded_then"], theirs["recorded_then"]) == ("accepted_not_attested", "none")
    assert theirs["open"]["to"] == ["alpha", "beta"]
    assert theirs["acts"][0]["log"].startswith("exercise/truceline/")
    assert theirs["acts"][0]["entered_by"] == "2025-03-20T09:00:00+02:00"
    assert b"Two Wells" not in beta.mission.read_bytes()


def test_the_attestation_of_the_one_reaches_the_other_and_alters_nothing_before_it(two, at):
    alpha, beta = two
    at("2025-03-20T09:00")
    opened(alpha, alpha.form, "beta", "2025-03-20T09:00", ("who", "matter", "because"))
    carry(alpha, beta, "beta")
    word = beta.act(
        act="attestation", by="beta", at="2025-03-20T10:00", of=alpha.form, says="attested", because="Read."
    )
    opened(beta, word["id"], "all", "2025-03-20T10:30")
    carry(beta, alpha, "alpha")
    at("2025-03-25T09:00")
    for desk in two:
        assert standing(desk)["status"] == "accepted_and_attested"
        assert standing(desk, "--as-of", STRIKE)["status"] == "accepted_not_attested"
        before = desk.told("registers")["parties"]
        assert desk.told("rebuild")["same"]
        assert desk.told("registers")["parties"] == before
        assert desk.told("audit")["faults"] == []


@pytest.mark.parametrize("act", ["revision", "withdrawal"])
def test_nobody_can_edit_the_register_of_the_other(two, at, act):
    alpha, beta = two
    at("2025-03-20T09:00")
    opened(alpha, alpha.form, "beta", "2025-03-20T09:00")
    carry(alpha, beta, "beta")
    edit = {"act": "withdrawal", "of": alpha.form}
    if act == "revision":
        edit = {"act": "acceptance", "party": GROUP, "says": "declined", "revises": [alpha.form]}
    written = json.dumps(edit | {"by": "alpha", "at": "2025-03-21T09:00", "because": "No."})
    ran = beta.run("enter", beta.mission, beta.file("edit.yaml", written))
    assert ran.code == 2
    assert "stands in a log that has not named this one as of its own side" in ran.err
    assert standing(beta)["status"] == "accepted_not_attested"


ACCEPTED_ONLY = """
  - id: accepted_quiet
    title: {en: Whoever accepted does not shell}
    instrument: truce_text
    terms: [E2]
    obliged: [south]
    kind: prohibition
    rule: {kinds: [shelling]}
    binds: accepted
    cited: {source: Written for this test, tag: invented}
"""


@pytest.fixture
def bound(desk, at, tmp_path) -> Any:
    """The example with one more obligation, which binds only those who accepted; the form of 16 March is entered."""
    folder = tmp_path / "example"
    shutil.copytree(str(resources.files("truceline") / "agreements" / "example"), folder)
    pack = folder / "agreement.yaml"
    written = pack.read_text(encoding="utf-8")
    pack.write_text(written.replace("\nobligations:\n", f"\nobligations:{ACCEPTED_ONLY}", 1), encoding="utf-8")
    at("2025-03-15T08:00")
    assert desk.run("init", desk.mission, "--agreement", folder, "--reading", "strict", "--exercise").code == 0
    at("2025-03-16T12:00")
    desk.form = desk.act(
        act="acceptance", by="alpha", at="2025-03-16T11:30", party="south", says="accepted", when=FORM, because="Form.",
    )["id"]  # fmt: skip
    at("2025-03-25T09:00")
    return desk


def outcome(desk, *options: object) -> tuple[str, dict[str, str]]:
    [one] = desk.told("assess", "--obligation", "accepted_quiet", "--party", "south", *options)["assessments"]
    return one["outcome"], one["by"]


DAY_OF_STRIKE = ("--from", "2025-03-18", "--to", "2025-03-18")


def test_an_obligation_that_binds_those_who_accepted_is_open_until_it_is_attested(bound):
    fired = {"report_id": "f-1", "when": "2025-03-18T09:00", "kind": "shelling", "side_a": "Plain Front",
             "source": "patrol", "side_b": "Northern Army", "area": "hill_farms"}  # fmt: skip
    bound.reports(fired)
    for body in ("alpha", "beta"):
        bound.act(
            act="finding", by=body, at="2025-03-19T09:00", about="patrol/f-1", held="happened", what="Shells.",
            because="Craters.", rests_on=["patrol/f-1"], attributed_to="Plain Front", attribution="agreed_joint",
        )  # fmt: skip
    assert outcome(bound, "--from", "2025-03-15", "--to", "2025-03-15")[0] == "not_in_force"
    assert outcome(bound, *DAY_OF_STRIKE)[0] == "undecided"
    bound.act(act="attestation", by="beta", at="2025-03-20T09:00", of=bound.form, says="attested", because="Told us.")
    assert outcome(bound, *DAY_OF_STRIKE)[0] == "undecided"  # what is attested later does not reach back
    bound.reports(fired | {"report_id": "f-2", "when": "2025-03-21T09:00"})
    bound.act(
        act="finding", by="alpha", at="2025-03-22T09:00", about="patrol/f-2", held="happened", what="Shells.",
        because="Craters.", rests_on=["patrol/f-2"], attributed_to="Plain Front", attribution="single_side_a",
    )  # fmt: skip
    later = outcome(bound, "--from", "2025-03-21", "--to", "2025-03-21")
    assert later[1]["alpha"] == "breached"


def test_the_strike_on_whoever_accepted_in_one_register_only_is_answered_for_by_findings(bound):
    """Who was struck is asked of findings; the register beside them leaves the question of protection to both."""
    bound.reports(
        {"report_id": "s-1", "when": STRIKE, "kind": "air_strike", "side_a": "Northern Army", "side_b": "Hill Company"}
    )
    told = bound.told("assess", "--obligation", "no_attacks", "--party", "north", *DAY_OF_STRIKE)
    [one] = told["assessments"]
    assert one["outcome"] == "undecided"  # reported, and nobody found on it: never a breach
    assert standing(bound, "--party", "south")["open"]["to"] == ["alpha", "beta"]
