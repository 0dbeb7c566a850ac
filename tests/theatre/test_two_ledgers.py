"""The fast ledger and the slow one say the same of every cell, from the bytes of the files on."""

import pytest

from truceline.compliance.ledger import evaluate
from truceline.compliance.question import Question
from truceline.intake.reading import Refused, read_file, read_rows
from truceline.pipeline.checking import columns_of
from truceline.pipeline.packs import find_pack
from truceline.pipeline.reading_rows import read_context
from truceline.theatre import Theatre, simulate
from truceline.vocabulary.columns import Watch
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import instant

Said = tuple[str, str, str, str, int, int, bool]


def fast(theatre: Theatre, reading: str) -> list[Said]:
    pack, reports, watches = find_pack("example"), list[Report](), list[Watch]()
    for name, content in theatre.files().items():
        if not name.endswith((".csv", ".tsv")):
            continue
        for _, read in read_rows(read_file(name, content), read_context(pack, "")):
            assert not isinstance(read, Refused), (name, read)
            if isinstance(read, Report):
                reports.append(read)
            elif isinstance(read, Coverage):
                one = Watch(read.source, read.origin, read.area, read.start_us, read.end_us, read.status)
                watches.append(one)
    chosen = pack.agreement.reading(reading)
    question = Question.of(pack.agreement, pack.geometry, chosen, instant(theatre.as_of))
    ledger = evaluate(question, columns_of(reports), watches).ledger
    return [
        (
            of.indicator,
            ledger.areas[cell.area],
            ledger.days[cell.day].name,
            cell.verdict.value,
            cell.low,
            cell.high,
            cell.covered,
        )
        for of in ledger.indicators
        for cell in of.cells
    ]


@pytest.mark.parametrize("reading", ["strict", "lenient", "shifted"])
@pytest.mark.parametrize(("seed", "reports"), [(1, 600), (2, 80), (3, 2000), (4, 300)])
def test_both_ledgers_say_the_same(pack: tuple[bytes, bytes], seed: int, reports: int, reading: str) -> None:
    theatre = simulate(seed, reports, *pack)
    assert theatre.known is not None
    slow = [tuple(cell.values()) for cell in theatre.known[reading]["cells"]]
    assert fast(theatre, reading) == slow
