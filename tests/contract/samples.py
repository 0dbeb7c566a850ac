"""Made-up rows of every form, by its name: a header, rows that are read, rows that are refused.

Nobody's data: the places, groups and figures are invented. A format is not in `FORMATS` without rows here.
"""

from typing import NamedTuple


class Sample(NamedTuple):
    """A form's header with good and bad rows. `accepts`: False for a form that refuses all its rows by design."""

    header: list[str]
    good: list[list[str]]
    bad: list[list[str]]
    accepts: bool = True


def sample(row: dict[str, str], *bad: dict[str, str], accepts: bool = True) -> Sample:
    """A row by column, and what is changed in it to make bad ones."""
    rows = [list({**row, **changed}.values()) for changed in bad]
    return Sample(
        list(row), [list(row.values())] if accepts else [], rows if accepts else [list(row.values()), *rows], accepts
    )


UCDP = {
    "id": "900001", "relid": "X-1", "year": "2025", "type_of_violence": "1", "side_a": "Government of Northland",
    "side_b": "River Front", "source_article": "A wire", "where_prec": "1", "where_coordinates": "Mill town",
    "adm_1": "Northern Valley", "latitude": "36.5", "longitude": "37.25", "country": "Northland",
    "event_clarity": "1", "date_prec": "1", "date_start": "2025-03-04", "date_end": "2025-03-04",
    "best": "2", "low": "2", "high": "3",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "NOR9001", "event_date": "2025-03-04", "year": "2025", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
    "sub_event_type": "Remote explosive/landmine/IED", "actor1": "River Front (Northland)",
    "assoc_actor_1": "Hill Front; Mill Guard", "inter1": "2", "actor2": "Military Forces of Northland",
    "assoc_actor_2": "", "inter2": "1", "interaction": "12", "civilian_targeting": "", "iso": "999",
    "region": "Nowhere", "country": "Northland", "admin1": "Northern Valley", "admin2": "Mill", "admin3": "",
    "location": "Mill town", "latitude": "36.5", "longitude": "37.25", "geo_precision": "1", "source": "A wire; B wire",
    "source_scale": "National", "notes": "On 4 March 2025, a mine went off.", "fatalities": "3", "tags": "",
    "timestamp": "1741132800",
}  # fmt: skip
AIRWARS = {
    "sequence": "1", "number": "1", "code": "XX001", "airwars_id": "90001", "date": "2025-03-04", "date_end": "",
    "location_ar": "الطاحونة", "location_original": "Mill town", "governorate_ar": "الوادي",
    "military_original": "Northland Military, Southland Military", "strike_type_original": "Airstrike",
    "evidence_ar": "أدلة مقبولة", "killed_min": "2", "killed_max": "4", "injured_min": "", "injured_max": "",
    "latitude": "36.5", "longitude": "37.25",
}  # fmt: skip
GOVERNORATES = (
    "Aleppo,Damascus,Damascus Suburbs,Daraa,Deir Ezzor,Hama,Hasakeh,Homs,Idlib,Lattakia,Quneitra,Raqqa,Sweida,Tartous"
).split(",")
CAUSES = "Chemical Weapon,Detention,Execution,Explosion,Lack of Medical Access,Shelling,Shooting,Siege,Unknown".split(
    ","
)
YEMEN = {
    "Incident ID": "7", "Date": "04/03/2025", "Governorate": "Valley", "District": "Mill", "Area": "-",
    "Target": "Farm", "Main category": "Civilian", "Sub-category": "Farms", "Min Air Raids": "1",
    "Max Air Raids": "3", "Civilian Casualties": "2", "Fatalities ": "1", "Injured ": "1",
    " Confirmed Time": "22", "Time of Day": "Night", "": "",
}  # fmt: skip
ARCHIVE = {
    "youtube_id": "abc", "description_en": "Smoke over the mill", "acquired_from": "Mill Media",
    "description_ar": "دخان", "recording_date": "2025-03-04 21:21:00+00:00", "location_latitude": "36°30'36\"N",
    "location_longitude": "37.25", "weapons": "[<Weapon: Cluster Munition>]", "location": "VALLEY : Mill town",
    "reference_code": "AA_1", "type_of_violation": "Use of illegal weapons",
}  # fmt: skip
BULLETIN = {
    "id": "b-1", "ceasefire": "northland-truce-2025-03-01", "reporter": "Mill Watch (north)", "language": "en",
    "issued": "2025-03-05", "period_start": "2025-03-04", "period_end": "2025-03-04", "violations": "7",
    "cumulative": "20", "by_place.Mill town": "4", "by_place.Hill town": "3", "by_actor.the Front": "7",
    "civilians_killed": "1", "excerpt": "Seven violations, four in Mill town and three in Hill town.",
}  # fmt: skip
DAILY = {
    "SMM position": "Mill town, camera", "Event location": "2-4 km NNE", "Means": "Heard", "No.": "3",
    "Observation": "Explosion", "Description": "Undetermined", "Weapon": "N/K", "Date, time": "2025-03-04T14:05",
    "source": "mission",
}  # fmt: skip
HXL = {
    "#meta+id": "h-1", "#date+start": "2025-03-04", "#date+end": "2025-03-05", "#adm1+name": "Northern Valley",
    "#loc+name": "Mill town", "#geo+lat": "36.5", "#geo+lon": "37.25", "#event+type": "shelling",
    "#group+name+first": "River Front", "#group+name+second": "Mill Guard", "#affected+killed": "2",
    "#affected+killed+f": "1", "#description": "Shells fell", "#meta+source": "Mill Watch", "Untagged": "x",
}  # fmt: skip

SAMPLES = {
    "truceline_reports": sample(
        {"report_id": "1", "source": "ngo", "when": "2025-03-04", "kind": "shelling", "side_a": "A", "side_b": "B",
         "lat": "36.5", "lon": "37.25", "killed_best": "1"},
        {"when": "03/04/2025"}, {"lat": "95"}, {"kind": "noise"},
    ),
    "truceline_coverage": sample(
        {"coverage_id": "1", "source": "ngo", "area": "Valley", "from": "2025-03-04", "to": "2025-03-05",
         "status": "reported"},
        {"status": "asleep"}, {"to": "2025-03-01"},
    ),
    "truceline_tallies": sample(
        {"tally_id": "1", "source": "ngo", "area": "Valley", "from": "2025-03-04", "to": "2025-03-05",
         "of": "killed", "best": "4"},
        {"best": "four"},
    ),
    "ucdp_ged": sample(UCDP, {"best": "x"}, {"where_prec": "9"}),
    "acled": sample(
        ACLED, {"fatalities": "many"}, {"geo_precision": "4"}, {"event_date": "2025"}, {"sub_event_type": ""},
        {"event_date": "2025-03-04/2025-03-05"},
    ),
    "acled_deleted": sample({"event_id_cnty": "NOR9001", "deleted_timestamp": "1741132800"}),
    "airwars": sample(AIRWARS, {"killed_min": "2.5"}, {"date_end": "2025-03-01"}, {"code": ""}),
    "vdc_daily_governorate": sample(
        {"day": "2025-03-04", **dict.fromkeys(GOVERNORATES, "2.0")}, {"Homs": "2.5"}, {"day": ""}
    ),
    "vdc_daily_cause": sample({"day": "2025-03-04", **dict.fromkeys(CAUSES, "0.0")}, {"Siege": "some"}),
    "yemen_air_raids": sample(YEMEN, {"Date": "2025-03-04"}, {"Fatalities ": "?"}, {"Incident ID": ""}),
    "syrian_archive": sample(ARCHIVE, {"recording_date": "spring"}, {"location_latitude": "36°99'00\"N"}),
    "bulletins": sample(BULLETIN, {"violations": "about 7"}, {"period_end": "2025-03-01"}, {"by_place.Mill town": "-"}),
    "mission_daily": sample(DAILY, {"Date, time": "14:05"}, {"Observation": ""}, {"source": "no id!"}),
    "hxl": sample(HXL, {"#date+start": ""}, {"#geo+lon": ""}, {"#affected+killed": "few"}),
}  # fmt: skip
