"""The submission that covers rows of another log: where they stood, in which file, whose they are."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import msgspec

from truceline.intake.raw import numbers_of
from truceline.record.plain_json import read_json
from truceline.store.readable import Readable

Number = Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]
About = dict[str, str]
_Runs = list[tuple[Number, Number]]


class Covering(NamedTuple):
    """The submission that covers a row: where it stands, its first row, and what was opened of it."""

    seq: int
    first: int
    source: str
    file: str
    numbers: Sequence[int]

    @classmethod
    def of(cls, entry: Readable) -> "Covering":
        """What is known of the rows of a submission; of one that is not opened, or makes no sense, where they are."""
        fields = entry.by_name
        about, runs = _as(About, fields.get("about")) or {}, _as(_Runs, fields.get("numbers")) or []
        fits = sum(many for _, many in runs) == entry.links["count"]
        numbers = numbers_of(runs) if fits else ()
        return cls(entry.seq, int(entry.links["first"]), about.get("source", ""), about.get("file", ""), numbers)

    def number(self, seq: int) -> int:
        """The number of a row in its file, or else among the rows of the submission."""
        at = seq - self.first
        return self.numbers[at] if at < len(self.numbers) else at + 1


def _as(form: Any, content: bytes | None) -> Any:
    """What bytes say, of this form; None where they do not, or there are none."""
    try:
        return None if content is None else read_json(content, form)
    except ValueError:
        return None
