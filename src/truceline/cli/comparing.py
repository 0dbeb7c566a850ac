"""compare: two periods side by side, and whether violence fell."""

from typing import Annotated, Any

from cyclopts import Parameter

from truceline.cli.answers import heading
from truceline.cli.app import Area, AsOf, Indicator, Json, Known, Mission, ReadingId, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say
from truceline.cli.tally_comparing import show_tally
from truceline.errors import TrucelineError

Plain = dict[str, Any]
First = Annotated[
    str | None,
    Parameter(name="--from", help="The window's first day (YYYY-MM-DD). Without dates: the comparisons of the record."),
]
Last = Annotated[str | None, Parameter(name="--to", help="The window's last day, included (YYYY-MM-DD).")]
Baseline = Annotated[
    str | None, Parameter(help="First and last day to compare with, both included: YYYY-MM-DD/YYYY-MM-DD.")
]
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
Reduction = Annotated[
    int | None,
    Parameter(
        help="Percent: 'not reduced' means that a reduction of so much is ruled out. Default: 25, or as the record"
        " has it."
    ),
]
Seed = Annotated[int, Parameter(help="For the draws of days that are not known, and the bootstrap.")]

OnlySource = Annotated[str | None, Parameter(help="Only what this source reports and watches, by itself.")]
Series = Annotated[
    str | None,
    Parameter(help="A source's own daily count in place of the indicators: SOURCE:WHAT as its tallies have it."),
]


@app.command
def compare(
    mission: Mission,
    *,
    from_: First = None,
    to: Last = None,
    baseline: Baseline = None,
    indicator: Indicator = None,
    area: Area = None,
    reference: Reference = None,
    eve: Eve = None,
    reduction: Reduction = None,
    seed: Seed = 1,
    source: OnlySource = None,
    tally: Series = None,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    json: Json = False,
) -> int:
    """Compare two periods: rates, their ratio with intervals, and reduced, not reduced or cannot tell."""
    from dataclasses import replace

    from truceline.pipeline import comparing
    from truceline.pipeline.comparing_plain import comparisons_plain
    from truceline.pipeline.periods import Periods, dates_of
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    def as_wanted(periods: Periods) -> Periods:
        """The periods with what the options change."""
        return replace(
            periods,
            indicator=indicator,
            area=area,
            seed=seed,
            source=source,
            eve_days=periods.eve_days if eve is None else eve,
            worth=periods.worth if reduction is None else reduction / 100,
            reference=dates_of(reference) if reference else periods.reference,
        )

    asked = Asked(INTERNAL, now_us(), as_of, known, reading)
    if from_ and to and baseline:
        periods = as_wanted(Periods(dates_of(f"{from_}/{to}"), dates_of(baseline)))
        if tally:
            return show_tally(mission, asked, periods, tally, json)
        found = comparing.compare(mission, asked, periods)
    elif from_ or to or baseline or tally:
        raise TrucelineError("Only some of the dates are given.", "Give --from, --to and --baseline, or none of them.")
    else:
        found = comparing.compare_foreseen(mission, asked, as_wanted)
    told = comparisons_plain(found)
    if json:
        print_json(told)
    else:
        print_comparisons(told)
    return 0


def print_comparisons(told: Plain) -> None:
    """Each comparison under its head, with those that cannot be made yet."""
    heading(told)
    last = None
    for one in told["comparisons"]:
        head = (one["comparison"], one["asked"], one["basis"])
        if head != last:
            print_asked(one)
        last = head
        print_comparison(one)
    for name in told["awaited"]:
        say(f"\nNot compared: {plain(name)}. Fewer than two days of one of its periods are over, or they overlap.")


def print_asked(one: Plain) -> None:
    """Which periods, and whether they were registered before the window."""
    asked = one["asked"]
    name = f"{plain(one['comparison'])}: " if one["comparison"] else ""
    say(
        f"\n{name}window {_days(asked['window'])} against {_days(asked['baseline'])},"
        f" {plain(asked['area'] or 'everywhere')}{_alone(asked['source'])}."
    )
    say("Registered before the window." if one["registered_before"] else "Exploratory.")
    for line in one["basis"]:
        say(f"    {plain(line)}")


def _alone(source: str | None) -> str:
    return f", the source {plain(source)} by itself" if source else ""


def print_comparison(one: Plain) -> None:
    """One indicator."""
    from truceline.publication.comparison_words import CHOICES, METHODS

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
            _killed(period["killed"]), watched,
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


def _killed(killed: Plain) -> str:
    figures = [killed[name] for name in ("low", "best", "high")]
    if figures == [None] * 3:
        return "not given"
    return " / ".join("not given" if number is None else grouped(number) for number in figures)


def _three(number: Plain, places: int) -> str:
    return " / ".join(f"{number[name]:,.{places}f}" for name in ("low", "best", "high"))
