"""README.md of a theatre's folder."""

from collections.abc import Iterable, Mapping

FORMS = {
    "mission.csv": "monitors: exact times and places",
    "ngo.csv": "a relief network: dates and towns; Windows-1252",
    "hotline.csv": "callers: nights, wide circles, names that do not resolve; UTF-8 with a byte order mark, Arabic",
    "co-chair-alpha.csv": "Co-chair Alpha: late, sometimes false; separated by semicolons",
    "co-chair-beta.csv": "Co-chair Beta: umbrella names, times in UTC; separated by tabs",
    "wire.csv": "a wire and a ticker: they repeat others",
}


def readme(seed: int, counts: Mapping[str, int], files: Iterable[str], knowable: bool) -> bytes:
    """What the folder is, its seed, and what each file is."""
    lines = [
        "# A simulated theatre (exercise)",
        "",
        f"Everything here is invented. Seed {seed}, {sum(counts.values())} reports.",
        "Take the report tables in in this order, coverage after them, then enter the acts by number.",
        "",
        "| file | what |",
        "|---|---|",
        *[f"| `{name}` | {number} reports; {FORMS[name]} |" for name, number in counts.items()],
        "| `coverage.csv` | who watched which area, when |",
        "| `restrictions.csv` | who was stopped from watching |",
        "| `tallies.csv` | totals that sources give; never incidents |",
        f"| `acts/` | {sum(name.startswith('acts/') for name in files)} acts of bodies; one clock is contested |",
        "| `world.json` | what happened, which nobody in the theatre knows in full |",
    ]
    if knowable:
        lines.append("| `knowable.json` | what can be known: every cell of the ledger under every reading |")
    return ("\n".join(lines) + "\n").encode()
