"""Matching by words: reports as pages of text, Arabic and English, labelled by people with their incident.

The labels score and do nothing else: weights, thresholds and days come from the texts. Read from `reports.jsonl`,
`labels.csv` and `incidents.csv` in the folder `matching-airwars-reports` of `$TRUCELINE_TEST_DATA`. Printed beside: how
many reports name the place or the day at all, the two halves of the time apart, and a character TF-IDF (scikit-learn,
of the extra `bench`) on the same pages, at the threshold that is best for it.
"""

import csv
import json
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np

from benchmarks.timing import timed
from truceline.matching.wording import Wording
from truceline.matching.wording_groups import groups_of
from truceline.matching.wording_incidents import Incidents, Listed
from truceline.matching.wording_names import names_in
from truceline.matching.wording_text import Told
from truceline.vocabulary.columns import Ints

FOLDER = "matching-airwars-reports"
NEAR = 10
ACTORS = {
    "Turkey": "ترك turk", "the government of Syria": "نظام اسد حكومي regime assad government", "Russia": "روس russia",
    "the coalition": "تحالف اميرك امريك coalition american us", "Israel": "اسرائيل israel", "Jordan": "اردن jordan",
    "the Syrian Democratic Forces": "قسد ديمقراطي sdf ypg", "Iran": "ايران iran", "Islamic State": "داعش isis",
    "Hay'at Tahrir al-Sham": "هيئه hts",
}  # fmt: skip
"""Beginnings of words for whom the reports name: the mission's own list, as a pack has it."""


@dataclass(frozen=True)
class Labelled:
    """Reports in order of their id, the incidents, and which of them each report was assigned to by people."""

    told: list[Told]
    incidents: list[Listed]
    of: list[set[str]]

    def only(self, kept: Sequence[int]) -> "Labelled":
        """These reports and their incidents."""
        named = {incident for at in kept for incident in self.of[at]}
        return Labelled(
            [self.told[at] for at in kept], [one for one in self.incidents if one.incident in named],
            [self.of[at] for at in kept],
        )  # fmt: skip


def labelled(folder: Path) -> Labelled:
    """The reports, incidents and labels of the folder."""
    with (folder / "reports.jsonl").open(encoding="utf-8") as file:
        told = sorted((_told(json.loads(line)) for line in file), key=lambda one: one.report)
    of: Mapping[str, set[str]] = defaultdict(set)
    for row in _rows(folder / "labels.csv"):
        of[row["report_id"]].add(row["incident_id"])
    return Labelled(told, [_listed(row) for row in _rows(folder / "incidents.csv")], [of[one.report] for one in told])


def run(folder: Path | None = None) -> dict[str, Any]:
    """All of it, then both halves, then the peer."""
    reports = labelled(folder or Path(os.environ["TRUCELINE_TEST_DATA"]) / FOLDER)
    found = scores(reports)
    fit, rank = found["fit"], found["rank"]
    return found | {
        "title": f"{len(reports.told):,} pages of {len(reports.incidents):,} incidents, Arabic and English; "
        f"F1 {fit['f1']:.3f}, rank one {rank['first']:.1%}, within {NEAR} {rank['near']:.1%}",
        "seconds": round(sum(step["seconds"] for step in found["steps"]), 2),
        "peak_mb": found["steps"][-1]["peak_mb"],
        "further": [_ceiling(reports), *_halves(reports)],
        "beside": _tf_idf(reports),
    }


def scores(reports: Labelled) -> dict[str, Any]:
    """Pairwise fit over the reports of one incident, and where each report's incident stands on the list."""
    wording, first = timed("pages read, dated, weighed", lambda: Wording.of(reports.told, named=ACTOR_WORDS))
    groups, second = timed("pairs and groups", lambda: groups_of(wording))
    fit = fit_of(groups, reports)
    ranked, third = timed("incidents ranked", lambda: _ranked(reports, wording))
    rank = rank_of(ranked, reports)
    first["note"] = "weights estimated, no labels" if wording.weights.estimated else "too few dated: usual weights"
    second["note"] = f"F1 {fit['f1']:.3f} (precision {fit['precision']:.3f}, recall {fit['recall']:.3f})"
    third["note"] = f"first {rank['first']:.1%}, within {NEAR} {rank['near']:.1%}"
    return {"reports": len(reports.told), "fit": fit, "rank": rank, "steps": [first, second, third]}


def fit_of(groups: Sequence[Sequence[int]], reports: Labelled) -> dict[str, float]:
    """Pairwise precision, recall and F1 over the reports that tell of one incident alone."""
    one = [at for at, incidents in enumerate(reports.of) if len(incidents) == 1]
    claimed = {pair for members in groups for pair in combinations(members, 2)}
    claimed = {pair for pair in claimed if len(reports.of[pair[0]]) == len(reports.of[pair[1]]) == 1}
    true = {pair for pair in combinations(one, 2) if reports.of[pair[0]] == reports.of[pair[1]]}
    return _fit(len(claimed & true), len(claimed), len(true))


def rank_of(ranked: Sequence[Sequence[str]], reports: Labelled) -> dict[str, float]:
    """The share of reports of which a labelled incident stands first, and among the first `NEAR`."""
    first = sum(bool(names) and names[0] in of for names, of in zip(ranked, reports.of, strict=True))
    near = sum(not of.isdisjoint(names[:NEAR]) for names, of in zip(ranked, reports.of, strict=True))
    return {"first": round(first / len(ranked), 4), "near": round(near / len(ranked), 4)}


def _fit(both: int, claimed: int, true: int) -> dict[str, float]:
    return {
        "precision": round(both / max(claimed, 1), 4),
        "recall": round(both / max(true, 1), 4),
        "f1": round(2 * both / max(claimed + true, 1), 4),
    }


def _ranked(reports: Labelled, wording: Wording) -> list[list[str]]:
    incidents = Incidents.of(reports.incidents, wording)
    return [[one.incident for one in incidents.ranked(at, NEAR)] for at in range(len(wording))]


def _ceiling(reports: Labelled) -> dict[str, Any]:
    """How many reports name a place of their incident, or a day within one day of it, anywhere in what we have."""
    wording = Wording.of(reports.told, named=ACTOR_WORDS)
    by_id = {one.incident: one for one in reports.incidents}
    place = day = either = 0
    for at, said in enumerate(wording.said):
        own = [by_id[incident] for incident in reports.of[at]]
        placed = any(names_in(said.told, one.places) for one in own)
        days = [one.toordinal() for one in (each for of in own for each in (of.first, of.last))]
        dated = any(abs(named - of) <= 1 for named in wording.background.days_in(said.told) for of in days)
        place, day, either = place + placed, day + dated, either + (placed or dated)
    total = len(reports.told)
    note = f"a place of the incident {place / total:.1%}, its day {day / total:.1%}, either {either / total:.1%}"
    return {"step": "ceiling: reports that name", "seconds": 0.0, "peak_mb": 0, "note": note,
            "place": place, "day": day, "either": either}  # fmt: skip


def _halves(reports: Labelled) -> list[dict[str, Any]]:
    """The earlier and the later half by the incidents' days, each by itself."""
    days = {one.incident: one.first for one in reports.incidents}
    first = [min((days[incident] for incident in of), default=date.max) for of in reports.of]
    middle = sorted(first)[len(first) // 2]
    made = []
    for name, early in (("earlier half", True), ("later half", False)):
        part = reports.only([at for at, day in enumerate(first) if (day < middle) == early])
        found, step = timed(name, partial(scores, part))
        fit, rank = found["fit"], found["rank"]
        step["note"] = (
            f"{len(part.told)} reports: F1 {fit['f1']:.3f}, first {rank['first']:.1%}, within {NEAR} {rank['near']:.1%}"
        )
        made.append(step | {"fit": fit, "rank": rank})
    return made


def _tf_idf(reports: Labelled) -> list[dict[str, Any]]:
    """Character n-grams of 3 to 5 within words, cosine; its best threshold chosen with the labels in its favour."""
    try:
        text = import_module("sklearn.feature_extraction.text")
    except ImportError:
        return []
    pages = [f"{one.title}\n{one.text}" for one in reports.told]
    listed = [" ".join((*one.places, one.words, one.first.isoformat())) for one in reports.incidents]

    def match() -> tuple[Any, Any]:
        weigh = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True)
        told = weigh.fit_transform(pages)
        return (told @ told.T).toarray(), (told @ weigh.transform(listed).T).toarray()

    (alike, on_list), step = timed("character TF-IDF", match)
    names = [one.incident for one in reports.incidents]
    ranked = [[names[at] for at in np.argsort(-row, kind="stable")[:NEAR]] for row in on_list]
    fit, rank = _best_fit(alike, reports), rank_of(ranked, reports)
    note = f"F1 {fit['f1']:.3f} at its best threshold, first {rank['first']:.1%}, within {NEAR} {rank['near']:.1%}"
    return [step | {"version": version("scikit-learn"), "fit": fit, "rank": rank, "note": note}]


def _best_fit(alike: Any, reports: Labelled) -> dict[str, float]:
    one = [at for at, incidents in enumerate(reports.of) if len(incidents) == 1]
    a, b = np.triu_indices(len(one), 1)
    number = {incident: n for n, incident in enumerate(sorted({next(iter(reports.of[at])) for at in one}))}
    of: Ints = np.array([number[next(iter(reports.of[at]))] for at in one], np.int64)
    order = np.argsort(-alike[np.ix_(one, one)][a, b], kind="stable")
    both = np.cumsum((of[a] == of[b])[order])
    best = int(np.argmax(2 * both / (np.arange(1, len(both) + 1) + both[-1])))
    return _fit(int(both[best]), best + 1, int(both[-1]))


def _told(row: dict[str, Any]) -> Told:
    host = urlsplit(row["url"]).netloc.lower().removeprefix("www.")
    return Told(row["report_id"], host or row["publisher"], row["text_excerpt"], row["title"], unquote(row["url"]),
                row["publication_date"] or "")  # fmt: skip


def _listed(row: dict[str, str]) -> Listed:
    first, last = date.fromisoformat(row["date"]), date.fromisoformat(row["date_end"] or row["date"])
    places = tuple(name for name in (row["location_ar"], row["location_original"]) if name)
    words = f"{row['military_original']} {row['strike_type_original']}"
    return Listed(row["incident_id"], first, last, places, words, _range(row, "killed"), _range(row, "injured"))


def _range(row: dict[str, str], what: str) -> tuple[int, int] | None:
    low, high = row[f"{what}_min"], row[f"{what}_max"]
    return (int(low), int(high)) if low and high else None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


ACTOR_WORDS = {name: words.split() for name, words in ACTORS.items()}
