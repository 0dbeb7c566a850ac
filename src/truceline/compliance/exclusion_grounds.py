"""On what grounds an instrument excludes somebody at an instant, as one body holds it.

A ground bears on the answer, or is shown and does not (None): that a name is not an entry's, or that a party claims an
association, excludes nobody.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from truceline.compliance.dated_words import DatedWord, dated_word, edges, heard
from truceline.compliance.listed import Versions
from truceline.compliance.parties_named import party_of
from truceline.compliance.standing import EVER, span_of
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement, Instrument
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.designation import Association, ExclusionHeld, NameDecided
from truceline.vocabulary.trace import Trace

Answer = Literal["excluded", "not_excluded", "disputed", "unknown"]
Ground = tuple[Answer | None, Trace]
MOST_LINKS = 4
"""So many associations are followed, from one force to the next."""
_NAMED = {"same": SURELY, "different": NO, "unsure": MAYBE}
_ON_LIST = {None: "unanswered", NO: "no", MAYBE: "maybe", SURELY: "yes"}


class Grounds:
    """All words that bear on exclusions, known by `as_of`, by whom they are about."""

    def __init__(self, agreement: Agreement, acts: Iterable[ActHeld], as_of: int) -> None:
        known = [one for one in acts if one.at <= as_of]
        self._agreement = agreement
        self._versions = Versions(known, as_of)
        self._decided: dict[tuple[str, str], list[DatedWord]] = {}
        self._named: dict[str, dict[tuple[str, str], list[DatedWord]]] = {}
        self._linked: dict[str, dict[str, list[DatedWord]]] = {}
        for one in known:
            self._take(one)

    def _take(self, one: ActHeld) -> None:
        act = one.act
        if not isinstance(act, ExclusionHeld | NameDecided | Association):
            return
        word = dated_word(one, act, self._agreement.zone)
        if isinstance(act, ExclusionHeld):
            self._decided.setdefault((self.key(act.actor, word.start), act.instrument), []).append(word)
        elif isinstance(act, NameDecided):
            entries = self._named.setdefault(self.key(act.name, word.start), {})
            entries.setdefault((act.list, act.entry), []).append(word)
        else:
            others = self._linked.setdefault(self.key(act.force, word.start), {})
            others.setdefault(self.key(act.of, word.start), []).append(word)

    def key(self, name: str, instant: int) -> str:
        """Whom the name means then: an id of the agreement, or the name itself."""
        return party_of(self._agreement, name, instant)[0]

    def speaks_of(self, key: str) -> bool:
        """Whether any word is about the one with that id (or name, where the agreement knows none)."""
        return key in self._named or key in self._linked or any(who == key for who, _ in self._decided)

    def words(self, name: str, instant: int) -> list[tuple[str, str, DatedWord]]:
        """All that any body said of the one so named that holds then: the kind of act, what it is of, and the word."""
        key = self.key(name, instant)
        found = [("exclusion", of, word) for (who, of), held in self._decided.items() if who == key for word in held]
        found += [("name", entry, word) for (_, entry), held in self._named.get(key, {}).items() for word in held]
        found += [("association", of, word) for of, held in self._linked.get(key, {}).items() for word in held]
        held_then = [one for one in found if one[2].holds(instant)]
        return sorted(held_then, key=lambda one: (one[0], one[1], one[2].said, one[2].seq))

    def dates(self, instrument: str | None = None) -> list[int]:
        """The instants, rising, at which some answer (of one instrument, or of any) may change."""
        zone = self._agreement.zone
        texts = [
            one for rule in self._agreement.instruments if instrument in (None, rule.id) for one in rule.exclusions
        ]
        spans = [span_of(one.from_, one.to, zone) for one in texts]
        spans += [span_of(one.from_, one.to, zone) for actor in self._agreement.actors for one in actor.names]
        words = [word for (_, of), held in self._decided.items() if instrument in (None, of) for word in held]
        words += [
            word for by in (self._named, self._linked) for of in by.values() for held in of.values() for word in held
        ]
        found = {edge for span in spans for edge in span}
        return sorted((found | edges(words) | self._versions.dates()) - set(EVER))

    def of(
        self, key: str, rule: Instrument, instant: int, body: str, seen: frozenset[str] = frozenset()
    ) -> list[Ground]:
        """All grounds, those that do not bear among them."""
        return [
            *self._text(key, rule, instant),
            *self._words(key, rule, instant, body),
            *self._listed(key, rule, instant, body),
            *self._associated(key, rule, instant, body, seen | {key}),
        ]

    def _text(self, key: str, rule: Instrument, instant: int) -> Iterator[Ground]:
        for one in rule.exclusions:
            start, end = span_of(one.from_, one.to, self._agreement.zone)
            if one.actor == key and start <= instant < end:
                yield one.outcome, Trace("text_says", {"says": one.outcome, "source": one.cited.source})

    def _words(self, key: str, rule: Instrument, instant: int, body: str) -> Iterator[Ground]:
        word = heard(self._agreement, self._decided.get((key, rule.id), ()), body, instant)
        if word is not None:
            says: Answer = word.says  # type: ignore[assignment]
            yield says, Trace("body_holds", {"by": word.by, "says": says}, acts=(word.act,))

    def _listed(self, key: str, rule: Instrument, instant: int, body: str) -> Iterator[Ground]:
        if rule.designated is None:
            return
        for entry, words in sorted(self._named.get(key, {}).items()):
            word = heard(self._agreement, words, body, instant)
            if entry[0] == rule.designated.list and word is not None:
                yield self._entry(entry, word, instant)

    def _entry(self, entry: tuple[str, str], word: DatedWord, instant: int) -> Ground:
        """A name that is an entry's: a version that covers the instant answers, else a decision that is dated."""
        on = self._versions.on_list(*entry, instant)
        answer = on.answer
        if answer in (None, MAYBE):
            answer = SURELY if word.dated else MAYBE
        surely = min(answer, _NAMED[word.says])
        values: dict[str, str | int] = {
            "list": entry[0], "entry": entry[1], "by": word.by, "says": word.says,
            "by_version": _ON_LIST[on.answer], "dated": int(word.dated),
        }  # fmt: skip
        versions = tuple(copy.id for version in on.versions for copy in version.copies)
        says: Answer | None = "excluded" if surely == SURELY else "unknown" if surely == MAYBE else None
        return says, Trace("name_of_entry", values, acts=(word.act, *versions))

    def _associated(
        self, key: str, rule: Instrument, instant: int, body: str, seen: frozenset[str]
    ) -> Iterator[Ground]:
        if rule.designated is None or not rule.designated.associated or len(seen) > MOST_LINKS:
            return
        for other, words in sorted(self._linked.get(key, {}).items()):
            word = heard(self._agreement, words, body, instant)
            if word is not None and other not in seen:
                above = {says for says, _ in self.of(other, rule, instant, body, seen)}
                says = _through(word, above)
                yield says, Trace("associated_with", {"of": other, "by": word.by, "says": word.says}, acts=(word.act,))


def _through(word: DatedWord, above: set[Answer | None]) -> Answer | None:
    """What an association with somebody means, by what holds of that one."""
    if word.says == "not_associated" or not {"excluded", "disputed", "unknown"} & above:
        return None
    if word.says == "associated" and "excluded" in above and not {"disputed", "not_excluded"} & above:
        return "excluded"
    return "unknown" if above <= {"unknown", None} else "disputed"
