"""Who is who at a time, by what bodies decided of exclusions too: the pack's rule, and the acts known by an instant.

The day ledger keeps to the pack's rule, which its reading registers beforehand. What holds obligations against a party
asks this: whom a body holds to be excluded is bound by nothing from then on, as that body holds it.
"""

from truceline.compliance.excluding import Exclusions
from truceline.compliance.standing import Span, Standing, folded
from truceline.vocabulary.agreement import Actor, Agreement, Reading
from truceline.vocabulary.columns import MAYBE, NO, SURELY


class StandingKnown(Standing):
    """`Standing`, asked of one body's words, or (None) of all co-chairs' together, of the reading's instrument."""

    def __init__(self, agreement: Agreement, reading: Reading, exclusions: Exclusions, body: str | None) -> None:
        super().__init__(agreement, reading)
        assert reading.exclusions is not None
        self._known, self._instrument, self._body = exclusions, reading.exclusions, body

    def depends_on_time(self, name: str) -> bool:
        """Whether the answer for this name can differ between two instants."""
        bearers = {actor.id for actor, _ in self._named.get(folded(name), [])}
        return super().depends_on_time(name) or any(self._known.speaks_of(actor) for actor in bearers)

    def dates(self) -> list[int]:
        """The instants, rising, at which some answer can change."""
        return sorted({*super().dates(), *self._known.dates(self._instrument)})

    def of_actor(self, actor: Actor, span: Span, parties: tuple[str, ...]) -> int:
        """Whether an actor belongs to one of the parties throughout the span."""
        held = self._without_exclusion(actor, parties)
        if held == NO:
            return NO
        return {NO: held, MAYBE: MAYBE, SURELY: NO}[self._known.certain(actor.id, self._instrument, span, self._body)]
