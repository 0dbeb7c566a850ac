"""Is an actor excluded by an instrument at an instant? A rule per instrument; never inferred from being near.

Four answers: excluded, not excluded, disputed, unknown. Four grounds are looked at (`exclusion_grounds`): the
instrument's own text, what bodies decided, a list that the instrument follows, and an association with somebody
excluded where the instrument excludes those associated. A co-chair is asked by its own words; jointly, where the
co-chairs differ, it is disputed. A word holds for the time it names, and was not known before it was said: nothing
decided later reaches back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from truceline.compliance.dated_words import hearers
from truceline.compliance.exclusion_grounds import Answer, Grounds
from truceline.compliance.standing import Span
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement, Instrument
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.trace import Trace


@dataclass(frozen=True)
class Excluded:
    """The answer, how surely the actor is excluded (NO, MAYBE, SURELY), and on what grounds."""

    answer: Answer
    certain: int
    grounds: tuple[Trace, ...]


class Exclusions:
    """What one agreement and the acts known by `as_of` (UTC microseconds) say of exclusions, asked name by name.

    acts: those in force. It answers of one name at a time, and gives no list of any.
    """

    def __init__(self, agreement: Agreement, acts: Iterable[ActHeld], as_of: int) -> None:
        self._agreement = agreement
        self._grounds = Grounds(agreement, acts, as_of)
        self._instruments = {one.id: one for one in agreement.instruments}
        self.held = cache(self._held)
        self.certain = cache(self._certain)
        self.dates = cache(self._grounds.dates)
        self.words = self._grounds.words
        self.speaks_of = self._grounds.speaks_of

    def _certain(self, name: str, instrument: str, span: Span, body: str | None = None) -> int:
        """Whether the one so named is excluded throughout [start, end): NO where surely at no instant of it."""
        inside = [edge for edge in self.dates(instrument) if span[0] < edge < span[1]]
        answers = {self.held(name, instrument, instant, body).certain for instant in (span[0], *inside)}
        return answers.pop() if len(answers) == 1 else MAYBE

    def _held(self, name: str, instrument: str, instant: int, body: str | None = None) -> Excluded:
        """The answer for the one so named at an instant, by a body's words, or (None) by those of all co-chairs."""
        each = [self._by(name, self._instruments[instrument], instant, one) for one in hearers(self._agreement, body)]
        grounds = [ground for one in each for ground in one.grounds]
        unlike = [ground for n, ground in enumerate(grounds) if ground not in grounds[:n]]
        answers, certain = {one.answer for one in each}, {one.certain for one in each}
        surely = certain.pop() if len(certain) == 1 else MAYBE
        if len(answers) == 1:
            return Excluded(each[0].answer, surely, tuple(unlike))
        if answers <= {"unknown", "not_excluded"}:
            return Excluded("unknown", surely, tuple(unlike))
        return Excluded("disputed", MAYBE, (Trace("co_chairs_differ", parts=tuple(unlike)),))

    def _by(self, name: str, rule: Instrument, instant: int, body: str) -> Excluded:
        key = self._grounds.key(name, instant)
        grounds = self._grounds.of(key, rule, instant, body)
        bearing = {says for says, _ in grounds if says is not None}
        traces = tuple(trace for _, trace in grounds)
        if not bearing:
            answer, why = self._silent(key, rule)
            return Excluded(answer, NO, (*traces, why))
        answer = together(bearing)
        certain = {"excluded": SURELY, "not_excluded": NO}.get(answer, MAYBE)
        return Excluded(answer, certain, traces)

    def _silent(self, key: str, rule: Instrument) -> tuple[Answer, Trace]:
        """Nothing is said: whoever is bound is not excluded; of all others it is unknown, and nothing is presumed."""
        actor = next((one for one in self._agreement.actors if one.id == key), None)
        is_party = any(one.id == key for one in self._agreement.parties)
        if is_party or (actor is not None and actor.status in ("bound", "civilians")):
            return "not_excluded", Trace("bound_and_not_excluded")
        if actor is None:
            return "unknown", Trace("not_known_to_the_agreement", {"name": key})
        return "unknown", Trace("words_missing" if rule.missing else "nothing_said", {"status": actor.status})


def together(answers: set[Answer]) -> Answer:
    """Several grounds: what excludes stands unless a body holds against it; a dispute stays one."""
    if "disputed" in answers or answers >= {"excluded", "not_excluded"}:
        return "disputed"
    if "excluded" in answers:
        return "excluded"
    return "unknown" if "unknown" in answers else "not_excluded"
