"""Degrees, minutes and seconds."""

import pytest

from truceline.intake.dms import decimal_text


@pytest.mark.parametrize(
    ("text", "which", "decimal"),
    [
        ("36°28'36\"N", "latitude", "36.4766667"), ("36°28'36N", "latitude", "36.4766667"),
        ("37°5′50″E", "longitude", "37.0972222"), ("35°21'30\"", "latitude", "35.3583333"),
        ("36° 5'47.49\"N", "latitude", "36.0965250"), ("36°32'51.44", "longitude", "36.5476222"),
        ("35.7874449N", "latitude", "35.7874449"), ("1°30'S", "latitude", "-1.5000000"), ("2.5W", "longitude", "-2.5"),
        ("36.5", "latitude", "36.5"), ("36°60'00\"N", "latitude", "36°60'00\"N"),
        ("36°28'36\"E", "latitude", "36°28'36\"E"),
        ("36N", "longitude", "36N"), ("", "latitude", ""), ("about 36°", "latitude", "about 36°"),
    ],
)  # fmt: skip
def test_degrees_minutes_and_seconds_are_decimal_degrees_and_what_is_none_stays(text, which, decimal):
    assert decimal_text(text, which) == decimal
