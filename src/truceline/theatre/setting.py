"""What the simulator takes from a pack: days, areas and their names, and who plays which part."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import yaml

from truceline.errors import PackError

MENDS = "Simulate with the pack 'example', or give the pack actors of every kind the theatre needs."


@dataclass(frozen=True)
class Setting:
    """A pack as the simulator sees it. `agreement` is its YAML with every scalar left as a string.

    Days are local to `zone` and counted from the first day of the period (nought). `truce` is the
    day the truce starts; `rename` the day on which `renamed` takes its new name. `north` and
    `south` are the bound actors of the first and the second party; the other parts are actors' ids.
    """

    agreement: Mapping[str, Any]
    geojson: Mapping[str, Any]
    zone: str
    first: date
    days: int
    truce: int
    rename: int
    areas: tuple[str, ...]
    group: str
    north: tuple[str, ...]
    south: tuple[str, ...]
    umbrella: str
    renamed: str
    excluded: str
    unconfirmed: str
    third: str
    civilians: str

    def day(self, number: int) -> str:
        """The date of a day of the theatre; days before the first are negative."""
        return _date_text(self.first, number)

    def date(self, number: int) -> date:
        """The same as a date."""
        return self.first + timedelta(days=number)

    def place_names(self, place: str, language: str) -> list[str]:
        """The id and the names of an area or a group: in Arabic script, or in Latin script."""
        found = next(one for one in [*self.agreement["areas"], *self.agreement["area_groups"]] if one["id"] == place)
        names = [place, found["name"]["en"], *found.get("names", [])]
        return _in_script(names, language)

    def actor_names(self, actor: str, day: int, language: str, last: int | None = None) -> list[str]:
        """The names an actor bears from a day to the end of a last day, in a language's script where it has any."""
        first, end = self.day(day), self.day((day if last is None else last) + 1)
        held = [
            dated["name"]
            for dated in self._actor(actor)["names"]
            if (dated.get("from") or first)[:10] <= first and end <= (dated.get("to") or end)[:10]
        ]
        return _in_script(held, language)

    def all_names(self, actor: str) -> list[str]:
        """Every name an actor ever bore, oldest first, in Latin script."""
        return _in_script([dated["name"] for dated in self._actor(actor)["names"]], "en")

    def _actor(self, actor: str) -> Mapping[str, Any]:
        return next(one for one in self.agreement["actors"] if one["id"] == actor)


@lru_cache(maxsize=10_000)
def _date_text(first: date, number: int) -> str:
    return (first + timedelta(days=number)).isoformat()


def read_setting(pack_yaml: bytes, areas_geojson: bytes) -> Setting:
    """Read the two files of a pack. Raises `PackError` where the pack has nobody for a part of the theatre."""
    # Every scalar stays a string, so nothing but mappings, lists and strings can be built.
    agreement = yaml.load(pack_yaml, Loader=yaml.BaseLoader)  # noqa: S506
    geojson = json.loads(areas_geojson, parse_float=str, parse_int=str)
    first, end = (date.fromisoformat(agreement["period"].get(edge, "9999-12-31")[:10]) for edge in ("from", "to"))
    begins = [one["in_force"][:10] for one in agreement["instruments"] if one.get("in_force")]
    actors = agreement["actors"]
    excluded = _excluded(agreement)
    renamed = _one([one for one in actors if _renamings(one)], "an actor who changes its name")
    north, south = (party["id"] for party in agreement["parties"][:2])
    return Setting(
        agreement=agreement,
        geojson=geojson,
        zone=agreement["zone"],
        first=first,
        days=(end - first).days,
        truce=(date.fromisoformat(_one(sorted(begins), "an instrument in force")) - first).days,
        rename=(date.fromisoformat(_renamings(renamed)[0]) - first).days,
        areas=tuple(area["id"] for area in agreement["areas"]),
        group=_one(agreement["area_groups"], "a group of areas")["id"],
        north=_bound(actors, north, renamed["id"]),
        south=_bound(actors, south, renamed["id"]),
        umbrella=_first(actors, "umbrella", excluded),
        renamed=renamed["id"],
        excluded=excluded,
        unconfirmed=_first(actors, "unconfirmed", excluded),
        third=_first(actors, "third", excluded),
        civilians=_first(actors, "civilians", excluded),
    )


def _one(found: Sequence[Any], part: str) -> Any:
    """The first that was found, or a refusal that names the part."""
    if not found:
        raise PackError(f"The theatre needs {part}, and this pack has none.", MENDS)
    return found[0]


def _renamings(actor: Mapping[str, Any]) -> list[str]:
    return [name["from"][:10] for name in actor.get("names", []) if name.get("from")]


def _excluded(agreement: Mapping[str, Any]) -> str:
    """The first actor that any instrument excludes."""
    rules = [rule for one in agreement["instruments"] for rule in one.get("exclusions", [])]
    excluded = [rule["actor"] for rule in rules if rule["outcome"] == "excluded"]
    return str(_one(excluded, "an excluded actor"))


def _bound(actors: list[Mapping[str, Any]], party: str, renamed: str) -> tuple[str, ...]:
    found = [one["id"] for one in actors if (one["status"], one.get("party")) == ("bound", party)]
    return tuple(actor for actor in found if actor != renamed) or (_one(found, f"a bound actor of {party}"),)


def _first(actors: list[Mapping[str, Any]], status: str, besides: str) -> str:
    found = [one["id"] for one in actors if one["status"] == status and one["id"] != besides]
    return str(_one(found, f"an actor with the status {status}"))


def _in_script(names: list[str], language: str) -> list[str]:
    """The names in Arabic script for "ar", else those in Latin script; all of them where there is none."""
    return [name for name in names if name.isascii() != (language == "ar")] or names
