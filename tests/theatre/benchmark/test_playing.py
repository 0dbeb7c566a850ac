"""A theatre of any size: its bytes, its rows, its shares of formats, and what each setting changes."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from truceline.errors import FileNotRead
from truceline.theatre.benchmark import DIFFICULTIES, Difficulty, masks, played
from truceline.theatre.benchmark.channels import FIVE, FORMATS, rates, shares_of

Pack = tuple[bytes, bytes]
EXACT, FLOOD = ("150", "300", "500"), ("files_again", "nothing_happened")
HARD, EASY = DIFFICULTIES["hard"], DIFFICULTIES["easy"]


def files(pack: Pack, reports: int = 400, seed: int = 1, **how: object) -> dict[str, bytes]:
    made: dict[str, list[bytes]] = {}
    for name, piece in played(seed, reports, *pack, **how).pieces():  # type: ignore[arg-type]
        made.setdefault(name, []).append(piece)
    return {name: b"".join(pieces) for name, pieces in made.items()}


def truth(made: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made["truth/reports.csv"].decode())))


def rows(made: dict[str, bytes], name: str, **how: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made[name].decode("utf-8-sig"), newline=""), **how))  # type: ignore[arg-type]


def digest(made: dict[str, bytes]) -> str:
    return sha256(b"".join(name.encode() + content for name, content in sorted(made.items()))).hexdigest()


def test_same_seed_same_bytes_and_another_seed_another_theatre(pack: Pack) -> None:
    one, again, other = (files(pack, seed=seed, formats=("all",), difficulty=HARD) for seed in (1, 1, 2))
    assert one == again
    assert all(one[name] != other[name] for name in one if not name.startswith("acts/"))


def test_the_bytes_do_not_change_from_version_to_version(pack: Pack) -> None:
    # A published theatre is its seed and settings. A change here is a new theatre: say so in the reference page.
    assert digest(files(pack, formats=("all",), difficulty=HARD, knowable=True)) == DIGEST


DIGEST = "bf1abed3685a6ced69303ba231e9510e27e173ec0d78c7d54719a9a262918a2f"


@pytest.mark.parametrize("number", [1, 2, 7, 60, 999, 20_000])
def test_there_are_exactly_as_many_rows_as_asked_for(pack: Pack, number: int) -> None:
    made = files(pack, number, formats=("all",))
    manifest = json.loads(made["manifest.json"])
    assert len(truth(made)) == number == sum(table["rows"] for table in manifest["tables"])
    assert Counter(row["file"] for row in truth(made)) == {one["file"]: one["rows"] for one in manifest["tables"]}


def test_of_the_five_formats_none_has_more_than_two_fifths_of_the_rows(pack: Pack) -> None:
    made = files(pack, 20_000, formats=("five",))
    held = Counter[str]()
    for table in json.loads(made["manifest.json"])["tables"]:
        held[table["format"]] += table["rows"]
    assert set(held) == set(FIVE)
    assert max(held.values()) <= 0.4 * 20_000


def test_the_workbook_never_has_more_than_twenty_thousand_rows(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    for formats in (("five",), ("all",), ("xlsx", "ucdp")):
        for reports in (1_000_000, 10_000_000):
            shares = shares_of(formats, reports)
            assert shares["xlsx"] * reports <= 20_000
            assert sum(shares.values()) == pytest.approx(1)
    stage = played(1, 30_000, *pack, formats=("five",)).stage
    monkeypatch.setattr(masks, "MOST_SHEET_ROWS", 37)
    told = masks.Telling(stage, rates(shares_of(("five",), 30_000), Difficulty()), 30_000)
    sheet = [mask for number in told.chunks() for one, mask in told.told(number).items() if one.format == "xlsx"]
    assert 36 <= sum(int(mask.sum()) for mask in sheet) <= 37
    with pytest.raises(FileNotRead, match="at most 20,000"):
        shares_of(("xlsx",), 20_001)


def test_a_format_that_does_not_exist_is_refused_with_the_list() -> None:
    with pytest.raises(FileNotRead, match="'dbf'") as refused:
        shares_of(("ucdp", "dbf"), 100)
    assert "mission-daily" in refused.value.mend


def test_playing_in_other_chunks_changes_no_row(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    one = files(pack, 3_000, formats=("all",), difficulty=HARD)
    monkeypatch.setattr(masks, "CHUNK", 100)
    other = files(pack, 3_000, formats=("all",), difficulty=HARD)
    for name in one:
        if name.endswith(".csv"):
            assert sorted(one[name].split(b"\n")) == sorted(other[name].split(b"\n")), name
    assert json.loads(one["airwars.json"]) == json.loads(other["airwars.json"])


def test_every_form_is_what_its_name_says(pack: Pack) -> None:
    made = files(pack, 600, formats=("all",))
    assert {table["format"] for table in json.loads(made["manifest.json"])["tables"]} == set(FORMATS)
    assert len(json.loads(made["acled-api.json"])["data"]) > 10
    assert {type(one["fatalities"]) for one in json.loads(made["acled-api.json"])["data"]} == {int}
    assert {one["type"] for one in json.loads(made["posts.geojson"])["features"]} == {"Feature"}
    assert all(json.loads(line)["source"] == "radio-room" for line in made["radio-room.jsonl"].splitlines())
    assert len(rows(made, "acled.csv")[0]) == 31
    assert all(int(row["best"]) >= 1 for row in rows(made, "ucdp.csv"))
    with ZipFile(io.BytesIO(made["hospitals.xlsx"])) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    wide = {len(row) for row in sheet[0]}
    assert wide == {17}


def test_rows_of_a_form_without_ids_still_have_names_in_the_truth(pack: Pack) -> None:
    made = files(pack, 300, formats=("mission-daily",))
    logged = {f"patrols/{row['Description'].removeprefix('Log ')}" for row in rows(made, "patrols.csv")}
    assert logged == {row["report"] for row in truth(made)}


def test_reports_of_an_incident_lie_on_it(pack: Pack) -> None:
    made = files(pack, 2_000, formats=("truceline",), difficulty=EASY)
    happened = {row["incident"]: row for row in rows(made, "truth/incidents.csv")}
    told = {row["report"]: row for row in truth(made)}
    assert sum(int(row["reports"]) for row in happened.values()) == 2_000
    for row in rows(made, "mission.csv"):
        true = happened[told[f"mission/{row['report_id']}"]["incident"]]
        assert row["when"][:10] == true["when"][:10]
        assert row["place"] == true["place"]


def test_the_days_after_the_truce_are_quieter_and_ten_are_calm(pack: Pack) -> None:
    made = files(pack, 20_000, formats=("truceline",))
    by_day = Counter(row["when"][:10] for row in rows(made, "truth/incidents.csv"))
    assert by_day["2025-03-13"] > 3 * by_day["2025-03-05"]
    assert sum(by_day[f"2025-03-{day}"] for day in range(16, 30)) < sum(
        by_day[f"2025-03-{day:02}"] for day in range(1, 15)
    )
    assert not any(f"2025-04-{day}" in by_day for day in range(12, 22))


# --- what each setting changes ---------------------------------------------------------------------


def told(pack: Pack, **settings: float) -> dict[str, bytes]:
    return files(pack, 6_000, formats=("truceline",), difficulty=Difficulty(**settings))


def share(found: Iterator[bool]) -> float:
    listed = list(found)
    return sum(listed) / len(listed)


@pytest.mark.parametrize(
    ("setting", "low", "high", "measure"),
    [
        ("place_noise", 0.0, 0.8,
         lambda made: share(row["radius_m"] not in EXACT for row in rows(made, "mission.csv"))),
        ("time_noise", 0.0, 0.8, lambda made: share(len(row["when"]) != 16 for row in rows(made, "mission.csv"))),
        ("echoes", 0.0, 0.4, lambda made: share(row["how"].startswith("repeats") for row in truth(made))),
        ("unmarked", 0.0, 0.9, lambda made: share(row["how"] == "repeats_unsaid" for row in truth(made))),
        ("flooding", 0.0, 0.4, lambda made: share(row["how"] in FLOOD for row in truth(made))),
        ("wrong_rows", 0.0, 0.2, lambda made: share(row["expected"] == "refused" for row in truth(made))),
        ("spellings", 0.0, 0.9, lambda made: share(not row["side_a"].isascii() for row in rows(made, "mission.csv"))),
        ("umbrella", 0.0, 0.5, lambda made: share("southern" in row["side_a"].lower() for row in
                                                  rows(made, "co-chair-beta.csv", delimiter="\t"))),
        ("duplicates", 1.0, 3.5, lambda made: len(truth(made)) / len(rows(made, "truth/incidents.csv")) / 10),
        ("missing_coverage", 0.0, 0.9, lambda made: 1 - len(rows(made, "coverage.csv")) / 10_000),
    ],
)  # fmt: skip
def test_a_setting_changes_what_it_says(pack: Pack, setting: str, low: float, high: float, measure: object) -> None:
    assert callable(measure)
    least, most = (measure(told(pack, **{setting: value})) for value in (low, high))
    assert most > least + (0.01 if setting == "missing_coverage" else 0.05)


def test_without_wrong_rows_nothing_is_meant_to_be_refused(pack: Pack) -> None:
    assert {row["expected"] for row in truth(files(pack, formats=("all",)))} == {"report"}


@pytest.mark.parametrize("setting", ["place_noise", "wrong_rows", "duplicates"])
@pytest.mark.parametrize("value", [-0.1, 9.0, float("nan")])
def test_a_setting_out_of_bounds_is_refused(setting: str, value: float) -> None:
    with pytest.raises(FileNotRead, match=setting):
        Difficulty(**{setting: value})
