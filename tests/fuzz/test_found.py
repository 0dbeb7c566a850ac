"""What fuzzing found and was mended, each named after what was sent. Other finds stand beside their readers' tests."""

import pytest

from truceline.compliance.areas_file import read_areas
from truceline.errors import PackError
from truceline.intake.proposing.drafting import proposed
from truceline.intake.proposing.opening import open_any


def test_an_area_whose_id_is_half_a_character_is_refused_in_a_sentence():
    feature = '{"type": "Feature", "id": "a\\ud800", "geometry": {"type": "Polygon", "coordinates": []}}'
    with pytest.raises(PackError, match="is no area of"):
        read_areas(f'{{"type": "FeatureCollection", "features": [{feature}]}}'.encode(), ["a"])


def test_a_column_of_superscript_digits_is_no_column_of_numbers():
    rows = "".join(f"{n},3²6.{n},x\n" for n in range(1, 9))
    assert proposed(open_any("sent.csv", f"id,date,note\n{rows}".encode())).steps
