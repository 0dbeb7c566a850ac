"""What bodies say of a performance: done, partly, not done, and since when; and whose word counts for whom.

The body's own word, and that of a secretariat or an observer, counts surely for it. What others say, the party itself
and the other co-chair among them, is a claim. The last word of each body counts; two that contradict leave it open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from truceline.compliance.kinds.base import Before
from truceline.compliance.kinds.by_body import is_of, trusted
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.conduct import Performance

State = Literal["done", "partly", "claimed", "open", "not_done", "discharged", "not_said"]


@dataclass(frozen=True)
class Performed:
    """How a performance stands for one body. when: since when it is done (UTC microseconds), where it is.

    partly: begun, done in part, suspended, or done by one of several. open: words that count contradict each other.
    """

    state: State
    when: int = 0
    acts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Word:
    by: str
    says: str
    when: int
    said: tuple[int, int]
    act: str


def performed(before: Before, about: str, party: str, body: str, since: int | None = None) -> Performed:
    """What that body holds of what the party did of an obligation or a step (`about`), as of `before.as_of`.

    since: words about an earlier time are left out.
    """
    words = _last(_words(before, about, party, since))
    believed = trusted(before.agreement, body)
    own = [word for word in words if word.by in believed]
    acts = tuple(word.act for word in (own or words))
    if not words:
        return Performed("not_said")
    if not own:
        done = [word for word in words if word.says == "done"]
        return Performed("claimed" if done else "open", min((one.when for one in done), default=0), acts)
    return _counted(own, acts)


def _counted(own: list[_Word], acts: tuple[str, ...]) -> Performed:
    says = {word.says for word in own}
    when = max(word.when for word in own)
    if len(says & {"done", "not_done", "discharged"}) > 1:
        return Performed("open", when, acts)
    for state in ("discharged", "not_done"):
        if state in says:
            return Performed(state, when, acts)
    if "done" in says:
        return Performed("done", min(word.when for word in own if word.says == "done"), acts)
    return Performed("partly", when, acts)


def _words(before: Before, about: str, party: str, since: int | None) -> list[_Word]:
    found = []
    for one in before.acts:
        act = one.act
        if not isinstance(act, Performance) or act.about != about or max(one.at, one.when) > before.as_of:
            continue
        if since is not None and one.when < since:
            continue
        is_party = is_of(before.agreement, act.party, party, one.when)
        if is_party != NO:
            says = act.says if is_party == SURELY else "partly"
            found.append(_Word(act.by, says, one.when, (one.at, one.seq), one.id))
    return found


def _last(words: Iterable[_Word]) -> list[_Word]:
    """The last word of each body."""
    last: dict[str, _Word] = {}
    for word in sorted(words, key=lambda one: one.said):
        last[word.by] = word
    return list(last.values())
