"""Small agreements of steps, and words of the example pack's bodies on them."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from truceline.compliance.pack import Pack
from truceline.compliance.steps import StepStanding, stand
from truceline.compliance.steps.levels import Level, levels_of
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Step
from truceline.vocabulary.when import read_as_of, read_instant

Stand = Callable[..., dict[str, StepStanding]]


def held(acts: Any, zone: str) -> list[ActHeld]:
    read: list[Act] = [msgspec.convert({"because": "Seen.", **act}, Act) for act in acts]
    whens = [getattr(act, "when", None) for act in read]
    return [
        ActHeld(f"{n:064x}", n, act, read_instant(act.at, zone), read_instant(when or act.at, zone))
        for n, (act, when) in enumerate(zip(read, whens, strict=True))
    ]


@pytest.fixture
def having(example: Pack) -> Callable[..., Agreement]:
    """The example agreement with these steps."""
    return lambda *steps: msgspec.structs.replace(example.agreement, steps=steps)


@pytest.fixture
def standing(having) -> Stand:
    """`standing([steps], *acts, as_of=, body=)` -> step -> where it stands."""

    def made(steps: Any, *acts: Any, as_of: str = "2025-05-01T00:00", body: str | None = None) -> Any:
        agreement = having(*steps)
        return stand(agreement, held(acts, agreement.zone), read_as_of(as_of, agreement.zone), body)

    return made


@pytest.fixture
def rated(example: Pack) -> Callable[..., dict[str, Level]]:
    """`rated(step, *acts, as_of=)` -> body -> the level that it holds."""

    def made(step: Step, *acts: Any, as_of: str = "2025-05-01T00:00") -> dict[str, Level]:
        zone = example.agreement.zone
        agreement = msgspec.structs.replace(example.agreement, steps=(step,))
        return levels_of(agreement, held(acts, zone), step, read_as_of(as_of, zone))

    return made
