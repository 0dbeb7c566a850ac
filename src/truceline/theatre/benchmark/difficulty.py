"""How hard a theatre is: shares and factors, each of which can be set alone."""

from msgspec import Struct

from truceline.errors import FileNotRead


class Difficulty(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of a theatre; all shares are 0 to 1.

    place_noise: of the reports, the share whose place is one step vaguer than the source's manner.
    time_noise: the same for the time. duplicates: reports of one incident on the average, 0.5 to 4, over all
    sources. echoes: of the rows of truceline's tables, those that repeat another. unmarked: of these, those that
    do not say so. missing_coverage: of the coverage rows, those left out. flooding: of the rows of truceline's tables,
    those that Co-chair Alpha files beyond one an incident, half of them of nothing that happened. spellings: of the
    names, those in another script, transliterated or misspelt. wrong_rows: of the rows, those that must be
    refused. umbrella: of the southern actors told of by Co-chair Beta, callers and the other sources,
    those told by the umbrella name.
    """

    place_noise: float = 0.15
    time_noise: float = 0.15
    duplicates: float = 2.0
    echoes: float = 0.15
    unmarked: float = 0.1
    missing_coverage: float = 0.15
    flooding: float = 0.05
    spellings: float = 0.1
    wrong_rows: float = 0.0
    umbrella: float = 0.15

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            low, high = BOUNDS.get(name, (0.0, 1.0))
            if not low <= getattr(self, name) <= high:
                told = f"The setting {name} is {getattr(self, name)}; it lies between {low:g} and {high:g}."
                raise FileNotRead(told, "See docs/reference/theatre.md.")


BOUNDS = {"duplicates": (0.5, 4.0), "echoes": (0.0, 0.5), "flooding": (0.0, 0.4), "wrong_rows": (0.0, 0.5)}
"""The lowest and highest value of a setting that is not a share of 0 to 1."""
DIFFICULTIES = {
    "easy": Difficulty(
        place_noise=0.02, time_noise=0.02, duplicates=1.2, echoes=0.05, unmarked=0.0, missing_coverage=0.0,
        flooding=0.0, spellings=0.0, wrong_rows=0.0, umbrella=0.0,
    ),
    "usual": Difficulty(),
    "hard": Difficulty(
        place_noise=0.4, time_noise=0.4, duplicates=3.0, echoes=0.3, unmarked=0.3, missing_coverage=0.4,
        flooding=0.25, spellings=0.35, wrong_rows=0.02, umbrella=0.4,
    ),
}  # fmt: skip
