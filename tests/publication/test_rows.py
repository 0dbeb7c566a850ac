"""The embedded rows: nothing lost, nothing that ends the script element, and small."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from truceline.publication.languages import words_for
from truceline.publication.rows import coded, columns, embed, plain, steps

sys.path.insert(0, str(Path(__file__).parent))

import made_up


def test_a_script_end_inside_a_text_does_not_end_the_script() -> None:
    text = embed({"a": "</script><!--&", "b": "\\<", "c": "\\u0012", "d": "line\u2028"})
    assert not {"<", ">", "&", "\u2028"} & set(text)
    assert json.loads(text) == {"a": "</script><!--&", "b": "\\<", "c": "\\u0012", "d": "line\u2028"}


def test_direction_overrides_are_replaced_and_not_obeyed() -> None:
    assert json.loads(embed("a\u202eb\u2066c")) == "a\ufffdb\ufffdc"
    assert json.loads(embed("می\u200cخواهم")) == "می\u200cخواهم", "a joiner belongs to the word"


def test_the_columns_give_back_every_row() -> None:
    page = made_up.page()
    rows, found = page.incidents, columns(page, words_for("en"))
    for i in range(len(rows)):
        start = found["base"] + found["start"][i] * found["unit"]
        assert start == rows.start[i]
        assert start + found["long"][0][found["long"][1][i]] * found["unit"] == rows.end[i]
        assert found["areas"][0][found["areas"][1][i]] == np.flatnonzero(rows.may_be[i]).tolist()
        assert int(found["counts"][0][i]) == rows.counts[0][i]
        assert found["source"][0][found["source"][1][i]] == rows.source[i]
        lat = found["point"][0]
        assert (lat[i + 1] >= 0) == rows.has_point[i]
        if rows.has_point[i]:
            assert abs((lat[0] + lat[i + 1]) * 100 - rows.lat_e7[i]) <= 50
    assert np.cumsum(found["seq"]).tolist() == rows.seq.tolist()


def test_several_possible_kinds_are_said_with_or_between_them() -> None:
    page = made_up.page()
    rows = replace(page.incidents, kind=["shelling;atgm_fire", *list(page.incidents.kind)[1:]])
    found = columns(replace(page, incidents=rows), words_for("en"))
    assert found["kind"][0][found["kind"][1][0]] == "Shelling or Anti-tank guided missile"


def test_texts_are_kept_once_and_lists_are_said_in_words() -> None:
    assert coded(["b", "a", "b"]) == [["b", "a"], [0, 1, 0]]
    assert plain('["North", "South"]') == "North; South"
    assert plain("[not a list") == "[not a list"
    assert steps(np.array([5, 6, 9])) == [5, 1, 3]
