"""Assessing: a million findings held against sixty obligations, 300 dated areas and forty parties, week by week.

The areas are those of the year that the ledger is measured on. Findings are drawn as columns, two thirds by one of two
co-chairs, a third only reported. Then an assessment is held open: findings come one by one, each entered in a mission,
committed, and followed; and an act that changes whom obligations bind. What is followed equals what is made anew.
"""

import json
import os
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import year
from benchmarks.timing import peak, timed
from truceline.compliance.assessing import Followed
from truceline.compliance.assessing.assessed import Frame, assessed_in, framed
from truceline.compliance.pack import Pack, read_pack
from truceline.pipeline.entering import enter
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.matters_held import matters_of
from truceline.pipeline.missions import init, open_mission
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Watch
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.matters import REPORTED, MatterColumns
from truceline.vocabulary.texts import Texts
from truceline.vocabulary.when import HOUR, SECOND, read_instant

FINDINGS, SEED, MORE = 1_000_000, 7, 20
PARTIES, OBLIGATIONS, WEEKS = 40, 60, 52
BEGIN = read_instant("2025-01-01", "Etc/GMT-2")
WEEK = 7 * 24 * HOUR
KINDS = (
    "shelling",
    "air_strike",
    "small_arms_fire",
    "sniper_fire",
    "armed_clash",
    "ied_mine",
    "overflight",
    "fortification",
)
CITED = {"source": "Written for a benchmark", "tag": "invented"}


def run(findings: int = FINDINGS) -> dict[str, Any]:
    """Draw, assess, and follow what comes."""
    with tempfile.TemporaryDirectory() as folder:
        pack = _pack(Path(folder))
        matters = _matters(np.random.default_rng(SEED), findings, pack)
        periods = [(BEGIN + n * WEEK, BEGIN + (n + 1) * WEEK) for n in range(WEEKS)]
        frame, ready = timed("pack and areas made ready", lambda: _frame(pack, periods))
        made, done = timed("all outcomes", lambda: assessed_in(frame, matters))
        ready["note"] = f"{len(pack.agreement.areas)} areas, {len(pack.agreement.obligations)} obligations"
        number = sum(one.size for one in made.outcomes.values())
        done["note"] = f"{number:,} outcomes, jointly among them; {made.unattributed:,} matters of nobody"
        further = _followed(Path(folder), pack, frame, matters)
    return {
        "title": f"{findings:,} findings, {OBLIGATIONS} obligations, 300 dated areas, {PARTIES} parties, {WEEKS} weeks",
        "findings": findings,
        "steps": [ready, done],
        "further": further,
        "seconds": round(ready["seconds"] + done["seconds"], 2),
        "peak_mb": peak(),
        "outcomes": number,
    }


def _frame(pack: Pack, periods: list[tuple[int, int]]) -> Frame:
    agreement = pack.agreement
    watches = [Watch("patrol", "", "whole_theatre", BEGIN, BEGIN + 26 * WEEK, "reported")]
    reading = agreement.reading("strict")
    assert reading is not None
    return framed(agreement, pack.geometry, (), watches, periods, ("alpha", "beta"), periods[-1][1], reading, {})


def _pack(folder: Path) -> Pack:
    """The example's agreement with 300 areas, forty parties and sixty obligations, thirty of them dated zone rules."""
    at, _ = year.write(folder, SEED, 1, 0)
    plain = json.loads((at / "agreement.yaml").read_text())
    parties = [f"party_{n:02d}" for n in range(PARTIES)]
    plain["parties"] += [{"id": one, "name": {"en": one}} for one in parties]
    plain["actors"] += [
        {
            "id": f"army_{n:02d}",
            "name": {"en": f"Army {n}"},
            "status": "bound",
            "party": one,
            "names": [{"name": f"Army {n}"}],
        }
        for n, one in enumerate(parties)
    ]
    plain["obligations"] = [_obligation(n, parties) for n in range(OBLIGATIONS)]
    files = {file.name: file.read_bytes() for file in at.iterdir()} | {"agreement.yaml": json.dumps(plain).encode()}
    for name, content in files.items():
        (at / name).write_bytes(content)
    return read_pack(files, "benchmark")


def _obligation(n: int, parties: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"clause_{n:02d}", "title": {"en": f"Clause {n}"}, "instrument": "truce_text", "terms": ["E2"],
        "obliged": parties, "cited": CITED, "kind": "prohibition", "from": f"2025-{1 + n % 6:02d}-01",
    }  # fmt: skip
    if n < 30:
        inside = year.AREAS[n * 10 : n * 10 + 10]
        return made | {"kind": "zone_rule", "rule": {"kinds": KINDS[n % 4 :: 3], "inside": inside}, "to": "2025-12-01"}
    if n % 10 == 5:
        return made | {"kind": "permission", "rule": {"kinds": [KINDS[n % 8]], "against": [parties[n % PARTIES]]}}
    against = parties[n % 7 :: 7] if n % 2 else ["civilians"]
    shown = {
        "id": "defence",
        "paraphrase": {"en": "x"},
        "shown": [{"id": "threat", "paraphrase": {"en": "x"}}],
        "cited": CITED,
    }
    more = {"binds": "accepted"} if n % 10 == 8 else {}
    return made | more | {"rule": {"kinds": KINDS[n % 3 :: 2], "against": against}, "unless": [shown]}


def _matters(chance: np.random.Generator, count: int, pack: Pack) -> MatterColumns:
    """Findings: most dated to the hour, some to days; most with a point; one in ten of two who may have done it."""
    names = [f"Army {n}" for n in range(PARTIES)]
    by = [json.dumps([name]) for name in names] + [json.dumps(names[n : n + 2]) for n in range(0, 38, 2)] + ["[]"]
    hit = [json.dumps([name]) for name in names] + ['["Civilians"]', "[]"]
    towns = chance.integers(
        [year.SOUTH, year.WEST], [year.SOUTH + year.ROWS * year.STEP, year.WEST + year.COLUMNS * year.STEP], (2_000, 2)
    )
    at = towns[chance.integers(0, len(towns), count)] + chance.normal(0, 300_000, (count, 2)).astype(np.int64)
    start = BEGIN + chance.integers(0, 365 * 24 * 60, count) * 60 * SECOND
    body = chance.choice([0, 1, REPORTED], count)
    held = chance.choice([SURELY, MAYBE, NO], count, p=[0.8, 0.1, 0.1])
    return MatterColumns(
        id=[f"{n:064x}" for n in range(count)], body=body.astype(np.int64), found_on=np.zeros(count, np.int64),
        held=np.where(body == REPORTED, MAYBE, held).astype(np.int8),
        start=start, end=start + chance.choice([HOUR, 24 * HOUR, 72 * HOUR], count, p=[0.6, 0.3, 0.1]),
        has_point=chance.random(count) < 0.9, lat_e7=at[:, 0], lon_e7=at[:, 1],
        radius_m=chance.choice([500, 1_000, 5_000, 20_000], count), place=Texts(np.zeros(count, np.int32), [""]),
        area=_texts(chance, count, ["", *year.AREAS]), kind=_texts(chance, count, list(KINDS)),
        weapon=Texts(np.zeros(count, np.int32), [""]), by=_texts(chance, count, by),
        by_held=np.where(body == REPORTED, MAYBE, SURELY).astype(np.int8), against=_texts(chance, count, hit),
        elements=_texts(chance, count, ["", "", "", '{"defence.threat":"yes"}', '{"defence.threat":"undetermined"}']),
    )  # fmt: skip


def _texts(chance: np.random.Generator, count: int, texts: list[str]) -> Texts:
    return Texts(chance.integers(0, len(texts), count).astype(np.int32), texts)


def _followed(folder: Path, pack: Pack, frame: Frame, matters: MatterColumns) -> list[dict[str, Any]]:
    """An assessment held open while findings come, each an act that is signed, committed, read back and followed."""
    path = folder / "mission.truceline"
    init(path, str(folder / "benchmark"), reading="strict", exercise=True, now_us=BEGIN, chance=os.urandom).close()
    held, opened = timed("an assessment held open, once", lambda: Followed(frame, matters))
    came: list[MatterColumns] = []
    steps = [timed("one", lambda n=n: came.append(_one(path, pack, held, n)))[1] for n in range(MORE)]  # type: ignore[misc]
    every = matters
    for one in came:
        every = every.join(one)
    anew = assessed_in(frame, every)
    assert all((held.assessed.outcomes[name] == anew.outcomes[name]).all() for name in anew.outcomes)
    _, binds = timed("one act of acceptance", lambda: _accepted(path, held))
    binds["note"] = (
        f"entered, committed, counted anew for those bound by it; {binds['processor'] * 1000:.0f} ms of the processor"
    )
    wall, processor = ([one[name] for one in steps] for name in ("seconds", "processor"))
    middle = {
        "step": "one more finding, in the middle", "seconds": round(statistics.median(wall), 3),
        "processor": round(statistics.median(processor), 3), "peak_mb": peak(),
        "note": f"entered, committed, outcomes right; {statistics.median(processor) * 1000:.0f} ms of the processor; "
        f"worst of {MORE}: {max(wall) * 1000:.0f} ms; as made anew",
    }  # fmt: skip
    return [opened, middle, binds]


def _one(path: Path, pack: Pack, held: Followed, n: int) -> MatterColumns:
    """Enter a finding, read what the record holds of it, and follow it."""
    when = f"2025-{1 + n % 12:02d}-{1 + n % 28:02d}"
    act = {
        "act": "finding", "by": ("alpha", "beta")[n % 2], "at": "2025-12-29", "about": f"matter {n}",
        "held": "happened", "what": "x", "because": "x", "when": when, "kind": KINDS[n % 8],
        "attributed_to": f"Army {n}", "attribution": "single_side_a", "against": ["Civilians"],
        "place": {"area": year.AREAS[n * 7]},
    }  # fmt: skip
    _enter(path, act, n)
    with open_mission(path) as mission:
        acts = acts_that_count(mission, INTERNAL, mission.size)[-1:]
        found = matters_of(mission, INTERNAL, mission.size, pack.agreement, acts, held.assessed.frame.as_of)
        found = replace(found, id=list(found.id), place=list(found.place))  # read while the mission is open
    held.change(found.take(np.zeros(0, np.int64)), found)
    return found


def _accepted(path: Path, held: Followed) -> None:
    act = {
        "act": "acceptance",
        "by": "alpha",
        "at": "2025-03-01",
        "party": "party_00",
        "says": "accepted",
        "because": "x",
    }
    _enter(path, act, 999)
    with open_mission(path) as mission:
        acts = acts_that_count(mission, INTERNAL, mission.size)
    held.say(acts, acts[-1])


def _enter(path: Path, act: dict[str, Any], n: int) -> None:
    file = path.with_name(f"act-{n}.yaml")
    file.write_text(json.dumps(act))
    with open_mission(path, write=True) as mission:
        enter(mission, [file], now_us=BEGIN + 53 * WEEK, chance=os.urandom)
