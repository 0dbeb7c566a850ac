"""What runs of each text, and what is never run."""

import pytest

from truceline.compliance.terms_run import TermsRun, terms_run
from truceline.pipeline.packs import find_pack, shipped

NEVER = ("T13", "T33", "T46")
"""They speak of strikes, or were never agreed: kept as text, and nothing is derived from them."""
RECALLED_OR_MISSING = ("T16", "T17", "T18", "T24", "T32", "T39")


def _told(name: str) -> TermsRun:
    pack = find_pack(name)
    return terms_run(pack.agreement, pack.examples)


def test_at_least_34_terms_of_syria_run_and_are_shown_by_three_examples_one_undecided() -> None:
    told = _told("syria-2016")
    assert told.run >= 34
    assert [one.term for one in told.by_term if one.state == "run" and not one.shown] == []


def test_of_every_other_term_it_is_said_why_it_does_not_run() -> None:
    told = _told("syria-2016")
    assert told.silent == 0
    assert {one.term for one in told.by_term if one.state == "not_run"} == {*NEVER, *RECALLED_OR_MISSING}


def test_terms_that_speak_of_strikes_are_run_by_nothing() -> None:
    agreement = find_pack("syria-2016").agreement
    run = {term for one in (*agreement.obligations, *agreement.steps, *agreement.clocks) for term in one.terms}
    assert not run & set(NEVER)
    said = {one.term: one for one in agreement.not_run}
    assert {said[term].rule for term in NEVER} == {"never"}
    assert said["T44"].part is not None


def test_no_permission_of_syria_runs_but_self_defence() -> None:
    agreement = find_pack("syria-2016").agreement
    assert [one.terms for one in agreement.obligations if one.kind == "permission"] == [("T48",)]


@pytest.mark.parametrize("name", [name for name in shipped() if name not in ("example", "syria-2016")])
def test_a_pack_says_of_every_term_what_runs_it_or_why_nothing_does(name: str) -> None:
    told = _told(name)
    assert told.silent == 0
    assert [one.term for one in told.by_term if one.state == "run" and not one.shown] == []


def test_rules_that_a_text_does_not_number_say_whose_the_number_is() -> None:
    """An access rule, and a duty within hours, of a text that names no number has a note that says: ours."""
    for name in shipped():
        for one in find_pack(name).agreement.obligations:
            if one.kind in ("access", "duty_on_trigger", "reciprocity") and one.cited.tag != "invented":
                assert "ours" in one.note, (name, one.id)
