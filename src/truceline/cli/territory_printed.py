"""How claims of territory are printed: a table of all, or one line or zone with its versions."""

from typing import Any

from truceline.cli.printing import grouped, plain, print_table, say

Told = dict[str, Any]


def heading(told: Told) -> None:
    """Which mission, when, at which cut."""
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    if told["view"] == "shared":
        say("Only what every holder can read.")
    say(f"As of {told['as_of']}, cut {cut}, read as {told['audience']}.")
    say("Every drawing is somebody's claim. Metres and surfaces on WGS 84, with their errors.")
    say()


def print_listed(told: Told) -> None:
    """All lines and zones that a list may name."""
    if not told["numbers"]:
        say("No line and no zone is claimed here. Enter one: truceline territory add MISSION FILE --number ...")
        return
    columns = ("number", "kind", "claimant", "state", "from", "said", "size", "precision", "version")
    rows = [_row(number, claim) for number in told["numbers"] for claim in number["claims"]]
    print_table(columns, rows)
    for number in told["numbers"]:
        _print_differences(number)
    for one in told["side_by_side"]:
        names = ", ".join(" of ".join(zone) for zone in one["zones"])
        says = "both claimed" if one["what"] == "overlap" else "between them, claimed in none"
        say(plain(f"{names}: {_surface(one)} {says}."))


def _row(number: Told, claim: Told) -> tuple[str, ...]:
    return (
        number["number"], number["kind"], claim["claimant"], claim["state"], claim["from"], claim["said"],
        _size(claim), f"{grouped(claim['precision_m'])} m", claim["version"][:12],
    )  # fmt: skip


def _size(claim: Told) -> str:
    if claim["surface_m2"] is None:
        return f"{claim['length_m'] / 1000:,.1f} km"
    return _surface(claim["surface_m2"])


def _surface(one: Told) -> str:
    least, most = (one[key] / 1_000_000 for key in ("least_m2", "most_m2"))
    return f"{least:,.2f} to {most:,.2f} km2"


def _print_differences(number: Told) -> None:
    for one in number["differences"]:
        _print_difference(number["number"], f"{one['first']} and {one['second']}", one)


def _print_difference(number: str, who: str, one: Told) -> None:
    if one["most_m"] is None:
        say(plain(f"{number}: {who} draw a line and a zone, which are not compared."))
        return
    within = "within" if one["explained"] else "more than"
    apart = f"apart up to {grouped(one['most_m'])} m, {within} their precisions together ({grouped(one['within_m'])} m)"
    say(plain(f"{number}: {who}: {apart}."))
    if one["both"] is not None:
        say(plain(f"    in both: {_surface(one['both'])}"))
    for moved in one["moved"]:
        if moved["most_m2"]:
            sides = [moved[f"{key}_party"] or moved[f"{key}_side"] for key in ("from", "to")]
            say(plain(f"    {sides[0]} in the first, {sides[1]} in the second: {_surface(moved)}"))


def print_number(number: Told) -> None:
    """One line or zone: claims, differences, every version ever said."""
    say(
        plain(
            f"{number['number']} ({number['kind'] or 'drawn by nobody now'}), between all claimants: {number['state']}"
        )
    )
    for claim in number["claims"]:
        say()
        until = f" to {claim['to']}" if claim["to"] else ""
        say(plain(f"{claim['claimant']}: {claim['state']} (by {claim['state_by']}), {_size(claim)}"))
        say(plain(f"    holds from {claim['from']}{until}, said {claim['said']} by {claim['by']}"))
        say(plain(f"    {claim['because']} {claim['source']}"))
        if claim["left"] or claim["right"]:
            say(plain(f"    left: {claim['left'] or 'not named'}, right: {claim['right'] or 'not named'}"))
        if claim["recorded_then"] != claim["version"]:
            then = claim["recorded_then"][:12] if claim["recorded_then"] else "no drawing"
            say(plain(f"    the record held at that time: {then}"))
    say()
    _print_differences(number)
    for one in number["gained"]:
        old, new = (version[:12] for version in one["versions"])
        _print_difference(number["number"], f"{one['first']}, {new} in place of {old}", one)
    if number["versions"]:
        say()
        columns = ("version", "claimant", "says", "from", "to", "said", "in force")
        print_table(columns, [_version(one) for one in number["versions"]])


def _version(one: Told) -> tuple[str, ...]:
    says = one["says"] if one["drawn"] else f"{one['says']} (no drawing)"
    kept = "yes" if one["in_force"] else "replaced"
    return (one["id"][:12], one["claimant"], says, one["from"], one["to"] or "", one["said"], kept)
