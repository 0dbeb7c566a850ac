"""What a row means in truceline's own words once its form has said it: what the slow rule reads."""

from functools import lru_cache

from truceline.theatre.benchmark.forms.others import ACLED_OTHER, ACLED_TYPES, ARMS, STRIKES
from truceline.theatre.benchmark.said import Said
from truceline.vocabulary.codes import crosswalk

COLUMNS = (
    "source", "report_id", "repeats", "when", "kind", "side_a", "side_b", "lat", "lon", "radius_m", "area",
    "killed_low", "killed_best", "killed_high",
)  # fmt: skip
_DAILY_KINDS = {"sniper_fire": "small_arms_fire"}


def meant(said: Said) -> list[dict[str, str]]:
    """The rows that are to be read, as dicts; rows that must be refused are left out."""
    columns = [said.cells[name].tolist() if name in said.cells else [""] * len(said) for name in COLUMNS]
    rows = [
        dict(zip(COLUMNS, row, strict=True))
        for row, wrong in zip(zip(*columns, strict=True), said.wrong.tolist(), strict=True)
        if not wrong
    ]
    for row in rows:
        _as_told(said.channel.format, row)
    return rows


@lru_cache(maxsize=256)
def _acled_kinds(kind: str) -> str:
    """All our kinds that ACLED's sub-event type for this kind may be."""
    return ";".join(crosswalk("incident_kinds", "acled")[ACLED_TYPES.get(kind, ACLED_OTHER)])


def _as_told(form: str, row: dict[str, str]) -> None:
    """What the form's codes make of a row."""
    kind = row["kind"]
    if form == "ucdp":
        row["kind"] = "state_based_violence"
    elif form in ("acled", "acled-api"):
        row["kind"] = _acled_kinds(kind)
    elif form == "airwars":
        row["kind"] = kind if kind in STRIKES else ""
        row["side_a"], row["side_b"] = f"{row['side_a']}; {row['side_b']}", ""
    elif form == "mission-daily":
        row["kind"] = _DAILY_KINDS.get(kind, kind) if kind in ARMS else ""
        row["side_a"] = row["side_b"] = ""
