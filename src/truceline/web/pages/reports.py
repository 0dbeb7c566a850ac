"""Reports as a table and one by one: `/reports`, `/reports.csv` and `/reports/ID`, each past the gate."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from truceline.errors import ValueNotRead
from truceline.pipeline.room.heading import heading, told_of
from truceline.pipeline.room.listed import AT_ONCE, Filter, reports_page
from truceline.pipeline.room.listed_file import listed_csv
from truceline.pipeline.room.report import report_page
from truceline.web.asking import asked_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
FILTER = {"from": "first", "to": "last", "kind": "kind", "side": "side", "area": "area", "source": "source"}
"""Words of the address to members of `Filter`."""
LONGEST, MOST_DIGITS = 200, 13


@get("/reports", sync_to_thread=True)
def the_reports(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """A page of the table. `after`: the place after which it begins."""
    query = request.query_params
    asked, wanted, after = asked_of(query, room.reader(person), room.now_us()), wanted_of(query), _after(query)
    with told_of(room.path, asked, room.language(request), asking=room.asking) as (_, told):
        head, agreement = heading(told), told.answer.evaluated.question.agreement
        areas = tuple((one.id, told.name(one.id)) for one in agreement.areas)
    shown = room.shown(
        ("reports", wanted, after), asked, lambda: reports_page(room.path, asked, wanted, after, AT_ONCE)
    )  # fmt: skip
    return page(
        "reports.html", request, person, title="Reports", heading=head, shown=shown, wanted=wanted, areas=areas,
        after=after, chosen=[(name, value) for name in FILTER if (value := query.get(name, ""))],
    )  # fmt: skip


@get("/reports.csv", sync_to_thread=True)
def the_file(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """What is chosen as CSV, from `after` on, at most as many rows as `listed_file` gives at once."""
    query = request.query_params
    asked = asked_of(query, room.reader(person), room.now_us())
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="reports.csv"'}
    content = listed_csv(room.path, asked, wanted_of(query), _after(query))
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@get("/reports/{report:path}", sync_to_thread=True)
def the_report(request: Asks, room: AtRoom, person: Who, report: str) -> Response[Any]:
    """One report, by its id or as SOURCE/REPORT_ID."""
    ref, lang = str(report).strip("/")[:LONGEST], room.language(request)
    if not ref:
        raise NotFoundException
    asked = asked_of(request.query_params, room.reader(person), room.now_us())
    shown = room.shown(("report", ref, lang), asked, lambda: report_page(room.path, asked, ref, lang, room.asking))
    return page(
        "report.html", request, person, title="Report", heading=shown.heading, shown=shown, one=shown.report,
        may_judge=bool(person.body), words=("same", "different", "unsure"),
    )  # fmt: skip


def wanted_of(query: Any) -> Filter:
    """What an address chooses. Raises `ValueNotRead` for a value too long."""
    said = {member: query.get(name, "").strip() for name, member in FILTER.items()}
    if any(len(value) > LONGEST for value in said.values()):
        raise ValueNotRead("A word of the address is too long.", f"At most {LONGEST} characters each.")
    return Filter(**{**said, "kind": said["kind"].replace(" ", "_")})


def _after(query: Any) -> int:
    text = query.get("after", "") or "-1"
    if text != "-1" and not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValueNotRead("The address names no place in the list.", "Follow the links of the page.")
    return int(text)


HANDLERS = [the_reports, the_file, the_report]
"""What these addresses answer."""
