"""A mission's daily table of single observations, in the manner of the OSCE's mission in Ukraine.

One row is what one position saw, heard or recorded at one time: so many explosions, shots or flashes.
Who fired is not said, and is left empty. "N/K" is not known.
"""

from hashlib import sha256

import msgspec

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.formats.said import WIDEST_M, said
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import Interval

NUMBER_NOT_PLAIN = "number_not_plain"
_NOT_KNOWN = ("", "n/k", "n/a", "-")
_KINDS = (
    ("exercise", "live_fire_exercise"), ("demining", "demolition"), ("controlled", "demolition"),
    ("celebrat", "celebratory_fire"),
)  # fmt: skip
_SHELLS = ("mortar", "artillery", "howitzer", "mlrs", "tank", "grad", "self-propelled")
_HEAVY = ("hmg", "heavy machine", "anti-aircraft", "zu-23", "cannon", "infantry fighting", "bmp")
_SMALL = ("small arm", "small-arm", "rifle", "light machine", "lmg")


def read(cells: Cells, context: ReadContext) -> Report:
    """One observation as a report; faults are noted in the cells.

    The id is made of the row itself: a changed row is a new one, and two equal rows are one.
    """
    number = _known(cells.text("number"))
    if number and not (number.isascii() and number.isdigit()):
        cells.flag(NUMBER_NOT_PLAIN)
    point = cells.point("lat", "lon")
    told = ("number", "observation", "description", "means", "weapon")
    return said(
        cells,
        context,
        source=cells.source("source", context.default_source),
        source_row=sha256(msgspec.json.encode(cells.by_column())).hexdigest()[:32],
        when=_when(cells, context.zone),
        point=point,
        radius_m=WIDEST_M,
        place=_known(cells.words("place")),
        kind=_kind(cells),
        weapon=_known(cells.text("weapon")),
        words=", ".join(part for part in map(cells.words, told) if _known(part)),
    )


def _known(text: str) -> str:
    return "" if text.strip(" ").lower() in _NOT_KNOWN else text


def _kind(cells: Cells) -> str:
    """What the mission itself calls it; with a weapon it names, that weapon's kind of fire; else not told.

    An explosion of no known weapon is `undetermined_explosion`.
    """
    observation = cells.must("observation", "Write what was seen or heard: Explosion, Burst, Shot, ...").lower()
    description = f"{observation} {cells.text('description')}".lower()
    for word, kind in _KINDS:
        if word in description:
            return kind
    weapon = _known(cells.text("weapon")).lower()
    for words, kind in ((_SHELLS, "shelling"), (_HEAVY, "hmg_fire"), (_SMALL, "small_arms_fire")):
        if any(word in weapon for word in words):
            return kind
    return "undetermined_explosion" if "explosion" in observation and not weapon else ""


def _when(cells: Cells, zone: str) -> Interval:
    """`time` alone, or `date` and a time of day or a range of them: 14:05, 14:05-14:20."""
    day, time = cells.text("date"), cells.text("time")
    if not day:
        return cells.when("time", zone)
    if not _known(time):
        return cells.when("date", zone)
    first, _, last = time.replace("–", "-").partition("-")
    first, last = first.strip(" "), last.strip(" ")
    return cells.interval("time", f"{day}T{first}/{day}T{last}" if last else f"{day}T{first}", zone)


FORMAT = Format(
    name="mission_daily",
    version="1",
    noun="report",
    must=("position", "place", "means", "number", "observation", "description", "weapon", "time"),
    groups_of={
        "source": "source", "position": "source", "means": "source",
        "date": "when", "time": "when",
        "place": "where", "lat": "where", "lon": "where",
        "number": "what", "observation": "what", "description": "what", "weapon": "what",
    },
    read=read,
    also={
        "SMM position": "position", "Position": "position", "Event location": "place", "Place": "place",
        "Means": "means", "No.": "number", "Number": "number", "Observation": "observation",
        "Description": "description", "Weapon": "weapon", "Date, time": "time", "Time": "time", "Date": "date",
    },
)  # fmt: skip
