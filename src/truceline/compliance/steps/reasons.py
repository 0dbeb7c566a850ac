"""Why a step stands as it stands, in English: one sentence for the state, and one for each thing told beside it."""

from collections.abc import Iterator

from truceline.compliance.standing import EVER
from truceline.compliance.steps.standing import StepStanding
from truceline.compliance.steps.states import PartyStanding, StepState
from truceline.compliance.steps.waiting import Wait
from truceline.compliance.steps.words import View
from truceline.vocabulary.when import iso

HELD = {
    "done": "holds it done since {when}",
    "not_done": "holds it not done, as of {when}",
    "discharged": "holds it discharged since {when}",
    "suspended": "holds it suspended since {when}",
    "partly": "holds it done in part ({when})",
    "begun": "holds it begun ({when})",
    "claimed": "says nothing of its own; that something was done is a claim of others",
    "open": "has words to believe that contradict each other",
    "nothing": "says nothing",
}
ON = {
    "step": "the step {name}",
    "clock": "the clock {name} to be declared met",
    "instant": "the time {name}",
    "delivery": "the delivery of the request {name}",
    "text": "its text to be in force ({name})",
}


def reasons(one: StepStanding, zone: str) -> tuple[str, ...]:
    """What the state rests on, in the order in which it is asked."""
    return tuple(_reasons(one, zone))


def _reasons(one: StepStanding, zone: str) -> Iterator[str]:
    yield _state(one, zone)
    for wait in one.waits:
        yield _waited(wait, zone)
    for party in one.parties:
        for view in party.views:
            yield f"{view.body} {HELD[view.holds].format(when=iso(view.when, zone))} (of {party.party})."
        yield from _party(party)
    for name, kept in one.together:
        yield {
            "kept": f"Done together with {name}, as it has to be.",
            "apart": f"Not done together with {name}: further apart than {one.step.within_hours} hours.",
            "open": f"To be done together with {name}, within {one.step.within_hours} hours; one of the two is open.",
        }[kept]


def _state(one: StepStanding, zone: str) -> str:
    due = f"due {iso(one.due, zone)}" if one.due is not None else "without a due date"
    since = f" since {iso(one.since, zone)}" if one.since not in (None, EVER[0]) else ""
    done = iso(one.done, zone) if one.done is not None else ""
    return {
        StepState.CONDITIONAL: "Not owed yet: what it waits for has not all come.",
        StepState.IN_FORCE: f"Owed{since}, {due}{', which is over' if one.overdue else ''}.",
        StepState.SUSPENDED: "All who verify it hold it suspended.",
        StepState.FULFILLED: f"Done {done}, as all who verify it hold; {due}{', late' if one.late else ''}.",
        StepState.BREACHED: f"Owed{since}, {due}; all who verify it hold that it was not done then.",
        StepState.DISCHARGED: "All who verify it hold that it is no longer owed.",
        StepState.EXPIRED: "It can no longer come to be owed.",
    }[one.state]


def _waited(wait: Wait, zone: str) -> str:
    what = ON[wait.on].format(name=wait.name)
    if wait.come == "met":
        return f"It waited for {what}: come {iso(wait.since or 0, zone)}."
    return {
        "unmet": f"It waits for {what}.",
        "open": f"It waits for {what}, which is claimed, begun, or held by some of those whose word is needed only.",
        "never": f"It waited for {what}, which can no longer come.",
    }[wait.come]


def _party(one: PartyStanding) -> Iterator[str]:
    if one.contested:
        yield f"Contested, of {one.party}: both words are shown, and neither is chosen."
    awaited = [_settled_by(view.body, one.party) for view in one.views if not _is_final(view)]
    if awaited and one.state in (StepState.IN_FORCE, StepState.CONDITIONAL):
        yield f"What would settle it, of {one.party}: a performance entered by {' and '.join(awaited)}."


def _settled_by(body: str, party: str) -> str:
    """Of itself a body's own word is a claim, so its own view is settled by those who write down for all."""
    return "a secretariat or an observer" if body == party else body


def _is_final(view: View) -> bool:
    return view.holds in ("done", "discharged")
