"""How a source says where: a point with a radius, a name, both, or neither."""

from functools import lru_cache

import numpy as np

from truceline.theatre.benchmark.channels import AREA, GROUP, POINT, TOWN, WIDE, Channel
from truceline.theatre.benchmark.difficulty import Difficulty
from truceline.theatre.benchmark.draws import Column, Ints, Yes
from truceline.theatre.benchmark.incidents import Incidents
from truceline.theatre.benchmark.stage import ARABIC, LATIN, Stage

DEFAULT_RADIUS_M = 1000
NO_AREA = ("mission-daily",)
"""Forms without a column for the area."""

Cells = dict[str, Column]


def places(stage: Stage, channel: Channel, difficulty: Difficulty, one: Incidents, ways: Ints) -> tuple[Cells, Column]:
    """The columns of the place, and the form's code of precision."""
    number, name = one.number, channel.name
    noisy = stage.draws.share(f"{name} place noise", number, difficulty.place_noise)
    if channel.radii:
        return _coded(stage, channel, one, ways, noisy)
    order = np.array([mode for mode, _ in channel.places])
    step = stage.draws.weighted(f"{name} place", number, tuple(weight for _, weight in channel.places)) + noisy
    return _free(stage, channel, one, ways, order[np.minimum(step, len(order) - 1)]), np.full(len(one), "", object)


def _free(stage: Stage, channel: Channel, one: Incidents, ways: Ints, modes: Ints) -> Cells:
    """A form in which any radius may be written, and left out."""
    draws, number, name = stage.draws, one.number, channel.name
    lat, lon = stage.lat_text[one.spot].copy(), stage.lon_text[one.spot].copy()
    radius = stage.near.pick(one.spot, draws.bits(f"{name} radius", number))
    exact = np.flatnonzero(modes == POINT)
    lat[exact], lon[exact] = _degrees(one.lat[exact]), _degrees(one.lon[exact])
    radius[exact] = stage.precise.pick(one.spot[exact], draws.bits(f"{name} precise", number[exact]))
    wide = np.flatnonzero(modes == WIDE)
    for at, (spot, metres) in zip(wide, stage.reach.pick(one.spot[wide], draws.bits(f"{name} wide", number[wide])),
                                  strict=True):  # fmt: skip
        lat[at], lon[at], radius[at] = stage.lat_text[spot], stage.lon_text[spot], metres
    pointed = np.isin(modes, (POINT, TOWN, WIDE))
    area = stage.area_names.pick(4 * one.area + ways, draws.bits(f"{name} area", number))
    group = stage.group_names.pick(np.where(ways == ARABIC, 1, 0), draws.bits(f"{name} group", number))
    named = (modes == AREA) | (np.isin(modes, (POINT, TOWN)) & draws.share(f"{name} says area", number, 0.3))
    return {
        "lat": np.where(pointed, lat, ""), "lon": np.where(pointed, lon, ""),
        "radius_m": np.where(pointed, _metres(radius), ""),
        "area": np.where(modes == GROUP, group, np.where(named, area, "")),
    }  # fmt: skip


def _coded(stage: Stage, channel: Channel, one: Incidents, ways: Ints, noisy: Yes) -> tuple[Cells, Column]:
    """A form whose radius is a code, and which says the area beside the town's point.

    Where no border may run near the circle's edge and one does, the area is written as it is; a form
    without areas leaves the point out.
    """
    draws, number, name = stage.draws, one.number, channel.name
    step = np.minimum(draws.weighted(f"{name} place", number, (0.8, 0.2)) + noisy, len(channel.radii) - 1)
    allowed = _drawable(stage, tuple(metres for _, metres in channel.radii))[step, one.spot]
    radius = np.array([metres for _, metres in channel.radii])[step]
    code = np.array([code for code, _ in channel.radii], object)[step]
    nameless = channel.format in NO_AREA
    pointed = allowed if nameless else np.full(len(one), fill_value=True)
    plain = stage.area_names.pick(4 * one.area + LATIN, draws.bits(f"{name} area", number))
    spelt = stage.area_names.pick(4 * one.area + ways, draws.bits(f"{name} area", number))
    cells = {
        "lat": np.where(pointed, stage.lat_text[one.spot], ""), "lon": np.where(pointed, stage.lon_text[one.spot], ""),
        "radius_m": np.where(pointed, radius.astype(str).astype(object), ""),
        "area": np.full(len(one), "", object) if nameless else np.where(allowed, spelt, plain),
    }  # fmt: skip
    return cells, code


@lru_cache(maxsize=16)
def _drawable(stage: Stage, radii: tuple[int, ...]) -> Column:
    return np.array([stage.drawable(radius) for radius in radii])


def _degrees(e7: Ints) -> Column:
    made = np.empty(len(e7), object)
    made[:] = [f"{value:.5f}" for value in (e7 / 1e7).tolist()]
    return made


def _metres(radius: Column) -> Column:
    """The radius as text; the default is left out."""
    texts = {metres: "" if metres == DEFAULT_RADIUS_M else str(metres) for metres in set(radius.tolist())}
    made = np.empty(len(radius), object)
    made[:] = [texts[metres] for metres in radius.tolist()]
    return made
