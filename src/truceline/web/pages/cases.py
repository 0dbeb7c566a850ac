"""Cases: where each stands, and one of them on a page: reports, stages, what each co-chair found, what may belong."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from truceline.pipeline.room.case import case_page, cases_page
from truceline.pipeline.room.case_assessed import case_assessed
from truceline.pipeline.room.heading import heading, told_of
from truceline.pipeline.room.said import choices
from truceline.web.asking import asked_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
LONGEST = 80


@get("/cases", sync_to_thread=True)
def the_cases(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """All cases; `overdue=1`: those with something overdue."""
    asked = asked_of(request.query_params, room.reader(person), room.now_us())
    overdue = request.query_params.get("overdue", "") == "1"
    with told_of(room.path, asked, room.language(request), asking=room.asking) as (_, told):
        head = heading(told)
    return page(
        "cases.html", request, person, title="Cases", heading=head, overdue=overdue,
        cases=room.shown(("cases", overdue), asked, lambda: cases_page(room.path, asked, overdue=overdue))["cases"],
    )  # fmt: skip


@get("/cases/{handle:str}", sync_to_thread=True)
def the_case(request: Asks, room: AtRoom, person: Who, handle: FromPath[str]) -> Response[Any]:
    """One case."""
    asked = asked_of(request.query_params, room.reader(person), room.now_us())
    shown = room.shown(("case", handle), asked, lambda: case_page(room.path, handle[:LONGEST], asked))
    with told_of(room.path, asked, room.language(request), asking=room.asking) as (_, told):
        head, names = heading(told), {body: told.name(body) for body, _ in shown.columns}
    return page(
        "case.html", request, person, title="Cases", heading=head, case=shown, one=shown.told, names=names,
        may_judge=bool(person.body), words=("same", "different", "unsure"),
        choices=choices(room.path, room.language(request)), done=request.query_params.get("done", "")[:64],
    )  # fmt: skip


@get("/cases/{handle:str}/assessed", sync_to_thread=True)
def the_assessments(request: Asks, room: AtRoom, person: Who, handle: FromPath[str]) -> Response[Any]:
    """What rests on one case: outcomes with their reasons. Apart from its page, for it takes an evaluation."""
    asked = asked_of(request.query_params, room.reader(person), room.now_us())
    language = room.language(request)
    key, named = ("case assessed", handle, language), handle[:LONGEST]
    shown = room.shown(key, asked, lambda: case_assessed(room.path, named, asked, language))
    with told_of(room.path, asked, language, asking=room.asking) as (_, told):
        head = heading(told)
    return page("case_assessed.html", request, person, title="Cases", heading=head, assessed=shown)


HANDLERS = [the_cases, the_case, the_assessments]
