"""Who is who at a time: a name, an interval and a reading say whether an actor belongs to a party.

Three answers: SURELY, MAYBE, NO. An exclusion is a rule of the instrument the reading names, as of
the interval; it is never inferred from a place or from who stands near.
"""

import json
from collections.abc import Iterable

from truceline.vocabulary.agreement import Actor, Agreement, Exclusion, Reading
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.when import read_instant

EVER = (-(1 << 62), 1 << 62)
Span = tuple[int, int]


def folded(name: str) -> str:
    """How names are compared: case and surrounding spaces do not matter."""
    return name.strip().casefold()


def names_of(side: str) -> tuple[str, ...]:
    """The names of one side as the read table keeps them, a JSON array."""
    return tuple(json.loads(side)) if side else ()


class Standing:
    """The pack's dated names and exclusions under one reading, asked name by name."""

    def __init__(self, agreement: Agreement, reading: Reading) -> None:
        self._reading = reading
        self._named: dict[str, list[tuple[Actor, Span]]] = {}
        for actor in agreement.actors:
            for named in actor.names:
                span = span_of(named.from_, named.to, agreement.zone)
                self._named.setdefault(folded(named.name), []).append((actor, span))
        instrument = next(i for i in agreement.instruments if i.id == reading.exclusions)
        self._exclusions: dict[str, list[tuple[Exclusion, Span]]] = {}
        for exclusion in instrument.exclusions:
            span = span_of(exclusion.from_, exclusion.to, agreement.zone)
            self._exclusions.setdefault(exclusion.actor, []).append((exclusion, span))

    def resolves(self, name: str) -> bool:
        """The name is in the pack's list, at whatever date."""
        return folded(name) in self._named

    def depends_on_time(self, name: str) -> bool:
        """Whether the answer for this name can differ between two instants."""
        entries = self._named.get(folded(name), [])
        spans = [span for _, span in entries]
        spans += [span for actor, _ in entries for _, span in self._exclusions.get(actor.id, [])]
        return any(span != EVER for span in spans)

    def dates(self) -> list[int]:
        """The instants, rising, at which some answer can change: two spans that lie alike to all get the same one."""
        named = [span for entries in self._named.values() for _, span in entries]
        excluded = [span for entries in self._exclusions.values() for _, span in entries]
        return sorted({instant for span in (*named, *excluded) for instant in span})

    def actor(self, name: str, span: Span) -> Actor | None:
        """The actor that goes by the name throughout the span; None if nobody or not throughout."""
        for actor, held in self._named.get(folded(name), []):
            if held[0] <= span[0] and span[1] <= held[1]:
                return actor
        return None

    def bearing(self, name: str, span: Span) -> list[tuple[Actor, bool]]:
        """All who go by the name at some time of the span, and whether throughout it."""
        held = [(one, at) for one, at in self._named.get(folded(name), []) if at[0] < span[1] and span[0] < at[1]]
        return [(one, at[0] <= span[0] and span[1] <= at[1]) for one, at in held]

    def belongs(self, name: str, span: Span, parties: tuple[str, ...]) -> int:
        """Whether the actor so named belongs to one of the parties throughout the span."""
        actor = self.actor(name, span)
        return MAYBE if actor is None else self.of_actor(actor, span, parties)

    def of_actor(self, actor: Actor, span: Span, parties: tuple[str, ...]) -> int:
        """Whether an actor belongs to one of the parties throughout the span."""
        held = self._without_exclusion(actor, parties)
        if held == NO or actor.status == "civilians":  # nobody excludes civilians, whatever a pack says
            return held
        spans = [(e.outcome, s) for e, s in self._exclusions.get(actor.id, []) if s[0] < span[1] and span[0] < s[1]]
        if covers((s for outcome, s in spans if outcome == "excluded"), span):
            return NO
        return MAYBE if spans else held

    def side(self, names: tuple[str, ...], span: Span, parties: tuple[str, ...]) -> int:
        """Whether a whole side belongs to the parties: surely if all named do, no if none may, else maybe."""
        answers = [self.belongs(name, span, parties) for name in names]
        if not answers:
            return MAYBE
        if all(answer == SURELY for answer in answers):
            return SURELY
        return MAYBE if any(answer != NO for answer in answers) else NO

    def _without_exclusion(self, actor: Actor, parties: tuple[str, ...]) -> int:
        if actor.status == "civilians":
            return SURELY if "civilians" in parties else NO
        if actor.status == "third" or actor.party not in parties:
            return NO
        if actor.status == "bound" or self._reading.umbrella == "presumed_bound":
            return SURELY
        return MAYBE


def span_of(start: str | None, stop: str | None, zone: str) -> Span:
    """[from, to) of a pack in UTC microseconds, open where not given."""
    return (read_instant(start, zone) if start else EVER[0], read_instant(stop, zone) if stop else EVER[1])


def covers(spans: Iterable[Span], whole: Span) -> bool:
    """The union of the spans contains the whole."""
    reached = whole[0]
    for start, stop in sorted(spans):
        if start > reached:
            break
        reached = max(reached, stop)
    return reached >= whole[1]
