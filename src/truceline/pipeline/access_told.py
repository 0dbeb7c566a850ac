"""`access`: requests for access step by step, each step with its actor, its due time and what came of it.

A request is told as everybody who entered a step says it, each word with its author; whose word counts for whom is
said where an obligation is judged (`assess`, kind `access`). Places are areas of the pack: no position is printed.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from truceline.compliance.kinds.access_requests import ENDED, Request, StepHeld, requests_of
from truceline.errors import ValueNotRead
from truceline.pipeline.designated import Plain, then
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso

FOLLOWS = {
    "asked": ("acknowledged", "approved", "refused", "letter", "aborted"),
    "acknowledged": ("approved", "refused", "aborted"),
    "approved": ("letter", "departed", "aborted", "delivered"),
    "letter": ("departed", "aborted", "delivered"),
    "notified": ("acknowledged",),
    "departed": ("delivered", "stopped", "aborted", "attacked"),
    "stopped": ("delivered", "departed", "aborted", "refused"),
    "delayed": ("delivered", "departed", "aborted", "refused"),
}
"""What settles a step that is waited on."""
METHOD = (
    "People reached over people asked for, as told at the steps; several figures give the lowest and the highest. "
    "Refused or aborted counts none."
)


def access_told(
    path: Path, reader: Reader, number: str = "", *, now_us: int, as_of: str | None = None, known: str | None = None
) -> Plain:
    """Every request, those overdue first; or one of them. Raises `ValueNotRead` for a number that is not there."""
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        found = requests_of(at.agreement, at.acts, None, at.as_of)
        if number and number not in {one.number for one in found}:
            mend = f"There are: {', '.join(one.number for one in found[:20])}." if found else "Enter an act `access`."
            raise ValueNotRead(f"There is no request {number!r}.", mend)
        told = [_request(one, at.agreement, at.as_of) for one in found if number in ("", one.number)]
        told.sort(key=lambda one: (not one["overdue"], one["asked"], one["number"]))
        return at.heading(path, reader) | {"method": METHOD, "requests": told}


def _request(one: Request, agreement: Agreement, as_of: int) -> Plain:
    zone = agreement.zone
    steps = [_step(one, n, agreement, as_of) for n in range(len(one.steps))]
    asked, delivered = one.asked(), one.first("delivered")
    return {
        "number": one.number, "state": _state(one),
        "overdue": [step["step"] for step in steps if step["outcome"] == "overdue"],
        "asked": iso(asked.when, zone) if asked else "", "delivered": iso(delivered.when, zone) if delivered else "",
        "areas": sorted({step.area for step in one.steps if step.area}),
        "parties": sorted({step.party for step in one.steps if step.party}),
        "people": {says: _people(one, says) for says in ("asked", "approved", "delivered")},
        "reached_percent": _percent(one), "notified": list(_notified(one, zone)), "steps": steps,
    }  # fmt: skip


def _state(one: Request) -> str:
    """The last step that ends it; else the last step there is."""
    ended = [step for step in one.steps if step.says in ENDED]
    return (ended or one.steps)[-1].says


def _people(one: Request, says: str) -> list[int] | None:
    given = one.people(says)
    return list(given) if given else None


def _percent(one: Request) -> list[int] | None:
    """The lowest and the highest percentage reached, rounded down; None without both numbers."""
    asked, reached = one.people("asked"), one.people("delivered")
    if asked is None or not asked[0] or (reached is None and _state(one) not in ("refused", "aborted")):
        return None
    low, high = reached or (0, 0)
    return [100 * low // asked[1], 100 * high // asked[0]]


def _step(one: Request, n: int, agreement: Agreement, as_of: int) -> Plain:
    step, zone = one.steps[n], agreement.zone
    outcome, when = _outcome(step, one.steps[n + 1 :], as_of)
    return {
        "step": step.says, "actor": step.party or step.by, "by": step.by, "when": iso(step.when, zone),
        "due": "" if step.due is None else iso(step.due, zone), "outcome": outcome,
        "settled": "" if when is None else iso(when, zone), "area": step.area, "people": step.people,
        "category": step.category, "because": step.because, "act": step.act,
    }  # fmt: skip


def _outcome(step: StepHeld, later: Sequence[StepHeld], as_of: int) -> tuple[str, int | None]:
    """What came of a step: the later step that settles it, in time or late; `overdue`, `waiting`, or "" for none."""
    wanted = FOLLOWS.get(step.says, ())
    parties = {step.party, ""} if step.says == "notified" else None
    settled = next((s for s in later if s.says in wanted and (parties is None or s.party in parties)), None)
    if settled is not None:
        late = step.due is not None and settled.when > step.due
        return f"{settled.says}{', late' if late else ''}", settled.when
    if step.due is not None and step.due < as_of and not any(s.says in ENDED for s in later):
        return "overdue", None
    return ("waiting" if wanted and not any(s.says in ENDED for s in later) else ""), None


def _notified(one: Request, zone: str) -> Iterator[Plain]:
    """Who was told of the route, and when each had it: of each party the first word of both."""
    for party in dict.fromkeys(step.party for step in one.steps if step.says == "notified"):
        sent = next(step for step in one.steps if step.says == "notified" and step.party == party)
        had = next(
            (s for s in one.steps if s.says == "acknowledged" and s.party == party and s.when >= sent.when), None
        )
        yield {
            "party": party, "notified": iso(sent.when, zone), "acknowledged": iso(had.when, zone) if had else "",
            "acts": [sent.act, *([had.act] if had else [])],
        }  # fmt: skip
