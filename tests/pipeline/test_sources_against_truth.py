"""In the theatre it is known who told of what: the bounds of `sources` hold it, and closer than counts alone."""

import json
from itertools import combinations

import pytest

SOURCES = ("mission", "ngo", "hotline", "co-chair-alpha", "co-chair-beta", "wire")


@pytest.mark.parametrize("seed", [3, 2016])
def test_what_both_truly_have_lies_within_the_bounds(office, desk, seed):
    folder = desk.folder / "theatre"
    assert office.truceline("simulate", "--out", folder, "--seed", seed, "--reports", 400).code == 0
    desk.init("example", "strict")
    desk.take_in(*(folder / f"{name}.csv" for name in SOURCES))
    told = desk.told("sources", "--from", "2025-02-20", "--to", "2025-05-10", "--as-of", "2025-06-01")
    high = {frozenset((pair["a"], pair["b"])): pair for pair in told["pairs"]}
    world = json.loads((folder / "world.json").read_text(encoding="utf-8"))
    true = [{name.partition("/")[0] for name in one["reported_by"]} for one in world["incidents"]]
    closer = 0
    for pair in combinations(SOURCES, 2):
        both = sum(set(pair) <= tellers for tellers in true)
        found = high[frozenset(pair)]
        fewest = min(found["periods"][0][side]["told"] for side in ("a", "b"))
        assert found["both"]["low"] <= found["both"]["high"] <= fewest
        assert both <= found["both"]["high"], pair
        closer += found["both"]["high"] < fewest
        print(f"seed {seed} {pair}: truly {both}, said {found['both']['low']} to {found['both']['high']} of {fewest}")
    assert closer > len(SOURCES)
