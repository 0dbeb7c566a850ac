"""What a ledger is asked: an agreement, one of its readings with nothing left open, and an as-of instant."""

from dataclasses import dataclass

from truceline.compliance.areas import Geometry
from truceline.errors import ReadingError
from truceline.vocabulary.agreement import Agreement, MinimumCoverage, Reading

_NEEDED = ("day_boundary", "zone", "exclusions", "umbrella", "threshold", "counting", "coverage", "unknown_day")


@dataclass(frozen=True)
class Question:
    """A complete question. `as_of` is UTC microseconds. The reading is known to leave nothing open."""

    agreement: Agreement
    geometry: Geometry
    reading: Reading
    as_of: int
    boundary: str
    zone: str
    threshold: int
    minimum: MinimumCoverage
    unknown_day: str

    @classmethod
    def of(cls, agreement: Agreement, geometry: Geometry, reading: Reading | None, as_of: int) -> "Question":
        """Refuse (`ReadingError`) where no reading was chosen or it leaves open what the ledger needs."""
        if reading is None:
            names = ", ".join(known.id for known in agreement.readings)
            raise ReadingError(
                f"No reading is chosen: the text of {agreement.pack!r} leaves open what a quiet day is.",
                f"Choose one with --reading ({names}), or register one at init.",
            )
        missing = [name for name in _NEEDED if getattr(reading, name) is None]
        if missing:
            raise ReadingError(
                f"The reading {reading.id!r} leaves open: {', '.join(missing)}.",
                "Fill each in the pack's agreement.yaml; nothing is assumed.",
            )
        assert reading.day_boundary is not None
        assert reading.zone is not None
        assert reading.threshold is not None
        assert reading.coverage is not None
        assert reading.unknown_day is not None
        return cls(
            agreement, geometry, reading, as_of, reading.day_boundary, reading.zone,
            reading.threshold, reading.coverage, reading.unknown_day,
        )  # fmt: skip
