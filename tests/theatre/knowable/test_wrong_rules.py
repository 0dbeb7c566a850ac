"""A theatre that could not tell a wrong rule from the right one would prove nothing: each mistake here shows in it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from truceline.theatre import Theatre
from truceline.theatre.knowable import cells, repeats, watched, when, where, who
from truceline.theatre.knowable.cells import knowable
from truceline.theatre.setting import read_setting

Wrong = Callable[[pytest.MonkeyPatch], None]


def a_to_time_is_the_whole_minute(patch: pytest.MonkeyPatch) -> None:
    right = when.watch

    def wrong(first: str, last: str, zone: str) -> when.Span:
        start, end = right(first, last, zone)
        return start, end + (timedelta(0) if len(last) == 10 else when.MINUTE)

    patch.setattr(watched, "watch", wrong)


def a_date_in_to_is_its_midnight(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(watched, "watch", lambda first, last, zone: (when.instant(first, zone), when.instant(last, zone)))


def stopped_does_not_win(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(watched, "less", lambda pieces, cuts: pieces)


def overlapping_hours_are_added_up(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(watched, "measure", lambda pieces: sum((end - start for start, end in pieces), timedelta(0)))


def one_origin_counts_twice(patch: pytest.MonkeyPatch) -> None:
    right = cells.Watch

    def wrong(rows: Iterable[dict[str, str]], *ground: Any) -> Any:
        return right([{**row, "origin": ""} for row in rows], *ground)

    patch.setattr(cells, "Watch", wrong)


def silence_is_watching(patch: pytest.MonkeyPatch) -> None:
    right = cells.Watch

    def wrong(rows: Iterable[dict[str, str]], *ground: Any) -> Any:
        return right([{**row, "status": row["status"].replace("silent", "reported")} for row in rows], *ground)

    patch.setattr(cells, "Watch", wrong)


def echoes_are_incidents(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cells, "founding", lambda reports: range(len(reports)))


def in_a_ring_the_last_stands_for_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(repeats, "min", max, raising=False)


def the_default_radius_is_nought(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(where, "DEFAULT_RADIUS_M", 0)


def the_said_area_is_never_contradicted(patch: pytest.MonkeyPatch) -> None:
    right = where.Ground.placements
    patch.setattr(
        where.Ground, "placements", lambda ground, row: ground.said(row.get("area", "")) or right(ground, row)
    )


def the_point_decides_not_the_said_area(patch: pytest.MonkeyPatch) -> None:
    right = where.Ground.placements
    patch.setattr(
        where.Ground,
        "placements",
        lambda ground, row: right(ground, {**row, "area": ""} if row.get("lat") else row),
    )


def a_night_ends_at_midnight(patch: pytest.MonkeyPatch) -> None:
    right = when.span

    def wrong(text: str, zone: str) -> when.Span:
        start, end = right(text, zone)
        return start, end - timedelta(hours=6) if text.startswith("night") else end

    patch.setattr(cells, "span", wrong)


def names_have_no_dates(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(who.Names, "actor", lambda names, name, _: names.names.get(name.strip().lower(), [(0, None)])[0][1])


def names_are_read_by_their_letters_case(patch: pytest.MonkeyPatch) -> None:
    right = who.Names.actor
    patch.setattr(who.Names, "actor", lambda names, name, span: None if name.isupper() else right(names, name, span))


def nobody_is_excluded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(who.Names, "_excluded_throughout", lambda *_: False)


def an_empty_side_is_nobody(patch: pytest.MonkeyPatch) -> None:
    right = who.Names.side_in
    patch.setattr(
        who.Names, "side_in", lambda names, side, *more: right(names, side, *more) if side.strip() else who.NO
    )


def one_actor_of_a_side_is_enough(patch: pytest.MonkeyPatch) -> None:
    right = who.Names.side_in
    patch.setattr(who.Names, "side_in", lambda names, side, *more: right(names, side.split(";")[0], *more))


def the_best_figure_is_the_figure(patch: pytest.MonkeyPatch) -> None:
    right = who.lethal

    def wrong(row: dict[str, str]) -> str:
        return right({"killed_best": row["killed_best"]} if row.get("killed_best") else row)

    patch.setattr(who, "lethal", wrong)


def no_kind_is_another_kind(patch: pytest.MonkeyPatch) -> None:
    right = who.kind_in
    patch.setattr(who, "kind_in", lambda kind, kinds: right(kind or "none", kinds))


WRONG: tuple[Wrong, ...] = (
    a_to_time_is_the_whole_minute, a_date_in_to_is_its_midnight, stopped_does_not_win, overlapping_hours_are_added_up,
    one_origin_counts_twice, silence_is_watching, echoes_are_incidents, in_a_ring_the_last_stands_for_all,
    the_default_radius_is_nought, the_said_area_is_never_contradicted, the_point_decides_not_the_said_area,
    a_night_ends_at_midnight, names_have_no_dates, names_are_read_by_their_letters_case, nobody_is_excluded,
    an_empty_side_is_nobody, one_actor_of_a_side_is_enough, the_best_figure_is_the_figure, no_kind_is_another_kind,
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_the_theatre_notices_when(
    wrong: Wrong, theatre: Theatre, pack: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = read_setting(*pack)
    wrong(monkeypatch)
    made = knowable(setting.agreement, setting.geojson, theatre.reports(), theatre.coverage, theatre.as_of)
    assert made != theatre.known
