"""Positions pasted in any form: what they are read as, how precise, what was guessed; grids both ways."""

import contextlib
import re
from math import asinh, atan2, atanh, ceil, cos, cosh, hypot, radians, sin, sinh, sqrt, tan

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.grid_reference import SQUARE_M, mgrs_of, utm_of
from truceline.vocabulary.plus_code import cell, plus_code_of, recovered
from truceline.vocabulary.position import read_position, written
from truceline.vocabulary.where import E7

ALEPPO = (362_021_000, 371_343_000)
SYRIA = (323_000_000, 357_000_000, 373_000_000, 424_000_000)
LATITUDES = st.integers(-79 * E7, 83 * E7)
LONGITUDES = st.integers(-180 * E7, 180 * E7 - 1)


def apart_m(one, other):
    """Metres on a sphere that is a little too big; for points some kilometres apart."""
    north, east = (one[0] - other[0]) / E7, ((one[1] - other[1]) / E7 + 540) % 360 - 180
    return 111_700 * hypot(north, east * cos(radians(min(abs(one[0]), abs(other[0])) / E7)))


@pytest.mark.parametrize(
    ("text", "form", "radius_m"),
    [
        ("36.2021, 37.1343", "decimal degrees", 8), ("36.2021,37.1343", "decimal degrees", 8),
        ("36.2021 37.1343", "decimal degrees", 8), ("36.2021; 37.1343", "decimal degrees", 8),
        ("36.2021/37.1343", "decimal degrees", 8), ("(36.2021, 37.1343)", "decimal degrees", 8),
        ("36.2021N 37.1343E", "decimal degrees", 8), ("N36.2021 E37.1343", "decimal degrees", 8),
        ("36.2021° N, 37.1343° E", "decimal degrees", 8), ("37.1343E 36.2021N", "decimal degrees", 8),
        ("lat: 36.2021 lon: 37.1343", "decimal degrees", 8),
        ("Latitude 36.2021, Longitude 37.1343", "decimal degrees", 8),
        ("36,2021 37,1343", "decimal degrees", 8), ("36,2021; 37,1343", "decimal degrees", 8),
        ("٣٦٫٢٠٢١، ٣٧٫١٣٤٣", "decimal degrees", 8), ("۳۶٫۲۰۲۱ ۳۷٫۱۳۴۳", "decimal degrees", 8),
        ("36.2021 شمالاً 37.1343 شرقاً", "decimal degrees", 8), ("36.2021 с.ш. 37.1343 в.д.", "decimal degrees", 8),
        ("36.2021ش 37.1343ق", "decimal degrees", 8),
        ("36°12'07.56\"N 37°08'03.48\"E", "degrees, minutes and seconds", 1),
        ("36º12’07.56”N, 37º08’03.48”E", "degrees, minutes and seconds", 1),
        ("36°12′07.56″ 37°08′03.48″", "degrees, minutes and seconds", 1),
        ("N 36 12 07.56 E 37 08 03.48", "degrees, minutes and seconds", 1),
        ("36 12 07.56 37 08 03.48", "degrees, minutes and seconds", 1),
        ("36-12-07.56N 037-08-03.48E", "degrees, minutes and seconds", 1),
        ("361207.56N 0370803.48E", "degrees, minutes and seconds", 1),
        ("36°12.126'N 37°08.058'E", "degrees and minutes", 2), ("٣٦°١٢٫١٢٦' ش ٣٧°٠٨٫٠٥٨' ق", "degrees and minutes", 2),
        ("POINT (37.1343 36.2021)", "WKT", 8), ("geo:36.2021,37.1343", "geo URI", 8),
        ("geo:36.2021,37.1343;crs=wgs84;u=35", "geo URI", 36),
        ("https://www.google.com/maps/place/x/@36.1,37.0,9z/data=!3d36.2021!4d37.1343", "map link", 8),
        ("https://maps.google.com/?q=36.2021,37.1343", "map link", 8),
        ("https://www.openstreetmap.org/?mlat=36.2021&mlon=37.1343#map=9/36.1/37.0", "map link", 8),
        ("37S 332269 4007977", "UTM", 1), ("37N 332269 4007977", "UTM", 1), ("UTM 37S 332269E 4007977N", "UTM", 1),
        ("332269 4007977 37S", "UTM", 1), ("37S 4007977 332269", "UTM", 1),
        ("37SCA3226907977", "MGRS", 1), ("37S CA 32269 07977", "MGRS", 1), ("37s ca 32269 07977", "MGRS", 1),
        ("8G8V642M+RPV", "plus code", 2), ("8g8v642m+rp", "plus code", 9),
    ],
)  # fmt: skip
def test_one_point_pasted_in_many_ways(text, form, radius_m):
    read = read_position(text)
    assert (read.form, read.radius_m, read.words) == (form, radius_m, text)
    assert apart_m((read.lat_e7, read.lon_e7), ALEPPO) <= radius_m + 1


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("36,37", "is this latitude 36 and longitude 37, or the one number 36.37"),
        ("36,2021,37,1343", "which commas part the numbers"), ("36,20 37,13", "decimals (36.20 37.13), or degrees"),
        ("36.2 ش 37.1 ش", "which is north and which is east"), ("48.1N 2.3O", "west (ouest, oeste) or east (Ost)"),
        ("36.2N 37.1S", "which is which"), ("-36.2S 37.1E", "which of them holds"),
        ("CA 322 079", "in which grid zone"),
        ("642M+RP Aleppo", "where is it, near Aleppo"), ("642M+RP", "near which place"),
        ("20S 331234 4207654", "the band (32 to 40 north) or the southern hemisphere"),
    ],
)  # fmt: skip
def test_two_readings_are_a_question(text, question):
    with pytest.raises(ValueNotRead) as caught:
        read_position(text)
    assert question in caught.value.message
    assert caught.value.mend


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "36.2021", "36,2021", "95.0, 190.0", "36°12'07\"N 37°08'63\"E", "36.5°12'N 37°08'E", "36..2 37",
        "37T 331234 4007654", "99SCA1212", "37SCA123", "37S CA 3123 076", "37SCI1234", "61N 331234 4007654",
        "37N 50000 4007654", "https://example.org/", "POINT (37 96)", "1 2 3", "8G8V642M+R", "\u202e36.2 37.1",
        "X" * 3000, "36.2021N 37.1343E 12", "NaN, NaN", "1e2, 3e1",
    ],
)  # fmt: skip
def test_what_is_no_position_is_refused_with_a_mend(text):
    with pytest.raises(ValueNotRead) as caught:
        read_position(text)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("36.2021, 37.1343", "latitude was taken first"), ("137.1 36.2", "the first number cannot be a latitude"),
        ("37.1343E 36.2021N", "longitude stood first"), ("36,2021 37,1343", "read as decimal points"),
        ("36.2021N 37.1343", "only one number has a letter"), ("37S 332269 4007977", "read as the band"),
        ("37N 332269 4007977", "read as the hemisphere"), ("37S 4007977 332269", "northing stood first"),
        ("37SCA30", "a square of 10 km"), ("https://x.org/maps/@36.2021,37.1343,9z", "may be no pin"),
    ],
)  # fmt: skip
def test_what_was_taken_or_exchanged_is_said(text, said):
    assert any(said in sentence for sentence in read_position(text).readings)


def test_a_point_outside_the_theatre_is_kept_and_not_exchanged():
    read = read_position("40.1343, 35.2021", box=SYRIA)
    assert (read.lat_e7, read.lon_e7) == (401_343_000, 352_021_000)
    assert "if latitude and longitude are exchanged" in read.readings[-1]
    assert read_position("1, 2", box=SYRIA).readings[-1] == "outside the theatre"
    assert "outside" not in " ".join(read_position("36.2021, 37.1343", box=SYRIA).readings)


@given(LATITUDES, LONGITUDES)
def test_a_point_written_in_any_form_is_read_back(lat, lon):
    shown = written(lat, lon)
    for text, within in ((shown.decimal, 0), (shown.dms, 1), (shown.utm, 2), (shown.mgrs, 2), (shown.plus_code, 3)):
        if text == shown.utm and re.match(r"(18|19|2\d)S ", text):
            continue
        read = read_position(text)
        assert apart_m((read.lat_e7, read.lon_e7), (lat, lon)) <= within + read.radius_m * (text != shown.decimal)


@given(LATITUDES, LONGITUDES, st.integers(1, 5))
@example(0, 0, 5)
@example(605_000_000, 40_000_000, 5)
def test_mgrs_cuts_off_and_its_radius_holds_the_point(lat, lon, digits):
    name, finest = mgrs_of(lat, lon, digits), mgrs_of(lat, lon)
    assert name == finest[: 5 + digits] + finest[10 : 10 + digits]
    read = read_position(name)
    assert read.radius_m == SQUARE_M[digits] * 7_080 // 10_000 + 1
    assert apart_m((read.lat_e7, read.lon_e7), (lat, lon)) <= read.radius_m * 1.03 + 1


@settings(max_examples=300)
@given(LATITUDES, LONGITUDES)
def test_a_square_of_a_metre_is_written_as_it_was_read(lat, lon):
    name = mgrs_of(lat, lon)
    read = read_position(name)
    again = mgrs_of(read.lat_e7, read.lon_e7)
    assert again == name or borders(lon, 3) or borders(lat, 8)


def borders(degrees_e7: int, every: int) -> bool:
    """Within some ten metres of where a zone or a band of the grid ends."""
    return min(degrees_e7 % (every * E7), -degrees_e7 % (every * E7)) <= 1_000


# hobuinc/mgrs tests/test.txt and proj4js/mgrs test/test.js (both MIT).
MGRS_VECTORS = {
    (42.0, -93.0): "15TWG0000049776", (38.9072, -77.0369): "18SUJ2338308450", (39.9526, -75.1652): "18SVK8588822509",
    (36.2361322, -115.0820944): "11SPA7234911844", (0.0, 0.0): "31NAA6602100000", (0.00001, 0.0): "31NAA6602100001",
}  # fmt: skip


@pytest.mark.parametrize("point", MGRS_VECTORS)
def test_published_points_have_their_mgrs(point):
    assert mgrs_of(round(point[0] * E7), round(point[1] * E7)) == MGRS_VECTORS[point]


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [("33UXP04", 48.24949, 16.41450), ("24XWT783908", 83.62778, -32.66433), ("15SWC8081751205", 38.40543, -92.07440)],
)
def test_published_squares_have_their_middle(name, lat, lon):
    """The publishers take the middle in degrees, or the corner of a metre: near ours by a thousandth of the side."""
    read = read_position(name)
    assert apart_m((read.lat_e7, read.lon_e7), (lat * E7, lon * E7)) < 3 + read.radius_m / 1_000


def krueger(lat, lon, middle):
    """Easting and northing of UTM: Krueger's series to n^4 (Karney 2011, eq. 35), good to a micrometre in a zone."""
    f = 1 / 298.257223563
    n = f / (2 - f)
    e = sqrt(f * (2 - f))
    radius = 6_378_137 / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alphas = (n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180, 13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
              61 * n**3 / 240 - 103 * n**4 / 140, 49561 * n**4 / 161280)  # fmt: skip
    t = sinh(asinh(tan(radians(lat))) - e * atanh(e * sin(radians(lat))))
    across = radians(lon - middle)
    xi, eta = atan2(t, cos(across)), asinh(sin(across) / hypot(t, cos(across)))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(alphas, 1))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(alphas, 1))
    return 500_000 + 0.9996 * radius * east, 0.9996 * radius * north


@settings(max_examples=500)
@given(st.integers(*SYRIA[::2]), st.integers(*SYRIA[1::2]))
def test_metres_are_cut_off_and_never_rounded(lat, lon):
    zone = lon // E7 // 6 + 31
    east, north = krueger(lat / E7, lon / E7, zone * 6 - 183)
    told = utm_of(lat, lon).split()
    for wanted, got in ((east, int(told[1])), (north, int(told[2]))):
        assert got == int(wanted) or abs(wanted - ceil(wanted - 0.5)) < 0.001


# google/open-location-code test_data (Apache-2.0): code, then southern, western, northern, eastern edge.
DECODED = """
7FG49Q00+ 20.35 2.75 20.4 2.8
7FG49QCJ+2V 20.37 2.782125 20.370125 2.78225
7FG49QCJ+2VX 20.3701 2.78221875 20.370125 2.78225
8FVC2222+22 47.0 8.0 47.000125 8.000125
4VCPPQGP+Q9 -41.273125 174.785875 -41.273 174.786
62G20000+ 0.0 -180.0 1 -179
22220000+ -90 -180 -89 -179
6FH32222+222 1 1 1.000025 1.00003125
CFX3X2X2+X2 89.9998750 1 90 1.0001250
84000000+ 30 -140 50 -120
""".split("\n")[1:-1]
RECOVERED = """
9C3W9QCJ+2VX 51.3701125 -1.217765625 +2VX
9C3W9QCJ+2VX 51.3708675 -1.217765625 CJ+2VX
9C3W9QCJ+2VX 51.3852125 -1.217765625 9QCJ+2VX
8FJFW222+ 42.899 9.012 22+
796RXG22+ 14.95125 -23.5001 22+
8FRCXGRF+PM 47.00 8.55 XGRF+PM
CFX22222+22 89.6 0.0 2222+22
2CXXXXXX+XX -81.0 0.0 XXXXXX+XX
""".split("\n")[1:-1]


@pytest.mark.parametrize("line", DECODED)
def test_published_plus_codes_have_their_cells(line):
    code, *edges = line.split()
    lat, lon, high, wide = cell(code)
    found = [lat / 25_000_000, lon / 8_192_000, (lat + high) / 25_000_000, (lon + wide) / 8_192_000]
    assert found == pytest.approx([float(edge) for edge in edges], abs=1e-9)
    middle = (2 * lat + high) * E7 // 50_000_000, (2 * lon + wide) * E7 // 16_384_000
    assert plus_code_of(*middle, len(code.rstrip("0+").replace("+", ""))) == code


@pytest.mark.parametrize("line", RECOVERED)
def test_published_short_codes_are_completed_near_their_point(line):
    code, lat, lon, short = line.split()
    assert recovered(short, round(float(lat) * E7), round(float(lon) * E7)) == code


def test_a_short_code_is_read_near_a_place():
    read = read_position("642M+RP Aleppo", near=(362_100_000, 371_600_000))
    assert apart_m((read.lat_e7, read.lon_e7), ALEPPO) < 10
    assert "8G8V642M+RP" in read.readings[0]


@given(st.text(alphabet="0123456789 .,;°'\"NSEWشق+-/:37SCAgeo", max_size=40))
def test_any_text_is_a_position_or_refused(text):
    with contextlib.suppress(ValueNotRead):
        read = read_position(text)
        assert abs(read.lat_e7) <= 90 * E7
        assert abs(read.lon_e7) <= 180 * E7
        assert read.radius_m >= 1
