"""A response to a provocation: an immediate threat, and no greater than required; neither cancels the other."""

import pytest

from truceline.compliance.kinds.base import Rows
from truceline.vocabulary.assessment import Outcome

FIRST = f"{0:064x}"


def response(threat=None, required=None, by="alpha", answers="ngo/1", **more):
    held = {"immediate_threat": threat, "no_greater_than_required": required}
    elements = [{"element": name, "held": says, "because": "Seen."} for name, says in held.items() if says]
    return {
        "act": "finding", "by": by, "at": "2025-03-21", "about": "ngo/2", "held": "happened", "what": "An air strike.",
        "kind": "air_strike", "when": "2025-03-20T11:00", "attributed_to": "Northern Army", "answers": answers,
        **({"elements": elements} if elements else {}), **more,
    }  # fmt: skip


SURELY, MAYBE = Rows(breaching=1, ids=(FIRST,)), Rows(maybe=1, ids=(FIRST,))


def test_both_elements_held_is_compliance(asked):
    assert asked("proportionality", {}, response("yes", "yes"), rows=SURELY).outcome is Outcome.COMPLIED


@pytest.mark.parametrize(("threat", "required"), [("no", "yes"), ("yes", "no"), (None, "no")])
def test_one_element_held_not_to_be_there_is_a_breach(asked, threat, required):
    found = asked("proportionality", {}, response(threat, required), rows=SURELY)
    assert found.outcome is Outcome.BREACHED
    [part] = found.trace.parts
    assert (part.values["answers"], part.reports) == ("ngo/1", ("ngo/1",))


@pytest.mark.parametrize(("threat", "required"), [("yes", None), ("yes", "undetermined"), ("no_evidence", "yes")])
def test_an_element_that_is_not_held_leaves_it_undecided_and_the_trace_says_which(asked, threat, required):
    found = asked("proportionality", {}, response(threat, required), rows=SURELY)
    assert found.outcome is Outcome.UNDECIDED
    assert found.trace.parts[0].values["missing"] in ("no greater than required", "immediate threat")


def test_a_response_that_only_may_be_the_partys_is_undecided(asked):
    assert asked("proportionality", {}, response("no", "no"), rows=MAYBE).outcome is Outcome.UNDECIDED


def test_what_answers_nothing_is_not_asked_for_proportion(asked):
    act = response("no", "no")
    del act["answers"]
    assert asked("proportionality", {}, act, rows=SURELY, watched=(31, 31)).outcome is Outcome.COMPLIED
    assert asked("proportionality", {}, act, rows=SURELY).outcome is Outcome.NOT_OBSERVED


def test_another_bodys_finding_alters_nothing(asked):
    assert asked("proportionality", {}, response("no", "no"), rows=Rows(), body="beta").outcome is Outcome.NOT_OBSERVED
    alone = response("no", "no")
    assert asked("proportionality", {}, alone, rows=SURELY, body=None).outcome is Outcome.UNDECIDED


def test_the_elements_may_be_written_as_of_the_exemption(asked):
    act = response()
    act["elements"] = [
        {"element": f"self_defence.{name}", "held": "yes", "because": "Seen."}
        for name in ("immediate_threat", "no_greater_than_required")
    ]
    assert asked("proportionality", {}, act, rows=SURELY).outcome is Outcome.COMPLIED
