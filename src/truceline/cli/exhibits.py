"""exhibit add, custody, show, check: files that support or contradict, by their fingerprints, and who held them."""

import mimetypes
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter

from truceline.cli.app import CHANCE, Json, Known, Mission, app, now_us
from truceline.cli.printing import grouped, plain, print_json, say

exhibit = App(name="exhibit", help="Exhibits by their fingerprints, and everyone who held them.")
app.command(exhibit)

ExhibitId = Annotated[str, Parameter(help="The exhibit's id, at least twelve characters of it.")]
By = Annotated[str, Parameter(help="The body that says it: an id of the pack.")]
Because = Annotated[str, Parameter(help="Why, in words.")]
At = Annotated[str | None, Parameter(help="When it is said; local to the agreement. Default: now.")]
Sign = Annotated[str | None, Parameter(help="The key that signs it: its beginning, or its label. Default: the log's.")]
Salted = Annotated[bool, Parameter(negative="", help="Fingerprint under a salt, so that files cannot be tried on it.")]
Stamp = Annotated[Path | None, Parameter(help="The reply of a time-stamping authority over the file (RFC 3161).")]
Roots = Annotated[Path | None, Parameter(help="The authority's root certificate, PEM: checks the reply's signature.")]


@exhibit.command
def add(
    mission: Mission,
    file: Annotated[Path, Parameter(help="The file. It is read for its fingerprint, and stays where it is.")],
    *,
    title: Annotated[str, Parameter(help="What it is, in a line.")],
    by: By,
    because: Because,
    case: Annotated[str | None, Parameter(help="The case it bears on.")] = None,
    report: Annotated[str | None, Parameter(help="The report it bears on: SOURCE/REPORT_ID or its id.")] = None,
    shows: Annotated[Literal["for", "against", "neither"], Parameter(help="What it speaks for.")] = "neither",
    media_type: Annotated[str | None, Parameter(help="Such as image/jpeg. Default: by the file's name.")] = None,
    made_by: Annotated[str | None, Parameter(help="Who made it, as far as that may be said.")] = None,
    made_at: Annotated[str | None, Parameter(help="When it was made, as said.")] = None,
    url: Annotated[str | None, Parameter(help="Where it was collected.")] = None,
    original_of: Annotated[str | None, Parameter(help="The exhibit that is a working copy of this original.")] = None,
    salted: Salted = False,
    timestamp: Stamp = None,
    at: At = None,
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter a file as an exhibit: its SHA-256, what it shows, and when an authority was shown it."""
    from truceline.pipeline.exhibits import add as enter
    from truceline.pipeline.missions import open_mission
    from truceline.pipeline.spoken_acts import spoken

    more = {
        "case": case, "report": report, "shows": shows, "made_by": made_by, "made_at": made_at, "url": url,
        "original_of": original_of, "media_type": media_type or mimetypes.MimeTypes().guess_type(file.name)[0],
    }  # fmt: skip
    with open_mission(mission, write=True) as opened:
        about = spoken(opened, by, at, because, now_us())
        entered, act = enter(
            opened, file, about, title=title, salted=salted, timestamp=timestamp, sign=sign, now_us=now_us(),
            chance=CHANCE, **more,
        )  # fmt: skip
    if json:
        print_json({"id": entered, "title": title, "sha256": act.sha256, "salted": salted, "size": act.size})
        return 0
    say(f"Entered as {entered[:16]}: {grouped(act.size or 0)} bytes, SHA-256 {act.sha256}{_salted(salted)}.")
    say("Keep the file unaltered; copies are for working on.")
    return 0


@exhibit.command
def custody(
    mission: Mission,
    exhibit_id: ExhibitId,
    did: Annotated[
        Literal["received", "stored", "copied", "examined", "handed_over", "returned", "lost", "destroyed"],
        Parameter(help="What was done."),
    ],
    *,
    holder: Annotated[str, Parameter(help="Who held it and did this.")],
    by: By,
    because: Because,
    to: Annotated[str | None, Parameter(help="Who got it: with handed_over and returned.")] = None,
    file: Annotated[Path | None, Parameter(help="The file as it was then: its fingerprint is entered.")] = None,
    at: At = None,
    sign: Sign = None,
    json: Json = False,
) -> int:
    """Enter a step of an exhibit's chain of custody."""
    from truceline.pipeline.exhibits import take_step
    from truceline.pipeline.missions import open_mission
    from truceline.pipeline.spoken_acts import spoken

    with open_mission(mission, write=True) as opened:
        about = spoken(opened, by, at, because, now_us())
        entered = take_step(
            opened, exhibit_id, about, did=did, holder=holder, to=to, file=file, sign=sign, now_us=now_us(),
            chance=CHANCE,
        )  # fmt: skip
    if json:
        print_json({"id": entered, "of": exhibit_id, "did": did, "holder": holder, "to": to})
        return 0
    say(plain(f"Entered as {entered[:16]}: {holder} {did.replace('_', ' ')} {exhibit_id[:12]}{_to(to)}."))
    return 0


@exhibit.command
def show(
    mission: Mission,
    exhibit_id: Annotated[str, Parameter(help="Only this one: its id. Default: all.")] = "",
    *,
    case: Annotated[str, Parameter(help="Only those of this case.")] = "",
    known: Known = None,
    json: Json = False,
) -> int:
    """List exhibits with who held them, and where a chain of custody has a gap. Read as internal."""
    from truceline.pipeline.exhibit_checking import listed
    from truceline.vocabulary.marking import INTERNAL

    told = listed(mission, INTERNAL, name=exhibit_id, case=case, known=known)
    if json:
        print_json(told)
        return 0
    if not told["exhibits"]:
        say("No exhibit.")
    for one in told["exhibits"]:
        print_exhibit(one)
    return 0


@exhibit.command
def check(
    mission: Mission,
    exhibit_id: ExhibitId,
    file: Annotated[Path, Parameter(help="The file to hold against it.")],
    *,
    ca: Roots = None,
    timestamp: Stamp = None,
    json: Json = False,
) -> int:
    """Is this the file that was entered, is its chain of custody whole, does its time-stamp hold? Exit 1 if not."""
    from truceline.pipeline.exhibit_checking import checked
    from truceline.vocabulary.marking import INTERNAL

    told = checked(mission, INTERNAL, exhibit_id, file, certificates=ca, timestamp=timestamp)
    if json:
        print_json(told)
    else:
        _print_checked(told)
    failed = told["same"] is False or told["timestamp"]["verified"] is False
    return 1 if failed or told["exhibit"]["state"] in ("gap", "altered") else 0


def print_exhibit(one: dict[str, Any]) -> None:
    """An exhibit, its fingerprint, its time-stamp and its chain of custody."""
    of = one["case"] or one["report"]
    say(
        plain(f"{one['id'][:16]}  {one['title']}  (speaks {one['shows']}; of {of}; entered by {one['by']} {one['at']})")
    )
    size = "" if one["size"] is None else f", {grouped(one['size'])} bytes"
    say(f"    SHA-256 {one['sha256']}{_salted(one['salted'])}{size}")
    stamp = one["stamp"]
    if stamp:
        said = f"{stamp['at']} (signature not checked)" if stamp["at"] else stamp["says"]
        say(plain(f"    time-stamp: {said}"))
    for step in one["custody"]:
        say(plain(f"    {step['at']}  {step['holder']} {step['did'].replace('_', ' ')}{_to(step['to'])}"
                  f" ({step['by']}: {step['because']})"))  # fmt: skip
    say(plain(f"    chain of custody: {_state(one)}"))
    for gap in one["breaks"]:
        say(plain(f"      {gap}"))


def _print_checked(told: dict[str, Any]) -> None:
    words = {True: "The file is the one that was entered.", False: "THE FILE IS NOT THE ONE THAT WAS ENTERED.",
             None: "Cannot tell: the salt of the fingerprint cannot be read here."}  # fmt: skip
    say(words[told["same"]])
    stamp = told["timestamp"]
    if stamp["says"]:
        at = f"Time-stamp of {stamp['at']}: " if stamp["at"] else ""
        say(plain(f"{at}{stamp['says']}"))
    print_exhibit(told["exhibit"])


def _state(one: dict[str, Any]) -> str:
    """The chain in words."""
    words = {"whole": "whole", "gap": "not whole", "altered": "BROKEN: another fingerprint", "not_told": "not told"}
    held = f", held by {one['holder']}" if one["holder"] else ""
    return f"{words[one['state']]}{held}{'; ' + one['awaited'] if one['awaited'] else ''}"


def _salted(salted: bool) -> str:
    return " (salted)" if salted else ""


def _to(to: str | None) -> str:
    return f" to {to}" if to else ""
