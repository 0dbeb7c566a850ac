"""Requests for access as one body holds them, step by step: asked, approved, letter, departed, stopped, delivered."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import UNSET

from truceline.compliance.kinds.by_body import is_of, trusted
from truceline.compliance.standing import folded
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.conduct import AccessStep
from truceline.vocabulary.when import read_as_of

HINDERING = ("refused", "stopped", "delayed", "load_removed", "attacked")
"""Steps that hold up, and that name whoever did it."""
ENDED = ("delivered", "refused", "aborted")


@dataclass(frozen=True)
class StepHeld:
    """One step of a request. certain: SURELY where the body, or who writes down for both sides, says it; else MAYBE.

    due: until when what it asks for was to follow, UTC microseconds.
    """

    says: str
    by: str
    party: str
    when: int
    certain: int
    act: str
    people: int | None
    area: str
    due: int | None = None
    category: str = ""
    because: str = ""


@dataclass(frozen=True)
class Request:
    """One request of that number, its steps in the order in which they happened."""

    number: str
    steps: tuple[StepHeld, ...]

    def first(self, *says: str, certain: int = MAYBE) -> StepHeld | None:
        """The first step of these, at least so certain."""
        return next((one for one in self.steps if one.says in says and one.certain >= certain), None)

    def asked(self) -> StepHeld | None:
        """When it was asked: the first step that says so."""
        return self.first("asked")

    def people(self, *says: str) -> tuple[int, int] | None:
        """The lowest and the highest number of people that these steps give; None where none gives one.

        Surer steps go first: a figure that is only claimed counts where there is no other.
        """
        for certain in (SURELY, MAYBE):
            given = [s.people for s in self.steps if s.says in says and s.people is not None and s.certain == certain]
            if given:
                return min(given), max(given)
        return None

    def by(self, agreement: Agreement, party: str, says: Sequence[str]) -> list[tuple[int, StepHeld]]:
        """Steps of these kinds that name the party, each with how surely they are its own; nobody's are left out."""
        found = [
            (min(is_of(agreement, one.party, party, one.when), one.certain), one)
            for one in self.steps
            if one.says in says and one.party
        ]
        return [one for one in found if one[0] != NO]

    def asked_of(self, agreement: Agreement, party: str) -> int:
        """Whether the party had to let it pass: SURELY where it alone is named, MAYBE beside others or where nobody is.

        Of a request that names others only: NO.
        """
        named = {one.party for one in self.steps if one.party and one.says in ("asked", "acknowledged", "notified")}
        named = named or {
            one.party for one in self.steps if one.party and one.says in ("approved", "refused", "letter")
        }
        if not named:
            return MAYBE
        answers = [is_of(agreement, name, party, self.steps[0].when) for name in named]
        return SURELY if min(answers) == SURELY else MAYBE if max(answers) != NO else NO

    def touches(self, areas: frozenset[str]) -> int:
        """Whether it went to one of these areas; MAYBE where no step names an area. An empty set asks nothing."""
        named = {folded(one.area) for one in self.steps if one.area}
        if not areas:
            return SURELY
        return (SURELY if named <= areas else MAYBE if named & areas else NO) if named else MAYBE


def requests_of(agreement: Agreement, acts: Sequence[ActHeld], body: str | None, as_of: int) -> list[Request]:
    """Every request of which a step was said by `as_of` and had happened by then, by its number.

    body: whose certainty; None: everybody's word counts alike.
    """
    believed = {one.id for one in agreement.bodies} if body is None else trusted(agreement, body)
    steps: dict[str, list[tuple[int, int, StepHeld]]] = {}
    for one in acts:
        act = one.act
        if isinstance(act, AccessStep) and max(one.at, one.when) <= as_of:
            steps.setdefault(act.number, []).append(
                (one.when, one.seq, _step(one, act, act.by in believed, agreement.zone))
            )
    ordered = ((number, sorted(found, key=lambda one: one[:2])) for number, found in sorted(steps.items()))
    return [Request(number, tuple(step for _, _, step in found)) for number, found in ordered]


def _step(one: ActHeld, act: AccessStep, believed: bool, zone: str) -> StepHeld:
    return StepHeld(
        act.says, act.by, "" if act.party is UNSET else act.party, one.when, SURELY if believed else MAYBE, one.id,
        None if act.people is UNSET else act.people, "" if act.area is UNSET else act.area,
        None if act.due is UNSET else read_as_of(act.due, zone), "" if act.category is UNSET else act.category,
        act.because,
    )  # fmt: skip


def names_of_areas(agreement: Agreement, areas: Sequence[str]) -> frozenset[str]:
    """The ids of these areas and of those in these groups, and what they are called, as names are compared."""
    grouped = {one for group in agreement.area_groups if group.id in areas for one in group.areas}
    wanted = {*areas, *grouped}
    titles = {title for area in agreement.areas if area.id in wanted for title in area.name.values()}
    return frozenset(folded(one) for one in (*wanted, *titles))
