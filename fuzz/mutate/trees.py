"""Changes to a JSON tree: its values, names, nesting, and the way it is written down."""

import json
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

from fuzz.mutate.text import Change, changed, word

_MOST_NODES = 400
_GEOMETRIES = (
    {"type": "Point", "coordinates": [37.15, 36.2]}, {"type": "Point", "coordinates": []}, {"type": "Circle"}, None,
    {"type": "LineString", "coordinates": [[37, 36], [37.5, 36.5, 100]]}, {"type": "Point", "coordinates": [200, 95]},
    {"type": "Polygon", "coordinates": [[[37, 36], [38, 36], [38, 37], [37, 36]]]}, {"type": "MultiPolygon"},
    {"type": "GeometryCollection", "geometries": []}, {"type": "Point", "coordinates": [[[[37]]]]},
)  # fmt: skip


def mutate(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """One change to the tree that these bytes are; bytes that are none are flipped."""
    text = content.decode("utf-8-sig", "replace")
    by_line = False
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        try:
            tree, by_line = [json.loads(line) for line in text.splitlines() if line.strip()], True
        except (ValueError, RecursionError):
            return change.flip(content, most)
    for _ in range(rng.choice((1, 1, 2))):
        tree = _changed(tree, rng, change)
    try:
        return _written(tree, rng, by_line).encode("utf-8", "surrogatepass")
    except ValueError:
        return change.flip(content, most)  # The tree has been put inside itself.


def _changed(tree: Any, rng: Random, change: Change) -> Any:
    places = list(_places(tree))
    if not places or rng.random() < 0.03:
        return rng.choice(([tree], {"data": tree}, {"count": 1, "data": tree, "errors": []}, [tree, deepcopy(tree)]))
    inside, at = rng.choice(places)
    how = rng.randrange(10)
    if how < 5:
        inside[at] = _value(inside[at], rng, change)
    elif how == 5:
        del inside[at]
    elif how == 6 and isinstance(inside, dict):
        inside[rng.choice((word(rng, change), f"{at}.b", "feature", "lat"))] = deepcopy(inside[at])
    elif how == 7 and isinstance(inside, list):
        inside.insert(at, deepcopy(inside[rng.randrange(len(inside))]))
    elif how == 8:
        inside[at] = rng.choice(([inside[at]], {"a": inside[at]}, {}, []))
    else:
        other, there = rng.choice(places)
        if there in (range(len(other)) if isinstance(other, list) else other):
            inside[at] = deepcopy(other[there])
    return tree


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """(container, name or position) of the first nodes of a tree, breadth first."""
    queue = [tree]
    seen = 0
    for inside in queue:
        if not isinstance(inside, list | dict):
            continue
        for at in range(len(inside)) if isinstance(inside, list) else list(inside):
            yield inside, at
            queue.append(inside[at])
            seen += 1
            if seen >= _MOST_NODES:
                return


def _value(value: Any, rng: Random, change: Change) -> Any:
    how = rng.randrange(8)
    if how == 0:
        return rng.choice((None, True, False, 0, -1, 1.5, 1e308, 10**20, 2**63, [], {}, [[]], [1, [2]], [None]))
    if how == 1:
        return rng.choice(_GEOMETRIES)
    if how == 2:
        return float(rng.randrange(-400, 400)) / rng.choice((1, 3, 10**7))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return rng.choice((value + 1, -value, str(value), value * 10**6, word(rng, change)))
    return changed(value, 4_096, rng, change) if isinstance(value, str) else word(rng, change)


def _written(tree: Any, rng: Random, by_line: bool) -> str:
    ascii_only = rng.random() < 0.3
    if (by_line or (isinstance(tree, list) and rng.random() < 0.05)) and isinstance(tree, list):
        return "\n".join(json.dumps(one, ensure_ascii=ascii_only) for one in tree)
    made = json.dumps(tree, ensure_ascii=ascii_only, indent=rng.choice((None, None, 1)))
    if rng.random() < 0.04:
        names = [name for name in ('"id"', '"type"', '"date"', '"a"') if name in made]
        made = made.replace(rng.choice(names), '"type"') if names else made
    return made.replace('"NaN"', "NaN") if rng.random() < 0.02 else made
