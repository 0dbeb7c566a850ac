"""The map says what the export of incidents says, at the same precision, and its table is of the same incidents."""

import json
from pathlib import Path
from typing import Any

import pytest

from truceline.errors import NotReleased, ValueNotRead
from truceline.pipeline.demo import demo
from truceline.pipeline.drawing import Told, add_claim
from truceline.pipeline.exporting import export
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.map import map_incidents, map_page, map_tag
from truceline.pipeline.room.map_shapes import map_areas, map_lines
from truceline.pipeline.room.map_wanted import Wanted
from truceline.vocabulary.marking import INTERNAL, Audience, Reader

NOW = 1_762_000_000_000_000
ASKED = Asked(INTERNAL, NOW, "2025-05-03T00:00")
DRAWN = {
    "type": "Polygon",
    "coordinates": [[[-40.1, 19.55], [-39.95, 19.55], [-39.95, 19.65], [-40.1, 19.65], [-40.1, 19.55]]],
}


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = iter(range(1, 1 << 30))
    folder = tmp_path_factory.mktemp("map") / "played"
    return Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission)


def on_the_map(mission: Path, wanted: Wanted | None = None) -> dict[str, Any]:
    read = json.loads(map_incidents(mission, ASKED, wanted or Wanted()))
    return {one["id"]: one for one in read["features"]}


def test_every_incident_is_on_the_map_or_counted_as_without_a_point(mission: Path) -> None:
    page = map_page(mission, ASKED)
    assert page.in_all == page.number == len(on_the_map(mission)) + page.pointless
    assert page.pointless > 0
    assert page.left_off == 0


def test_no_incident_is_placed_otherwise_than_the_export_places_it(mission: Path, tmp_path: Path) -> None:
    out = tmp_path / "incidents.geojson"
    export(mission, out, ASKED, "incidents", "geojson")
    exported = {one["id"]: one for one in json.loads(out.read_bytes())["features"] if one["geometry"]}
    drawn = on_the_map(mission)
    assert set(drawn) == set(exported)
    for name, one in drawn.items():
        assert one["geometry"] == exported[name]["geometry"]
        assert one["properties"]["radius_m"] == exported[name]["properties"]["radius_m"]
        assert ";".join(one["properties"]["areas"]) == exported[name]["properties"]["areas"]


def test_a_day_shows_whatever_may_have_been_on_it_and_days_leave_nothing_out(mission: Path) -> None:
    page, all_of_them = map_page(mission, ASKED), on_the_map(mission)
    day = page.days[10]
    chosen = on_the_map(mission, Wanted(first=day, last=day))
    expected = {
        name for name, one in all_of_them.items() if one["properties"]["first"] <= 10 <= one["properties"]["last"]
    }
    assert set(chosen) == expected
    before, after = Wanted(last=page.days[9]), Wanted(first=page.days[11])
    assert set(all_of_them) == {*on_the_map(mission, before), *chosen, *on_the_map(mission, after)}


def test_kind_side_area_box_and_indicator_choose_and_the_table_follows(mission: Path) -> None:
    page, all_of_them = map_page(mission, ASKED), on_the_map(mission)
    assert sum(map_page(mission, ASKED, Wanted(kind=kind)).number for kind in page.kinds) == page.in_all
    said = on_the_map(mission, Wanted(side="Plain Front"))
    assert said
    assert all("Plain Front" in one["properties"]["side_a"] + one["properties"]["side_b"] for one in said.values())
    box = (197_000_000, -402_000_000, 202_000_000, -398_000_000)
    inside = on_the_map(mission, Wanted(box=box))
    assert set(inside) == {
        name for name, one in all_of_them.items()
        if -40.2 <= one["geometry"]["coordinates"][0] <= -39.8 and 19.7 <= one["geometry"]["coordinates"][1] <= 20.2
    }  # fmt: skip
    assert map_page(mission, ASKED, Wanted(box=box)).number == len(inside)
    lethal = on_the_map(mission, Wanted(counts="lethal_incidents"))
    assert 0 < len(lethal) < len(all_of_them)
    assert all(one["properties"]["counts"]["lethal_incidents"] != "no" for one in lethal.values())


def test_a_choice_that_the_ledger_has_not_is_refused_and_not_taken_for_nothing(mission: Path) -> None:
    for wanted in (Wanted(first="2031-01-01"), Wanted(area="atlantis"), Wanted(counts="wind")):
        with pytest.raises(ValueNotRead):
            map_page(mission, ASKED, wanted)


def test_claims_stand_beside_each_other_and_an_excluded_area_is_never_drawn(mission: Path, tmp_path: Path) -> None:
    file, drawn = tmp_path / "zone.geojson", iter(range(1 << 31, 1 << 32))
    file.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": DRAWN}))
    before = map_tag(mission, ASKED, "lines")
    said = (("Z1", "north", "alpha", ""), ("Z1", "south", "beta", ""), ("SEALED-7", "south", "beta", "excluded_area"))
    for number, claimant, by, kind in said:
        told = Told(number, claimant, by, "as drawn", from_="2025-03-01", at="2025-03-01T00:00", kind=kind)
        add_claim(mission, file, told, sign=None, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big"))
    content = map_lines(mission, ASKED)
    features = json.loads(content)["features"]
    assert [(one["properties"]["number"], one["properties"]["claimant"]) for one in features] == [
        ("Z1", "north"), ("Z1", "south"),
    ]  # fmt: skip
    assert b"SEALED-7" not in content
    assert map_tag(mission, ASKED, "lines") != before


def test_a_tag_stays_while_nothing_is_asked_otherwise(mission: Path) -> None:
    assert map_tag(mission, ASKED, Wanted()) == map_tag(mission, ASKED, Wanted())
    others = [map_tag(mission, ASKED, Wanted(kind="shelling")), map_tag(mission, Asked(INTERNAL, NOW), Wanted())]
    assert len({map_tag(mission, ASKED, Wanted()), *others}) == 3


def test_areas_say_the_version_of_the_agreement_they_are_of(mission: Path) -> None:
    features = json.loads(map_areas(mission, ASKED))["features"]
    assert [one["id"] for one in features] == ["northern_valley", "river_towns", "southern_plain"]
    assert all(one["properties"]["version"] for one in features)


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.INTERNAL])
def test_nobody_else_is_shown_a_map_of_what_was_not_released(mission: Path, audience: Audience) -> None:
    other = Asked(Reader(audience), NOW, "2025-05-03T00:00")
    for drawn in (map_page, map_incidents, map_areas, map_lines):
        with pytest.raises(NotReleased):
            drawn(mission, other)  # type: ignore[operator]
