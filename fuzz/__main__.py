"""`python -m fuzz READER --minutes 10`: fuzz one reader, or `all`; `--list` names them. Needs atheris."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from fuzz.campaign import ABSENT, figures, fuzz_reader, installed, replay, table
from fuzz.readers import READERS


def main() -> int:
    """Fuzz what was named. Exit 1 where something was found or a fuzzer ended early, 2 where it could not be done."""
    asked = _asked()
    if asked.list:
        print("\n".join(f"{reader.name:<24}{reader.what}" for reader in READERS.values()))
        return 0
    chosen = list(READERS) if asked.reader == "all" else [asked.reader]
    if any(name not in READERS for name in chosen):
        print(f"{asked.reader!r} is no reader. Known are: {', '.join(READERS)}, all.", file=sys.stderr)
        return 2
    folder = asked.corpus or Path(tempfile.mkdtemp(prefix="truceline-fuzz-"))
    if asked.state:
        rows = [figures(name, folder / name) for name in chosen if (folder / name).exists()]
    elif asked.replay:
        rows = [replay(name, folder / name) for name in chosen if (folder / name).exists()]
    elif not installed():
        print(ABSENT, file=sys.stderr)
        return 2
    else:
        rows = [fuzz_reader(name, folder / name, asked.minutes, asked.seed) for name in chosen]
    print(json.dumps(rows, indent=2) if asked.json else f"{table(rows)}\ncorpora and findings: {folder}")
    return 1 if any(row.get("findings") or row.get("ended") for row in rows) else 0


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    words.add_argument("reader", nargs="?", default="all", help="a reader, or all (the default)")
    words.add_argument("--list", action="store_true", help="name the readers")
    words.add_argument("--minutes", type=float, default=10.0, help="for each reader (default 10)")
    words.add_argument("--seed", type=int, default=1, help="of all chance (default 1)")
    words.add_argument("--corpus", type=Path, help="folder of corpora, kept and grown; without it a new one")
    words.add_argument("--state", action="store_true", help="only print the figures of what is in --corpus")
    words.add_argument("--replay", action="store_true", help="only read what is in --corpus once more, without atheris")
    words.add_argument("--json", action="store_true", help="print JSON")
    return words.parse_args()


if __name__ == "__main__":
    sys.exit(main())
