"""What Today and the ledger's pages show, held against what the ledger itself says."""

from pathlib import Path
from typing import Any

import pytest

from truceline.errors import ReadingError, ValueNotRead
from truceline.pipeline.demo import demo
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.ledger import Sought, ledger_page
from truceline.pipeline.room.ledger_cell import cell_page
from truceline.pipeline.room.today import DAYS, PERIOD, today
from truceline.vocabulary.marking import INTERNAL

NOW = 1_762_000_000_000_000
ASKED = Asked(INTERNAL, NOW, "2025-05-03T00:00")


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = iter(range(1, 1 << 30))
    folder = tmp_path_factory.mktemp("room") / "played"
    return Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission)


def test_a_cell_opened_shows_as_many_incidents_surely_and_at_most_as_the_ledger_counts(mission: Path) -> None:
    page = ledger_page(mission, ASKED)
    kinds = set()
    for row in page.grid.rows:
        for shown in row.cells[::2]:
            cell = cell_page(mission, ASKED, row.area, shown.day)
            assert sum(one.surely for one in cell.incidents) == cell.low
            assert cell.number == len(cell.incidents) == cell.high
            assert cell.kind == shown.kind
            assert cell.reasons
            kinds.add(cell.kind)
    assert kinds == {"q", "n", "c"}


def test_a_maybe_says_what_keeps_it_open(mission: Path) -> None:
    page = ledger_page(mission, ASKED)
    open_cells = [(row.area, one.day) for row in page.grid.rows for one in row.cells if one.kind == "c"]
    maybes = [
        one for area, day in open_cells[:12] for one in cell_page(mission, ASKED, area, day).incidents if not one.surely
    ]
    assert maybes
    assert all(set(one.maybe) <= {"time", "place", "scope", "same"} and one.maybe for one in maybes)


def test_today_sets_the_views_of_a_contested_clock_beside_each_other_and_prefers_none(mission: Path) -> None:
    contested = [clock for clock in today(mission, ASKED).clocks if clock.contested]
    assert contested
    for clock in contested:
        bodies = [view.by for view in clock.views]
        assert {"Co-chair Alpha", "Co-chair Beta"} <= set(bodies)
        assert len(bodies) == len(set(bodies))
        assert clock.settles


def test_today_counts_the_last_days_and_as_many_before_from_the_ledgers_own_series(mission: Path) -> None:
    page, whole = today(mission, ASKED), ledger_page(mission, ASKED)
    assert len(page.grid.days) == DAYS
    assert page.grid.days == whole.grid.days[-DAYS:]
    for one in page.counts:
        assert one.days == one.days_before == PERIOD
        assert 0 <= one.surely <= one.most
        assert sum(one.verdicts.values()) == PERIOD * len(page.grid.rows)


def test_another_day_boundary_is_exploratory_and_marks_every_cell_that_would_be_otherwise(mission: Path) -> None:
    registered = {(row.area, one.day): one.kind for row in ledger_page(mission, ASKED).grid.rows for one in row.cells}
    page = ledger_page(mission, ASKED, Sought(boundary="06:00"))
    assert page.heading.exploratory
    assert page.registered == ("strict", "00:00")
    for row in page.grid.rows:
        for one in row.cells:
            if (row.area, one.day) in registered:
                assert one.differs == (one.kind != registered[row.area, one.day])
                assert bool(one.before) == one.differs
    assert page.grid.differ > 0


def test_the_registered_boundary_asked_for_by_its_hour_is_not_exploratory(mission: Path) -> None:
    assert not ledger_page(mission, ASKED, Sought(boundary="00:00")).heading.exploratory


def test_earlier_days_are_on_the_page_before_and_no_day_is_on_two(mission: Path) -> None:
    seen: list[str] = []
    last = ""
    while True:
        page = ledger_page(mission, ASKED, Sought(last=last))
        seen = [day.name for day in page.grid.days] + seen
        if not page.earlier:
            break
        last = page.earlier
    assert seen == sorted(set(seen))
    assert page.later


@pytest.mark.parametrize("reading", ["/etc/passwd", "..", "a.yaml", "a\\b", "", "x" * 200])
def test_a_page_opens_no_file_for_a_reading(mission: Path, reading: str) -> None:
    with pytest.raises(ReadingError) as refused:
        ledger_page(mission, Asked(INTERNAL, NOW, None, None, reading))
    assert "cannot be read" not in str(refused.value)


@pytest.mark.parametrize(
    "sought",
    [Sought(indicator="nothing"), Sought(last="2025-13-01"), Sought(area="nowhere"), Sought(boundary="25:00"),
     Sought(boundary="noon")],
)  # fmt: skip
def test_what_the_ledger_has_not_is_refused_with_a_sentence(mission: Path, sought: Sought) -> None:
    with pytest.raises(ValueNotRead):
        ledger_page(mission, ASKED, sought)


def test_areas_passed_over_do_not_lead_out_of_the_ledger(mission: Path) -> None:
    assert ledger_page(mission, ASKED, Sought(skip=10_000)).grid.rows == ()
    assert ledger_page(mission, ASKED, Sought(skip=-5)).skip == 0


def test_reasons_and_names_come_in_the_language_asked_for(mission: Path) -> None:
    english, arabic = (today(mission, ASKED, language=language) for language in ("en", "ar"))
    assert english.clocks[0].title != arabic.clocks[0].title
    assert [row.area for row in english.grid.rows] == [row.area for row in arabic.grid.rows]
    assert [cell.kind for row in english.grid.rows for cell in row.cells] == [
        cell.kind for row in arabic.grid.rows for cell in row.cells
    ]


def test_with_another_holder_today_says_how_much_it_has_not_seen(holders: Any) -> None:
    nodes = holders(north="north", south="south")
    page = today(nodes.desks["north"].mission, Asked(INTERNAL, NOW))
    assert [one.by for one in page.not_seen] == ["south"]
    assert page.not_seen[0].not_seen == page.entries - page.not_seen[0].size
