"""The built-in theatre with something on every page: pairs, a case with rival findings, claims, what was released."""

import json
import os
import time
from pathlib import Path

from truceline.pipeline.demo import demo
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.clearing import Wish, enter_as
from truceline.pipeline.room.judged import propose
from truceline.pipeline.room.listed import Filter, reports_page
from truceline.pipeline.room.said import Category, Found, determine_as, find_as, open_as
from truceline.pipeline.room.territory import Drawn, bring_as
from truceline.vocabulary.marking import INTERNAL, Role
from truceline.vocabulary.role import Person

LINES = {"alpha": [[36.2, 35.1], [36.5, 35.4], [36.9, 35.5]], "beta": [[36.2, 35.1], [36.5, 35.2], [36.9, 35.4]]}


def furnished(folder: Path) -> tuple[Path, str, str]:
    """The mission, the handle of its case, and the id of a report of it."""
    now_us = time.time_ns() // 1000
    mission = Path(demo(folder, now_us=now_us, chance=os.urandom).mission)
    given = {"now_us": now_us, "chance": os.urandom}
    propose(mission, **given)
    reports = reports_page(mission, Asked(INTERNAL, now_us), Filter(area="river_towns"), limit=3).reports
    alpha, beta = (Person(f"of {body}", Role.CO_CHAIR, body) for body in ("alpha", "beta"))
    case = open_as(mission, alpha, (reports[0].id, reports[1].id), "Shelling by the bridge", "Two tell of it.", **given)
    find_as(mission, alpha, case, Found("happened", "Shells fell.", "Both saw it.", rests_on=(reports[0].id,)), **given)
    find_as(mission, beta, case, Found("undetermined", "Nobody can say.", "They differ."), **given)
    determine_as(mission, alpha, case, Category("serious_violation", "After talks.", "2025-04-25T12:00"), **given)
    for person in (alpha, beta):
        drawn = Drawn("front-line", person.body, "We hold it so.", since="2025-04-01", precision_m=300)
        line = {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "LineString", "coordinates": LINES[person.body]},
        }
        bring_as(mission, person, "line.geojson", json.dumps(line).encode(), drawn, **given)
    wish = Wish(
        refs=(reports[0].id,), fields=("when", "where", "what"), to="council", cell_m="16000", because="Agreed."
    )
    enter_as(mission, alpha, wish, **given)
    return mission, case, reports[0].id
