"""What `compare --tally` prints."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from truceline.cli.answers import heading
from truceline.cli.printing import plain, print_json, print_table, say
from truceline.errors import TrucelineError

if TYPE_CHECKING:
    from truceline.pipeline.periods import Periods
    from truceline.pipeline.questions import Asked

Plain = dict[str, Any]
FIGURES = {"lowest_figures": "lowest figures", "highest_figures": "highest figures"}


def show_tally(mission: Path, asked: "Asked", periods: "Periods", series: str, json: bool) -> int:
    """Compare a series and print it. Raises `TrucelineError`."""
    from truceline.pipeline.tally_comparing import compared_tally

    if periods.source is not None or periods.indicator is not None:
        raise TrucelineError("A tally is no indicator and has its own source.", "Leave out --source and --indicator.")
    told = compared_tally(mission, asked, periods, series)
    if json:
        print_json(told)
    else:
        print_tally(told)
    return 0


def print_tally(told: Plain) -> None:
    """One series in two periods."""
    from truceline.publication.comparison_words import CHOICES, METHODS

    names = {**CHOICES, **FIGURES}
    heading(told)
    one = told["tally"]
    say(f"{plain(one['series'])}: {one['answer'].replace('_', ' ').upper()}. Exploratory.")
    for line in one["reasons"]:
        say(f"    {plain(line)}")
    if one["tallies_of_several_days"]:
        say(f"    Counts over more than one day, left out: {one['tallies_of_several_days']}.")
    say()
    rows = [
        (name, f"{period['first']} to {period['last']}", f"{period['days_told']} of {period['days']}",
         f"{period['total']['best']:,.0f}", f"{period['a_day']['best']:,.2f}")
        for name, period in (("baseline", one["before"]), ("window", one["after"]))
    ]  # fmt: skip
    print_table(("period", "from and to", "days counted", "total", "a day"), rows)
    say()
    choices = [
        (names[c["choice"]], f"{c['before']:,.0f} in {c['before_exposure']:.0f}",
         f"{c['after']:,.0f} in {c['after_exposure']:.0f}", *_limits(c), c["answer"].replace("_", " "))
        for c in one["choices"]
    ]  # fmt: skip
    print_table(("choice", "before", "after", "ratio", "95 % interval", "answer"), choices)
    say()
    print_table(("method", "ratio", "95 % interval"), [(METHODS[m["method"]], *_limits(m)) for m in one["methods"]])
    say()
    most = one["most"]
    say(f"  It would be called a reduction with at most {most} in the window." if most >= 0 else
        "  Not even nought in the window would be called a reduction.")  # fmt: skip
    least = one["smallest_reduction"]
    seen = "no reduction at all, not even to nought" if least is None else f"one of {100 * least:.0f} % or more"
    say(f"  Smallest reduction that could have been seen (80 % of the time): {seen}.")


def _limits(one: Plain) -> tuple[str, str]:
    if one["ratio"] is None or one["low"] is None:
        return "-", "-"
    high = "no end" if one["high"] is None else f"{one['high']:.2f}"
    return f"{one['ratio']:.2f}", f"{one['low']:.2f} to {high}"
