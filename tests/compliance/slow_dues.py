"""Clauses that ask again and again, read slowly: reports that are due, periods to be extended, efforts to be shown.

Every time in the missions is a whole hour, so what runs when is looked up hour by hour.
"""

from types import ModuleType
from typing import Any

from truceline.vocabulary.act import ActHeld, Declaration
from truceline.vocabulary.conduct import Performance
from truceline.vocabulary.when import read_instant

HOUR = 3_600_000_000
DAY = 24 * HOUR


def judges(slow: ModuleType) -> dict[str, Any]:
    """What follows, by the kind of the clause: of a small mission, an obligation, a party, a period and a body."""

    def best_effort(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
        if one.rule.get("performance"):
            return effort_performed(small, one, party, period, body)
        sorts = [sort for sort, _ in slow.sorted_out(small, one, party, period, body)]
        maybe = sorts.count("maybe")
        days = slow.watched_days(small, one, period)[0]
        if days == 0:
            return "undecided" if sorts else "not_observed"
        return effort_counted(one, (len(sorts) - maybe, len(sorts)), days, earlier(slow, small, one, party, body))

    return {"best_effort": best_effort, "reports_due": reports_due, "recommitment": recommitment}


# --- efforts ---------------------------------------------------------------------------------------


def effort_counted(one: Any, counted: tuple[int, int], days: int, before: int) -> str:
    """So many a watched day, surely and at most, against so many a day of the baseline."""
    low, high = counted
    start, end = (read_instant(text) for text in one.rule["baseline"])
    of = max(1, (end - start) // DAY)
    fewer = one.rule.get("aim", "more") == "fewer"
    enough = high / days <= before / of if fewer else low / days >= before / of
    return "complied" if enough else "undecided"


def earlier(slow: ModuleType, small: Any, one: Any, party: str, body: str) -> int:
    """What the body surely found in the baseline and holds somebody of the party responsible for."""
    start, end = (read_instant(text) for text in one.rule["baseline"])
    return sum(
        matter.body == body and matter.held == slow.SURELY and start <= matter.start and matter.end <= end
        and slow.among(matter.kind, one.rule["kinds"]) == slow.SURELY and names_of_party(slow, small, matter, party)
        for matter in small.matters
    )  # fmt: skip


def names_of_party(slow: ModuleType, small: Any, matter: Any, party: str) -> bool:
    """The first who is named goes then by a name of somebody of the party."""
    if not matter.by or matter.by_held != slow.SURELY:
        return False
    name = matter.by[0].casefold()
    for actor in small.agreement.actors:
        for named in actor.names:
            begins = read_instant(named.from_) if named.from_ else matter.start
            ends = read_instant(named.to) if named.to else matter.start + 1
            if named.name.casefold() == name and begins <= matter.start < ends and actor.party == party:
                return True
    return False


def effort_performed(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
    """Said done in the period by nobody but those believed: complied; said otherwise, or by others: open."""
    here = [
        held for held in performances(small, one, party)
        if period[0] <= held.when < min(period[1], small.as_of)
    ]  # fmt: skip
    believed = [held for held in here if held.act.by in trusted(small, body)]
    made = [held for held in believed if held.act.says in ("done", "partly", "begun", "resumed")]
    if not here:
        return "not_observed"
    return "complied" if made and len(made) == len(believed) else "undecided"


# --- reports ---------------------------------------------------------------------------------------


def reports_due(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
    """The worst of the reports that were due in the period."""
    every = one.rule.get("days", 0) * DAY
    due, parts = read_instant(one.rule["first"]), []
    number = 1
    while due <= small.as_of:
        following = due + every if every else small.as_of + 1
        if period[0] <= due < min(period[1], small.as_of):
            parts.append(one_report(small, one, party, body, number, due, min(following, small.as_of + 1)))
        if not every:
            break
        due, number = following, number + 1
    return worst(parts)


def one_report(small: Any, one: Any, party: str, body: str, number: int, due: int, following: int) -> str:
    """The how manieth report: so many made by the date, as those believed say; or as anybody says; or later."""
    said = performances(small, one, party)
    believed = [held for held in said if held.act.by in trusted(small, body)]
    made = [held.when for held in believed if held.act.says == "done"]
    in_time = len([when for when in made if when <= due]) >= number
    if any(held.act.says == "not_done" and due <= held.when < following for held in believed):
        return "undecided" if in_time else "breached"
    if in_time:
        return "complied"
    told = [held.when for held in said if held.act.says in ("done", "partly") and held.when <= due]
    if len(told) >= number:
        return "undecided"
    return "breached" if len(made) >= number else "not_observed"


# --- periods that are extended -----------------------------------------------------------------------


def recommitment(small: Any, one: Any, party: str, period: tuple[int, int], body: str) -> str:
    """The worst of what the body obliged said of each end that lies in the time asked about."""
    until = min(period[1], small.as_of)
    parts = [said_of(small, one, party, end) for end in ends(small, one) if period[0] <= end < until]
    return worst(parts)


def said_of(small: Any, one: Any, party: str, end: int) -> str:
    """Extended beyond it by then; or ended, or not met; or extended later; or nothing."""
    words = [held for held in declarations(small, one) if held.act.by == party]  # type: ignore[union-attr]
    lasting = [held for held in words if held.at <= end and word(held) != "not_met"]
    refused = "breached" if one.rule.get("asked") == "always" else "undecided"
    if lasting and word(lasting[-1]) == "extended" and until_of(lasting[-1]) > end:
        return "complied"
    if lasting and word(lasting[-1]) == "ended":
        return refused
    spoke = [held for held in words if held.at > end or word(held) == "not_met"]
    return refused if spoke else "not_observed"


def ends(small: Any, one: Any) -> list[int]:
    """Hour by hour: an end that was meant at some time, and comes without having been brought forward."""
    first = first_end(small, one)
    hour, meant, found = clock_of(small, one)[0] - 10 * DAY, {first}, []
    while hour <= small.as_of:
        meant.add(runs_until(small, one, hour))
        if hour in meant and runs_until(small, one, hour) >= hour:
            found.append(hour)
        hour += HOUR
    return found


def runs_until(small: Any, one: Any, instant: int) -> int:
    """As far as it was to run, by what was said up to then."""
    last = {
        held.act.by: until_of(held) for held in declarations(small, one)  # type: ignore[union-attr]
        if held.at <= instant and word(held) == "extended"
    }  # fmt: skip
    if any(body not in last for body in needed(small, one)):
        return first_end(small, one)
    return max(first_end(small, one), min(last.values()))


def runs(small: Any, one: Any, instant: int) -> int:
    """0, 1 (one of those needed had declared it ended) or 2."""
    if not clock_of(small, one)[0] <= instant < runs_until(small, one, instant):
        return 0
    last = {
        held.act.by: word(held) for held in declarations(small, one)  # type: ignore[union-attr]
        if held.at <= instant and word(held) != "not_met"
    }  # fmt: skip
    ended = [body for body in needed(small, one) if last.get(body) == "ended"]
    return 2 if not ended else 0 if len(ended) == len(needed(small, one)) else 1


def kept(small: Any, name: str, instant: int) -> int:
    """Whether an obligation is kept in force then; 2 where no recommitment keeps it."""
    for one in small.agreement.obligations:
        if one.kind == "recommitment" and name in one.rule.get("holds", ()):
            return runs(small, one, instant)
    return 2


def declarations(small: Any, one: Any) -> list[ActHeld]:
    """What those needed declared of the clock, in order."""
    return [
        held for held in sorted(small.acts, key=lambda held: (held.at, held.seq))
        if isinstance(held.act, Declaration) and held.act.clock == one.rule["clock"] and held.at <= small.as_of
        and held.act.by in needed(small, one)
    ]  # fmt: skip


def needed(small: Any, one: Any) -> tuple[str, ...]:
    """Whose words extend it."""
    clock = next(clock for clock in small.agreement.clocks if clock.id == one.rule["clock"])
    if "by" in one.rule:
        return tuple(one.rule["by"])
    return clock.extension.by if clock.extension else clock.deciders


def clock_of(small: Any, one: Any) -> tuple[int, int]:
    """When its clock begins, and how many hours it has."""
    clock = next(clock for clock in small.agreement.clocks if clock.id == one.rule["clock"])
    return read_instant(clock.start), clock.hours


def first_end(small: Any, one: Any) -> int:
    """When it runs out by itself."""
    start, hours = clock_of(small, one)
    return start + hours * HOUR


# --- what all share ----------------------------------------------------------------------------------


def performances(small: Any, one: Any, party: str) -> list[ActHeld]:
    """What was said of what the party did about an obligation, known by then, the earlier first."""
    return sorted(
        (
            held for held in small.acts
            if isinstance(held.act, Performance) and (held.act.about, held.act.party) == (one.id, party)
            and held.at <= small.as_of and held.when <= small.as_of
        ),
        key=lambda held: (held.when, held.id),
    )  # fmt: skip


def trusted(small: Any, body: str) -> set[str]:
    """Whose word is the body's own knowledge."""
    return {body, *(one.id for one in small.agreement.bodies if one.role in ("secretariat", "observer"))}


def word(held: ActHeld) -> str:
    """The word of a declaration."""
    assert isinstance(held.act, Declaration)
    return held.act.says


def until_of(held: ActHeld) -> int:
    """Until when it extends."""
    assert isinstance(held.act, Declaration)
    return read_instant(held.act.until or "")


def worst(parts: list[str]) -> str:
    """Of several outcomes the worst that is sure, then what is open."""
    order = ("conflict", "breached", "undecided", "excused", "not_observed", "complied", "not_in_force")
    return min(parts, key=order.index, default="not_in_force")
