"""The Syrian Archive's videos: one row a video, so that several rows may tell of one attack.

A video was recorded while or after what it shows happened. How long after is not said: the report
lies between a day before the recording and the recording (flag `time_of_recording`). Coordinates are
decimal degrees, or degrees, minutes and seconds.
"""

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.formats.said import WIDEST_M, said, source_id
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import DAY, Interval

TIME_OF_RECORDING = "time_of_recording"
_WEAPONS = {"Cluster Munition": "cluster", "Incendiary Weapons": "incendiary"}
_CHEMICAL = ("Chemical Weapons", "Chlorine Gas", "Mustard Gas", "Sarin")


def read(cells: Cells, context: ReadContext) -> Report:
    """One video as a report of the source `syrian-archive`; faults are noted in the cells."""
    area, _, place = cells.words("location").partition(" : ")
    weapons = [name.strip(" <>").removeprefix("Weapon: ") for name in cells.text("weapons").strip("[]").split(",")]
    cells.flag(TIME_OF_RECORDING)
    return said(
        cells,
        context,
        source="syrian-archive",
        source_row=cells.must("reference_code", "Give the video's code."),
        when=_when(cells, context.zone),
        point=cells.point("location_latitude", "location_longitude"),
        radius_m=WIDEST_M,
        place=place,
        area=area.strip(" "),
        kind="chemical_alleged" if any(name in _CHEMICAL for name in weapons) else "",
        weapon=next((_WEAPONS[name] for name in weapons if name in _WEAPONS), ""),
        origin=source_id(cells.words("acquired_from")),
        words=cells.words("description_ar") or cells.words("description_en"),
        language="ar" if cells.words("description_ar") else "en",
    )


def _when(cells: Cells, zone: str) -> Interval:
    recorded = cells.when("recording_date", zone)
    return Interval(recorded.start - DAY, recorded.end, recorded.words, zone)


FORMAT = Format(
    name="syrian_archive",
    version="1",
    noun="report",
    must=(
        "reference_code", "recording_date", "location", "location_latitude", "location_longitude",
        "type_of_violation", "youtube_id",
    ),
    groups_of={
        "reference_code": "source", "youtube_id": "source", "acquired_from": "source",
        "recording_date": "when",
        "location": "where", "location_latitude": "where", "location_longitude": "where",
        "weapons": "what", "type_of_violation": "what", "description_en": "what", "description_ar": "what",
        "notes": "what",
    },
    read=read,
)  # fmt: skip
