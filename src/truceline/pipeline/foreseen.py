"""Comparisons that stand in the record, in the agreement or by an act, and whether they were there before the window.

A comparison counts as *registered* if its periods, its indicator and its choices were entered, under a
dated head, before its window began, and the window is over. Any other is *exploratory*.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.errors import TrucelineError
from truceline.pipeline.periods import LEAST_DAYS, Dates, Periods, dates_of, half_open, refuse_shared_days
from truceline.pipeline.questions import Answer
from truceline.statistics.asked import EVE_DAYS, WORTH
from truceline.statistics.periods import local_days
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld, ComparisonChosen
from truceline.vocabulary.agreement import Agreement, Text
from truceline.vocabulary.assessment import Reason

END_OF_TIME = 1 << 62


@dataclass(frozen=True)
class Foreseen:
    """One comparison of the record. `seq` is the last entry on which it and the reading rest; no indicators: all."""

    id: str
    title: Text | None
    periods: Periods
    indicators: tuple[str, ...]
    seq: int

    def means(self, indicator: str) -> bool:
        """It is meant for this indicator."""
        return not self.indicators or indicator in self.indicators


def foreseen(answer: Answer) -> tuple[Foreseen, ...]:
    """Those of the agreement, then those of acts in force, in order of entry."""
    agreement, seq = answer.evaluated.question.agreement, answer.registered.seq
    return (*_of_agreement(agreement, seq), *_of_acts(answer.acts, seq))


def _of_agreement(agreement: Agreement, seq: int) -> Iterator[Foreseen]:
    for one in agreement.comparisons:
        window, baseline = half_open(one.after), half_open(one.before)
        reference = half_open(one.reference) if one.reference else None
        # One that leaves days free between its periods has said what its eve is; one whose periods meet has not.
        free = (window[0] - baseline[1]).days - 1
        eve = min(free, EVE_DAYS) if free > 0 else EVE_DAYS
        yield Foreseen(one.id, one.title, Periods(window, baseline, reference, eve_days=eve), one.indicators, seq)


def _of_acts(acts: Sequence[ActHeld], seq: int) -> Iterator[Foreseen]:
    for held in acts:
        if isinstance(held.act, ComparisonChosen):
            act = held.act
            yield Foreseen(act.comparison, None, periods_of(act), act.indicators, max(held.seq, seq))


def periods_of(act: ComparisonChosen) -> Periods:
    """The periods and choices that an act names. Raises `TrucelineError`."""
    return Periods(
        dates_of(act.window),
        dates_of(act.baseline),
        dates_of(act.reference) if act.reference else None,
        eve_days=EVE_DAYS if act.eve is None else act.eve,
        worth=WORTH if act.reduction is None else act.reduction / 100,
    )


def of_the_record(answer: Answer, periods: Periods, indicator: str) -> Foreseen | None:
    """The comparison of the record that has this window, this baseline and this indicator."""
    wanted = (periods.window, periods.baseline)
    found = (one for one in foreseen(answer) if (one.periods.window, one.periods.baseline) == wanted)
    return next((one for one in found if one.means(indicator)), None)


def eve_of(periods: Periods, known: Foreseen | None) -> int:
    """Days before the window that are no baseline: as asked, else as the record has it, else 14."""
    if periods.eve_days is not None:
        return periods.eve_days
    entered = known.periods.eve_days if known else None
    return EVE_DAYS if entered is None else entered


def basis_of(mission: MissionFile, answer: Answer, periods: Periods, known: Foreseen | None) -> tuple[Reason, ...]:
    """Why a comparison is registered (one reason, `registered_before`), or every reason why it is exploratory."""
    said = [Reason("not_registered_reading")] if answer.exploratory else []
    if changed := _changed(periods, known):
        said.append(Reason("parameters_changed", {"options": ", ".join(changed)}))
    if known is None:
        return (*said, Reason("not_registered_periods"))
    question = answer.evaluated.question
    zone = question.agreement.zone
    whole = local_days(*periods.window, zone, END_OF_TIME)
    dated = mission.dated(known.seq + 1)
    if dated is None or dated >= whole.edges[0]:
        said.append(Reason("registered_late"))
    over = int((whole.edges[1:] <= question.as_of).sum())
    if over < len(whole):
        said.append(Reason("window_not_over", {"days": over, "of": len(whole)}))
    return tuple(said) or (Reason("registered_before", {"comparison": known.id}),)


def _changed(periods: Periods, known: Foreseen | None) -> list[str]:
    """Options given that are not as the record has them; as usual, where it has none."""
    usual = known.periods if known else Periods(periods.window, periods.baseline)
    options = (
        ("--reference", "reference"), ("--eve", "eve_days"), ("--area", "area"), ("--source", "source"),
        ("--reduction", "worth"), ("--seed", "seed"),
    )  # fmt: skip
    pairs = [(option, getattr(periods, field), getattr(usual, field)) for option, field in options]
    return [option for option, given, held in pairs if given is not None and given != held]


def objections_to(
    act: ComparisonChosen, agreement: Agreement, held: Sequence[ActHeld]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a comparison that has the right form: (field, sentence, mend)."""
    known = [one.id for one in agreement.indicators]
    for indicator in act.indicators:
        if indicator not in known:
            yield "indicators", f"{indicator!r} is no indicator of this agreement", f"Known: {', '.join(known)}."
    entered = [one.act for one in held if isinstance(one.act, ComparisonChosen) and one.act != act]
    if act.comparison in {*(one.id for one in agreement.comparisons), *(one.comparison for one in entered)}:
        yield "comparison", f"there is a comparison {act.comparison!r} already", "Choose another name."
    try:
        periods = periods_of(act)
        refuse_shared_days(periods)
        _refuse_short(periods)
    except TrucelineError as error:
        yield "window", error.message.removesuffix("."), error.mend


def _refuse_short(periods: Periods) -> None:
    for name, dates in periods.named:
        if _days(dates) < LEAST_DAYS:
            raise TrucelineError(f"The {name} has fewer than {LEAST_DAYS} days.", "Give a longer period.")
    firsts, lasts = zip(*(dates for _, dates in periods.named), strict=True)
    local_days(min(firsts), max(lasts), "UTC", END_OF_TIME)


def _days(dates: Dates) -> int:
    return (dates[1] - dates[0]).days + 1
