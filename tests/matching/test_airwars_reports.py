"""Pages in Arabic and English, labelled by people with their incident: the labels score, and do nothing else."""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from truceline.matching.wording import Wording
from truceline.matching.wording_groups import groups_of
from truceline.matching.wording_incidents import Incidents, Listed
from truceline.matching.wording_text import Told

pytestmark = [pytest.mark.data, pytest.mark.long]
LEAST_F1, LEAST_FIRST, LEAST_NEAR = 0.40, 0.55, 0.85


@dataclass(frozen=True)
class Labelled:
    told: list[Told]
    incidents: list[Listed]
    of: list[set[str]]
    wording: Wording


@pytest.fixture(scope="module")
def pages() -> dict[str, Labelled]:
    """Kept for the tests of this file."""
    return {}


@pytest.fixture
def labelled(test_data: Path, pages: dict[str, Labelled]) -> Labelled:
    if not pages:
        folder = test_data / "matching-airwars-reports"
        told = [told_of(json.loads(line)) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
        of: dict[str, set[str]] = defaultdict(set)
        for row in rows(folder / "labels.csv"):
            of[row["report_id"]].add(row["incident_id"])
        incidents = [listed(row) for row in rows(folder / "incidents.csv")]
        pages["all"] = Labelled(told, incidents, [of[one.report] for one in told], Wording.of(told))
    return pages["all"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def told_of(row: dict[str, str]) -> Told:
    host = urlsplit(row["url"]).netloc.lower().removeprefix("www.")
    published = row["publication_date"] or ""
    return Told(row["report_id"], host, row["text_excerpt"], row["title"], unquote(row["url"]), published)


def listed(row: dict[str, str]) -> Listed:
    first, last = date.fromisoformat(row["date"]), date.fromisoformat(row["date_end"] or row["date"])
    killed, hurt = (
        (int(row[f"{what}_min"]), int(row[f"{what}_max"])) if row[f"{what}_min"] and row[f"{what}_max"] else None
        for what in ("killed", "injured")
    )
    places = tuple(name for name in (row["location_ar"], row["location_original"]) if name)
    return Listed(row["incident_id"], first, last, places, row["strike_type_original"], killed, hurt)


def test_pages_of_one_incident_are_put_together_without_labels(labelled: Labelled) -> None:
    of = labelled.of
    one = {at for at, incidents in enumerate(of) if len(incidents) == 1}
    claimed = {pair for group in groups_of(labelled.wording) for pair in combinations(group, 2) if one >= set(pair)}
    true = {pair for pair in combinations(sorted(one), 2) if of[pair[0]] == of[pair[1]]}
    f1 = 2 * len(claimed & true) / (len(claimed) + len(true))
    print(f"{len(labelled.told)} pages, {len(true)} true pairs, {len(claimed)} claimed: F1 {f1:.3f}")
    assert labelled.wording.weights.estimated
    assert f1 >= LEAST_F1


def test_the_incident_of_a_page_is_found_on_the_list(labelled: Labelled) -> None:
    incidents = Incidents.of(labelled.incidents, labelled.wording)
    first = near = 0
    for at, of in enumerate(labelled.of):
        ranked = [one.incident for one in incidents.ranked(at)]
        first, near = first + (ranked[0] in of), near + (not of.isdisjoint(ranked))
    total = len(labelled.told)
    print(f"rank one {first / total:.1%}, within ten {near / total:.1%}")
    assert first >= LEAST_FIRST * total
    assert near >= LEAST_NEAR * total


def test_a_pair_across_languages_is_explained_in_words(labelled: Labelled) -> None:
    wording = labelled.wording
    arabic = [not one.title.isascii() for one in labelled.told]
    across = [(weight, a, b) for a, b, weight in wording.proposals(0) if arabic[a] != arabic[b]]
    assert across, "no pair across languages is proposed"
    weight, one, other = max(across)
    found = wording.alike(one, other)
    assert found.weight == weight == found.prior + sum(reason.weight for reason in found.reasons)
    assert all(reason.words for reason in found.reasons)
