"""simulate, score."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from truceline.cli.app import CHANCE, Json, app, now_us
from truceline.cli.printing import grouped, print_json, say
from truceline.cli.progress import shown_progress

if TYPE_CHECKING:
    from truceline.pipeline.scoring import Score


@app.command
def simulate(
    *,
    out: Annotated[Path, Parameter(help="A folder that is new or empty.")],
    seed: Annotated[int, Parameter(help="The same seed gives the same files.")] = 1,
    reports: Annotated[int, Parameter(help="How many report rows, up to 10,000,000.")] = 600,
    formats: Annotated[
        str | None, Parameter(help="Formats of the reports, with commas between: truceline, ucdp, ...; five; all.")
    ] = None,
    difficulty: Annotated[Literal["easy", "usual", "hard"] | None, Parameter(help="How hard the theatre is.")] = None,
    settings: Annotated[Path | None, Parameter(help="A YAML file with single settings of the difficulty.")] = None,
    set: Annotated[str | None, Parameter(help="Single settings: place_noise=0.3,wrong_rows=0.02.")] = None,
    knowable: Annotated[
        bool | None,
        Parameter(help="Work out what can be known, by the slow rule. Default: up to 200,000 reports."),
    ] = None,
    json: Json = False,
) -> int:
    """Write an invented ceasefire: files of fallible sources, what happened, and what can be known of it."""
    from truceline.pipeline.simulating import (
        MOST_WHOLE,
        benchmark,
        difficulty_of,
        simulated,
        write_folder,
        write_pieces,
    )

    known = reports <= MOST_WHOLE if knowable is None else knowable
    with shown_progress("simulating"):
        if reports > MOST_WHOLE or formats or difficulty or settings or set:
            hard = difficulty_of(difficulty or "usual", settings, _changed(set))
            named = [name.strip() for name in (formats or "truceline").split(",")]
            files = write_pieces(out, benchmark(seed, reports, named, hard, knowable=known).pieces())
        else:
            theatre = simulated(seed, reports, knowable=known)
            files = write_folder(out, theatre.files() | theatre.truth())
    if json:
        print_json({"folder": str(out), "seed": seed, "reports": reports, "files": [file.name for file in files]})
        return 0
    say(f"Wrote {len(files)} files to {out} (seed {seed}, {grouped(reports)} reports). Begin with {out}/README.md")
    return 0


def _changed(words: str | None) -> dict[str, float]:
    """place_noise=0.3,echoes=0 as settings."""
    from truceline.errors import FileNotRead

    changed = {}
    for part in (words or "").split(",") if words else []:
        name, _, value = part.strip().partition("=")
        try:
            changed[name] = float(value)
        except ValueError as error:
            raise FileNotRead(f"{part!r} is no setting.", "Write it as place_noise=0.3.") from error
    return changed


@app.command
def score(
    folder: Annotated[Path, Parameter(help="The folder of a simulated theatre.")],
    *,
    answer: Annotated[
        Path | None, Parameter(help="A CSV file of report,group or of reading,indicator,area,day,verdict.")
    ] = None,
    write: Annotated[Path | None, Parameter(help="A new folder for this program's own answers.")] = None,
    json: Json = False,
) -> int:
    """Score an answer against the truth of a simulated theatre; without one, this program and two baselines."""
    from truceline.pipeline.scoring import score as scored

    with shown_progress("scoring") as tell:
        found = scored(folder, answer, write=write, now_us=now_us(), chance=CHANCE, tell=tell)
    if json:
        print_json(found.plain())
        return 0
    for line in _lines(found):
        say(line)
    return 0


def _lines(found: "Score") -> list[str]:
    lines = []
    if one := found.intake:
        lines.append(
            f"Taken in: {grouped(one.rows)} rows, {grouped(one.reports)} reports, {grouped(one.refused)} refused; "
            f"{grouped(one.meant_to_be_refused)} were meant to be."
        )
        lines += [f"  other rows than meant: {name}" for name in one.differing]
    if cells := found.cells:
        lines.append(f"Ledger: {grouped(cells.cells)} cells, {grouped(cells.equal)} as can be known.")
        lines.append(
            f"  wrong: quiet {grouped(cells.wrong_quiet)}, not quiet {grouped(cells.wrong_not_quiet)}, "
            f"cannot tell {grouped(cells.needless_cannot_tell)}. Cannot tell in all: {cells.share_cannot_tell:.1%}."
        )
    for name, groups in found.matching.items():
        told = f"{grouped(groups.reports)} reports in {grouped(groups.groups)} groups"
        lines.append(f"Matching, {name.replace('_', ' ')}: {told}; there were {grouped(groups.incidents)} incidents.")
        for label, fit in (("pairs", groups.pairwise), ("B-cubed", groups.b_cubed)):
            lines.append(f"  {label:<8} precision {fit.precision:.3f}, recall {fit.recall:.3f}, F1 {fit.f1:.3f}")
    return lines
