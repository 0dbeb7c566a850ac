"""What each area and day was: an answer's verdicts against what can be known.

The worst fault is *quiet* where nobody could say so; saying *cannot tell* where it could be told is a fault too.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.theatre.scoring.tables import header_of, rows_of, same_keys

COLUMNS = ("reading", "indicator", "area", "day", "verdict")
COUNTS = ("low", "high")
VERDICTS = ("quiet", "not_quiet", "cannot_tell")
Cells = Mapping[tuple[str, str, str, str], tuple[str, ...]]
"""(reading, indicator, area, day) -> verdict, or verdict, low and high."""


class CellScore(Struct, frozen=True):
    """cells = equal + wrong_quiet + wrong_not_quiet + needless_cannot_tell.

    wrong_quiet: said quiet, and it is not, or cannot be known. wrong_not_quiet: the same. needless: said that it
    cannot be told, and it can. counts_equal: cells with the same low and high too; None where the answer has none.
    """

    cells: int
    equal: int
    wrong_quiet: int
    wrong_not_quiet: int
    needless_cannot_tell: int
    cannot_tell: int
    counts_equal: int | None = None

    @property
    def share_cannot_tell(self) -> float:
        """Of all cells, those of which the answer says that it cannot tell."""
        return round(self.cannot_tell / self.cells, 6) if self.cells else 0.0


def known_cells(knowable: Mapping[str, Any]) -> Cells:
    """The cells of knowable.json, of all readings."""
    return {
        (reading, cell["indicator"], cell["area"], cell["day"]): (cell["verdict"], str(cell["low"]), str(cell["high"]))
        for reading, ledger in knowable["readings"].items()
        for cell in ledger["cells"]
    }


def cell_answer(name: str, content: bytes, known: Cells) -> Cells:
    """An answer of cells: all cells of every reading it has. Raises `FileNotRead`."""
    counted = set(COUNTS) <= set(header_of(name, content))
    found: list[tuple[tuple[str, str, str, str], tuple[str, ...]]] = []
    for reading, indicator, area, day, *told in rows_of(name, content, (*COLUMNS, *(COUNTS if counted else ()))):
        if told[0] not in VERDICTS:
            raise FileNotRead(f"{name} has the verdict {told[0]!r}.", f"A verdict is {', '.join(VERDICTS)}.")
        found.append(((reading, indicator, area, day), tuple(told)))
    readings = {key[0] for key, _ in found}
    wanted = ["/".join(key) for key in known if key[0] in readings] or ["/".join(key) for key in known]
    same_keys(name, "cell", wanted, ["/".join(key) for key, _ in found])
    return dict(found)


def score_cells(known: Cells, answer: Cells) -> CellScore:
    """Score the cells of an answer."""
    pairs = [(known[key], said) for key, said in answer.items()]
    wrong = [(said[0], true[0]) for true, said in pairs if said[0] != true[0]]
    counted = all(len(said) > 1 for _, said in pairs)
    faults = {verdict: sum(one == verdict for one, _ in wrong) for verdict in VERDICTS}
    return CellScore(
        len(pairs), len(pairs) - len(wrong), faults["quiet"], faults["not_quiet"], faults["cannot_tell"],
        sum(said[0] == "cannot_tell" for _, said in pairs),
        sum(true[1:] == said[1:] for true, said in pairs) if counted else None,
    )  # fmt: skip
