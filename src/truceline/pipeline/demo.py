"""`demo`: the whole way on the built-in theatre, from invented files to a bulletin."""

from pathlib import Path

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.pipeline.entering import enter
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.plain import clock_plain, evaluation_plain
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.publishing import page_of, write_whole
from truceline.pipeline.questions import Asked, ask
from truceline.pipeline.simulating import PACK, simulated, write_folder
from truceline.pipeline.take_in import take_in
from truceline.publication.bulletin import render
from truceline.store.pen import Chance
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import iso

SEED, REPORTS, READING = 2016, 600, "strict"
FOLDER = "truceline-demo"
LANGUAGES = ("en", "ar")


class Played(Struct, frozen=True):
    """What the demo made, and what it says."""

    folder: str
    mission: str
    bulletins: tuple[str, ...]
    rows: int
    refused: int
    acts: int
    entries: int
    faults: int
    cells: dict[str, int]
    clocks: tuple[tuple[str, str], ...]
    as_of: str

    def lines(self) -> list[str]:
        """For the terminal."""
        total = sum(self.cells.values())
        told = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in self.cells.items())
        clocks = [f"  {clock}: {state.replace('_', ' ')}" for clock, state in self.clocks]
        return [
            "EXERCISE: an invented ceasefire; nothing in it is real.",
            f"Taken in: {self.rows} rows from invented files, {self.refused} refused; {self.acts} acts entered.",
            f"Record: {self.entries} entries, {self.faults} faults found by the audit.",
            f"Ledger as of {self.as_of}, fighting between the parties: {total} area-days: {told}.",
            "Clocks:",
            *clocks,
            f"Bulletin: {self.bulletins[0]}",
            *(f"          {other}" for other in self.bulletins[1:]),
            f"Try next: truceline ledger {self.mission} --area river_towns",
        ]


def demo(out: Path | None, *, now_us: int, chance: Chance, tell: Progress = silent) -> Played:
    """Simulate, make a mission, take in, enter, evaluate, publish and audit, all in one folder.

    Raises `FileNotRead` where the folder is there and not empty.
    """
    folder = out if out is not None else _fresh_folder()
    theatre = simulated(SEED, REPORTS)
    files = write_folder(folder, {f"files/{name}": content for name, content in theatre.files().items()})
    mission_path = folder / "mission.truceline"
    init(mission_path, PACK, reading=READING, exercise=True, now_us=now_us, chance=chance).close()
    tables = [file for file in files if file.suffix in (".csv", ".tsv")]
    taken = take_in(mission_path, tables, now_us=now_us, chance=chance, tell=tell)
    acts = [file for file in files if file.suffix == ".yaml"]
    as_of = theatre.as_of.isoformat()
    with open_mission(mission_path, write=True) as mission:
        enter(mission, acts, now_us=now_us, chance=chance)
    with open_mission(mission_path) as mission:
        answer = ask(mission, Asked(INTERNAL, now_us, as_of))
        page = page_of(mission, answer)
        bulletins = [folder / f"bulletin.{language}.html" for language in LANGUAGES]
        for path, language in zip(bulletins, LANGUAGES, strict=True):
            write_whole(path, render(page, language))
        faults, entries = mission.audit(), mission.size
    told = evaluation_plain(answer)
    return Played(
        folder=str(folder),
        mission=str(mission_path),
        bulletins=tuple(str(path) for path in bulletins),
        rows=sum(file.rows for file in taken.files),
        refused=sum(file.refused for file in taken.files),
        acts=len(acts),
        entries=entries,
        faults=len(faults),
        cells=told["indicators"][0]["cells"],
        clocks=tuple((clock_plain(answer, one)["title"], one.state.value) for one in answer.clocks),
        as_of=iso(answer.evaluated.question.as_of),
    )


def _fresh_folder() -> Path:
    """truceline-demo, or the first free of truceline-demo-2, -3, ..."""
    for number in range(1, 1000):
        folder = Path(FOLDER if number == 1 else f"{FOLDER}-{number}")
        if not folder.exists():
            return folder
    raise FileNotRead(f"There are a thousand folders {FOLDER} here.", "Remove some, or give --out.")
