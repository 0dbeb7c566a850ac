"""Which reports are incidents of their own: step 1 of the rule."""

from collections.abc import Mapping, Sequence

Rows = Sequence[Mapping[str, str]]


def founding(reports: Rows) -> list[int]:
    """Positions of the reports that stand for an incident; the others are echoes. Rows are in order of entry."""
    held = {(row["source"], row["report_id"]): position for position, row in enumerate(reports)}
    asked: dict[tuple[str, str], int] = {}
    onward = [_repeated(row, position, held, asked) for position, row in enumerate(reports)]
    return [position for position in range(len(reports)) if _founder(position, onward) == position]


def _repeated(
    row: Mapping[str, str], position: int, held: Mapping[tuple[str, str], int], asked: dict[tuple[str, str], int]
) -> int | None:
    """The position of the report that this one repeats; of one that is not there, of the first that repeats it too.

    asked: by what is not there, who repeated it first.
    """
    named = row.get("repeats", "")
    if not named:
        return None
    source, slash, report_id = named.partition("/")
    key = (source, report_id) if slash else (row["source"], named)
    if key in held:
        return held[key]
    first = asked.setdefault(key, position)
    return None if first == position else first


def _founder(position: int, onward: Sequence[int | None]) -> int:
    """Follow the chain to its end; in a ring, to the member that was entered first."""
    chain = [position]
    while True:
        following = onward[chain[-1]]
        if following is None:
            return chain[-1]
        if following in chain:
            return min(chain[chain.index(following) :])
        chain.append(following)
