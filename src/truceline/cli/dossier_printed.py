"""A dossier on the terminal, part by part."""

from typing import Any

from truceline.cli.exhibits import print_exhibit
from truceline.cli.printing import grouped, plain, print_table, say

Plain = dict[str, Any]
HELD = {
    "yes": "yes", "no": "no", "undetermined": "undetermined", "no_evidence": "no evidence to conclude",
}  # fmt: skip
STANDING = {
    "agreed": "agreed", "disputed": "DISPUTED", "one_side": "one co-chair alone", "not_joint": "no co-chair",
}  # fmt: skip


def print_dossier(told: Plain) -> None:
    """The whole dossier."""
    for part in (_head, _reports, _grade, _chronology, _where, _seen, _exhibits, _held, _elements, _killed, _missing):
        part(told)


def _head(told: Plain) -> None:
    if told["exercise"]:
        say("EXERCISE: all data are invented.")
    cut = ", ".join(f"{origin} {size}:{root[:16]}" for origin, (size, root) in told["cut"].items())
    say(f"Agreement {told['agreement']}, read as {told['audience']}. Cut {cut}. It decides nothing.")
    case = told["case"]
    if case:
        say(plain(f"Case {case['handle']}: {case['title']} (opened by {case['by']} {case['at']})"))
        torn = "; CONTESTED" if case["contested"] else ""
        say(plain(f"Procedure {case['procedure']}, stage {case['stage']}{torn}."))
    else:
        say(plain(f"Incident of the report {told['asked']}; no case was asked for."))
    if told["start"] is not None:
        say(plain(f"{', '.join(told['kinds']) or 'kind not said'}; between {told['start']} and {told['end']}."))


def _reports(told: Plain) -> None:
    _title(f"Reports ({len(told['reports'])})")
    for one in told["reports"]:
        echo = "" if one["origin"] == one["source"] else f", rests on {one['origin']}"
        maybe = "" if one["maybe"] == one["origin"] else f", may rest on {one['maybe']}"
        say(plain(f"{one['report']}  {one['when']}  {one['kind']}  {one['place'] or one['area']}"))
        say(plain(f"    access {one['access'].replace('_', ' ')}{echo}{maybe}{_graded(one)}"))
        if one["side_a"] or one["side_b"]:
            say(plain(f"    sides as {one['source']} names them: {_sides(one)}"))
        if one["words"]:
            say(plain(f'    "{one["words"]}"'))
    for key in told["perhaps"]:
        say(plain(f"{key}  perhaps a copy of one of these: nobody has decided, and it counts for nothing here"))
    for key in told["absent"]:
        say(plain(f"{key}  not in force here: recalled, or never held"))


def _graded(one: Plain) -> str:
    return "".join(f", {what} {grade} by {by}" for what, by, grade in one["gradings"])


def _sides(one: Plain) -> str:
    sides = [" and ".join(one[name]) for name in ("side_a", "side_b") if one[name]]
    return "; ".join(sides)


def _grade(told: Plain) -> None:
    grade = told["grade"]
    _title("For and against")
    for one in told["weighs"]:
        say(plain(f"{one['way']:7}  {one['kind']:9}  {_ref(one['ref'])} ({one['by']}): {one['says']}"))
    say(plain(f"Grade proposed: {grade['grade'] or 'none'}. {grade['rule']}"))
    for remark in grade["remarks"]:
        say(plain(f"    {remark}"))


def _chronology(told: Plain) -> None:
    _title("Chronology")
    for one in told["chronology"]:
        until = "" if one["start"] == one["end"] else f" to {one['end']}"
        say(plain(f"{one['start']}{until}  {one['what']} by {one['by']}: {one['says']} [{_ref(one['ref'])}]"))


def _where(told: Plain) -> None:
    where = told["geolocation"]
    _title("Where")
    words = {"one_place": "All points may be one place.", "several_places": "The points do not all agree.",
             "one_point": "One report gives a point.", "no_point": "No report gives a point."}  # fmt: skip
    outside = " or outside all areas" if where["elsewhere"] else ""
    say(plain(f"{words[where['state']]} In {', '.join(where['areas']) or 'no area'}{outside}."))
    for one in where["pairs"]:
        fit = "circles touch" if one["touch"] else "CIRCLES DO NOT TOUCH"
        say(plain(f"    {one['one']} and {one['other']}: at least {grouped(one['apart_m'])} m apart, {fit}"))


def _seen(told: Plain) -> None:
    seen = told["seen"]
    _title("Could anyone have seen it?")
    words = {"watched": f"Watching: {', '.join(seen['watching'])}.", "stopped": "Those who could have were stopped.",
             "not_known": "Nobody is known to have watched there and then."}  # fmt: skip
    say(plain(words[seen["state"]]))
    if seen["silent"]:
        say(plain(f"Watched and told nothing of it: {', '.join(seen['silent'])}."))
    if seen["stopped"]:
        say(plain(f"Stopped: {', '.join(seen['stopped'])}."))


def _exhibits(told: Plain) -> None:
    _title(f"Exhibits ({len(told['exhibits'])})")
    for one in told["exhibits"]:
        print_exhibit(one)


def _held(told: Plain) -> None:
    _title("What each body holds")
    for one in told["findings"]:
        say(plain(f"{one['by']}: {one['held'].replace('_', ' ')} ({one['id'][:12]}, {one['at']})"))
        say(plain(f"    {one['what']}"))
        rest = [f"when {one['when']}" if one["when"] else "", f"where {one['where']}" if one["where"] else "",
                f"standard: {one['standard_in_words']}" if one["standard"] else ""]  # fmt: skip
        if any(rest):
            say(plain(f"    {'; '.join(part for part in rest if part)}"))
        responsible = f", {one['holds_responsible']}" if one["holds_responsible"] else ""
        say(plain(f"    perpetrator: {(one['attribution'] or 'not said').replace('_', ' ')}{responsible}"))
        for candidate in one["candidates"]:
            say(plain(f"    candidate, held responsible for nothing: {_candidate(candidate)}"))
        for dissent in one["dissents"]:
            say(plain(f"    dissent: {dissent}"))
        say(plain(f"    because: {one['because']}"))
    for body in told["silent_bodies"]:
        say(f"{body}: has not found on it")
    together = told["attribution"]
    listed = together["listed_under"] or "nobody"
    say(plain(f"Together: {together['level'].replace('_', ' ')}; listed under {listed}. {together['because']}"))


def _candidate(one: Plain) -> str:
    confidence = f", {one['confidence']}" if one["confidence"] else ""
    said = f", named by {one['said_by']}" if one["said_by"] else ""
    return f"{one['who']}{confidence}{said}: {one['because']}"


def _elements(told: Plain) -> None:
    if not told["elements"]:
        return
    _title("Element by element")
    bodies = list(dict.fromkeys(held["by"] for one in told["elements"] for held in one["held"]))
    rows = []
    for one in told["elements"]:
        by = {held["by"]: held for held in one["held"]}
        cells = [_cell(by[body]) if body in by else "-" for body in bodies]
        rows.append((one["element"], *cells, STANDING[one["standing"]]))
    print_table(("element", *bodies, "jointly"), rows)


def _cell(held: Plain) -> str:
    dissent = f", dissent: {len(held['dissents'])}" if held["dissents"] else ""
    return f"{HELD[held['held']]}{': ' + held['answer'] if held['answer'] else ''}{dissent}"


def _killed(told: Plain) -> None:
    _title("Killed, as each source gives it; never added")
    for one in told["casualties"]["figures"]:
        given = "  ".join(f"{name} {one[name]}" for name in ("low", "best", "high") if one[name] is not None)
        say(plain(f"{one['report']} (access {one['access'].replace('_', ' ')}, origin {one['origin']}): {given}"))
    low, high = told["casualties"]["low"], told["casualties"]["high"]
    say("No figure." if low is None else f"Between {low} and {high} by what the sources give; not an estimate.")


def _missing(told: Plain) -> None:
    _title("What is missing")
    for one in told["missing"]:
        say(plain(f"- {one}"))


def _ref(ref: str) -> str:
    """A report's key as it is; of an act's id so much as names it."""
    return ref if "/" in ref else ref[:12]


def _title(text: str) -> None:
    say()
    say(text)
    say("-" * len(text))
