"""Tables as others publish them: their columns and codes with invented rows."""

import numpy as np

from truceline.theatre.benchmark.draws import Column
from truceline.theatre.benchmark.forms.form import Columns, Form, cell, delimited, json_lines, numbers, same
from truceline.theatre.benchmark.said import Said

ACLED_TYPES = {
    "shelling": "Shelling/artillery/missile attack", "atgm_fire": "Shelling/artillery/missile attack",
    "air_strike": "Air/drone strike", "drone_strike": "Air/drone strike",
    "ied_mine": "Remote explosive/landmine/IED", "undetermined_explosion": "Shelling/artillery/missile attack",
    "attack_on_civilian_object": "Attack",
}  # fmt: skip
"""ACLED's sub-event type for a kind. Most may be several of our kinds."""
ACLED_OTHER = "Armed clash"
"""Its sub-event type for any other kind."""
STRIKES = {"air_strike": "Airstrike", "drone_strike": "Drone Strike", "shelling": "Artillery"}
ARMS = {
    "shelling": "mortar 120mm", "hmg_fire": "HMG", "small_arms_fire": "small arms", "sniper_fire": "small arms",
    "undetermined_explosion": "N/K",
}  # fmt: skip
_COMMA, _HEAD = delimited()


def _mapped(said: Said, of: dict[str, str], otherwise: str = "") -> Column:
    made = np.empty(len(said), object)
    made[:] = [of.get(kind, otherwise) for kind in said.cells["kind"].tolist()]
    return made


def _ucdp(said: Said) -> Columns:
    sides = {side: cell(said, side) for side in ("side_a", "side_b")}
    return {
        "id": cell(said, "report_id"), "relid": "EX-" + cell(said, "report_id"),
        "year": np.array([day[:4] for day in said.first.tolist()], object), "type_of_violence": same(said, "1"),
        "conflict_name": same(said, "Exercise: Government"), "dyad_name": sides["side_a"] + " - " + sides["side_b"],
        **sides, "number_of_sources": same(said, "1"), "source_article": cell(said, "words"),
        "where_prec": said.code, "where_coordinates": cell(said, "place"), "adm_1": cell(said, "area"),
        "latitude": cell(said, "lat"), "longitude": cell(said, "lon"), "country": same(said, "Exercise"),
        "event_clarity": same(said, "1"), "date_prec": np.where(said.vague, "2", "1"), "date_start": said.first,
        "date_end": said.last, "best": cell(said, "killed_best"), "high": cell(said, "killed_high"),
        "low": cell(said, "killed_low"),
    }  # fmt: skip


def _acled(said: Said) -> Columns:
    kinds = _mapped(said, ACLED_TYPES, ACLED_OTHER)
    plain = {name: same(said, text) for name, text in _ACLED_SAME.items()}
    return {
        "event_id_cnty": cell(said, "report_id"), "event_date": said.first,
        "year": np.array([day[:4] for day in said.first.tolist()], object),
        "time_precision": np.where(said.vague, "2", "1"), "disorder_type": plain["disorder_type"],
        "event_type": plain["event_type"], "sub_event_type": kinds, "actor1": cell(said, "side_a"),
        "assoc_actor_1": same(said, ""), "inter1": plain["inter1"], "actor2": cell(said, "side_b"),
        "assoc_actor_2": same(said, ""), "inter2": plain["inter1"], "interaction": plain["interaction"],
        "civilian_targeting": same(said, ""), "iso": plain["iso"], "region": plain["region"],
        "country": plain["country"], "admin1": cell(said, "area"), "admin2": same(said, ""), "admin3": same(said, ""),
        "location": cell(said, "place"), "latitude": cell(said, "lat"), "longitude": cell(said, "lon"),
        "geo_precision": said.code, "source": plain["source"], "source_scale": plain["source_scale"],
        "notes": cell(said, "words"), "fatalities": cell(said, "killed_best"), "tags": same(said, ""),
        "timestamp": plain["timestamp"],
    }  # fmt: skip


_ACLED_SAME = {
    "disorder_type": "Political violence", "event_type": "Exercise", "inter1": "Rebel group", "interaction": "22",
    "iso": "0", "region": "Exercise", "country": "Exercise", "source": "Exercise wire", "source_scale": "Local",
    "timestamp": "1741132800",
}  # fmt: skip


def _acled_api(said: Said) -> Columns:
    """As the API answers: numbers of people as numbers, coordinates as texts."""
    found = dict(_acled(said))
    return found | {name: numbers(found[name]) for name in ("fatalities", "year", "timestamp", "iso")}


def _airwars(said: Said) -> Columns:
    military = cell(said, "side_a") + ", " + cell(said, "side_b")
    found = {
        "code": cell(said, "report_id"), "airwars_id": said.incidents.number + 1, "date": said.first,
        "date_end": np.where(said.vague, said.last, ""), "location_original": cell(said, "place"),
        "governorate": cell(said, "area"), "military_original": military,
        "strike_type_original": _mapped(said, STRIKES, "Ground operation"), "evidence": same(said, "Fair"),
        "killed_min": numbers(cell(said, "killed_low")), "killed_max": numbers(cell(said, "killed_high")),
        "latitude": numbers(cell(said, "lat")), "longitude": numbers(cell(said, "lon")),
        "place_precision": said.code,
    }  # fmt: skip
    return found | {"airwars_id": found["airwars_id"].astype(object)}


def _hxl(said: Said) -> Columns:
    return {
        "#meta+id": cell(said, "report_id"), "#meta+source": same(said, "Relief Cluster"),
        "#date+start": said.first, "#date+end": said.last, "#adm1+name": cell(said, "area"),
        "#loc+name": cell(said, "place"), "#geo+lat": cell(said, "lat"), "#geo+lon": cell(said, "lon"),
        "#event+type": cell(said, "kind"), "#group+name+first": cell(said, "side_a"),
        "#group+name+second": cell(said, "side_b"), "#affected+killed": cell(said, "killed_best"),
        "#affected+killed+min": cell(said, "killed_low"), "#affected+killed+max": cell(said, "killed_high"),
        "#description": cell(said, "words"),
    }  # fmt: skip


def _daily(said: Said) -> Columns:
    arms = _mapped(said, ARMS, "N/K")
    heard = _mapped(said, {"undetermined_explosion": "Explosion", "shelling": "Explosion"}, "Burst")
    return {
        "SMM position": "Camp of " + cell(said, "place"), "Event location": cell(said, "place"),
        "Means": same(said, "Heard"), "No.": same(said, "3"), "Observation": heard,
        "Description": "Log " + cell(said, "report_id"), "Weapon": arms, "Date, time": cell(said, "when"),
        "lat": cell(said, "lat"), "lon": cell(said, "lon"), "source": cell(said, "source"),
    }  # fmt: skip


def _titles(names: object) -> bytes:
    """A row of words above the tags, as most HXL tables have."""
    tags = list(_HXL_TITLES)
    return _HEAD([_HXL_TITLES[tag] for tag in tags]) + _HEAD(tags)


_HXL_TITLES = {
    "#meta+id": "Id", "#meta+source": "Source", "#date+start": "From", "#date+end": "To", "#adm1+name": "Area",
    "#loc+name": "Place", "#geo+lat": "Latitude", "#geo+lon": "Longitude", "#event+type": "Kind",
    "#group+name+first": "One side", "#group+name+second": "Other side", "#affected+killed": "Killed",
    "#affected+killed+min": "At least", "#affected+killed+max": "At most", "#description": "Words",
}  # fmt: skip

UCDP = Form(_ucdp, (("best", "several"), ("where_prec", "9"), ("date_start", "spring")), _COMMA, _HEAD)
ACLED = Form(_acled, (("fatalities", "many"), ("event_date", "2025"), ("sub_event_type", "")), _COMMA, _HEAD)
ACLED_API = Form(
    _acled_api, ACLED.wrong, json_lines(",\n"),
    lambda names: b'{"status":200,"success":true,"data":[\n', b"\n]}\n", b",\n",
)  # fmt: skip
AIRWARS = Form(
    _airwars, (("killed_min", "some"), ("date", "spring"), ("code", "")), json_lines(",\n"),
    lambda names: b'{"cases":[\n', b"\n]}\n", b",\n",
)  # fmt: skip
HXL = Form(_hxl, (("#date+start", ""), ("#affected+killed", "few"), ("#geo+lon", "")), _COMMA, _titles)
DAILY = Form(_daily, (("Observation", ""), ("Date, time", "14:05")), _COMMA, _HEAD)
