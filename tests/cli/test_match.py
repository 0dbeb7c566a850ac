"""`match`: a model is an entry, what it proposes is explained, and nothing is merged."""

import json
import sqlite3
from contextlib import closing

import pytest

from truceline.pipeline.packs import pack_files

THREE = [
    {"report_id": "7", "source": "ngo", "when": "2025-03-20T14:05", "lat": "12.0", "lon": "-48.2", "radius_m": "500"},
    {"report_id": "c1", "source": "centre", "when": "2025-03-20T14:00", "lat": "12.002", "lon": "-48.2",
     "radius_m": "1000"},
    {"report_id": "h", "source": "hotline", "when": "2025-03-20", "lat": "12.008", "lon": "-48.2", "radius_m": "2000"},
]  # fmt: skip
APART = [
    {"report_id": f"x{n}", "source": ("ngo", "centre", "hotline")[n % 3], "when": f"2025-03-{10 + n // 3}T0{n % 9}:00",
     "lat": f"{12.2 + 0.11 * n:.2f}", "lon": "-48.6", "radius_m": "500"}
    for n in range(30)
]  # fmt: skip


@pytest.fixture
def busy(desk):
    """A mission with three reports of one afternoon, and thirty of other places and days."""
    desk.init()
    desk.reports(*THREE, *APART)
    return desk


def keys(group):
    return {f"{one['source']}/{one['source_row']}" for one in group["reports"]}


def test_the_first_time_a_model_is_estimated_and_entered_and_then_it_answers(busy):
    before = busy.told("audit")["entries"]
    first = busy.told("match", "--because", "First.", "--by", "alpha", "--least", "-4")
    assert first["entered"]
    assert (first["model"]["by"], first["model"]["because"], first["model"]["reports"]) == ("alpha", "First.", 33)
    again = busy.told("match")
    assert not again["entered"]
    assert again | {"entered": True} == first
    assert busy.told("audit")["entries"] == before + 1
    assert busy.told("audit")["faults"] == []


def test_three_reports_of_one_shelling_are_proposed_with_their_reasons_and_stay_three(busy):
    told = busy.told("match", "--least", "-4")
    assert keys(told["top"][0]) == {"ngo/7", "centre/c1", "hotline/h"}
    assert told["open"] == told["pairs"]
    pair = busy.told("match", "--explain", "ngo/7", "centre/c1")["explained"]
    assert pair["proposed"]
    assert pair["one_incident"]
    said = [words for reason in pair["reasons"] for words in reason["words"]]
    assert "the circles touch" in " ".join(said) or "within" in " ".join(said)
    assert len(said) == len(set(said))
    total = sum(float(reason["weight"]) for reason in pair["reasons"]) + float(pair["prior"])
    assert abs(total - float(pair["weight"])) < 0.1
    assert len(busy.told("acts")["acts"]) == 0
    page = busy.printed("match", "--explain", "ngo/7", "hotline/h")
    assert "worth" in page
    assert "the odds of any two candidates, beforehand" in page


def test_a_model_in_force_is_not_changed_by_an_option(busy):
    busy.told("match")
    ran = busy.run("match", busy.mission, "--window-hours", "6")
    assert ran.code == 2
    assert "--again" in ran.err
    other = busy.told("match", "--again", "--window-hours", "6", "--distance-m", "3000")
    assert (other["model"]["window_hours"], other["model"]["distance_m"]) == ("6", 3000)


def test_an_earlier_cut_is_answered_by_the_model_then_in_force(busy):
    size = busy.told("audit")["entries"]
    first = busy.told("match", "--least", "-4")
    busy.told("match", "--again", "--least", "3")
    assert busy.told("match", "--known", size + 1) | {"entered": True} == first
    ran = busy.run("match", busy.mission, "--known", size)
    assert ran.code == 2
    assert "nothing is entered into the past" in ran.err


def test_taken_out_of_force_it_proposes_nothing_any_more_and_another_can_be_entered(busy):
    ran = busy.run("match", busy.mission, "--withdraw", "--because", "None yet.")
    assert "No model is in force" in ran.err
    busy.told("match")
    assert "withdrawn_by" in busy.told("match", "--withdraw", "--because", "Not agreed.")
    assert busy.run("match", busy.mission, "--withdraw").code == 2
    assert busy.told("match")["entered"]


def test_the_models_are_rebuilt_from_their_entries_byte_for_byte(busy):
    told = busy.told("match", "--because", "First.")
    busy.told("match", "--withdraw")
    busy.told("match", "--again", "--seed", "5")
    assert busy.told("rebuild")["same"]
    with closing(sqlite3.connect(busy.mission)) as raw:
        rows = raw.execute("SELECT id, because, reports, digest FROM model ORDER BY seq").fetchall()
    assert rows[0][:3] == (told["model"]["id"], "First.", 33)
    assert [bool(digest) for *_, digest in rows] == [True, False, True]


def test_a_model_made_for_other_signals_is_refused_and_can_be_replaced(busy, monkeypatch):
    busy.told("match")
    monkeypatch.setattr("truceline.pipeline.models_held.SIGNALS_DIGEST", "0" * 16)
    ran = busy.run("match", busy.mission)
    assert ran.code == 2
    assert "for other signals" in ran.err
    assert busy.run("match", busy.mission, "--withdraw").code == 0


def test_the_table_of_windows_and_thresholds_marks_the_models_own_row(busy):
    table = busy.told("match", "--sensitivity", "--least", "-4")["sensitivity"]
    [own] = [row for row in table if row["registered"]]
    assert (own["window_hours"], own["distance_m"], own["least"]) == ("1", 1000, "-4.00")
    assert {row["window_hours"] for row in table} == {"0", "1", "4"}
    assert "the model" in busy.printed("match", "--sensitivity")


@pytest.mark.parametrize(("words", "sentence"), [
    (("--window-hours", "900"), "900 is no --window-hours"),
    (("--distance-m", "-1"), "-1 is no --distance-m"),
    (("--by", "nobody"), "'nobody' is no body of the pack"),
    (("--learn",), "Nobody has judged a pair"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_is_entered(busy, words, sentence):
    before = busy.told("audit")["entries"]
    ran = busy.run("match", busy.mission, *words)
    assert ran.code == 2
    assert sentence in ran.err
    assert busy.told("audit")["entries"] == before


def test_reports_that_are_not_held_or_one_and_the_same_are_not_explained(busy):
    busy.told("match")
    assert busy.run("match", busy.mission, "--explain", "ngo/7", "ngo/8").code == 2
    ran = busy.run("match", busy.mission, "--explain", "ngo/7", "ngo/7")
    assert (ran.code, "are one report" in ran.err) == (2, True)


def test_a_mission_without_reports_has_nothing_to_match(desk):
    desk.init()
    ran = desk.run("match", desk.mission)
    assert ran.code == 2
    assert "no reports" in ran.err


def test_a_model_learns_from_pairs_that_were_judged(busy):
    written = {"act": "judgement", "by": "alpha", "at": "2025-03-22", "says": "same", "because": "One shelling."}
    for other in ("centre/c1", "hotline/h"):
        file = busy.file(f"{other[:3]}.yaml", json.dumps(written | {"reports": ["ngo/7", other]}))
        assert busy.run("enter", busy.mission, file).code == 0
    told = busy.told("match", "--learn", "--least", "-4")
    assert told["model"]["labelled"] == 2
    assert told["open"] < told["pairs"]


def with_rule(desk, least):
    """A mission under the example pack, in which centre and hotline may be judged by the program."""
    pack = desk.folder / "ruled"
    pack.mkdir()
    for name, content in pack_files("example").items():
        (pack / name).write_bytes(content)
    terms = (pack / "agreement.yaml").read_text(encoding="utf-8").replace("pack: example", "pack: ruled", 1)
    rule = f"\nautomatic:\n  - {{sources: [centre, ngo], least: {least}}}\n"
    (pack / "agreement.yaml").write_text(terms + rule, encoding="utf-8")
    assert desk.run("init", desk.mission, "--agreement", pack, "--reading", "strict", "--exercise").code == 0
    desk.reports(*THREE, *APART)
    desk.told("match", "--least", "-4")
    return desk


def test_a_program_judges_only_where_a_rule_of_the_pack_lets_it_and_each_is_an_act(desk):
    busy = with_rule(desk, least=1)
    [entered] = busy.told("match", "--accept-automatic", "--by", "alpha")["acts"]
    [act] = busy.told("acts")["acts"]
    assert act["id"] == entered["id"]
    assert busy.told("match", "--accept-automatic", "--by", "alpha")["acts"] == []
    words = {"act": "judgement", "by": "alpha", "at": "2025-03-22", "because": "So.", "instrument": True}
    for pair, says in ((["ngo/7", "hotline/h"], "same"), (["ngo/x0", "centre/x1"], "different")):
        file = busy.file("judged.yaml", json.dumps(words | {"reports": pair, "says": says}))
        ran = busy.run("enter", busy.mission, file)
        assert (ran.code, "no rule of this pack" in ran.err) == (2, True)


def test_below_the_rules_least_weight_a_program_judges_nothing(desk):
    busy = with_rule(desk, least=90_000_000)
    assert busy.told("match", "--accept-automatic", "--by", "alpha")["acts"] == []


def test_without_a_rule_or_a_model_no_program_judges(busy):
    ran = busy.run("match", busy.mission, "--accept-automatic", "--by", "alpha")
    assert (ran.code, "no `automatic`" in ran.err) == (2, True)


def test_a_model_is_not_opened_to_other_holders_unless_it_is_named(busy):
    model = busy.told("match")["model"]["id"]
    told = busy.told("release", "--all", "--to", "all", "--because", "Agreed.", "--preview")
    assert "model" not in [one["kind"] for one in told["entries"]]
    told = busy.told("release", model[:16], "--to", "all", "--because", "Agreed.", "--preview")
    assert [one["kind"] for one in told["entries"]] == ["model"]
