"""What readers are told of the theatre, and how what they read stands in the read tables."""

from truceline.compliance.areas import Geometry
from truceline.compliance.days import local_date
from truceline.compliance.pack import Pack
from truceline.intake.context import ReadContext
from truceline.intake.reading import Read, Refused
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import local_midnight, zone_of

Box = tuple[int, int, int, int]
TableRows = dict[str, list[tuple[object, ...]]]


def read_context(pack: Pack, default_source: str) -> ReadContext:
    """The zone, box and period of the agreement, and the source of a file whose rows name none."""
    agreement, rules = pack.agreement, zone_of(pack.agreement.zone)
    start = local_midnight(local_date(agreement.period.from_), rules)
    stop = local_midnight(local_date(agreement.period.to), rules) if agreement.period.to else None
    return ReadContext(agreement.zone, box_of(pack.geometry), default_source, (start, stop))


def box_of(geometry: Geometry) -> Box:
    """The theatre's bounding box: south, west, north, east in 1e-7 degrees."""
    outer = [polygon[0] for polygons in geometry.values() for polygon in polygons]
    low = [min(int(ring[:, k].min()) for ring in outer) for k in (0, 1)]
    high = [max(int(ring[:, k].max()) for ring in outer) for k in (0, 1)]
    return low[0], low[1], high[0], high[1]


def noun_name(read: Read) -> str:
    """The read table a row belongs to."""
    if isinstance(read, Report):
        return "report"
    if isinstance(read, Coverage):
        return "coverage"
    return "refusal" if isinstance(read, Refused) else "tally"


def place(rows: TableRows, read: Read, seq: int, entry_id: str, submission: int, number: int, file: str) -> None:
    """Append the table rows of one row that was read."""
    if isinstance(read, (Report, Coverage)):
        rows[noun_name(read)].append((seq, entry_id, *read.row(), submission, number, None))
    elif isinstance(read, Refused):
        rows["refusal"] += [
            (
                seq,
                part,
                submission,
                file,
                fault.sheet,
                number,
                fault.column,
                fault.value,
                fault.reason,
                fault.mend,
                None,
            )
            for part, fault in enumerate(read.faults)
        ]
    else:
        rows["tally"] += [
            (seq, part, entry_id, *tally.row(), submission, number, None) for part, tally in enumerate(read)
        ]
