"""Reading an agreement pack: from its bytes to a checked `Pack`, or a `PackError` that names file and line.

A pack is three files: `agreement.yaml` (vocabulary/agreement.py), `areas.geojson` and `examples.yaml`; a fourth,
`lines.geojson`, where its rules are measured from lines.
Finding them on disk or in the wheel is the pipeline's work; nothing here opens a file, and nothing in a
pack is evaluated as code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec

from truceline.compliance.areas import Geometry
from truceline.compliance.areas_file import AREAS_FILE, read_areas
from truceline.compliance.cross_checks import Wrong, contradictions, left_open
from truceline.compliance.cross_checks.worked import unknown
from truceline.compliance.examples import (
    EXAMPLES_FILE,
    Disagreement,
    Example,
    Run,
    disagreements,
    read_examples,
    wrong_forms,
)
from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.lines_file import LINES_FILE, read_lines
from truceline.compliance.rule_paths import path_in, sentence_of
from truceline.errors import PackError, ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.plain_yaml import MAX_BYTES, Path, Written, read_yaml

AGREEMENT_FILE = "agreement.yaml"
PACK_FILES = (AGREEMENT_FILE, AREAS_FILE, EXAMPLES_FILE)
"""What a pack consists of; other files of its folder (a README) are not read."""
OPTIONAL_FILES = (LINES_FILE,)
"""What it has besides where its rules are measured from lines."""

SHOWN = 20
"""So many errors of one pack are shown at once."""


@dataclass(frozen=True)
class Pack:
    """A checked pack.

    geometry: integer rings by area id. lines: what rules are measured from, by id. digest: SHA-256 over the names and
    bytes of its files, in hex.
    sources: the files it was read from, so that they can be entered into the record.
    """

    agreement: Agreement
    geometry: Geometry
    examples: tuple[Example, ...]
    digest: str
    sources: Mapping[str, bytes]
    lines: Mapping[str, DrawnLine] = field(default_factory=dict)


def read_pack(files: Mapping[str, bytes], name: str) -> Pack:
    """Read and check the pack of that name from the bytes of its files, by file name.

    Files other than `PACK_FILES` and `OPTIONAL_FILES` are left aside. Raises `PackError` with all that is wrong, each
    as "agreement.yaml, line 17: clocks[0].start: ...".
    """
    for missing in (file for file in PACK_FILES if file not in files):
        raise PackError(f"The pack {name!r} has no {missing}.", "A pack is " + ", ".join(PACK_FILES) + ".")
    sources = {file: files[file] for file in (*PACK_FILES, *OPTIONAL_FILES) if file in files}
    written = _written(sources, AGREEMENT_FILE)
    agreement = _agreement(written)
    if agreement.pack != name:
        raise PackError(_at(AGREEMENT_FILE, written, ("pack",), f"{agreement.pack!r} is not {name!r}"), _NAMED)
    _refuse(AGREEMENT_FILE, written, contradictions(agreement))
    for drawn in (file for file in (AREAS_FILE, LINES_FILE) if len(files.get(file, b"")) > MAX_BYTES):
        raise PackError(f"{drawn}, line 1: more than {MAX_BYTES} bytes", "Simplify the borders.")
    geometry = read_areas(files[AREAS_FILE], [area.id for area in agreement.areas])
    return Pack(agreement, geometry, _examples(sources, agreement), digest(sources), sources, _lines(files, agreement))


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the files' names and bytes, each length-prefixed (8 bytes, big-endian), sorted by name; in hex."""
    made = sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


def check_examples(pack: Pack, run: Run) -> tuple[Disagreement, ...]:
    """Work the pack's examples with `run` and list where the program says something else."""
    return disagreements(pack.examples, run)


def notes(agreement: Agreement) -> tuple[str, ...]:
    """What is no error and should be known: readings that leave choices out, texts we do not hold, recalled terms."""
    return tuple(_notes(agreement))


def _notes(agreement: Agreement) -> Iterator[str]:
    for reading in agreement.readings:
        for choice in left_open(reading):
            yield f"The reading {reading.id!r} leaves {choice} open."
    for instrument in agreement.instruments:
        if instrument.missing:
            yield f"We do not hold the words of {instrument.id!r}."
    recalled = [term.id for term in agreement.terms if term.cited.tag == "recalled"]
    if recalled:
        yield f"Recalled, shown, and not executed until confirmed: {', '.join(recalled)}."


_DRAWN = "Add the file, with one feature for each line."
_NAMED = "The folder's name and `pack` have to be the same."


def _written(files: Mapping[str, bytes], file: str) -> Written:
    try:
        return read_yaml(files[file])
    except ValueNotRead as error:
        raise PackError(f"{file}, {error.message}", error.mend) from error


def _agreement(written: Written) -> Agreement:
    try:
        return msgspec.convert(written.value, Agreement)
    except msgspec.ValidationError as error:
        raise _misshapen(AGREEMENT_FILE, written, error) from error


def _lines(files: Mapping[str, bytes], agreement: Agreement) -> Mapping[str, DrawnLine]:
    if LINES_FILE in files:
        return read_lines(files[LINES_FILE], agreement.lines)
    for line in agreement.lines:
        raise PackError(f"There is no {LINES_FILE}, and {AGREEMENT_FILE} names the line {line.id!r}.", _DRAWN)
    return {}


def _examples(files: Mapping[str, bytes], agreement: Agreement) -> tuple[Example, ...]:
    written = _written(files, EXAMPLES_FILE)
    try:
        examples = read_examples(written.value)
    except msgspec.ValidationError as error:
        raise _misshapen(EXAMPLES_FILE, written, error) from error
    _refuse(EXAMPLES_FILE, written, [*wrong_forms(examples), *unknown(examples, agreement)])
    return examples


def _misshapen(file: str, written: Written, error: msgspec.ValidationError) -> PackError:
    said = _at(file, written, path_in(error), sentence_of(error))
    return PackError(said, "See docs/reference/agreement.schema.json.")


def _refuse(file: str, written: Written, wrong: list[Wrong]) -> None:
    if not wrong:
        return
    lines = [_at(file, written, path, what) for path, what in wrong[:SHOWN]]
    more = [f"... and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
    raise PackError("\n".join([*lines, *more]), "Mend the named lines; see docs/how-to/write-a-pack.md.")


def _at(file: str, written: Written, path: Path, what: str) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    return f"{file}, line {written.line(path)}: {steps + ': ' if steps else ''}{what}"
