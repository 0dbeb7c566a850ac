"""All small agreements of steps, and the small alphabet of acts that they are explored with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import combinations, product
from typing import Any

import msgspec

from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Step
from truceline.vocabulary.when import read_instant

NAMES = "abc"
MOMENTS = tuple(f"2025-03-{day}T12:00" for day in (18, 20, 22, 24, 26))
"""Every instant that is asked about; acts are said at the second and the fourth, and steps are due at the third."""
SAID = (MOMENTS[1], MOMENTS[3])
AT_LAST = "2025-03-30T12:00"
WAITS: tuple[tuple[dict[str, str], ...], ...] = (
    (), ({"instant": MOMENTS[1]},), ({"clock": "seven_quiet_days"},), ({"delivery": "C-1"},),
    ({"instant": MOMENTS[2]}, {"clock": "seven_quiet_days"}),
)  # fmt: skip
DUES: tuple[dict[str, Any] | None, ...] = (None, {"at": MOMENTS[2]}, {"days": 3}, {"months": 1, "rounding": "down"})


@dataclass(frozen=True)
class Small:
    """An agreement, and the acts that may be said under it."""

    agreement: Agreement
    alphabet: tuple[ActHeld, ...]
    names: str


def step(name: str, verifiers: tuple[str, ...], obliged: tuple[str, ...] = ("north",), **more: Any) -> Step:
    plain = {
        "id": name, "title": {"en": name}, "obliged": list(obliged), "verifiers": list(verifiers),
        "cited": {"source": "Ours", "tag": "invented"}, **{key: value for key, value in more.items() if value},
    }  # fmt: skip
    return msgspec.convert(plain, Step)


@cache
def said(zone: str, by: str, about: str, says: str, at: str, party: str = "north") -> ActHeld:
    """A word on a step; one `declaration` or `delivered` where it is about the clock or the request."""
    plain: dict[str, Any] = {"by": by, "at": at, "because": "Seen."}
    if about == "clock":
        plain |= {"act": "declaration", "clock": "seven_quiet_days", "says": says}
    elif about == "delivery":
        plain |= {"act": "access", "number": "C-1", "says": says}
    else:
        plain |= {"act": "performance", "about": about, "party": party, "says": says}
    when = read_instant(at, zone)
    number = sha256(repr((by, about, says, at, party)).encode()).hexdigest()
    return ActHeld(number, 0, msgspec.convert(plain, Act), when, when)


def _beyond(zone: str) -> tuple[ActHeld, ...]:
    """What is not about a step: the clock declared met by both, or by one, and a delivery."""
    clock = tuple(said(zone, by, "clock", "met", SAID[0]) for by in ("alpha", "beta"))
    return (*clock, said(zone, "secretariat", "delivery", "delivered", SAID[0]))


def one_step(example: Agreement) -> Iterator[Small]:
    """One step and two verifiers, every kind of wait and of due date; a text that ends before the last instant."""
    zone = example.zone
    words = [
        said(zone, by, "a", says, at)
        for by, says, at in product(
            ("alpha", "beta"), ("done", "not_done", "discharged", "suspended", "resumed"), SAID
        )
        if (says, at) not in (("suspended", SAID[1]), ("resumed", SAID[0]))
    ]  # fmt: skip
    claim = said(zone, "north_command", "a", "done", SAID[0])
    for waits, due, ends in product(WAITS, DUES, (False, True)):
        made = _with(example, [step("a", ("alpha", "beta"), waits=waits, due=due, terms=("E1",))], ends)
        yield Small(made, (*words, claim, *_needed(made, zone)), "a")


def _needed(agreement: Agreement, zone: str) -> tuple[ActHeld, ...]:
    """Of what is not about a step only what some step waits for."""
    waited = {key for one in agreement.steps for wait in one.waits for key in ("clock", "delivery") if _has(wait, key)}
    clock, delivery = _beyond(zone)[:2], _beyond(zone)[2:]
    return (*(clock if "clock" in waited else ()), *(delivery if "delivery" in waited else ()))


def _has(wait: Any, key: str) -> bool:
    return getattr(wait, key) is not None


def several_steps(example: Agreement, count: int) -> Iterator[Small]:
    """So many steps, every way in which a later one may wait for earlier ones, the first for anything else; in the
    last place also steps that belong together."""
    zone = example.zone
    names = NAMES[:count]
    words = [
        said(zone, "secretariat", name, says, at)
        for name, says, at in product(names, ("done", "not_done", "discharged"), SAID)
    ]
    waits, dues = (WAITS[:4], DUES[:3]) if count < 3 else (WAITS[1:3], DUES[1:3])
    for edges, first, due, together in product(_edges(names), waits, dues, (False, True)):
        pair = names[-2:] if together else ""
        made = _with(example, [_one_of(name, edges[name], first, due, pair) for name in names], False)
        yield Small(made, (*words, *_needed(made, zone)), names)


def _one_of(name: str, before: tuple[str, ...], first: Any, due: dict[str, Any] | None, pair: str) -> Step:
    waits = (*(first if name == "a" else ()), *({"step": one} for one in before))
    counts = due if waits or "at" in (due or {}) else None
    together = [one for one in pair if one != name] if name in pair else []
    hours = 24 if together else 0
    return step(name, ("secretariat",), waits=waits, due=counts, together=together, within_hours=hours)


def _edges(names: str) -> Iterator[dict[str, tuple[str, ...]]]:
    """Every graph without a circle in which the steps stand in this order."""
    choices = [[chosen for size in range(n + 1) for chosen in combinations(names[:n], size)] for n in range(len(names))]
    for chosen in product(*choices):
        yield dict(zip(names, chosen, strict=True))


def _with(example: Agreement, steps: list[Step], ends: bool) -> Agreement:
    texts = example.instruments
    if ends:
        texts = tuple(msgspec.structs.replace(one, until=MOMENTS[3]) for one in texts)
    return msgspec.structs.replace(example, steps=tuple(steps), instruments=texts)


def subsets(alphabet: tuple[ActHeld, ...], most: int) -> Iterator[tuple[ActHeld, ...]]:
    """Every set of at most so many acts."""
    for size in range(most + 1):
        yield from combinations(alphabet, size)
