"""The forms that are read without a mapping: one file a format, one line here.

A form is what the columns are and mean. In which shape the rows come (delimited text, JSON, a sheet of
a workbook, features) is not its business: each form is read from all of them.
"""

from truceline.intake.formats import (
    acled,
    acled_deleted,
    airwars,
    bulletins,
    hxl,
    mission_daily,
    syrian_archive,
    truceline_coverage,
    truceline_reports,
    truceline_tallies,
    ucdp_ged,
    vdc_daily,
    yemen_air_raids,
)
from truceline.intake.formats.format import Format

FORMATS: tuple[Format, ...] = (
    truceline_reports.FORMAT,
    truceline_coverage.FORMAT,
    truceline_tallies.FORMAT,
    ucdp_ged.FORMAT,
    acled.FORMAT,
    acled_deleted.FORMAT,
    airwars.FORMAT,
    vdc_daily.BY_GOVERNORATE,
    vdc_daily.BY_CAUSE,
    yemen_air_raids.FORMAT,
    syrian_archive.FORMAT,
    bulletins.FORMAT,
    mission_daily.FORMAT,
    hxl.FORMAT,
)
"""All known forms. Their headers exclude one another; were one file to fit two, the first is taken."""
