"""Scenario 7: "the night of 26-27 February" straddles the start of the truce at 22:00Z on the 26th."""

from datetime import UTC, datetime

from truceline.vocabulary.when import Interval, read_instant

NIGHT = "night of 26-27 February 2016"
REPORT = {
    "report_id": "n1", "source": "hotline", "when": NIGHT, "kind": "shelling", "side_a": "Syrian army",
    "side_b": "Ahrar al-Sham", "area": "Idleb",
}  # fmt: skip
START = datetime(2016, 2, 26, 22, tzinfo=UTC)


def test_the_night_is_stored_as_an_interval_with_its_words(desk):
    desk.init("syria-2016").reports(REPORT)
    [(start, end, words)] = desk.stored("SELECT start_us, end_us, when_words FROM report")
    assert datetime.fromtimestamp(start / 1e6, UTC) == datetime(2016, 2, 26, 16, tzinfo=UTC)
    assert datetime.fromtimestamp(end / 1e6, UTC) == datetime(2016, 2, 27, 4, tzinfo=UTC)
    assert words == NIGHT


def test_before_or_after_the_start_nobody_can_tell():
    start = read_instant("2016-02-27T00:00", "Asia/Damascus")
    assert start == START.timestamp() * 1e6
    night = Interval.from_text(NIGHT, "Asia/Damascus")
    assert (night.surely_before(start), night.maybe_before(start)) == (False, True)
    assert (night.surely_after(start), night.maybe_after(start)) == (False, True)


def test_its_counts_are_shown_as_bounds_on_both_days(desk):
    desk.init("syria-2016").reports(REPORT)
    cells = desk.cells("between_parties", "--area", "idleb", "--from", "2016-02-26", "--to", "2016-02-27")
    assert [(cell["verdict"], cell["low"], cell["high"]) for cell in cells.values()] == [("cannot_tell", 0, 1)] * 2
    assert all(any("another day" in reason for reason in cell["reasons"]) for cell in cells.values())
    printed = desk.printed("ledger", "--indicator", "between_parties", "--area", "idleb", "--from", "2016-02-26",
                           "--to", "2016-02-27")  # fmt: skip
    assert printed.count("cannot tell (0 to 1 incidents)") == 2


def test_before_and_after_each_count_it_as_maybe_and_neither_as_surely(desk):
    desk.init("syria-2016").reports(REPORT)
    [told] = [
        one for one in desk.told("evaluate")["compared"]
        if (one["comparison"], one["indicator"]) == ("february_two_weeks", "between_parties")
    ]  # fmt: skip
    assert [(told[side]["surely"], told[side]["maybe"]) for side in ("before", "after")] == [(0, 1), (0, 1)]


def test_it_is_no_breach_until_it_is_resolved(desk):
    desk.init("syria-2016").reports(REPORT)
    desk.watched("2016-02-25", "2016-03-02", "nationwide")
    before = desk.clock("february_truce", "--as-of", "2016-03-01T00:00")
    assert (before["state"], before["verdict"]) == ("running", "cannot_tell")
    assert (before["day"]["low"], before["day"]["high"]) == (2, 3)
    [idleb] = [area for area in before["areas"] if area["area"] == "idleb"]
    assert (idleb["low"], idleb["high"], idleb["verdict"]) == (0, 1, "cannot_tell")
    desk.reports(REPORT | {"when": "2016-02-27T02:00"})
    after = desk.clock("february_truce", "--as-of", "2016-03-01T00:00")
    assert after["verdict"] == "not_quiet"
    assert (after["day"]["low"], after["day"]["high"]) == (2, 2)


def test_resolved_to_the_evening_before_it_leaves_the_truce_alone(desk):
    desk.init("syria-2016").reports(REPORT)
    desk.watched("2016-02-25", "2016-03-02", "nationwide")
    taken = desk.reports(REPORT | {"when": "2016-02-26T23:30"})
    assert taken["totals"]["revised"] == 1
    clock = desk.clock("february_truce", "--as-of", "2016-03-01T00:00")
    assert (clock["verdict"], clock["day"]["low"], clock["day"]["high"]) == ("quiet", 3, 3)


def test_the_first_answer_stays_retrievable_at_its_cut(desk):
    desk.init("syria-2016").reports(REPORT)
    cut = desk.told("ledger", "--from", "2016-02-27", "--to", "2016-02-27")["cut"]
    [(size, root)] = cut.values()
    desk.reports(REPORT | {"when": "2016-02-27T02:00"})
    day = ("between_parties", "idleb", "2016-02-27")
    assert desk.cell(*day)["verdict"] == "not_quiet"
    assert desk.cell(*day, "--known", f"{size}:{root}")["verdict"] == "cannot_tell"


def test_the_precision_that_ucdp_gives_is_in_the_record(desk):
    desk.init("syria-2016")
    row = {
        "id": "900001", "type_of_violence": "1", "side_a": "Government of Syria", "side_b": "Syrian insurgents",
        "where_prec": "1", "latitude": "35.9", "longitude": "36.6", "adm_1": "Idlib Governorate", "date_prec": "2",
        "date_start": "2016-02-26", "date_end": "2016-02-27", "low": "1", "best": "1", "high": "1",
    }  # fmt: skip
    desk.take_in(desk.file("ged.csv", ",".join(row) + "\n" + ",".join(row.values()) + "\n"))
    [(start, end, words)] = desk.stored("SELECT start_us, end_us, when_words FROM report")
    assert words == "2016-02-26/2016-02-27"
    assert (end - start) // 3_600_000_000 == 48
    [fields] = [
        row for (row,) in desk.stored("SELECT fields FROM payload") if b"date_prec" not in row and b'"2"' in row
    ]
    assert b'"2","2016-02-26","2016-02-27"' in fields
    cells = desk.cells("between_parties", "--area", "idleb", "--from", "2016-02-26", "--to", "2016-02-27")
    assert [(cell["low"], cell["high"]) for cell in cells.values()] == [(0, 1), (0, 1)]
