"""`finding`: a body's finding on a case, from a file to fill; entered as any other act."""

import json
from pathlib import Path
from typing import Any

import msgspec

from truceline.compliance.registers import co_chairs
from truceline.errors import ActError, ValueNotRead
from truceline.pipeline.entering import MOST_BYTES, Entered, enter_act
from truceline.pipeline.fingerprints import bounded
from truceline.pipeline.incident_meant import Named, incident_of, named_by
from truceline.pipeline.missions import acts, registered
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.act import Finding, Withdrawal
from truceline.vocabulary.case import CaseOpened
from truceline.vocabulary.codes import codes
from truceline.vocabulary.marking import INTERNAL, Reader
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.when import iso

FILLED = ("what", "because")
"""What a finding says in words: the template leaves them empty, and an empty one is no finding."""
MOST_NAMED = 2_000


def enter_finding(
    mission: MissionFile,
    asked: str,
    file: Path,
    *,
    by: str | None = None,
    at: str | None = None,
    sign: str | None,
    now_us: int,
    chance: Chance,
) -> tuple[Entered, Finding]:
    """Enter the finding that a file holds, on a case or on the incident of a report. Raises `ActError`."""
    named = named_by(mission, INTERNAL, mission.size, asked)
    agreement = registered(mission).pack.agreement
    filled: dict[str, Any] = {"at": at or iso(now_us, agreement.zone)} | ({"by": by} if by else {})
    act = _read(file, named, filled)
    return enter_act(mission, act, sign=sign, now_us=now_us, chance=chance), act


def take_back(
    mission: MissionFile,
    of: str,
    by: str | None,
    at: str | None,
    because: str | None,
    *,
    sign: str | None,
    now_us: int,
    chance: Chance,
) -> Entered:
    """Enter the withdrawal of a finding by its own body. Raises `ActError`."""
    found = [one for one in acts(mission, INTERNAL) if one.id.startswith(of) and isinstance(one.act, Finding)]
    if len(found) != 1:
        raise ActError(f"{of!r} names no finding in force.", "Give more of the id: `truceline findings` shows it.")
    if not because:
        raise ActError("A finding is taken back for a reason.", "Add --because with the reason.")
    said = at or iso(now_us, registered(mission).pack.agreement.zone)
    act = Withdrawal(by or found[0].act.by, said, of, because)
    return enter_act(mission, act, sign=sign, now_us=now_us, chance=chance)


def _read(file: Path, named: Named, filled: dict[str, Any]) -> Finding:
    """The finding of a file; what it leaves out is filled, what it says otherwise of its case is refused."""
    try:
        written = read_yaml(bounded(file, MOST_BYTES), MOST_BYTES)
    except ValueNotRead as error:
        raise ActError(f"{file}, {error.message}", error.mend) from error
    value = written.value
    if not isinstance(value, dict):
        raise ActError(f"{file}, line 1: a finding is a list of fields.", "See `truceline finding --template`.")
    _same(file, value, named)
    whole = {**filled, **{key: one for key, one in value.items() if one is not None}, **_matter(named)}
    for field in FILLED:
        if not str(whole.get(field) or "").strip():
            raise ActError(f"{file}, line {written.line((field,))}: {field}: is empty.", "A finding says what and why.")
    try:
        return msgspec.convert({**whole, "act": "finding"}, Finding)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        steps = tuple(step for step in where.rstrip("`").split(".") if step)
        line = written.line(steps)
        raise ActError(f"{file}, line {line}: {what}", "See docs/reference/acts.md for the fields.") from error


def _same(file: Path, value: dict[str, Any], named: Named) -> None:
    for field, must in {"act": "finding", **_matter(named)}.items():
        if value.get(field, must) != must:
            mend = f"Leave {field}: out; the command fills it."
            raise ActError(f"{file}: {field}: {value[field]!r} is not {must!r}.", mend)


def _matter(named: Named) -> dict[str, str]:
    """What a finding is about: its case's handle, or the report that was named, by its key."""
    return {"about": named.handle, "case": named.handle} if named.case else {"about": named.keys[0]}


def template(mission: MissionFile, reader: Reader, asked: str, *, by: str | None = None) -> str:
    """A file to fill, as YAML, with the reports of the case named."""
    incident = incident_of(mission, reader, mission.size, asked)
    agreement = registered(mission).pack.agreement
    body = by or next(iter(co_chairs(agreement)), agreement.bodies[0].id)
    case = incident.case.act if incident.case else None
    title = f" ({case.title})" if isinstance(case, CaseOpened) else ""
    rests_on = "".join(f"\n  - {json.dumps(key, ensure_ascii=False)}" for key in incident.keys[:MOST_NAMED])
    return f"""\
# A finding on {_one_line(asked + title)}. Fill it, then: truceline finding MISSION {_one_line(asked)} --file THIS
by: {body}
held: undetermined # happened, did_not_happen, undetermined
what: ""
# when: 2025-03-20T10:00/2025-03-20T11:00
# where: in words
standard: reasonable_grounds # or {_listed("standards_of_proof", "reasonable_grounds")}, or the body's own words
elements: # each held by itself: yes, no, undetermined, no_evidence
  - element: It happened as reported
    held: undetermined
    because: ""
attribution: undetermined # or {_listed("attribution_levels", "undetermined")}
# attributed_to: only where the attribution names somebody
# candidates: # who could have done it; a candidate is held responsible for nothing
#   - who: a name
#     confidence: highly unlikely
#     because: why
# scale: whose words of confidence these are
# dissents: # members of the body who do not share it
#   - by: a name
#     because: why
rests_on:{rests_on or " []"}
because: ""
"""


def _listed(codes_of: str, leave_out: str) -> str:
    return ", ".join(code for code in codes(codes_of) if code != leave_out)


def _one_line(text: str) -> str:
    return " ".join(text.split())
