"""One process that fuzzes one reader: `python -m fuzz.child READER OUT SECONDS SEED`. Started by `campaign`."""

import json
import os
import resource
import sys
import time
from pathlib import Path
from random import Random

import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

with atheris.instrument_imports(include=["truceline"]):
    from fuzz.readers import READERS, Reader

from fuzz.findings import Findings
from fuzz.mutate import mutate
from fuzz.mutate.text import Change
from fuzz.watch import Hang, Watch

_STATUS_EVERY_S = 5.0
_PAUSED_S = 10.0
"""Between two readings so much passes only when the process was stopped."""


class Fuzzing:
    """What libFuzzer calls: one input at a time, and its changes."""

    def __init__(self, reader: Reader, out: Path, seconds: float) -> None:
        self.reader, self.out, self.seconds = reader, out, seconds
        self.findings = Findings(out / "findings")
        self.watch = Watch()
        self.change = Change(lambda content, most: bytes(atheris.Mutate(content, most)), reader.words())
        self.last, self.told, self.active_s = time.monotonic(), 0.0, 0.0
        self.executions, self.slowest_s = 0, 0.0

    def one(self, content: bytes) -> None:
        """Read one input; whatever does not hold is noted, and the fuzzing goes on."""
        began = time.process_time()
        try:
            self.watch.watched(self.reader.take, content)
        except (Exception, Hang) as error:  # noqa: BLE001  Finding what is raised is the purpose.
            self.findings.note(error, content)
        now = time.process_time()
        self.executions += 1
        self.slowest_s = max(self.slowest_s, now - began)
        self._pass(now)

    def changed(self, content: bytes, most: int, seed: int) -> bytes:
        """Another input made of this one. An error raised from here would leave libFuzzer waiting for ever."""
        try:
            return mutate(content, most, Random(seed), self.change)  # noqa: S311
        except Exception as error:  # noqa: BLE001  A fault of the mutators is a finding too.
            self.findings.note(error, content)
            return self.change.flip(content, most)

    def _pass(self, cpu_s: float) -> None:
        """Count the time, tell how far it is, and end when it is up."""
        now = time.monotonic()
        passed, self.last = now - self.last, now
        self.active_s += passed if passed < _PAUSED_S else 0.0
        if now - self.told > _STATUS_EVERY_S or self.active_s > self.seconds:
            self.told = now
            self.tell(cpu_s)
        if self.active_s > self.seconds:
            os._exit(0)  # libFuzzer's own limit would count the pauses.

    def tell(self, cpu_s: float) -> None:
        """How far it is, for `campaign` and for whoever looks."""
        status = {
            "reader": self.reader.name,
            "executions": self.executions,
            "minutes": round(self.active_s / 60, 2),
            "cpu_minutes": round(cpu_s / 60, 2),
            "slowest_s": round(self.slowest_s, 3),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "findings": self.findings.seen,
        }
        (self.out / "status.json").write_text(json.dumps(status, indent=1))


def main() -> None:
    """Fuzz until the time is up."""
    name, out, seconds, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    reader = READERS[name]
    corpus = out / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for at, content in enumerate(reader.seeds()):
        (corpus / f"seed-{at:03}").write_bytes(content)
    fuzzing = Fuzzing(reader, out, seconds)
    options = [
        f"-seed={seed}", f"-max_len={reader.most}", "-print_final_stats=1", "-len_control=0",
        "-rss_limit_mb=2000", "-timeout=3600", f"-artifact_prefix={out}/", "-reduce_inputs=1",
    ]  # fmt: skip
    # libFuzzer's own clock counts a pause as a hang: `watch` counts processor time instead.
    atheris.Setup([sys.argv[0], *options, str(corpus)], fuzzing.one, custom_mutator=fuzzing.changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
