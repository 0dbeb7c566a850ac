"""Recalls: a source takes a row back by its id, or a body takes a report out; and a body may reinstate it.

While a recall of an id is in force, no row under that id counts: not the one held, nor one that comes later,
changed or not, so that the order in which files arrive decides nothing. Rows and recalls stay in the record.
"""

from collections.abc import Iterable, Sequence

from truceline.errors import ActError
from truceline.pipeline.reading_rows import ReadRow
from truceline.store.pen import Pen
from truceline.vocabulary.act import Act, Reinstatement

Own = tuple[str, str]
"""A source, and its own id of a row."""
RecallRow = tuple[int, str, int, str]
"""Of a body's recall: the seq and the id of its entry, when it was said (UTC microseconds), and why."""


class Recalls:
    """The recalls in force while rows are entered; made before them.

    held: how many recalls met a held report; unknown: how many did not; late: rows that came under a recalled id.
    """

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._in_force: dict[Own, int] = pen.recalls()
        self.held = 0
        self.unknown = 0
        self.late = 0

    @property
    def none(self) -> bool:
        """No recall is in force."""
        return not self._in_force

    def entered(self, rows: Iterable[tuple[ReadRow, int]]) -> None:
        """Rows that were just entered, with their seqs: what they recall, and which of them are recalled."""
        made, late = [], []
        for row, seq in rows:
            if row.table == "recall":
                made.append(((row.source, row.own), seq))
            elif self._in_force and row.table == "report" and (by := self._in_force.get((row.source, row.own))):
                late.append((seq, by))
        self._pen.supersede("report", [seq for seq, _ in late], [by for _, by in late])
        self.late += len(late)
        self._recall(made)

    def _recall(self, made: list[tuple[Own, int]]) -> None:
        older = [(before, seq) for own, seq in made if (before := self._in_force.get(own)) is not None]
        self._pen.supersede("recall", [before for before, _ in older], [seq for _, seq in older])
        self._in_force.update(made)
        keys = [self._pen.row_key(source, f"report/{own}") for (source, own), _ in made]
        known = self._pen.held(keys)
        met = [(known[key][0], seq) for key, (_, seq) in zip(keys, made, strict=True) if key in known]
        self._pen.supersede("report", [report for report, _ in met], [seq for _, seq in met])
        self.held += len(met)
        self.unknown += len(made) - len(met)


def recalled_by(pen: Pen, act: Act, file: str) -> int | None:
    """The seq of the recall that an act reinstates from; None for any other act. Raises `ActError` without one."""
    if not isinstance(act, Reinstatement):
        return None
    seq = pen.recalls().get(_own(act.of))
    if seq is None:
        raise ActError(
            f"{file}: of: no recall of {act.of!r} is in force.",
            "Write SOURCE/REPORT_ID, as `truceline recalls` shows it.",
        )
    return seq


def reinstate(pen: Pen, act: Reinstatement, seq: int) -> None:
    """The recall out of force, and the report in force again, from the act's own entry on."""
    source, own = _own(act.of)
    pen.supersede("recall", [pen.recalls()[source, own]], seq)
    key = pen.row_key(source, f"report/{own}")
    if (held := pen.held([key]).get(key)) is not None:
        pen.in_force_again("report", held[0], seq)
        pen.hold([(key, seq, held[1])])


def recall(pen: Pen, entries: Sequence[int], row: RecallRow) -> None:
    """A body's recall: the reports of these entries out of force, and any row that comes under the same id, as by a
    source's own recall."""
    seq, entry_id, at_us, because = row
    reports = pen.reports_in_force(entries)
    for source, own in pen.named_by(reports):
        if own:
            pen.insert("recall", [(seq, entry_id, source, own, at_us, because, "[]", seq, 0, None)])
    pen.supersede("report", reports, seq)


def take_back(pen: Pen, acts: Iterable[int], seq: int) -> None:
    """Acts withdrawn. A reinstatement: the report out of force again, and the recall back in it. A recall: the report
    back in force, the last of those that came under its id."""
    for act in acts:
        pen.supersede("report", [act], seq)
        for recalled in pen.superseded("recall", act):
            pen.in_force_again("recall", recalled, seq)
        pen.supersede("recall", [act], seq)
        for report in pen.superseded("report", act)[-1:]:
            named = [one for one in pen.named_by([report]) if one[1]]
            if any(one in pen.recalls() for one in named):
                continue  # Its source has recalled it since.
            pen.in_force_again("report", report, seq)
            keys = [pen.row_key(source, f"report/{own}") for source, own in named]
            pen.hold([(key, seq, content) for key, (_, content) in pen.held(keys).items()])


def _own(of: str) -> Own:
    source, _, own = of.partition("/")
    return source, own
