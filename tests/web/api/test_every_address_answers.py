"""Whatever is asked at any address of the description, by anybody: an answer that fits the description, never a fault.

Schemathesis draws requests from the description that the room gives of itself, such as fit it and such as do not.
"""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from litestar.serialization import encode_json
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

sys.path.insert(0, str(Path(__file__).parent))

from callers import NOW, program
from visitors import Door

from truceline.vocabulary.role import Role
from truceline.web.app import application

CASES = int(os.environ.get("TRUCELINE_API_CASES", "6"))
"""Requests drawn for each address; each is sent by everybody of `ASK`."""
ASK = (Role.ANALYST, Role.CO_CHAIR, Role.AUDITOR, Role.READER, Role.REPORTER, None)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ROOM = application(Path("no mission"), lambda: NOW, os.urandom, ["testserver.local"])
DESCRIPTION = json.loads(encode_json(ROOM.openapi_schema.to_schema()))
OPERATIONS = {one.ok().label: one.ok() for one in schemathesis.openapi.from_dict(DESCRIPTION).get_all_operations()}
"""Every address with its verb."""
COUNTED: Counter[tuple[str, int]] = Counter()


@pytest.fixture(scope="module")
def programs(played: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Role | None, Any]:
    folder = tmp_path_factory.mktemp("asked") / "played"
    shutil.copytree(played, folder)
    door = Door(folder / "mission.truceline", NOW)
    return {role: program(door, role, writes=True) for role in ASK}


@pytest.fixture(scope="module", autouse=True)
def counted() -> Iterator[None]:
    yield
    print(f"\nrequests by caller and answer: {dict(sorted(COUNTED.items()))}, {sum(COUNTED.values())} in all")


@pytest.mark.parametrize("address", OPERATIONS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fits", "does not"])
def test_it_answers_as_described(address: str, mode: GenerationMode, programs: dict[Role | None, Any]) -> None:
    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(OPERATIONS[address].as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        if address == "POST /api/acts" and isinstance(case.body, dict):
            case.body |= {"by": "alpha", "at": "2025-05-04T10:00"}
        for role, client in programs.items():
            answer = at_last(client, sent_as(case, client))
            COUNTED[role.value if role else "nobody", answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)
            assert role is not None or answer.status_code in (401, 400, 404), (address, answer.status_code)

    asked()


def at_last(client: Any, request: dict[str, Any]) -> Any:
    """The answer; asked again while it is being worked out."""
    for _ in range(20):
        answer = client.request(**request)
        if answer.status_code != 503:
            break
    return answer


def sent_as(case: Any, client: Any) -> dict[str, Any]:
    """The request as an httpx client sends it, with the caller's own token."""
    drawn = case.as_transport_kwargs(base_url="http://testserver.local", headers=dict(client.headers))
    return {name: value for name, value in drawn.items() if name in ("method", "url", "params", "headers", "json")} | (
        {"content": drawn["data"]} if drawn.get("data") else {}
    )
