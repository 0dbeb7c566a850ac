"""`corrections`: a notice for each publication whose figures changed as a report of its went, and who lacks it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from truceline import __version__
from truceline.errors import ActError, not_written
from truceline.pipeline.entering import Entered, enter_acts
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.publications import Numbered, changed, gone_since, numbered, published
from truceline.pipeline.publishing import write_whole
from truceline.pipeline.questions import Asked
from truceline.pipeline.recording import cut_of, refuse_unwritable
from truceline.pipeline.spoken_acts import AboutAct, spoken
from truceline.publication.correction import Notice, render
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.retraction import AskedThen, Published
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
NOTICE: Literal["correction"] = "correction"


@dataclass(frozen=True)
class Due:
    """A notice that is due: of which publication, what it says, its bytes, and the name of its file."""

    of: Numbered
    notice: Notice
    content: bytes
    file: str


def due(path: Path, reader: Reader, now_us: int) -> tuple[list[Due], str]:
    """The notices due at the present cut, which is given as SIZE:ROOT beside them."""
    with open_mission(path) as mission:
        agreement = registered(mission).pack.agreement
        cut = cut_of(mission, Asked(reader, now_us))
        made = [_due(path, mission, agreement, one, reader, now_us, cut) for one in numbered(mission, reader)]
    return [one for one in made if one is not None], cut


def _due(
    path: Path, mission: MissionFile, agreement: Agreement, one: Numbered, reader: Reader, now_us: int, cut: str
) -> Due | None:
    last, n = published(one.last), len(one.corrections) + 1
    gone = gone_since(mission, reader, last.known)
    differ = changed(path, one.last, reader, now_us) if gone else []
    if not differ or not isinstance(last.asked, AskedThen):
        return None
    notice = Notice(
        path.name, mission.exercise, one.number, n, one.last.id, last.sha256, iso(one.last.at, agreement.zone),
        last.asked.as_of, last.known, cut, [(row["figure"], row["published"], row["now"]) for row in differ],
        [(row["report"], row["how"], row["asked_by"], row["because"]) for row in gone],
    )  # fmt: skip
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", one.number).strip("-.") or "publication"
    return Due(one, notice, render(notice, agreement, reader), f"{plain}-correction-{n}.html")


def corrections(path: Path, reader: Reader, now_us: int, out: Path | None = None) -> Plain:
    """What is due and to whom, as plain values; with a folder the notices are written there."""
    found, _ = due(path, reader, now_us)
    _refuse_one_file(found)
    if out is not None and found:
        _make_folder(out)
        for one in found:
            write_whole(out / one.file, one.content)
    with open_mission(path) as mission:
        lacking = [
            {"number": one.number, "id": one.last.id, "to": one.outstanding}
            for one in numbered(mission, reader)
            if one.outstanding
        ]
        head: Plain = {"mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value}
        head["cut"] = mission.cut(mission.size)
    return {**head, "due": [_plain(one, out) for one in found], "outstanding": lacking, "acts": []}


def record_corrections(
    path: Path,
    out: Path,
    reader: Reader,
    *,
    by: str,
    because: str = "",
    at: str | None = None,
    sign: str | None = None,
    now_us: int,
    chance: Chance,
) -> Plain:
    """Write the notices and enter that they went out, each under the number it corrects, to all who had any of it."""
    found, cut = due(path, reader, now_us)
    _refuse_one_file(found)
    if found:
        _make_folder(out)
    for one in found:
        refuse_unwritable(out / one.file)
    entered: Sequence[Entered] = []
    if found:
        with open_mission(path, write=True) as mission:
            words = spoken(mission, by, at, because, now_us)
            acts = [_act(one, words, cut) for one in found]
            entered = enter_acts(mission, acts, sign=sign, now_us=now_us, chance=chance)
    told = {"due": [_plain(one, out) for one in found], "acts": list(entered)}
    for one in found:
        write_whole(out / one.file, one.content)
    return {**corrections(path, reader, now_us), **told}


def _act(one: Due, words: AboutAct, cut: str) -> Published:
    last = published(one.of.last)
    assert isinstance(last.asked, AskedThen)
    asked = AskedThen(
        last.asked.as_of, last.asked.reading, last.asked.language, last.asked.short, last.asked.view,
        f"truceline {__version__}",
    )  # fmt: skip
    reasons = "; ".join(f"{report} {how}" for report, how, _, _ in one.notice.gone)
    return Published(
        words.by, words.at, one.of.number, NOTICE, sha256(one.content).hexdigest(), cut,
        words.because or reasons[:20_000], tuple(one.of.recipients), one.of.first.id, asked,
    )  # fmt: skip


def _plain(one: Due, out: Path | None) -> Plain:
    notice = one.notice
    return {
        "number": notice.number, "correction": notice.correction, "corrects": notice.corrects,
        "to": one.of.recipients, "file": str(out / one.file) if out is not None else "",
        "sha256": sha256(one.content).hexdigest(),
        "figures": [{"figure": figure, "published": then, "now": now} for figure, then, now in notice.figures],
        "gone": [
            {"report": report, "how": how, "asked_by": asked_by, "because": because}
            for report, how, asked_by, because in notice.gone
        ],
    }  # fmt: skip


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(out, error) from error


def _refuse_one_file(found: Sequence[Due]) -> None:
    """Two numbers may differ only in what no file name can hold."""
    names = [one.file for one in found]
    if len(set(names)) < len(names):
        raise ActError("Two notices would have one file name.", "Give publications numbers that differ in letters.")
