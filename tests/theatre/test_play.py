"""The theatre as a whole: its determinism, its files, and what it promises about quiet."""

import csv
import io
import json
from collections import Counter

import msgspec
import pytest
import yaml

from truceline.errors import PackError
from truceline.theatre import Theatre, knowable, simulate
from truceline.theatre.knowable.when import instant
from truceline.theatre.setting import read_setting
from truceline.vocabulary.act import Act, Declaration
from truceline.vocabulary.codes import codes

ENCODINGS = {"ngo.csv": "windows-1252", "hotline.csv": "utf-8-sig"}
REPORT_FILES = ("mission.csv", "ngo.csv", "hotline.csv", "co-chair-alpha.csv", "co-chair-beta.csv", "wire.csv")


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    text = files[name].decode(ENCODINGS.get(name, "utf-8"))
    separator = next(mark for mark in ";\t," if mark in text.partition("\n")[0])
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def test_same_seed_same_bytes(pack: tuple[bytes, bytes], theatre: Theatre) -> None:
    assert simulate(1, 600, *pack).files() == theatre.files()


def test_another_seed_plays_another_theatre(pack: tuple[bytes, bytes], theatre: Theatre) -> None:
    other = simulate(2, 600, *pack).files()
    assert all(other[name] != theatre.files()[name] for name in REPORT_FILES)


@pytest.mark.parametrize("number", [1, 5, 40, 300])
def test_the_report_files_hold_exactly_so_many_rows(pack: tuple[bytes, bytes], number: int) -> None:
    files = simulate(3, number, *pack).files()
    assert sum(len(rows(files, name)) for name in REPORT_FILES) == number


def test_what_can_be_known_is_known_from_the_files_alone(pack: tuple[bytes, bytes], theatre: Theatre) -> None:
    files, setting = theatre.files(), read_setting(*pack)
    reports = [row for name in REPORT_FILES for row in rows(files, name)]
    coverage = [row for name in ("coverage.csv", "restrictions.csv") for row in rows(files, name)]
    written = json.loads(files["knowable.json"])
    as_of = instant(written["as_of"], "UTC")
    assert knowable(setting.agreement, setting.geojson, reports, coverage, as_of) == written["readings"]


def test_every_reading_has_all_three_verdicts(theatre: Theatre) -> None:
    assert theatre.known is not None
    assert set(theatre.known) == {"strict", "lenient", "shifted"}
    for ledger in theatre.known.values():
        assert Counter(cell["verdict"] for cell in ledger["cells"]).keys() == {"quiet", "not_quiet", "cannot_tell"}


def test_knowable_has_every_indicator_area_and_day_in_order(theatre: Theatre) -> None:
    assert theatre.known is not None
    cells = theatre.known["strict"]["cells"]
    assert len(cells) == 4 * 3 * 61
    assert [cells[0][key] for key in ("indicator", "area", "day")] == [
        "between_parties",
        "northern_valley",
        "2025-03-01",
    ]
    assert [cells[62][key] for key in ("indicator", "area", "day")] == ["between_parties", "river_towns", "2025-03-02"]


@pytest.mark.parametrize("seed", range(5))
def test_quiet_is_never_said_of_more_incidents_than_a_truthful_source_told_of(
    pack: tuple[bytes, bytes], seed: int
) -> None:
    theatre = simulate(seed, 500, *pack)
    assert theatre.known is not None
    thresholds = {"strict": 0, "lenient": 1, "shifted": 0}
    for reading, ledger in theatre.known.items():
        for known, true in zip(ledger["cells"], theatre.world["readings"][reading]["cells"], strict=True):
            at = ("indicator", "area", "day")
            assert [known[key] for key in at] == [true[key] for key in at]
            if known["verdict"] == "quiet":
                assert true["reported"] <= thresholds[reading]
            assert true["reported"] <= known["high"]


def test_the_truce_has_a_run_of_eight_quiet_days_in_every_area(theatre: Theatre) -> None:
    assert theatre.known is not None
    quiet = Counter(
        (cell["indicator"], cell["day"]) for cell in theatre.known["strict"]["cells"] if cell["verdict"] == "quiet"
    )
    assert all(quiet["all_incidents", f"2025-04-{day}"] == 3 for day in range(12, 20))


def test_the_eve_of_the_truce_is_worse_than_any_week_before_or_after(theatre: Theatre) -> None:
    by_day = Counter(incident["when"][:10] for incident in theatre.world["incidents"])
    eve = sum(by_day[f"2025-03-{day}"] for day in (12, 13, 14)) / 3
    assert eve > 3 * sum(by_day[f"2025-03-{day:02}"] for day in range(1, 12)) / 11
    assert eve > 8 * sum(by_day[f"2025-03-{day}"] for day in range(15, 32)) / 17


def test_acts_are_of_the_published_form_and_contest_one_clock(theatre: Theatre) -> None:
    acts = [
        msgspec.convert(yaml.safe_load(content), Act)
        for name, content in theatre.files().items()
        if name.startswith("acts/")
    ]
    said = [act for act in acts if isinstance(act, Declaration) and act.clock == "seven_quiet_days"]
    assert {(act.by, act.says) for act in said} == {("alpha", "met"), ("beta", "not_met")}
    assert len(acts) >= 8


def test_kinds_are_in_the_code_list(theatre: Theatre) -> None:
    assert {row["kind"] for row in theatre.reports()} - {""} <= set(codes("incident_kinds"))


def test_what_can_be_known_may_be_left_out(pack: tuple[bytes, bytes]) -> None:
    files = simulate(1, 50, *pack, knowable=False).files()
    assert "knowable.json" not in files
    assert "knowable" not in files["README.md"].decode()


def test_a_pack_without_an_excluded_actor_is_refused_with_a_mend(pack: tuple[bytes, bytes]) -> None:
    poor = pack[0].replace(b"outcome: excluded", b"outcome: disputed")
    with pytest.raises(PackError, match="needs an excluded actor") as refused:
        simulate(1, 10, poor, pack[1])
    assert refused.value.mend
