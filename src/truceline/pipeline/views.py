"""Opening a mission for a question: its own view, or the one that every holder shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from truceline.pipeline.holders import holding_of
from truceline.pipeline.missions import open_mission
from truceline.pipeline.questions import Asked
from truceline.pipeline.shared_view import shared_view
from truceline.store.mission_file import MissionFile


@contextmanager
def opened_for(path: Path, asked: Asked) -> Iterator[MissionFile]:
    """The mission, or its shared view at the joint cut (`asked.known`: at the joint one of that cut)."""
    with open_mission(path) as mission:
        if asked.view == "own":
            yield mission
            return
        with shared_view(mission, holding_of(mission, now_us=asked.now_us, known=asked.known).cut) as view:
            yield view
