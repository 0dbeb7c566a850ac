"""compare: two periods side by side, and whether violence fell."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.answers import heading
from truceline.cli.app import Area, AsOf, Indicator, Json, Known, Mission, ReadingId, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say

Plain = dict[str, Any]
First = Annotated[str, Parameter(name="--from", help="The window's first day (YYYY-MM-DD).")]
Last = Annotated[str, Parameter(name="--to", help="The window's last day, included (YYYY-MM-DD).")]
Baseline = Annotated[str, Parameter(help="First and last day to compare with, both included: YYYY-MM-DD/YYYY-MM-DD.")]
Reference = Annotated[
    str | None, Parameter(help="A second period to compare with, as --baseline: the level of an earlier truce.")
]
Eve = Annotated[
    int | None,
    Parameter(
        help="Days before the window that are no baseline, for violence often rises then. Default: 14, or as a"
        " comparison of the agreement has it."
    ),
]
Reduction = Annotated[int, Parameter(help="Percent: 'not reduced' means that a reduction of so much is ruled out.")]
Seed = Annotated[int, Parameter(help="For the draws of days that are not known, and the bootstrap.")]


@app.command
def compare(
    mission: Mission,
    *,
    from_: First,
    to: Last,
    baseline: Baseline,
    indicator: Indicator = None,
    area: Area = None,
    reference: Reference = None,
    eve: Eve = None,
    reduction: Reduction = 25,
    seed: Seed = 1,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Compare two periods: rates, their ratio with intervals, and reduced, not reduced or cannot tell."""
    from truceline.pipeline.comparing import compare as compared
    from truceline.pipeline.comparing_plain import comparison_plain
    from truceline.pipeline.periods import Periods, dates_of
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    periods = Periods(
        dates_of(f"{from_}/{to}"), dates_of(baseline), dates_of(reference) if reference else None,
        indicator, area, eve, reduction / 100, seed,
    )  # fmt: skip
    told = comparison_plain(compared(mission, Asked(INTERNAL, now_us(), as_of, known, reading), periods))
    if json:
        print_json(told)
        return 0
    heading(told)
    asked = told["asked"]
    say(f"Window {_days(asked['window'])} against {_days(asked['baseline'])}, {asked['area'] or 'everywhere'}.")
    say("Registered before the window." if told["registered_before"] else "Exploratory.")
    for line in told["basis"]:
        say(f"    {plain(line)}")
    for one in told["comparisons"]:
        print_comparison(one)
    return 0


def print_comparison(one: Plain) -> None:
    """One indicator."""
    from truceline.statistics.words import CHOICES, METHODS

    say(f"\n{one['indicator']}: {one['answer'].replace('_', ' ').upper()}")
    for line in one["reasons"]:
        say(f"    {plain(line)}")
    rule = one["plain_rule"]
    say(
        f"  The plain rule (at most {rule['threshold']} an area and day): {rule['verdict'].replace('_', ' ')};"
        f" area-days quiet {rule['quiet']}, not quiet {rule['not_quiet']}, cannot tell {rule['cannot_tell']}."
    )
    say()
    _print_periods(one)
    say()
    choices = [(CHOICES[c["choice"]], *_counts(c), *_limits(c), c["answer"].replace("_", " ")) for c in one["choices"]]
    print_table(("choice", "before", "after", "ratio", "95 % interval", "answer"), choices)
    say()
    methods = [(METHODS[m["method"]], *_limits(m)) for m in one["methods"]]
    print_table(("method", "ratio", "95 % interval"), methods)
    say()
    _print_rest(one)


def _print_periods(one: Plain) -> None:
    rows = []
    for name in ("before", "after"):
        period = one[name]
        number, rate = period["incidents"], period["a_day"]
        watched = f"{grouped(period['covered_area_days'])} of {grouped(period['area_days'])}"
        rows.append((
            {"before": "baseline", "after": "window"}[name], _days({"from": period["first"], "to": period["last"]}),
            str(period["days"]), grouped(period["dated_to_one_day"]), _three(number, 0), _three(rate, 2),
            _three(period["killed"], 0), watched,
        ))  # fmt: skip
    print_table(
        ("period", "from and to", "days", "on one day", "incidents*", "a day*", "killed*", "area-days covered"), rows
    )
    say("  * low / best / high")


def _print_rest(one: Plain) -> None:
    spread = one["dispersion"]
    alpha = spread["alpha"]
    say(
        f"  Dispersion 1/k {alpha['best']:.2f} ({alpha['low']:.2f} to {alpha['high']:.2f}); as decided on: swing"
        f" {spread['swing']:.2f}, memory from day to day {spread['memory']:.2f}."
    )
    least = one["smallest_reduction"]
    seen = "no reduction at all, not even to nought" if least is None else f"one of {100 * least:.0f} % or more"
    say(f"  Smallest reduction that could have been seen (80 % of the time): {seen}.")
    if one["pooling"]:
        _print_areas(one["pooling"])
    say(f"  Changes of level in the series: {', '.join(one['changes']) or 'none'}.")
    if one["sources_new"] or one["sources_lost"]:
        say(f"  Sources in the window only: {plain(', '.join(one['sources_new'])) or 'none'};"
            f" in the baseline only: {plain(', '.join(one['sources_lost'])) or 'none'}.")  # fmt: skip
    say("  What would change the answer:")
    for line in one["settles"]:
        say(f"    {plain(line)}")


def _print_areas(pooled: Plain) -> None:
    rows = [
        (one["area"], f"{one['before']:.1f}", f"{one['after']:.1f}", f"{one['own']:.2f}", *_limits(one))
        for one in pooled["areas"]
    ]
    rows.append(("all, in common", "", "", "", *_limits(pooled)))
    print_table(("area", "before", "after", "own ratio", "pooled", "95 % interval"), rows)
    say()


def _days(pair: Plain) -> str:
    return f"{pair['from']} to {pair['to']}"


def _counts(choice: Plain) -> tuple[str, str]:
    return tuple(f"{choice[w]:.1f} in {choice[f'{w}_exposure']:.0f}" for w in ("before", "after"))  # type: ignore[return-value]


def _limits(one: Plain) -> tuple[str, str]:
    ratio = "-" if one["ratio"] is None else f"{one['ratio']:.2f}"
    if one["low"] is None or one["ratio"] is None:
        return ratio, "-"
    high = "no end" if one["high"] is None else "over 100" if one["high"] > 100 else f"{one['high']:.2f}"
    return ratio, f"{one['low']:.2f} to {high}"


def _three(number: Plain, places: int) -> str:
    return " / ".join(f"{number[name]:,.{places}f}" for name in ("low", "best", "high"))
