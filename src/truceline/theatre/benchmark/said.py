"""What a source says of incidents: columns of cells in the words of truceline's own table.

Every form's writer starts from these, and says no more than they do: what can be known of a report in any
form is what can be known of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from truceline.theatre.benchmark.channels import AGAIN, FALSE, TICKER, WIRE, Channel
from truceline.theatre.benchmark.difficulty import Difficulty
from truceline.theatre.benchmark.draws import Column, Draws, Ints, Yes
from truceline.theatre.benchmark.incidents import Incidents
from truceline.theatre.benchmark.places import places
from truceline.theatre.benchmark.stage import Stage
from truceline.theatre.benchmark.times import times

WEAPONS = ("mortar", "rifle", "heavy machine gun", "unknown", "")
_NUMBERS = np.array([str(number) for number in range(-1, 64)], object)


@dataclass(frozen=True)
class Said:
    """The reports of one channel in one chunk: cells by column, and for the writers what has no column there.

    first, last: the days said. code: the form's code of precision. how: what the row is to the incident.
    """

    channel: Channel
    incidents: Incidents
    cells: Mapping[str, Column]
    first: Column
    last: Column
    vague: Yes
    code: Column
    wrong: Yes
    how: Column

    def __len__(self) -> int:
        return len(self.incidents)


def said(stage: Stage, difficulty: Difficulty, channel: Channel, one: Incidents, told: Column) -> Said:
    """The reports a channel makes of these incidents. `told`: of each incident the first report's reference."""
    draws, number = stage.draws, one.number
    ways = _ways(draws, channel, difficulty.spellings, number)
    when = times(stage, channel, difficulty.time_noise, one)
    cells, code = places(stage, channel, difficulty, one, ways)
    cells |= {"when": when.text, "source": _all(channel.source, one), "place": stage.place[one.spot]}
    cells["report_id"] = ids(channel, number)
    cells["kind"] = _kinds(stage, channel, one)
    cells["weapon"] = np.array(WEAPONS, object)[draws.pick(f"{channel.name} weapon", number, len(WEAPONS))]
    cells |= _sides(stage, channel, difficulty.umbrella, one, ways) | _figures(draws, channel, one)
    words = np.array([f"{channel.source} on {name}: a line, «quoted»; école" for name in stage.place], object)
    cells["words"] = words[one.spot]
    cells["language"] = _all("en", one)
    how = _all({AGAIN.name: "files_again", FALSE.name: "nothing_happened"}.get(channel.name, "tells"), one)
    if channel in (WIRE, TICKER):
        unmarked = draws.share("unmarked", number, difficulty.unmarked) & (channel is WIRE)
        repeated = told if channel is WIRE else "wire/" + ids(WIRE, number)
        cells["repeats"] = np.where(unmarked, "", repeated)
        how = np.where(unmarked, "repeats_unsaid", "repeats").astype(object)
    wrong = draws.share(f"{channel.name} wrong", number, difficulty.wrong_rows)
    return Said(channel, one, cells, when.first, when.last, when.vague, code, wrong, how)


def ids(channel: Channel, number: Ints) -> Column:
    """The source's own ids: by the incident, so that others can name them."""
    letter = f"{channel.letter}-" if channel.format == "truceline" else channel.letter
    pattern, made = f"{letter}%08d", np.empty(len(number), object)
    made[:] = [pattern % at for at in (number + 1).tolist()]
    return made


def _all(text: str, one: Incidents) -> Column:
    return np.full(len(one), text, object)


def _ways(draws: Draws, channel: Channel, spellings: float, number: Ints) -> Ints:
    """How each report writes its names: in its source's letters, or in others, or wrongly."""
    plain = draws.weighted(f"{channel.name} letters", number, channel.names)
    other = (0.0, 0.0, 0.0, 1.0) if channel.latin else (0.05, 0.35, 0.3, 0.3)
    spelt = draws.weighted(f"{channel.name} spelt", number, other)
    return np.where(draws.share(f"{channel.name} misspells", number, spellings), spelt, plain)


def _kinds(stage: Stage, channel: Channel, one: Incidents) -> Column:
    known = np.array(stage.kinds, object)[one.kind]
    forms = {"ucdp": "", "acled": "", "acled-api": "", "airwars": "", "mission-daily": ""}
    if channel.format in forms:
        return known  # the form's writer says what its codes can say
    missing = {"hotline": 0.2, "ngo": 0.1}.get(channel.source, 0.0)
    return np.where(stage.draws.share(f"{channel.name} kind", one.number, missing), "", known)


def _sides(stage: Stage, channel: Channel, umbrella: float, one: Incidents, ways: Ints) -> dict[str, Column]:
    setting, actors = stage.setting, stage.actors
    southern = [*setting.south, setting.excluded, setting.unconfirmed, setting.renamed]
    covered = np.array([actor in southern for actor in actors])
    later = (one.day >= setting.rename).astype(np.int64)
    part = umbrella * {"co-chair-beta": 2.0, "hotline": 1.0}.get(channel.source, 0.5)
    made = {}
    for side, true in (("side_a", one.side_a), ("side_b", one.side_b)):
        vague = covered[true] & stage.draws.share(f"{channel.name} {side} umbrella", one.number, min(1.0, part))
        actor = np.where(vague, actors.index(setting.umbrella), true)
        if channel is FALSE:
            actor = np.full(len(one), actors.index((setting.south if side == "side_a" else setting.north)[0]))
        which = 8 * actor + 4 * later + ways
        made[side] = stage.actor_names.pick(which, stage.draws.bits(f"{channel.name} {side}", one.number))
    return made


def _figures(draws: Draws, channel: Channel, one: Incidents) -> dict[str, Column]:
    """Low, best and high as the source gives them."""
    killed, number, name = one.killed, one.number, channel.name
    text = {step: _NUMBERS[killed + step + 1] for step in (-1, 0, 1, 2, 3, 4)}
    more = _NUMBERS[killed + draws.pick(f"{name} more", number, 4) + 1]
    if channel.figures == "best":
        return {"killed_best": text[0]}
    if channel.figures == "none":
        return {}
    if channel.figures == "bounds":
        return {"killed_low": text[0], "killed_high": more}
    if channel.figures == "heard":
        given = draws.share(f"{name} figures", number, 0.5)
        return {"killed_low": np.where(given, "0", ""), "killed_high": np.where(given, more, "")}
    if channel.figures == "late":
        impossible = draws.share(f"{name} impossible", number, 0.1)
        return {
            "killed_low": np.where(impossible, text[3], text[0]), "killed_best": np.where(impossible, text[0], ""),
            "killed_high": np.where(impossible, text[1], text[4]),
        }  # fmt: skip
    high = {"exact": text[0], "wide": text[2], "deaths": more}[channel.figures]
    return {"killed_low": text[0], "killed_best": text[0], "killed_high": high}
