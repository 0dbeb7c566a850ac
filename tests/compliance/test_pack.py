"""Reading a pack: what is wrong is said with file, line and path; what is right comes out checked."""

import json
import re
from importlib import resources

import numpy as np
import pytest

from truceline.compliance.examples import Given, cells_of
from truceline.compliance.pack import PACK_FILES, Pack, check_examples, digest, notes, read_pack
from truceline.errors import PackError

EXAMPLE = {name: (resources.files("truceline") / "agreements" / "example" / name).read_bytes() for name in PACK_FILES}


def _changed(file: str, old: str, new: str, times: int = 1) -> dict[str, bytes]:
    text = EXAMPLE[file].decode()
    assert old in text, old
    return {**EXAMPLE, file: text.replace(old, new, times).encode()}


def _line(file: str, words: str) -> int:
    """The line on which the words first stand in the unchanged file."""
    return EXAMPLE[file].decode().split(words)[0].count("\n") + 1


def _refusal(files: dict[str, bytes]) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(files, "example")
    return caught.value.message


def test_the_example_reads() -> None:
    pack = read_pack(EXAMPLE, "example")
    assert pack.agreement.exercise_only
    assert list(pack.geometry) == ["northern_valley", "river_towns", "southern_plain"]
    assert notes(pack.agreement) == ()
    assert pack.sources == EXAMPLE


def test_the_digest_is_over_names_and_bytes_whatever_their_order() -> None:
    pack = read_pack({**dict(reversed(EXAMPLE.items())), "README.md": b"not part of it"}, "example")
    assert pack.digest == digest(EXAMPLE) == read_pack(EXAMPLE, "example").digest
    assert digest({"a": b"bc"}) != digest({"ab": b"c"})
    assert digest({"a": b"b", "c": b""}) != digest({"a": b"bc", "": b""})


@pytest.mark.parametrize("file", PACK_FILES)
def test_a_pack_without_one_of_its_files_is_no_pack(file: str) -> None:
    with pytest.raises(PackError, match=f"no {file}"):
        read_pack({name: content for name, content in EXAMPLE.items() if name != file}, "example")


def test_a_pack_under_another_name_is_refused() -> None:
    with pytest.raises(PackError, match=r"line 4: pack: 'example' is not 'other'"):
        read_pack(EXAMPLE, "other")


AGREEMENT_CASES = [
    # what is written instead of what, where the error is, what it says
    ('start: "2025-04-01T00:00"', 'start: "01/04/2025"', "clocks[3].start", "is this 2025-04-01 or 2025-01-04"),
    ("zone: Etc/GMT-2", "zone: Mars/Olympus", "zone", "no time zone"),
    ('period: {from: "2025-03-01", to: "2025-05-01"}', 'period: {from: "2025-05-01", to: "2025-03-01"}',
     "period.to", "not after from"),
    ('from: "2025-03-01"', 'from: "2025-03"', "period.from", "no local day"),
    ("status: umbrella", "status: umbrela", "actors[4].status", "Invalid enum value"),
    ("    party: south\n    note: A name used", "    party: east\n    note: A name used",
     "actors[4].party", "'east' is no party"),
    ("status: third\n", "status: bound\n", "actors[7]", "is bound and has no party"),
    ("{name: Ridge Men}", "{name: ' hill company '}", "actors[6].names[1]", "also names 'hill_company'"),
    ('to: "2025-04-05T00:00"}', 'to: "2025-04-06T00:00"}\n      - {name: X, from: "2025-04-02", to: "2025-04-01"}',
     "actors[2].names[1].to", "is not after"),
    ("recommits: [truce_text]", "recommits: [lost_text]", "instruments[1].recommits[0]", "no instrument"),
    ("- actor: hill_company", "- actor: hill_companie", "instruments[1].exclusions[1].actor", "no actor"),
    ("- id: E2\n", "- id: E1\n", "terms[1].id", "used twice"),
    ("where: all three areas", "words: Stop.", "terms[1].words", "words without words_language"),
    ("names: [Southern Plain, S. Plain,", "names: [Southern Plain, river towns,",
     "areas[2]", "also names 'river_towns'"),
    ("areas: [northern_valley, river_towns, southern_plain]\n    names", "areas: [northern_valley, moon]\n    names",
     "area_groups[0].areas[1]", "no area"),
    ("between: [[north], [south]]", "between: [[civilians], [south]]", "indicators[0].between[0][0]", "no party"),
    ("- sniper_fire", "- snipper_fire", "indicators[0].kinds[4]", "no incident kind"),
    ("terms: [E3]", "terms: [E99]", "indicators[1].terms[0]", "no term"),
    ("exclusions: truce_text", "exclusions: truce", "readings[2].exclusions", "no instrument"),
    ('day_boundary: "19:30"', "day_boundary: 24:00", "readings[2].day_boundary", "matching regex"),
    ("threshold: 1", "threshold: -1", "readings[1].threshold", ">= 0"),
    ("hours: 48", "days: 2\n    hours: 48", "clocks[1]", "exactly one of days and hours"),
    ("hours: 48\n    ", "", "clocks[1]", "exactly one of days and hours"),
    ("deciders: [north_command, south_council]", "deciders: []", "clocks[3].deciders", "names no body"),
    ("extension: {by: [alpha, beta]}", "extension: {by: [alpha, alpha]}", "clocks[1].extension.by", "named twice"),
    ("category: serious_violation", "category: very_bad", "clocks[2].reset.category", "no determination category"),
    ("by: [secretariat]", "by: [nobody]", "clocks[2].conditions[0].by[0]", "no body"),
    ("indicator: between_parties", "indicator: betwen", "clocks[0].indicator", "no indicator"),
    ("areas: [river_towns]", "areas: [whole_theatre]", "clocks[3].areas[0]", "no area"),
    ('before: ["2025-03-01", "2025-03-12"]', 'before: ["2025-03-12", "2025-03-12"]',
     "comparisons[1].before", "ends before"),
    ("conditions:\n      - id: aid", "extension: {by: [alpha]}\n    conditions:\n      - id: aid",
     "clocks[2].extension", "only a period of hours"),
    ("name: {en: The North, ar: الشمال}", "name: {ar: الشمال}", "parties[0].name", "no English"),
    ("title: {en: Strict,", "title: {en: ' ',", "readings[0].title.en", "is empty"),
    ("- id: north\n", "- id: civilians\n", "parties[0].id", "kept for unarmed people"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path", "said"), AGREEMENT_CASES)
def test_what_is_wrong_in_the_agreement_is_said_with_its_path(old: str, new: str, path: str, said: str) -> None:
    message = _refusal(_changed("agreement.yaml", old, new))
    found = re.search(rf"^agreement\.yaml, line (\d+): {re.escape(path)}: .*{re.escape(said)}", message, re.M)
    assert found, message
    first = _line("agreement.yaml", old)
    assert first - 8 <= int(found[1]) <= first + 12, message


def test_an_error_names_the_very_line() -> None:
    line = _line("agreement.yaml", '    start: "2025-04-01T00:00"')
    message = _refusal(_changed("agreement.yaml", 'start: "2025-04-01T00:00"', "start: soon"))
    assert message.startswith(f"agreement.yaml, line {line}: clocks[3].start: 'soon' is no date or time")


def test_a_field_nobody_knows_is_refused() -> None:
    assert "unknown field `treshold`" in _refusal(_changed("agreement.yaml", "threshold: 1", "treshold: 1"))


def test_all_errors_are_shown_at_once() -> None:
    files = _changed("agreement.yaml", "- sniper_fire", "- snipper_fire")
    files["agreement.yaml"] = files["agreement.yaml"].replace(b"terms: [E3]", b"terms: [E99]", 1)
    assert len(_refusal(files).splitlines()) == 2


def test_broken_yaml_names_its_line() -> None:
    line = _line("agreement.yaml", "status: umbrella")
    assert _refusal(_changed("agreement.yaml", "status: umbrella", "status: &x umbrella")).startswith(
        f"agreement.yaml, line {line}: anchors"
    )


def test_a_recalled_term_is_not_executed() -> None:
    files = _changed("agreement.yaml", "cited: {source: Written for this project, tag: invented}\n    exemptions:",
                     "cited: {source: Nobody, tag: recalled}\n    exemptions:")  # fmt: skip
    message = _refusal(files)
    assert "indicators[0].terms[0]: 'E2' is recalled and is not executed" in message
    assert "clocks[3].terms[0]" in message


def test_a_reading_may_leave_choices_open_and_it_is_noted() -> None:
    pack = read_pack(_changed("agreement.yaml", "    threshold: 1\n", ""), "example")
    assert notes(pack.agreement) == ("The reading 'lenient' leaves threshold open.",)


def test_one_name_may_name_two_actors_one_after_the_other() -> None:
    files = _changed(
        "agreement.yaml",
        "{name: Ridge Men}",
        '{name: Ridge Men}\n      - {name: River Brigade, from: "2025-04-05T00:00"}',
    )
    read_pack(files, "example")


# --- areas.geojson ------------------------------------------------------------------------------


def _areas(change: object) -> dict[str, bytes]:
    read = json.loads(EXAMPLE["areas.geojson"])
    change(read["features"])  # type: ignore[operator]
    return {**EXAMPLE, "areas.geojson": json.dumps(read, indent=1).encode()}


def _ring(features: list) -> list:  # type: ignore[type-arg]
    ring: list = features[1]["geometry"]["coordinates"][0]  # type: ignore[type-arg]
    return ring


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.pop(), "'southern_plain' has no feature"),
        (lambda f: f[0].update(id="moon"), "'moon' is no area"),
        (lambda f: f[0].update(id="river_towns"), "'river_towns' is drawn twice"),
        (lambda f: f[0].pop("id"), "a feature has no id"),
        (lambda f: _ring(f).pop(), "'river_towns' has an open ring"),
        (lambda f: _ring(f).__setitem__(slice(1, -2), []), "fewer than four points"),
        (lambda f: _ring(f).__setitem__(2, [-40, 91]), "latitude"),
        (lambda f: _ring(f).__setitem__(2, [181, 20]), "longitude"),
        (lambda f: _ring(f).__setitem__(2, [179, 20]), "180th meridian"),
        (lambda f: _ring(f).__setitem__(2, "x"), "not [longitude, latitude]"),
        (lambda f: _ring(f).__setitem__(2, [True, 20]), "not [longitude, latitude]"),
        (lambda f: _ring(f).__setitem__(2, ["-40.01", "19.74"]), "not [longitude, latitude]"),
        (lambda f: _ring(f).__setitem__(2, [1e-7, 20]), "'1e-07' is no longitude"),
        (lambda f: _ring(f).__setitem__(slice(None), [[0, 0], [1, 1], [2, 2], [0, 0]]), "without surface"),
        (lambda f: f[1].update(geometry={"type": "Point", "coordinates": [0, 0]}), "no Polygon"),
        (lambda f: f[1].update(geometry={"type": "MultiPolygon", "coordinates": []}), "no Polygon"),
        (lambda f: f[1].update(geometry=None), "no Polygon"),
    ],
)
def test_geometry_that_is_wrong_by_itself_is_refused(change: object, said: str) -> None:
    message = _refusal(_areas(change))
    assert message.startswith("areas.geojson, line ")
    assert said in message


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"type": "FeatureCollection"}', b"\xff", b"[" * 100_000])
def test_a_file_that_is_no_geojson_is_refused(content: bytes) -> None:
    assert _refusal({**EXAMPLE, "areas.geojson": content}).startswith("areas.geojson, line 1")


def test_coordinates_become_integers_without_a_float_on_the_way() -> None:
    def change(features: list) -> None:  # type: ignore[type-arg]
        features[1]["geometry"]["coordinates"][0][2] = [-40.0100001, 19.7400003]

    ring = read_pack(_areas(change), "example").geometry["river_towns"][0][0]
    assert ring.dtype == np.int64
    assert ring[2].tolist() == [197400003, -400100001]
    assert not ring.flags.writeable


def test_a_multipolygon_is_several_polygons() -> None:
    def change(features: list) -> None:  # type: ignore[type-arg]
        island = [[[-39.0, 20.0], [-38.9, 20.0], [-38.9, 20.1], [-39.0, 20.0]]]
        shape = features[1]["geometry"]
        features[1]["geometry"] = {"type": "MultiPolygon", "coordinates": [shape["coordinates"], island]}

    assert len(read_pack(_areas(change), "example").geometry["river_towns"]) == 2


# --- examples.yaml ------------------------------------------------------------------------------

GIVEN = "reading: strict, indicator: between_parties, area: river_towns, day: 2025-03-20"


@pytest.mark.parametrize(
    ("given", "expect", "said"),
    [
        ("{reading: strict}", "{verdict: quiet}", "given: ask about one of"),
        ("{reading: strict, area: river_towns}", "{verdict: quiet}", "given: a cell is"),
        (
            "{reading: strict, obligation: x, party: north}",
            "{verdict: quiet}",
            "given: an obligation is asked about for",
        ),
        (f"{{{GIVEN}, clock: seven_quiet_days}}", "{verdict: quiet}", "given: ask about one of"),
        (f"{{{GIVEN}}}", "{}", "expect: expects nothing"),
        (f"{{{GIVEN}}}", "{verdict: calm}", "Invalid enum value 'calm'"),
        (f"{{{GIVEN.replace('strict', 'harsh')}}}", "{low: 0}", "given.reading: 'harsh' is no reading"),
        (f"{{{GIVEN.replace('river_towns', 'moon')}}}", "{low: 0}", "given.area: 'moon' is no area"),
        (f"{{{GIVEN.replace('03-20', '05-01')}}}", "{low: 0}", "given.day: '2025-05-01' is not in the period"),
        (f"{{{GIVEN.replace('2025-03-20', 'soon')}}}", "{low: 0}", "given.day: 'soon' is no local day"),
        (f"{{{GIVEN}, as_of: 2025-03-20T00:00}}", "{low: 0}", "given.day: '2025-03-20' has not begun"),
        (f"{{{GIVEN}, as_of: later}}", "{low: 0}", "given.as_of: 'later' is no date or time"),
        ("{reading: strict, clock: x}", "{state: running}", "given.clock: 'x' is no clock"),
        (f"{{{GIVEN}, reports: [{{repport_id: 1}}]}}", "{low: 0}", "reports[0].repport_id: 'repport_id' is no column"),
        (f"{{{GIVEN}, acts: [{{act: decree}}]}}", "{low: 0}", "Invalid value 'decree'"),
    ],
)
def test_an_example_that_says_nothing_or_names_nothing_is_refused(given: str, expect: str, said: str) -> None:
    text = f"# one\n- name: One\n  given: {given}\n  expect: {expect}\n"
    message = _refusal({**EXAMPLE, "examples.yaml": text.encode()})
    assert re.match(r"examples\.yaml, line [2-4]: \[0\]", message), message
    assert said in message


def test_two_examples_of_one_name_are_refused() -> None:
    text = f"- {{name: One, given: {{{GIVEN}}}, expect: {{low: 0}}}}\n" * 2
    assert "line 2: [1].name: 'One' is used twice" in _refusal({**EXAMPLE, "examples.yaml": text.encode()})


def test_an_example_on_which_the_program_says_something_else_is_named() -> None:
    text = f"- {{name: One, given: {{{GIVEN}}}, expect: {{verdict: quiet, low: 0}}}}\n"
    pack: Pack = read_pack({**EXAMPLE, "examples.yaml": text.encode()}, "example")
    asked: list[Given] = []

    def run(given: Given) -> dict[str, object]:
        asked.append(given)
        return {"verdict": "cannot_tell", "low": 0, "high": 1}

    [found] = check_examples(pack, run)
    assert (found.example, found.field, found.said) == ("One", "verdict", "cannot_tell")
    assert str(found) == "'One': verdict should be quiet, the program says cannot_tell"
    assert asked[0].day == "2025-03-20"


def test_cells_of_an_example_are_text_as_in_a_table() -> None:
    assert cells_of({"report_id": 7, "lat": "20.0"}) == {"report_id": "7", "lat": "20.0"}
