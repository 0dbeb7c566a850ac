"""Acts for a simulated theatre: what its bodies declare, find and determine, one YAML document each.

The forms are those of `vocabulary/act.py`. One clock is contested: its two deciders contradict
each other. Nothing in `knowable.json` follows from them.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from truceline.theatre.setting import Setting
from truceline.theatre.told import minute_text
from truceline.theatre.weather import Weather

Act = dict[str, str]
Raw = Mapping[str, Any]
NOON = 720


def acts(setting: Setting, weather: Weather) -> list[Act]:
    """Declarations that contest the first clock with two deciders, then what each other clock listens to."""
    clocks: list[Raw] = setting.agreement.get("clocks", [])
    contested = next((clock for clock in clocks if len(clock["deciders"]) > 1), None)
    made = _contest(setting, contested, weather.calm[0] + 8) if contested else []
    for clock in clocks:
        if "extension" in clock:
            made += _extend(setting, clock)
        if isinstance(clock.get("reset"), dict):
            made += _determine(setting, clock, weather.calm[0] - 4)
        for condition in clock.get("conditions", []):
            made += _meet(setting, clock, condition, weather.calm[1])
    return made


def act_files(made: list[Act]) -> dict[str, bytes]:
    """One file each, numbered in the order in which they are to be entered."""
    return {
        f"acts/{number:02}-{act['by']}-{act['act']}.yaml": yaml.safe_dump(
            act, sort_keys=False, allow_unicode=True, width=100
        ).encode()
        for number, act in enumerate(made, 1)
    }


def _contest(setting: Setting, clock: Raw, day: int) -> list[Act]:
    one, other = clock["deciders"][:2]
    at, since = minute_text(setting, day, NOON), setting.day(day - 8)
    return [
        _declared(one, at, clock, "met", because=f"No attack has come to our notice since {since}."),
        _declared(other, at, clock, "not_met", because="Our own channel speaks of an attack in those days."),
    ]


def _extend(setting: Setting, clock: Raw) -> list[Act]:
    """The first extension is declared by all who must; the second by one of them only."""
    by = clock["extension"]["by"]
    first, second = setting.day(setting.truce + 4) + "T00:00", setting.day(setting.truce + 6) + "T00:00"
    at = minute_text(setting, setting.truce + 1, NOON)
    again = minute_text(setting, setting.truce + 3, NOON)
    made = [_declared(body, at, clock, "extended", because="Agreed by telephone.", until=first) for body in by]
    return [*made, _declared(by[0], again, clock, "extended", because="The other has not answered.", until=second)]


def _determine(setting: Setting, clock: Raw, day: int) -> list[Act]:
    """One body calls a matter what would set the clock back, another calls it less; a third found it happened."""
    bodies, at = clock["reset"]["agreed_by"], minute_text(setting, day + 2, NOON)
    about, when = f"Shelling of {setting.day(day)}", minute_text(setting, day, NOON)
    finder = next((body["id"] for body in setting.agreement["bodies"] if body["id"] not in bodies), bodies[0])
    found = {"act": "finding", "by": finder, "at": at, "about": about, "held": "happened"}
    found |= {"what": "Three rounds fell on open ground.", "because": "A patrol saw the craters.", "when": when}
    determined = {"act": "determination", "at": at, "about": about, "when": when, "clock": clock["id"]}
    categories = [clock["reset"]["category"], *["minor_violation"] * (len(bodies) - 1)]
    return [
        found,
        *[
            determined | {"by": body, "category": category, "because": "After talks with both sides."}
            for body, category in zip(bodies, categories, strict=True)
        ],
    ]


def _meet(setting: Setting, clock: Raw, condition: Raw, day: int) -> list[Act]:
    at = minute_text(setting, day, NOON)
    because = "Twelve lorries were counted in."
    return [
        _declared(body, at, clock, "condition_met", because=because, condition=condition["id"])
        for body in condition["by"]
    ]


def _declared(by: str, at: str, clock: Raw, says: str, **more: str) -> Act:
    return {"act": "declaration", "by": by, "at": at, "clock": clock["id"], "says": says, **more}
