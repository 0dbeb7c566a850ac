"""What bodies say of a step, and what one of them holds of it: the last word of each, their own or a recorder's.

A body that says two things at one instant has said both. So what is held depends on which words there are, and never
on the order in which they were entered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec import UNSET

from truceline.compliance.kinds.by_body import is_of, trusted
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.conduct import Performance

Holds = Literal["done", "not_done", "discharged", "suspended", "partly", "begun", "claimed", "open", "nothing"]
FINAL = ("done", "not_done", "discharged", "suspended")
"""Words of which two that differ contradict each other."""
OF_A_FORCE = {"done": "partly", "partly": "partly", "begun": "begun", "resumed": "begun"}
"""What a word on one force says of its party, which has others; no word says more than this of the whole."""


@dataclass(frozen=True)
class Word:
    """One body's word on a step. when: what time it is about, at: when it was said (UTC microseconds).

    whole: it is about the party itself, and not about one force of it.
    """

    by: str
    says: str
    when: int
    at: int
    act: str
    because: str
    level: int | None
    rests_on: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class View:
    """What one body holds of a step. when: done since; not done as of; else when that was said.

    claimed: only others say it, the party itself among them. open: words that count contradict each other.
    """

    body: str
    holds: Holds
    when: int = 0
    words: tuple[Word, ...] = ()


def words_on(agreement: Agreement, acts: Sequence[ActHeld], step: str, party: str, as_of: int) -> tuple[Word, ...]:
    """The last words of each body on what the party did of the step, of those said and past by `as_of`.

    Words about a force of the party count where the body has none on the party itself.
    """
    found: dict[str, list[Word]] = {}
    for held in acts:
        act = held.act
        if isinstance(act, Performance) and act.about == step and max(held.at, held.when) <= as_of:
            word = _word(agreement, held, act, party)
            if word is not None:
                found.setdefault(word.by, []).append(word)
    return tuple(word for _, words in sorted(found.items()) for word in _last(words))


def _word(agreement: Agreement, held: ActHeld, act: Performance, party: str) -> Word | None:
    certain = is_of(agreement, act.party, party, held.when)
    says = act.says if certain == SURELY else OF_A_FORCE.get(act.says)
    if certain == NO or says is None:
        return None
    level = None if act.level is UNSET or certain != SURELY else act.level
    rests_on = () if act.rests_on is UNSET else act.rests_on
    return Word(act.by, says, held.when, held.at, held.id, act.because, level, rests_on, certain == SURELY)


def _last(words: list[Word]) -> list[Word]:
    whole = [word for word in words if word.whole] or words
    last = max(word.at for word in whole)
    return sorted((word for word in whole if word.at == last), key=lambda one: (one.says, one.when, one.act))


def view_of(agreement: Agreement, words: Sequence[Word], body: str, party: str) -> View:
    """What the body holds: by its own word and by those of a secretariat or an observer; of itself by theirs only."""
    believed = trusted(agreement, body) - {party}
    own = tuple(word for word in words if word.by in believed)
    if not own:
        claims = tuple(word for word in words if word.says in ("done", "partly", "begun", "resumed"))
        return View(body, "claimed" if claims else "nothing", min((one.when for one in claims), default=0), claims)
    return _held(body, own)


def _held(body: str, own: tuple[Word, ...]) -> View:
    says = {word.says for word in own}
    final = [word for word in FINAL if word in says]
    if len(final) > 1 or (final == ["suspended"] and "resumed" in says):
        return View(body, "open", max(word.when for word in own), own)
    if final == ["done"]:
        return View(body, "done", min(word.when for word in own if word.says == "done"), own)
    when = max(word.when for word in own)
    if final == ["not_done"]:
        return View(body, "not_done", when, own)
    if final:
        return View(body, "discharged" if final == ["discharged"] else "suspended", when, own)
    return View(body, "partly" if "partly" in says else "begun", when, own)
