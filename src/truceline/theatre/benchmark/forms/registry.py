"""The form and the file of each channel."""

from functools import lru_cache

from truceline.theatre.benchmark.channels import Channel
from truceline.theatre.benchmark.forms import others, own, workbook
from truceline.theatre.benchmark.forms.form import Form

_FORMS = {
    "ucdp": ("ucdp.csv", others.UCDP), "acled": ("acled.csv", others.ACLED),
    "acled-api": ("acled-api.json", others.ACLED_API), "airwars": ("airwars.json", others.AIRWARS),
    "hxl": ("relief-cluster.csv", others.HXL), "mission-daily": ("patrols.csv", others.DAILY),
    "geojson": ("posts.geojson", own.GEOJSON), "jsonl": ("radio-room.jsonl", own.JSON_LINES),
    "xlsx": ("hospitals.xlsx", workbook.SHEET_ROWS),
}  # fmt: skip


@lru_cache(maxsize=64)
def form_of(channel: Channel) -> tuple[str, Form]:
    """The name of the file a channel writes into, and its form."""
    if channel.format == "truceline":
        table = own.table_of(channel.source)
        return table.name, own.own(table)
    return _FORMS[channel.format]
