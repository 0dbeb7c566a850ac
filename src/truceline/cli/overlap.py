"""sources: what sources both have, counts of bodies side by side, and effort."""

import sys
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from truceline.cli.answers import heading
from truceline.cli.app import AsOf, From, Indicator, Json, Known, Mission, ReadingId, To, app, now_us
from truceline.cli.printing import grouped, plain, print_json, print_table, say

Plain = dict[str, Any]
By = Annotated[Literal["day", "week", "month"], Parameter(help="The periods of the tables.")]
Csv = Annotated[bool, Parameter(name="--csv", negative="", help="Print the pairs of sources by period as CSV.")]
MOST_SHOWN = 40


@app.command
def sources(
    mission: Mission,
    *,
    from_: From = None,
    to: To = None,
    by: By = "month",
    indicator: Indicator = None,
    reading: ReadingId = None,
    as_of: AsOf = None,
    known: Known = None,
    csv: Csv = False,
    json: Json = False,
) -> int:
    """Compare sources: what two both have or may have, counts of bodies side by side, who began and who fell silent."""
    from truceline.pipeline.overlap import sources as compared
    from truceline.pipeline.overlap_plain import sources_csv, sources_plain
    from truceline.pipeline.questions import Asked
    from truceline.vocabulary.marking import INTERNAL

    told = compared(mission, Asked(INTERNAL, now_us(), as_of, known, reading), from_, to, by, indicator)
    if csv and not json:
        sys.stdout.buffer.write(sources_csv(told))
        sys.stdout.flush()
        return 0
    shown = sources_plain(told)
    if json:
        print_json(shown)
        return 0
    heading(shown)
    _print_sources(shown)
    for pair in shown["pairs"]:
        _print_pair(pair)
    if shown["sources"]:
        _print_effort(shown)
    _print_counts(shown)
    return 0


def _print_sources(told: Plain) -> None:
    span = told["span"]
    say(f"{span['from']} to {span['to']}, by {span['by']}; {told['indicator'] or 'all reports'}.\n")
    if not told["sources"]:
        say("Nobody reports in these days.")
        return
    rows = [
        (one["source"], grouped(one["reports"]), grouped(one["repeats"]), ", ".join(one["origins"]),
         one["first"], one["last"])
        for one in told["sources"]
    ]  # fmt: skip
    print_table(("source", "reports", "repeats another", "rests on", "first", "last"), rows)
    if told["sources_not_paired"]:
        say(f"The {told['sources_not_paired']} sources with the fewest reports are not paired.")


def _print_pair(pair: Plain) -> None:
    both, names = pair["both"], (plain(pair["a"]), plain(pair["b"]))
    say(f"\na {names[0]}, b {names[1]}: both have {_range(both)} (surely, and at most).")
    if pair["high_by"] != "pairing":
        say("  Too many to be paired off one to one: the most is a wider bound. Fewer days give the narrower one.")
    if pair["shared_origins"]:
        say(f"  Both rest on {plain(', '.join(pair['shared_origins']))}: what both have is no support there.")
    rows = [
        (one["period"].replace("_", " "), one["both_low"], *_side(one["a"]), *_side(one["b"]))
        for one in pair["periods"][:MOST_SHOWN]
    ]
    heads = [f"{name}: {what}" for name in ("a", "b") for what in ("told", "also, at most", "only", "killed*")]
    print_table(("period", "both surely", *heads), rows)
    if len(pair["periods"]) > MOST_SHOWN:
        say(f"  and {len(pair['periods']) - MOST_SHOWN} periods more: --csv or --json has all.")
    one = pair["one_each"]
    if one["pairs"]:
        say(
            f"  Pairs in which each is the other's only possible partner: {one['pairs']}; killed* "
            f"{_three(one['killed_a'])} and {_three(one['killed_b'])}; the figures exclude each other in "
            f"{one['contradict']}."
        )
    say("  * low / best / high, as each gives them; never added")


def _side(side: Plain) -> tuple[str, ...]:
    return grouped(side["told"]), grouped(side["also_high"]), _range(side["only"]), _three(side["killed"])


def _range(pair: Plain) -> str:
    return grouped(pair["low"]) if pair["low"] == pair["high"] else f"{grouped(pair['low'])} to {grouped(pair['high'])}"


def _three(killed: Plain) -> str:
    return " / ".join(_or_dash(killed[name]) for name in ("low", "best", "high"))


def _print_effort(told: Plain) -> None:
    say("\nEffort")
    rows = [
        (one["period"], grouped(one["reports"]), one["sources"], _constant(one),
         "-" if one["watched_hours"] is None else grouped(round(one["watched_hours"])),
         ", ".join(f"{plain(said['language']) or 'not said'} {said['reports']}" for said in one["languages"]))
        for one in told["effort"]
    ]  # fmt: skip
    heads = ("period", "reports", "sources", "sources there before too: before, now", "source-hours", "languages")
    print_table(heads, rows[:MOST_SHOWN])
    for line in told["remarks"][:MOST_SHOWN]:
        say(f"  {plain(line)}")


def _constant(one: Plain) -> str:
    if one["constant_sources"] is None:
        return "-"
    return f"{one['constant_sources']}: {grouped(one['constant_before'])}, {grouped(one['constant_now'])}"


def _print_counts(told: Plain) -> None:
    if told["counts"]:
        say("\nTwo counts of one thing, never summed or averaged")
        rows = [
            (one["of"], one["area"] or "whole", *_count(one["a"]), *_count(one["b"]), _or_dash(one["difference"]),
             "" if one["same_period"] else f"only {one['hours_a']:g} h, {one['hours_b']:g} h")
            for one in told["counts"][:MOST_SHOWN]
        ]  # fmt: skip
        heads = ("of", "area", "one", "count", "from", "to", "other", "count", "from", "to", "difference", "not shared")
        print_table(heads, rows)
        if len(told["counts"]) > MOST_SHOWN:
            say(f"and {len(told['counts']) - MOST_SHOWN} more: --json has all.")
    for one in told["mismatches"][:MOST_SHOWN]:
        say(
            f"{plain(one['source'])}: {plain(one['of'])} is {one['whole']}, its {one['number']} parts make "
            f"{one['parts']}; neither is mended."
        )
    if told["undated_counts"]:
        say(f"Counts that say no period: {told['undated_counts']}; they stand beside nothing.")


def _count(one: Plain) -> tuple[str, str, str, str]:
    low, best, high = one["low"], one["best"], one["high"]
    number = _or_dash(best) if low in (None, best) and high in (None, best) else f"{low} / {best} / {high}"
    return one["source"], number, one["start"], one["end"]


def _or_dash(number: int | None) -> str:
    return "-" if number is None else grouped(number)
