"""`registers` says what was accepted, attested and disputed; it is no list of who is not covered."""

import json

import pytest


@pytest.fixture
def kept(desk):
    """Registers in which one group declined, one accepted and withdrew, and one accepted."""
    desk.init()
    for by, party, says, at in (
        ("alpha", "Ridge Men", "declined", "2025-03-14"),
        ("beta", "Free Fishers", "accepted", "2025-03-14"),
        ("beta", "Free Fishers", "withdrawn", "2025-03-20"),
        ("alpha", "Hill Company", "accepted", "2025-03-16"),
    ):
        desk.act(act="acceptance", by=by, at=at, party=party, says=says, because="A letter.")
    return desk


def test_nobody_is_listed_for_having_declined_or_withdrawn(kept):
    assert [one["party"] for one in kept.told("registers")["parties"]] == ["hill_company"]
    printed = kept.printed("registers")
    assert "Ridge" not in printed and "ridge_order" not in printed and "Fishers" not in printed


@pytest.mark.parametrize("asked", ["Ridge Men", "ridge_order", "Order of the Ridge", "Nobody At All"])
def test_of_a_party_without_acceptance_it_says_that_none_is_recorded_and_no_more(kept, asked):
    told = kept.told("registers", "--party", asked)
    assert (told["parties"], told["says"]) == ([], f"{asked}: no acceptance is recorded here.")
    lines = kept.printed("registers", "--party", asked).splitlines()
    assert lines[-1] == f"{asked}: no acceptance is recorded here."
    assert not any(word in json.dumps(told) + "".join(lines) for word in ("declined", "excluded", "not covered by"))


def test_who_withdrew_is_told_of_when_asked_for_by_name(kept):
    [one] = kept.told("registers", "--party", "free fishers")["parties"]
    assert (one["status"], one["open"]) == ("withdrawn", None)
    [then] = kept.told("registers", "--party", "free fishers", "--as-of", "2025-03-18")["parties"]
    assert then["status"] == "accepted_not_attested"


def test_a_party_is_found_under_any_of_its_names(kept):
    for asked in ("hill_company", "HILL COMPANY", "سرية التل"):
        assert [one["party"] for one in kept.told("registers", "--party", asked)["parties"]] == ["hill_company"]


def test_registers_tell_of_no_time_that_has_not_come(kept):
    ran = kept.run("registers", kept.mission, "--as-of", "2199-01-01")
    assert ran.code == 2
    assert "has not come yet" in ran.err


def test_before_anybody_accepted_there_is_nothing_to_tell(kept):
    told = kept.told("registers", "--as-of", "2025-03-10")
    assert (told["parties"], told["says"]) == ([], "No acceptance is recorded here.")


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"act": "acceptance", "by": "secretariat", "party": "X", "says": "accepted"}, "is no co-chair"),
        (
            {"act": "acceptance", "by": "alpha", "party": "X", "says": "accepted", "to": "north_command"},
            "is no co-chair",
        ),
        ({"act": "attestation", "by": "beta", "says": "attested"}, "names the id of an acceptance, or a party and"),
        ({"act": "attestation", "by": "beta", "says": "attested", "party": "X"}, "names the id of an acceptance, or"),
        ({"act": "attestation", "by": "beta", "says": "attested", "of": "a" * 12}, "names no acceptance in force"),
        (
            {"act": "attestation", "by": "alpha", "says": "objected", "party": "X", "register": "alpha"},
            "does not object to its own entry",
        ),
        ({"act": "acceptance", "by": "alpha", "party": "X", "says": "agreed"}, "Invalid enum value"),
    ],
)
def test_what_is_no_acceptance_or_attestation_is_refused(kept, fields, complaint):
    written = json.dumps(fields | {"at": "2025-03-20", "because": ""})
    ran = kept.run("enter", kept.mission, kept.file("act.yaml", written))
    assert ran.code == 2
    assert complaint in " ".join(ran.err.split())


def test_a_hostile_name_moves_no_cursor(kept):
    kept.act(
        act="acceptance", by="alpha", at="2025-03-16", party="Free\x1b[2J\u202eFishers", says="accepted", because=""
    )
    assert "\x1b" not in kept.printed("registers") and "\u202e" not in kept.printed("registers")
