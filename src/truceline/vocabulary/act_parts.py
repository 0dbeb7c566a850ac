"""What acts are made of: texts of bounded length, bodies by their ids, and acts and entries by theirs."""

from typing import Annotated

from msgspec import Meta, UnsetType

Words = Annotated[str, Meta(max_length=20_000)]
Short = Annotated[str, Meta(min_length=1, max_length=400)]
Body = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$", max_length=40)]
ActId = Annotated[str, Meta(pattern="^[0-9a-f]{12,64}$")]
"""The id of an act, or at least twelve characters of it."""
Revises = Annotated[tuple[ActId, ...], Meta(min_length=1, max_length=100)] | UnsetType
"""Acts of the same body and kind. Unset where there are none: an act that revises nothing is written as ever."""
ReportRef = Annotated[str, Meta(pattern="^([0-9a-f]{12,64}|.+/.+)$", max_length=400)]
"""A report: its entry's id, at least twelve characters of it, or SOURCE/REPORT_ID."""
