"""referrals: whom a reading proposes to refer for persistent non-compliance, and what was referred."""

from typing import Any

from truceline.cli.app import AsOf, Json, Known, Mission, ReadingId, app, now_us
from truceline.cli.printing import plain, print_json, say

Told = dict[str, Any]


@app.command
def referrals(
    mission: Mission, *, reading: ReadingId = None, as_of: AsOf = None, known: Known = None, json: Json = False
) -> int:
    """Persistent non-compliance as the reading proposes it, with who decides, and the referrals that were made."""
    from truceline.pipeline.questions import Asked
    from truceline.pipeline.referring import referrals_told
    from truceline.vocabulary.marking import INTERNAL

    told = referrals_told(mission, Asked(INTERNAL, now_us(), as_of, known, reading))
    if json:
        print_json(told)
        return 0
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    say(f"As of {told['as_of']}, reading {told['reading']}.")
    _print_rule(told["rule"])
    for one in told["proposed"]:
        _print_proposed(one, told["rule"])
    for one in told["referrals"]:
        say(plain(f"Referred: {one['party']} to {one['to']}, by {one['by']} on {one['said']}: {one['because']}"))
        say(f"    act {one['id'][:12]}")
    if not told["referrals"]:
        say("Nothing was referred.")
    return 0


def _print_rule(rule: Told | None) -> None:
    if rule is None:
        say("This reading does not say when non-compliance is persistent, so nothing is proposed.")
        return
    categories = " or ".join(rule["categories"])
    say(
        plain(
            f"Taken as persistent: {rule['times']} matters in {rule['within_days']} days that every co-chair holds to "
            f"be {categories}. Ours, not the text's. {rule['decider']} decides what follows."
        )
    )


def _print_proposed(one: Told, rule: Told) -> None:
    state = f"referred since, act {one['referred'][-1][:12]}" if one["referred"] else "not referred"
    say(plain(f"Proposed: {one['name']} ({one['party']}), {len(one['matters'])} agreed matters; {state}."))
    for matter in one["matters"]:
        acts = ", ".join(act[:12] for act in matter["acts"])
        say(plain(f"    {matter['when']}  {matter['about']}: {', '.join(matter['categories'])} (acts {acts})"))
    if not one["referred"]:
        say(plain(f"    To refer it, a body enters an act `referral` to {rule['decider']}."))
