"""What the bulletin says of sources: within its bounds, and how many report ids were taken back."""

import json

from truceline.pipeline.missions import open_mission
from truceline.pipeline.overlap import ON_A_PAGE, sources_of_page
from truceline.pipeline.publishing import page_of
from truceline.pipeline.questions import Asked, ask
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import read_as_of

AS_OF = "2025-05-01"


def asked(desk):
    with open_mission(desk.mission) as mission:
        answer = ask(mission, Asked(INTERNAL, read_as_of(AS_OF, "Etc/GMT-2"), AS_OF))
        return page_of(mission, answer), sources_of_page(mission, answer)


def test_the_page_goes_by_week_and_pairs_only_the_busiest_sources(desk):
    desk.init("example", "strict")
    desk.reports(*({"when": "2025-03-20", "area": "river_towns", "source": f"s{n:02}"} for n in range(ON_A_PAGE + 3)))
    page, told = asked(desk)
    assert page.sources == told
    assert told.by == "week"
    assert told.names[0] == "2025-W09"
    assert len(told.pairs) == ON_A_PAGE * (ON_A_PAGE - 1) // 2
    assert told.unpaired == 3
    assert page.recalled == []


def test_report_ids_that_their_source_took_back_are_counted(desk):
    desk.init("example", "strict")
    feed = {"success": True, "data": [{"event_id_cnty": "NOR1", "deleted_timestamp": 1741132800}]}
    desk.take_in(desk.file("deleted.json", json.dumps(feed)))
    page, _ = asked(desk)
    assert page.recalled == [("acled", 1)]
