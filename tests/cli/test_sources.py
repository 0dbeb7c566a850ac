"""`truceline sources`, `compare --source` and `compare --tally` on the command line."""

import csv
import io

import numpy as np
import pytest

AS_OF = ("--as-of", "2025-05-01")
DAY = ("--from", "2025-03-20", "--to", "2025-03-21", "--by", "day")


@pytest.fixture
def three(desk):
    """One shelling told by patrol and ngo on the same day and place, echoed by radio; another day by ngo alone."""
    desk.init("example", "strict")
    at = {"when": "2025-03-20", "area": "river_towns"}
    desk.reports(
        {**at, "report_id": "p1", "source": "patrol", "killed_low": 1, "killed_best": 2, "killed_high": 3},
        {**at, "report_id": "n1", "source": "ngo", "killed_best": 5, "language": "ar"},
        {**at, "report_id": "r1", "source": "radio", "repeats": "patrol/p1", "origin": "agency"},
        {"report_id": "n2", "source": "ngo", "when": "2025-03-21", "area": "northern_valley"},
    )
    return desk


def pair_of(told, a, b):
    [found] = [one for one in told["pairs"] if {one["a"], one["b"]} == {a, b}]
    return found


def side_of(pair, source, period="whole"):
    [row] = [one for one in pair["periods"] if one["period"] == period]
    return row["a" if pair["a"] == source else "b"]


def test_two_reports_of_one_shelling_are_proposed_not_merged(three):
    pair = pair_of(three.told("sources", *DAY, *AS_OF), "patrol", "ngo")
    assert pair["both"] == {"low": 0, "high": 1}
    assert side_of(pair, "ngo")["only"] == {"low": 1, "high": 2}
    assert side_of(pair, "patrol")["only"] == {"low": 0, "high": 1}
    assert three.told("evaluate", *AS_OF)["incidents"] == 3


def test_a_declared_echo_is_surely_in_both_and_counts_once(three):
    told = three.told("sources", *DAY, *AS_OF)
    assert pair_of(told, "patrol", "radio")["both"] == {"low": 1, "high": 1}
    [radio] = [one for one in told["sources"] if one["source"] == "radio"]
    assert (radio["repeats"], radio["origins"]) == (1, ["agency"])
    assert "repeats another" in three.printed("sources", *DAY, *AS_OF)


def test_figures_of_each_source_stand_by_day_and_are_never_added(three):
    told = three.told("sources", *DAY, *AS_OF)
    pair = pair_of(told, "patrol", "ngo")
    assert side_of(pair, "patrol", "2025-03-20")["killed"] == {"low": 1, "best": 2, "high": 3, "given": 1}
    assert side_of(pair, "ngo", "2025-03-20")["killed"] == {"low": None, "best": 5, "high": None, "given": 1}
    assert pair["one_each"]["pairs"] == 1
    assert pair["one_each"]["contradict"] == 1
    assert "7" not in {str(value) for value in side_of(pair, "ngo")["killed"].values()}


def test_sources_of_one_origin_are_said_to_support_nothing(desk):
    desk.init("example", "strict")
    at = {"when": "2025-03-20", "area": "river_towns", "origin": "agency"}
    desk.reports({**at, "source": "radio"}, {**at, "source": "paper"})
    assert pair_of(desk.told("sources", *DAY, *AS_OF), "radio", "paper")["shared_origins"] == ["agency"]
    assert "no support" in desk.printed("sources", *DAY, *AS_OF)


def test_two_sides_that_the_pack_knows_as_others_keep_two_reports_apart(desk):
    desk.init("example", "strict")
    at = {"when": "2025-03-20", "area": "river_towns"}
    others = {"side_a": "Island Guard", "side_b": "residents"}
    desk.reports({**at, "source": "patrol"}, {**at, "source": "ngo", **others})
    assert pair_of(desk.told("sources", *DAY, *AS_OF), "patrol", "ngo")["both"]["high"] == 0


def test_who_did_it_may_be_disputed_of_one_thing_where_only_one_side_is_named(desk):
    desk.init("example", "strict")
    at = {"when": "2025-03-20", "area": "river_towns"}
    desk.reports({**at, "source": "patrol"}, {**at, "source": "ngo", "side_a": "Island Guard", "side_b": ""})
    assert pair_of(desk.told("sources", *DAY, *AS_OF), "patrol", "ngo")["both"]["high"] == 1


def test_languages_and_the_sources_there_before_stand_in_the_effort(three):
    first, second = three.told("sources", *DAY, *AS_OF)["effort"]
    assert (first["reports"], first["sources"]) == (3, 3)
    assert first["languages"] == [{"language": "", "reports": 2}, {"language": "ar", "reports": 1}]
    assert (second["reports"], second["constant_before"], second["constant_now"]) == (1, 3, 1)


def test_a_camera_that_begins_on_day_d_is_named(desk):
    desk.init("example", "strict")
    days = [f"2025-03-{day:02}" for day in range(1, 29)]
    desk.reports(
        *({"when": day, "area": "river_towns", "source": "patrol"} for day in days),
        *({"when": day, "area": "river_towns", "source": "camera"} for day in days[14:] for _ in range(2)),
    )
    told = desk.told("sources", "--from", "2025-03-01", "--to", "2025-03-28", "--by", "week", *AS_OF)
    assert "source_begins" in told["remark_codes"]
    assert "rise_with_arrivals" in told["remark_codes"]
    assert any("camera first reports on 2025-03-15" in line for line in told["remarks"])


def test_the_csv_has_a_row_a_pair_and_period_and_harms_no_spreadsheet(three):
    ran = three.run("sources", three.mission, *DAY, *AS_OF, "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert {row["period"] for row in rows} >= {"whole", "2025-03-20"}
    [row] = [one for one in rows if {one["a"], one["b"]} == {"patrol", "ngo"} and one["period"] == "whole"]
    assert (row["both_low"], row["a_also_high"]) == ("0", "1")


def test_one_indicator_alone_can_be_asked(three):
    told = three.told("sources", *DAY, *AS_OF, "--indicator", "attacks_on_civilians")
    assert told["indicator"] == "attacks_on_civilians"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--from", "2025-04-02", "--to", "2025-04-01"), "none"),
        (("--indicator", "peace"), "no indicator"),
        (("--from", "2025-06-01", "--to", "2025-06-02"), "over"),
        (("--by", "year"), "year"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_mend(three, options, words):
    ran = three.run("sources", three.mission, *options, *AS_OF)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_an_empty_mission_has_no_sources_and_says_so_quietly(desk):
    desk.init("example", "strict")
    told = desk.told("sources", *AS_OF)
    assert (told["sources"], told["pairs"], told["counts"], told["remarks"]) == ([], [], [], [])
    assert desk.printed("sources", *AS_OF)


PERIODS = ("--from", "2025-03-29", "--to", "2025-04-11", "--baseline", "2025-02-01/2025-02-28")


@pytest.fixture
def counting(office, desk):
    """Two sources that fall alike in tallies: one by two areas, one by a whole and a part."""
    desk.init("example", "strict")
    chance = np.random.Generator(np.random.PCG64(5))
    rows = []
    days = [f"2025-02-{day:02}" for day in range(1, 29)] + [f"2025-03-{day}" for day in (29, 30, 31)]
    days += [f"2025-04-{day:02}" for day in range(1, 12)]
    for n, day in enumerate(days):
        for area in ("river_towns", "northern_valley"):
            best = int(chance.poisson(20 if n < 28 else 5))
            rows.append({"source": "clinic", "area": area, "from": day, "to": day, "of": "killed", "best": best})
        rows.append({"source": "bureau", "area": "", "from": day, "to": day, "of": "killed", "best": 9})
        rows.append({"source": "bureau", "area": "river_towns", "from": day, "to": day, "of": "killed", "best": 4})
    for n, row in enumerate(rows):
        row["tally_id"] = f"t{n}"
    desk.take_in(desk.file("tallies.csv", office.as_csv(office.TALLY_COLUMNS, rows)))
    return desk


def test_a_sources_own_count_is_compared_with_itself(counting):
    told = counting.told("compare", *PERIODS, "--tally", "clinic:killed", *AS_OF)
    one = told["tally"]
    assert (one["answer"], one["series"]) == ("reduced", "clinic:killed")
    assert (one["before"]["days_told"], one["after"]["days_told"]) == (28, 14)
    assert told["registered_before"] is False
    printed = counting.printed("compare", *PERIODS, "--tally", "clinic:killed", *AS_OF)
    assert "clinic:killed: REDUCED" in printed
    assert "added to nothing" in printed


def test_one_area_of_a_series_can_be_asked(counting):
    one = counting.told("compare", *PERIODS, "--tally", "bureau:killed", "--area", "river_towns", *AS_OF)["tally"]
    assert one["before"]["total"]["best"] == 4 * 28


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--tally", "bureau:killed"), "overlap"),
        (("--tally", "bureau:wounded"), "It counts: killed"),
        (("--tally", "nobody:killed"), "nobody"),
        (("--tally", "killed"), "names no series"),
        (("--tally", "clinic:killed", "--source", "clinic"), "no indicator"),
        (("--tally", "clinic:killed", "--as-of", "2025-03-29"), "fewer than two days"),
    ],
)
def test_a_series_that_cannot_be_compared_is_refused_with_a_mend(counting, options, words):
    ran = counting.run("compare", counting.mission, *PERIODS, *options, *(() if "--as-of" in options else AS_OF))
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


def test_one_source_by_itself_is_exploratory_and_leaves_the_others_out(desk):
    desk.init("example", "strict")
    rows = [{"when": f"2025-02-{day:02}", "area": "river_towns"} for day in range(1, 29)]
    rows += [{"when": f"2025-04-{day:02}", "area": "river_towns"} for day in range(1, 11)]
    desk.reports(
        *({**row, "source": "patrol", "report_id": f"p{n}"} for n, row in enumerate(rows)),
        *({**row, "source": "radio", "repeats": f"patrol/p{n}"} for n, row in enumerate(rows[:30])),
    )
    asked = (*PERIODS, "--indicator", "all_incidents", *AS_OF)
    [together] = desk.told("compare", *asked)["comparisons"]
    [alone] = desk.told("compare", *asked, "--source", "radio")["comparisons"]
    assert together["after"]["incidents"]["low"] == 10
    assert alone["after"]["incidents"]["low"] == 2
    assert alone["asked"]["source"] == "radio"
    assert any("--source" in line for line in alone["basis"])
    assert "the source radio by itself" in desk.printed("compare", *asked, "--source", "radio")


def test_an_unknown_source_is_refused_with_those_that_are_known(three):
    ran = three.run("compare", three.mission, *PERIODS, "--source", "moon", *AS_OF)
    assert ran.code == 2
    assert "Sources: ngo, patrol, radio" in ran.err
