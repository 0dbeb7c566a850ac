"""The forms that are read without a mapping: one file a format, one line here."""

from truceline.intake.formats import truceline_coverage, truceline_reports, truceline_tallies, ucdp_ged
from truceline.intake.formats.format import Format

FORMATS: tuple[Format, ...] = (
    truceline_reports.FORMAT,
    truceline_coverage.FORMAT,
    truceline_tallies.FORMAT,
    ucdp_ged.FORMAT,
)
"""All known forms. Their headers exclude one another; were one file to fit two, the first is taken."""
