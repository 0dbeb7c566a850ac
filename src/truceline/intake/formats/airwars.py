"""Airwars' incidents of alleged civilian harm, as summaries and as the objects of its pages in Arabic.

The figures are civilians said to have been killed, lowest and highest; Airwars gives no best figure.
How exact a place is comes with the objects only; the metres are ours.
"""

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.formats.said import WIDEST_M, said
from truceline.intake.formats.truceline_reports import side
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import Interval

_RADII_M = {
    "exact_location": 100, "within_100m": 100, "nearby_landmark": 1_000, "within_1km": 1_000,
    "neighbourhood_area": 3_000, "village": 5_000, "town": 5_000, "city": 10_000, "subdistrict": 25_000,
    "district": 50_000, "province": 150_000, "governorate": 150_000,
}  # fmt: skip
_KINDS = {"Airstrike": "air_strike", "Drone Strike": "drone_strike", "Artillery": "shelling"}
_DOUBTED = {
    "Contested": "graded_contested", "متنازع عليه": "graded_contested",
    "Discounted": "graded_discounted", "مستبعدة": "graded_discounted",
}  # fmt: skip


def read(cells: Cells, context: ReadContext) -> Report:
    """One incident as a report of the source `airwars`; faults are noted in the cells."""
    if cells.text("evidence") in _DOUBTED:
        cells.flag(_DOUBTED[cells.text("evidence")])
    strike = cells.text("strike_type")
    words = cells.words("summary_ar")
    return said(
        cells,
        context,
        source="airwars",
        source_row=cells.must("code", "Give the incident's code."),
        when=_when(cells, context.zone),
        point=cells.point("latitude", "longitude"),
        radius_m=_RADII_M.get(cells.text("place_precision"), WIDEST_M),
        place=cells.words("location") or cells.words("location_ar"),
        area=cells.text("governorate") or cells.text("governorate_ar"),
        kind=_KINDS.get(strike, ""),
        weapon="" if strike in _KINDS else strike,
        sides=(side(cells.text("military"), ", "), ()),
        killed=cells.count("killed_min", "", "killed_max"),
        words=words,
        language="ar" if words else "",
    )


def _when(cells: Cells, zone: str) -> Interval:
    first = cells.when("date", zone)
    if not cells.text("date_end"):
        return first
    last = cells.when("date_end", zone)
    if cells.refused(("date", "date_end")):
        return first
    if last.end < first.end:
        told = f"{last.words!r} lies before the date, {first.words!r}"
        cells.refuse("date_end", ValueNotRead(told, "Exchange them."))
        return first
    return Interval(first.start, last.end, f"{first.words}/{last.words}", zone)


_GROUPS = {
    "source": "code airwars_id airwars_url number sequence path completion source_count media_count extra_link_count",
    "when": "date date_end",
    "where": "location location_ar governorate governorate_ar region_ar district_ar latitude longitude place_precision",
    "who": "military military_ar victim_count",
    "what": "strike_type strike_type_ar strike_status_ar evidence evidence_ar killed_min killed_max injured_min "
    "injured_max summary_ar",
}

FORMAT = Format(
    name="airwars",
    version="1",
    noun="report",
    must=("code", "airwars_id", "date", "military", "killed_min", "killed_max", "latitude", "longitude"),
    groups_of={column: group for group, columns in _GROUPS.items() for column in columns.split()},
    read=read,
    also={
        "location_original": "location", "military_original": "military", "strike_type_original": "strike_type",
        "evidence_ar": "evidence",
        "رمز الحادثة": "code", "معرّف Airwars": "airwars_id", "رابط الحادثة": "airwars_url", "التسلسل": "sequence",
        "ملخص عربي منظم": "summary_ar", "تاريخ الحادثة": "date", "نهاية نطاق التاريخ": "date_end",
        "الموقع بالعربية": "location_ar", "الموقع بالإنجليزية": "location", "المحافظة — عربي": "governorate_ar",
        "المحافظة — الأصل": "governorate", "المنطقة — عربي": "region_ar", "خط العرض": "latitude",
        "خط الطول": "longitude", "دقة تحديد الموقع": "place_precision", "الجهة العسكرية — عربي": "military_ar",
        "الجهة العسكرية — الأصل": "military", "نوع الضربة — عربي": "strike_type_ar",
        "نوع الضربة — الأصل": "strike_type", "قوة الأدلة — الأصل": "evidence",
        "مدنيون قتلى — حد أدنى": "killed_min", "مدنيون قتلى — حد أعلى": "killed_max",
        "مدنيون جرحى — حد أدنى": "injured_min", "مدنيون جرحى — حد أعلى": "injured_max",
    },
)  # fmt: skip
