"""How a source says when: to the minute, by the day, by the night, or over some days."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from truceline.theatre.benchmark.channels import DAY, HALF_HOURS, MINUTE, NIGHT, SPAN, WEEK, Channel
from truceline.theatre.benchmark.draws import Column, Ints, Yes
from truceline.theatre.benchmark.incidents import Incidents
from truceline.theatre.benchmark.stage import DAY_MINUTES, SPARE_DAYS, Stage
from truceline.theatre.knowable.when import instant


class Times(NamedTuple):
    """What is said: the text of `when`, the first and last day of it, and whether it is more than a day."""

    text: Column
    first: Column
    last: Column
    vague: Yes


def times(stage: Stage, channel: Channel, noise: float, one: Incidents) -> Times:
    """When the incidents were, as the channel says it. No time runs into the calm days, so that they stay calm."""
    modes, span = _modes(stage, channel, noise, one)
    first, last = one.day.copy(), one.day.copy()
    last[modes == SPAN] += span[modes == SPAN]
    week = modes == WEEK
    days = stage.day_text
    text = days[one.day + SPARE_DAYS].copy()
    _put(text, modes == MINUTE, lambda at: _minutes(stage, channel, one, at))
    _put(text, modes == HALF_HOURS, lambda at: _half_hours(stage, one, at))
    _put(text, modes == NIGHT, lambda at: stage.night[one.day[at] + (one.minute[at] >= 360) + SPARE_DAYS])
    _put(text, modes == SPAN, lambda at: days[first[at] + SPARE_DAYS] + "/" + days[last[at] + SPARE_DAYS])
    _put(text, week, lambda at: days[one.day[at] - 6 + SPARE_DAYS] + "/" + days[one.day[at] + 6 + SPARE_DAYS])
    return Times(text, days[first + SPARE_DAYS], days[last + SPARE_DAYS], (modes == SPAN) | week)


def _modes(stage: Stage, channel: Channel, noise: float, one: Incidents) -> tuple[Ints, Ints]:
    """How each time is said, and for SPAN how many days the report is late."""
    draws, number = stage.draws, one.number
    order = np.array([mode for mode, _ in channel.times])
    step = draws.weighted(f"{channel.name} time", number, tuple(weight for _, weight in channel.times))
    step += draws.share(f"{channel.name} time noise", number, noise)
    modes = order[np.minimum(step, len(order) - 1)]
    span = 1 + draws.pick(f"{channel.name} days", number, 2)
    night = (one.minute < 360) | (one.minute >= 1080)
    morning = one.day + (one.minute >= 360)
    kept = (
        ((modes != NIGHT) | (night & stage.clear_of_calm(morning - 1, morning)))
        & ((modes != SPAN) | stage.clear_of_calm(one.day, one.day + span))
        & ((modes != WEEK) | stage.clear_of_calm(one.day - 6, one.day + 6))
    )
    return np.where(kept, modes, DAY), span


def _put(text: Column, mask: Yes, made: Callable[[Ints], Column]) -> None:
    at = np.flatnonzero(mask)
    if len(at):
        text[at] = made(at)


def _minutes(stage: Stage, channel: Channel, one: Incidents, at: Ints) -> Column:
    if channel.source != "co-chair-beta":
        found: Column = stage.day_text[one.day[at] + SPARE_DAYS] + stage.minute[one.minute[at]]
        return found
    # Beta writes in UTC. The offset is that of the day's midnight.
    midnights = [instant(stage.setting.day(day), stage.setting.zone) for day in range(stage.setting.days)]
    starts = np.array([moment.replace(tzinfo=None) for moment in midnights], "datetime64[m]")
    moments = starts[one.day[at]] + one.minute[at].astype("timedelta64[m]")
    text: Column = np.datetime_as_string(moments, unit="m").astype(object) + "Z"
    return text


def _half_hours(stage: Stage, one: Incidents, at: Ints) -> Column:
    day = stage.day_text[one.day[at] + SPARE_DAYS]
    since, until = np.maximum(one.minute[at] - 30, 0), np.minimum(one.minute[at] + 30, DAY_MINUTES - 1)
    found: Column = day + stage.minute[since] + "/" + day + stage.minute[until]
    return found
