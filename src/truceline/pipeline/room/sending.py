"""One report sent by form: a table of one row, taken in like any other, in the words of who sends it."""

import csv
import tempfile
from pathlib import Path

import msgspec
from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.pipeline.take_in import take_in
from truceline.store.pen import Chance
from truceline.vocabulary.role import Person

LONGEST = 20_000
SOURCE = "reporters"
"""What the source of such reports is called, with the body of the side: never the name of who sent it."""


class Said(Struct, frozen=True):
    """What a form says, word for word; "" for what was left open. place: a name or a position in any form."""

    when: str
    place: str = ""
    area: str = ""
    kind: str = ""
    side_a: str = ""
    side_b: str = ""
    killed_best: str = ""
    words: str = ""
    language: str = ""


class Receipt(Struct, frozen=True):
    """What became of it. number: the report's own id; refused: in a sentence each, why it could not be read."""

    number: str
    refused: tuple[str, ...]


def send(path: Path, person: Person, said: Said, *, now_us: int, chance: Chance) -> Receipt:
    """Enter the report. What cannot be read is kept as it was sent, and refused with the mend.

    Raises `ValueNotRead` where nothing was said, or far too much.
    """
    row = {"report_id": chance(6).hex(), "source": f"{SOURCE} {person.body}".strip(), **msgspec.structs.asdict(said)}
    if not (said.words.strip() or said.place.strip()):
        raise ValueNotRead("The report says nothing.", "Say what happened, in your own words.")
    if any(len(value) > LONGEST for value in row.values()):
        raise ValueNotRead("The report is too long.", f"At most {LONGEST:,} characters a field.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sent in the room.csv"
        with file.open("w", encoding="utf-8", newline="") as table:
            writer = csv.DictWriter(table, list(row))
            writer.writeheader()
            writer.writerow(row)
        taken = take_in(path, [file], sign=person.key or None, now_us=now_us, chance=chance)
    return Receipt(row["report_id"], tuple(str(one) for file in taken.files for one in file.refusals))
