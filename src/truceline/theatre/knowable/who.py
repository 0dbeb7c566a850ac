"""Who took part, and whether the incident counts: the scope of step 2, name by name."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from truceline.theatre.knowable.when import Span, instant

NO, MAYBE, SURELY = "no", "maybe", "surely"
BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def dates(dated: Mapping[str, Any], zone: str) -> Span:
    """[from, to) of a name or an exclusion, open where not given."""
    first, last = dated.get("from"), dated.get("to")
    return (instant(first, zone) if first else BEGINNING), (instant(last, zone) if last else END)


class Names:
    """The pack's dated names list, and who is excluded under one reading."""

    def __init__(self, agreement: Mapping[str, Any], reading: Mapping[str, Any]) -> None:
        zone = agreement["zone"]
        self.umbrella: str = reading["umbrella"]
        self.actors = {actor["id"]: actor for actor in agreement["actors"]}
        self.names: dict[str, list[tuple[Span, str]]] = {}
        for actor in agreement["actors"]:
            for dated in actor.get("names", []):
                self.names.setdefault(dated["name"].strip().lower(), []).append((dates(dated, zone), actor["id"]))
        instrument = next(one for one in agreement["instruments"] if one["id"] == reading["exclusions"])
        self.exclusions: dict[str, list[tuple[Span, str]]] = {}
        for one in instrument.get("exclusions", []):
            self.exclusions.setdefault(one["actor"], []).append((dates(one, zone), one["outcome"]))

    def actor(self, name: str, when: Span) -> str | None:
        """The actor who bore that name throughout the interval; None if nobody did."""
        for (first, last), actor in self.names.get(name.strip().lower(), []):
            if first <= when[0] and when[1] <= last:
                return actor
        return None

    def actor_in(self, actor: str | None, parties: list[str], when: Span) -> str:
        """Whether an actor belongs to a party list: the table of the rule, row by row."""
        if actor is None:
            return MAYBE
        status, party = self.actors[actor]["status"], self.actors[actor].get("party")
        if self._excluded_throughout(actor, when):
            return NO
        if any(first < when[1] and when[0] < last for (first, last), _ in self.exclusions.get(actor, [])):
            return MAYBE if party in parties else NO
        if status == "civilians":
            return SURELY if "civilians" in parties else NO
        if status == "third" or party not in parties:
            return NO
        return SURELY if status == "bound" or self.umbrella == "presumed_bound" else MAYBE

    def side_in(self, side: str, parties: list[str], when: Span) -> str:
        """Whether a side belongs to a party list."""
        named = [name for name in side.split(";") if name.strip()]
        if not named:
            return MAYBE
        answers = [self.actor_in(self.actor(name, when), parties, when) for name in named]
        if all(answer == SURELY for answer in answers):
            return SURELY
        return NO if all(answer == NO for answer in answers) else MAYBE

    def scope(self, row: Mapping[str, str], between: list[list[str]] | None, when: Span) -> str:
        """Whether the two sides are the two parties, in either order."""
        if not between:
            return SURELY
        orders = []
        for one, other in (("side_a", "side_b"), ("side_b", "side_a")):
            orders.append((self.side_in(row[one], between[0], when), self.side_in(row[other], between[1], when)))
        if any(order == (SURELY, SURELY) for order in orders):
            return SURELY
        return MAYBE if any(NO not in order for order in orders) else NO

    def counts(self, row: Mapping[str, str], indicator: Mapping[str, Any], when: Span) -> str:
        """Whether the incident counts for an indicator: scope, kinds and lethal together."""
        answers = [
            self.scope(row, indicator.get("between"), when),
            kind_in(row["kind"], indicator.get("kinds")),
            lethal(row) if indicator.get("lethal") == "true" else SURELY,
        ]
        if NO in answers:
            return NO
        return MAYBE if MAYBE in answers else SURELY

    def _excluded_throughout(self, actor: str, when: Span) -> bool:
        """Walk through the interval from one exclusion to the next that takes over."""
        reached = when[0]
        for (first, last), outcome in sorted(self.exclusions.get(actor, [])):
            if outcome == "excluded" and first <= reached:
                reached = max(reached, last)
        return reached >= when[1]


def kind_in(kind: str, kinds: list[str] | None) -> str:
    """Whether the kind is one of the list; any kind will do where there is no list. Several: one of them it was."""
    if not kinds:
        return SURELY
    if not kind:
        return MAYBE
    listed = [one in kinds for one in kind.split(";")]
    return SURELY if all(listed) else MAYBE if any(listed) else NO


def lethal(row: Mapping[str, str]) -> str:
    """Whether anybody was killed."""
    given = [int(row[figure]) for figure in ("killed_low", "killed_best", "killed_high") if row.get(figure)]
    if not given:
        return MAYBE
    if min(given) >= 1:
        return SURELY
    return NO if max(given) <= 0 else MAYBE
