"""What did not hold: one entry a cause, with the first inputs that showed it."""

import json
import traceback
from hashlib import sha256
from pathlib import Path

MOST_INPUTS = 3
"""So many inputs are kept of one cause."""


class Findings:
    """The findings of one reader, in a folder: NAME-N.bin (the input) and NAME-N.txt (the trace)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: dict[str, int] = {}

    def note(self, error: BaseException, content: bytes) -> bool:
        """Keep the input and the trace; True for a cause that is new."""
        cause = cause_of(error)
        number = self.seen[cause] = self.seen.get(cause, 0) + 1
        if number <= MOST_INPUTS:
            self.folder.mkdir(parents=True, exist_ok=True)
            name = f"{type(error).__name__}-{sha256(cause.encode()).hexdigest()[:8]}-{number}"
            (self.folder / f"{name}.bin").write_bytes(content)
            trace = "".join(traceback.format_exception(error, limit=-12))
            (self.folder / f"{name}.txt").write_text(f"{cause}\n\n{trace[-8_000:]}", errors="replace")
        return number == 1

    def plain(self) -> str:
        """The causes and how often each was met, as JSON."""
        return json.dumps(self.seen, indent=1)


def cause_of(error: BaseException) -> str:
    """The kind of the error and the places it came through: the innermost of the package, and the innermost."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in frames if "truceline" in frame.filename
    ]
    inner = [f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in frames[-1:]]
    said = str(error)[:60] if isinstance(error, AssertionError) and not ours[-1:] else ""
    return " < ".join([type(error).__name__, *inner, *ours[-2:], said]).rstrip(" <")
