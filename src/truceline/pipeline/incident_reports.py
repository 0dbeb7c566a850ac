"""Which reports tell of one incident: those that count as one, and those tied by origin, open proposals among them."""

from truceline.pipeline.incidents import groups
from truceline.pipeline.judged import judged
from truceline.pipeline.origins import Sourced
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.marking import Reader


def reports_of_incident(mission: MissionFile, reader: Reader, size: int, known: Sourced, *keys: str) -> list[str]:
    """The keys of the reports of the incident that these reports tell of, those that are not held among them.

    A report that is judged different from one that is in already is left out.
    """
    together = groups(mission, reader, size)
    different = _different(mission, reader, size)
    at = {seq: place for place, seq in enumerate(known.reports.seq.tolist())}
    found, open_ = set(keys), list(keys)
    while open_:
        one = open_.pop(0)
        beside = set(known.origins.tied_to(one))
        if one in known.at:
            beside |= {known.keys[at[seq]] for seq in together.of(int(known.reports.seq[known.at[one]])) if seq in at}
        for fresh in sorted(beside - found):
            if not different.get(fresh, set()) & found:
                found.add(fresh)
                open_.append(fresh)
    return sorted(found)


def _different(mission: MissionFile, reader: Reader, size: int) -> dict[str, set[str]]:
    """By report, those that are judged to tell of another incident."""
    held = judged(mission, reader, size)
    made: dict[str, set[str]] = {}
    for pair in held.joint.different:
        one, other = (held.reports[seq].key for seq in pair)
        made.setdefault(one, set()).add(other)
        made.setdefault(other, set()).add(one)
    return made
