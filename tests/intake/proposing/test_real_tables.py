"""Real tables of known forms, proposed as if nothing were known: how many columns rightly, how many rows read."""

import pytest

from truceline.intake.context import ReadContext
from truceline.intake.mapping import read_mapping
from truceline.intake.proposing.drafting import answers_of, mapping_of, proposed
from truceline.intake.proposing.opening import open_any
from truceline.intake.proposing.writing import written
from truceline.intake.reading import Refused, read_file, read_rows

pytestmark = pytest.mark.data
UCDP = {
    "report_id": "id", "when": "date_start date_end", "lat": "latitude", "lon": "longitude",
    "place": "where_coordinates",
    "area": "adm_1", "side_a": "side_a", "side_b": "side_b", "killed_low": "low", "killed_best": "best",
    "killed_high": "high", "words": "source_article|source_headline", "kind": "type_of_violence",
}  # fmt: skip
ARCHIVE = {
    "report_id": "reference_code", "when": "recording_date", "lat": "location_latitude", "lon": "location_longitude",
    "place": "location", "words": "description_ar|description_en",
}  # fmt: skip
HXL = {"when": "#date+reported", "area": "#adm1"}
TABLES = {
    "ucdp-ged-syria-2016/ged_syria_2016.csv": (UCDP, 6_170),
    "ucdp-ged-ukraine-2014-hxl/ged_ukraine_2014_hxl.csv": (UCDP, 1_294),
    "api-samples/ucdp_gedevents_one_record.json": (UCDP, 1),
    "airwars-syria-2016/airwars_syria_2016.json": ({
        "report_id": "code|airwars_id|number", "when": "date date_end", "lat": "latitude", "lon": "longitude",
        "place": "location_ar|location_original", "area": "region_ar|governorate_ar",
        "kind": "strike_type_ar|strike_type_original",
        "side_a": "military_ar|military_original", "killed_low": "killed_min", "killed_high": "killed_max",
    }, 1_735),
    "airwars-syria-2016/airwars_syria_2016_incident-objects.jsonl": ({
        "report_id": "رمز الحادثة|معرّف Airwars", "when": "تاريخ الحادثة نهاية نطاق التاريخ|تاريخ الحادثة",
        "lat": "خط العرض", "lon": "خط الطول", "place": "الموقع بالعربية|الموقع بالإنجليزية",
        "area": "المنطقة — عربي|المحافظة — عربي|المحافظة — الأصل",
        "side_a": "الجهة العسكرية — عربي|الجهة العسكرية — الأصل",
        "kind": "نوع الضربة — عربي|نوع الضربة — الأصل", "killed_low": "مدنيون قتلى — حد أدنى",
        "killed_high": "مدنيون قتلى — حد أعلى", "words": "ملخص عربي منظم",
    }, 1_735),
    "yemen-air-raids-2015-2017/yemen_air_raids_2015_2017.csv": ({
        "report_id": "Incident ID", "when": "Date", "area": "Governorate", "place": "Area|District",
        "killed_best": "Fatalities",
    }, 15_784),
    "syrian-archive-2015-2016/russian_attacks.csv": (ARCHIVE, 1_567),
    "syrian-archive-2015-2016/chemical_weapons.csv": (ARCHIVE | {"kind": "weapons"}, 399),
    "syrian-archive-2015-2016/cluster_munitions.csv": (ARCHIVE | {"weapon": "weapons"}, 92),
    "vdc-daily-2011-2016/casualties_by_province_by_day.csv": ({"from": "day", "to": "day"}, 2_100),
    "vdc-daily-2011-2016/casualties_by_cause_of_death_by_day.csv": ({"from": "day", "to": "day"}, 2_100),
    "hxl-samples/input-valid.csv": (HXL, 1),
    "hxl-samples/input-valid.json": (HXL, 1),
    "hxl-samples/input-valid.xlsx": (HXL, 1),
    "hxl-samples/input-merged.xlsx": (HXL, 4),
}  # fmt: skip
"""For each table the columns that someone who knows the form would choose, and the rows that can be read at all."""
LEAST_COLUMNS = 95
"""Per cent of these columns, over all tables."""


def _columns(source):
    if isinstance(source, str):
        return source
    return " ".join(source.get("span", [])) or source.get("column") or source.get("date") or "?"


def test_real_tables_are_proposed_as_one_who_knows_them_would_choose(data_set):
    right, wanted, told = 0, 0, []
    for name, (fields, rows) in TABLES.items():
        folder, _, file = name.partition("/")
        content = (data_set(folder) / file).read_bytes()
        draft = proposed(open_any(file, content))
        made = mapping_of(draft, answers_of(draft), "made")
        given = {field: _columns(source) for field, source in made["fields"].items()}
        wrong = {
            field: given.get(field) for field, columns in fields.items() if given.get(field) not in columns.split("|")
        }
        right, wanted = right + len(fields) - len(wrong), wanted + len(fields)
        mapping = read_mapping("proposed", written(draft, answers_of(draft), "made", file).encode())
        nouns = [noun for _, noun in read_rows(read_file(file, content, mapping=mapping), ReadContext())]
        read = sum(not isinstance(noun, Refused) for noun in nouns)
        assert read == rows, name
        told += [f"  {file}: {field} from {column}" for field, column in wrong.items()]
    print(f"map: {right} of {wanted} columns of {len(TABLES)} real tables proposed rightly; not so:")
    print("\n".join(told))
    assert 100 * right >= LEAST_COLUMNS * wanted


def test_the_killed_of_a_proposed_mapping_are_those_of_the_known_form(data_set):
    content = (data_set("ucdp-ged-syria-2016") / "ged_syria_2016.csv").read_bytes()
    draft = proposed(open_any("ged.csv", content))
    mapping = read_mapping("proposed", written(draft, answers_of(draft), "made", "ged.csv").encode())
    ours = [noun for _, noun in read_rows(read_file("ged.csv", content, mapping=mapping), ReadContext())]
    known = [noun for _, noun in read_rows(read_file("ged.csv", content), ReadContext())]
    for read in ("killed_low", "killed_best", "killed_high", "side_a", "side_b", "source_row", "when_words"):
        assert [getattr(one, read) for one in ours] == [getattr(one, read) for one in known]
