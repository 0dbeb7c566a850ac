"""The tallies in force, as they were read."""

import json

from truceline.store.mission_file import MissionFile
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.tally import TALLY_COLUMNS, Tally


def tallies_of(mission: MissionFile, reader: Reader, size: int) -> list[Tally]:
    """Every tally in force at that size, in order of entry."""
    found = mission.columns("tally", TALLY_COLUMNS, reader, size=size)
    columns = [list(found[name]) for name in TALLY_COLUMNS]
    flags = {text: tuple(json.loads(text)) for text in set(columns[-1])}
    return [
        Tally(source, row, area, int(start), int(end), of, low, best, high, method, words, flags[said])
        for source, row, area, start, end, of, low, best, high, method, words, said in zip(*columns, strict=True)
    ]
