"""Which reports only repeat another one: an echo adds nothing, the report it repeats stands for all."""

from collections.abc import Sequence


def founders(keys: Sequence[str], repeats: Sequence[str]) -> tuple[list[int], list[int]]:
    """(founding, dangling) for reports in order of entry.

    keys[i] is SOURCE/REPORT_ID, repeats[i] the same of another report or "". founding[i] is the
    position of the report that stands for report i, itself where it repeats none. In a ring the one
    entered first stands for all. dangling lists the reports whose `repeats` names nothing in force.
    """
    at = {key: i for i, key in enumerate(keys)}
    founding = list(range(len(keys)))
    dangling = []
    for i, target in enumerate(repeats):
        if target and target not in at:
            dangling.append(i)
        elif target:
            founding[i] = at[target]
    for i, target in enumerate(repeats):
        if target:
            _settle(i, founding)
    return founding, dangling


def _settle(start: int, founding: list[int]) -> None:
    """Point everything on the way from `start` at the end of the chain, or at the first of a ring."""
    way: list[int] = []
    seen: dict[int, int] = {}
    at = start
    while founding[at] != at and at not in seen:
        seen[at] = len(way)
        way.append(at)
        at = founding[at]
    end = min(way[seen[at] :]) if at in seen else at
    for step in way:
        founding[step] = end
    founding[end] = end
