"""The pairs that a model proposes among many reports: reports held tile by tile, and parts tested by several threads.

Neither changes the answer: parts are put in order at the end, and what is said of a pair hangs on that pair alone.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from truceline.matching.candidates import Pairs, declared, tiled, to_test
from truceline.matching.compared import Compared
from truceline.matching.model import Model, Scored, Scoring, together
from truceline.matching.signals import Scene
from truceline.vocabulary.columns import Ints

AHEAD = 2
"""Parts found ahead of each thread, which bounds the memory."""


def proposed_at_once(reports: Compared, model: Model, threads: int = 1) -> Scored:
    """The candidates within the model's window and what reports say they repeat, scored, from the model's `least` on;
    in order of the first, then of the second report. The same for any number of threads."""
    at = tiled(reports)
    held = reports.take(at)
    scene, scoring = Scene.of(held, model.density), Scoring(model)

    def part(test: Callable[[], Pairs]) -> Scored:
        found = scoring.of(scene, test())
        return Scored(_in_order(at, found.pairs), found.weight)

    with ThreadPoolExecutor(threads) as pool:
        return together(_made(pool, part, _every_test(held, model), AHEAD * threads))


def _every_test(held: Compared, model: Model) -> Iterator[Callable[[], Pairs]]:
    yield from to_test(held, model.window)
    yield lambda: declared(held, model.window)


def _in_order(at: Ints, pairs: Pairs) -> Pairs:
    one, other = at[pairs.one], at[pairs.other]
    swapped = one > other
    one[swapped], other[swapped] = other[swapped], one[swapped]
    return Pairs(one, other)


def _made(
    pool: ThreadPoolExecutor,
    part: Callable[[Callable[[], Pairs]], Scored],
    asked: Iterator[Callable[[], Pairs]],
    ahead: int,
) -> Iterator[Scored]:
    """Each part in turn; no more than so many are begun before the first of them is taken."""
    begun: deque[Future[Scored]] = deque()
    for test in asked:
        begun.append(pool.submit(part, test))
        if len(begun) > ahead:
            yield begun.popleft().result()
    for future in begun:
        yield future.result()
