"""A made-up mission to draw a page of: an agreement, incidents, and a ledger counted from them the plain way."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import sin
from zoneinfo import ZoneInfo

import numpy as np

from truceline.publication.page import Page, RefusedRow, RestrictionRow, SubmissionRow, TallyRow, Unresolved
from truceline.publication.times import local_days
from truceline.statistics.asked import Asked, Coverage
from truceline.statistics.comparing import compare_periods
from truceline.statistics.periods import local_days as local_days_of
from truceline.vocabulary.agreement import (
    Agreement,
    Area,
    Body,
    Cited,
    Clock,
    Comparison,
    Condition,
    Indicator,
    Instrument,
    MinimumCoverage,
    Party,
    Period,
    Reading,
    Term,
)
from truceline.vocabulary.assessment import (
    AreaRun,
    Cell,
    ClockStanding,
    ClockState,
    ClockView,
    Compared,
    Day,
    IndicatorLedger,
    Ledger,
    PeriodCount,
    Reason,
    Verdict,
)
from truceline.vocabulary.columns import UNKNOWN, IncidentColumns, Placed
from truceline.vocabulary.comparison import ComparisonTold, PlainRule
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.side_by_side import (
    WIDE,
    CountTold,
    Deaths,
    Effort,
    HighBy,
    Mismatch,
    OneEach,
    OneSource,
    Overlap,
    Pair,
    Side,
    SideBySide,
    TwoCounts,
)
from truceline.vocabulary.when import instant

ZONE = "Etc/GMT-2"
DAY = 86_400_000_000
NAMES = (
    ("Northern valley", "الوادي الشمالي"),
    ("River towns", "بلدات النهر"),
    ("Southern plain", "السهل الجنوبي"),
    ("Upper terraces", "المدرجات العليا"),
    ("Salt coast", "ساحل الملح"),
    ("Old quarry", "المحجر القديم"),
    ("Harbour", "الميناء"),
    ("East road", "الطريق الشرقي"),
    ("Three wells", "الآبار الثلاثة"),
    ("Cedar ridge", "تلة الأرز"),
    ("West bank farms", "مزارع الضفة الغربية للنهر"),
    ("Lake district", "منطقة البحيرة"),
    ("Lower mills", "الطواحين السفلى"),
    ("Far islands", "الجزر البعيدة"),
)
NAMED = ("monitors", "hotline", "relief-agency")
"""Sources that report throughout; a camera comes in the middle of the period, so that a comparison leaves it out."""
INVENTED = Cited("made up for the tests", "invented")


def reading(threshold: int = 0) -> Reading:
    """Every choice made."""
    return Reading(
        id="strict",
        title={"en": "Strict", "ar": "قراءة صارمة"},
        author="Truceline project",
        dated="2025-02-01",
        note={"en": "Ours, not the parties'.", "ar": "قراءتنا نحن لا قراءة الأطراف."},
        day_boundary="00:00",
        zone=ZONE,
        umbrella="presumed_bound",
        umbrella_note={"en": "Sources name most groups by one umbrella name only."},
        threshold=threshold,
        counting="each_report_unless_it_repeats",
        coverage=MinimumCoverage(2, 12),
        unknown_day="undecided",
    )


def agreement(areas: int, first: date, last: date) -> Agreement:
    """Two parties, two indicators, two clocks, one comparison."""
    middle = first + (last - first) / 2
    return Agreement(
        pack="made-up",
        version="1",
        title={"en": "Arrangement of the Two Rivers", "ar": "ترتيب النهرين"},
        summary={
            "en": "An invented cessation of hostilities between an invented north and an invented south.",
            "ar": "وقف مُختلَق للأعمال العدائية بين شمال مُختلَق وجنوب مُختلَق.",
        },
        zone=ZONE,
        period=Period(first.isoformat(), last.isoformat()),
        parties=(Party("north", {"en": "North", "ar": "الشمال"}), Party("south", {"en": "South", "ar": "الجنوب"})),
        actors=(),
        bodies=(
            Body("alpha", {"en": "Co-chair Alpha", "ar": "الرئيس المشارك ألفا"}, "co_chair"),
            Body("beta", {"en": "Co-chair Beta", "ar": "الرئيس المشارك بيتا"}, "co_chair"),
        ),
        instruments=(
            Instrument("main", {"en": "Main text", "ar": "النص الأساسي"}, "2025-03-10", "invented", INVENTED),
        ),
        terms=(
            Term(
                "T1",
                "main",
                "both",
                {"en": "Neither party attacks the other with any weapon.", "ar": "لا يهاجم أي طرف الآخر بأي سلاح."},
                INVENTED,
                "prohibition",
            ),
            Term("T2", "main", "both", {"en": "Relief passes."}, Cited("recalled text", "recalled"), "duty"),
        ),
        areas=tuple(
            Area(f"area_{a}", {"en": NAMES[a % 14][0], "ar": NAMES[a % 14][1]}, code=f"A{a}") for a in range(areas)
        ),
        areas_cited=Cited("drawn for the tests", "invented"),
        area_groups=(),
        indicators=(
            Indicator(
                "between_parties",
                {"en": "Between the parties", "ar": "بين الطرفين"},
                {"en": "Every incident between north and south.", "ar": "كل حادث بين الشمال والجنوب."},
                ("T1",),
                (("north",), ("south",)),
            ),
            Indicator(
                "all_incidents",
                {"en": "All incidents", "ar": "جميع الحوادث"},
                {"en": "Every incident, whoever acted.", "ar": "كل حادث أيًا كان فاعله."},
            ),
        ),
        readings=(reading(),),
        clocks=(
            Clock(
                id="seven_days",
                title={"en": "Seven quiet days", "ar": "سبعة أيام هادئة"},
                start=middle.isoformat(),
                indicator="between_parties",
                areas=(),
                deciders=("alpha", "beta"),
                cited=INVENTED,
                days=7,
                conditions=(Condition("aid", {"en": "Relief has passed", "ar": "وصلت الإغاثة"}, ("alpha", "beta")),),
            ),
            Clock(
                id="two_days",
                title={"en": "Forty-eight hours", "ar": "ثمانٍ وأربعون ساعة"},
                start=middle.isoformat(),
                indicator="between_parties",
                areas=(),
                deciders=("alpha", "beta"),
                cited=INVENTED,
                hours=48,
                reset="none",
            ),
        ),
        comparisons=(
            Comparison(
                "two_weeks",
                {"en": "Two weeks before and after the start", "ar": "أسبوعان قبل البداية وبعدها"},
                ((middle - timedelta(14)).isoformat(), middle.isoformat()),
                (middle.isoformat(), (middle + timedelta(14)).isoformat()),
            ),
        ),
        exercise_only=True,
    )


def geometry(areas: int) -> dict[str, list[list[tuple[np.ndarray, np.ndarray]]]]:
    """Slanted areas side by side, sharing borders, in the middle of an ocean; at most five in a line."""
    found = {}
    for a in range(areas):
        line, column = divmod(a, 5)
        corners = [(0, 0), (0, 0.5), (0, 1), (0.5, 1), (1, 1), (1, 0.5), (1, 0), (0.5, 0), (0, 0)]
        on = [_bent(line + y, column + x) for y, x in corners]
        lat = np.array([round(y * 1e7) for y, _ in on], dtype=np.int64)
        lon = np.array([round(x * 1e7) for _, x in on], dtype=np.int64)
        found[f"area_{a}"] = [[(lat, lon)]]
    return found


def _bent(line: float, column: float) -> tuple[float, float]:
    """A corner of the grid, pushed aside so that borders are shared but not straight."""
    return 20 + line * 0.4 + 0.05 * sin(7 * line + 2.3 * column), -40 + column * 0.6 + 0.07 * sin(5.1 * line + column)


def incidents(n: int, areas: int, days: list[Day], seed: int) -> IncidentColumns:
    """Random incidents: some dated to the minute, some to a day, some to a night, some to a week."""
    chance = random.Random(seed)
    first, last = days[0].start - 3 * DAY, days[-1].end
    start = np.empty(n, dtype=np.int64)
    end = np.empty(n, dtype=np.int64)
    may_be = np.zeros((n, areas + 1), dtype=np.bool_)
    words = []
    for i in range(n):
        at = chance.randrange(first, last, 60_000_000)
        day = (at + 2 * 3_600_000_000) // DAY * DAY - 2 * 3_600_000_000
        manner = chance.choice("mmmdddnw")
        spans = {"m": (at, at + 60_000_000), "d": (day, day + DAY), "n": (day + DAY * 3 // 4, day + DAY * 5 // 4)}
        said = {"m": "at the minute", "d": "on the day", "n": "in the night"}
        start[i], end[i] = spans.get(manner, (day, day + 7 * DAY))
        words.append(f"{said.get(manner, 'in the week')} {at // DAY}")
        may_be[i, chance.randrange(areas)] = True
        if chance.random() < 0.2:
            may_be[i, chance.randrange(areas + 1)] = True
    starts = np.array([day.start for day in days] + [days[-1].end], dtype=np.int64)
    first_day = np.searchsorted(starts, start, side="right") - 1
    last_day = np.searchsorted(starts, end - 1, side="right") - 1
    some = np.random.default_rng(seed)
    everything = np.full(n, 2, dtype=np.int8)
    area = may_be[:, :areas].argmax(axis=1)
    killed = some.integers(-1, 6, n)
    return IncidentColumns(
        seq=np.arange(10, n + 10, dtype=np.int64),
        start=start,
        end=end,
        first_day=first_day.astype(np.int64),
        last_day=last_day.astype(np.int64),
        placed=Placed.each(may_be),
        counts=[some.choice(np.array([0, 1, 2, 2, 2], dtype=np.int8), n), everything],
        again=np.zeros(n, dtype=np.bool_),
        has_point=some.random(n) < 0.8,
        lat_e7=(200_000_000 + (area // 5) * 4_000_000 + some.integers(400_000, 3_600_000, n)).astype(np.int64),
        lon_e7=(-400_000_000 + (area % 5) * 6_000_000 + some.integers(600_000, 5_400_000, n)).astype(np.int64),
        radius_m=some.choice(np.array([100, 1_000, 1_000, 5_000]), n).astype(np.int64),
        killed_low=np.where(killed < 0, UNKNOWN, killed),
        killed_best=np.where(killed < 0, UNKNOWN, killed),
        killed_high=np.where(killed < 0, UNKNOWN, killed + 2),
        submission=some.choice(np.array([3, 9]), n).astype(np.int64),
        row=np.arange(2, n + 2, dtype=np.int64),
        id=[f"{i:064x}" for i in range(n)],
        source=["camera" if i % 4 == 3 and start[i] >= days[len(days) // 2].start else NAMED[i % 3] for i in range(n)],
        source_row=[f"R-{i:05d}" for i in range(n)],
        when_words=words,
        place=[("Upper mill", "الجسر القديم", "near the bridge", "")[i % 4] for i in range(n)],
        kind=[("shelling", "armed_clash", "air_strike", "")[i % 4] for i in range(n)],
        side_a=[('["Northern forces"]', '["Valley guard", "Northern forces"]', "[]")[i % 3] for i in range(n)],
        side_b=[('["Southern council"]', '["unknown gunmen"]')[i % 2] for i in range(n)],
        flags=[("[]", '["best_outside_low_high"]')[i % 11 == 0] for i in range(n)],
        repeats=[""] * n,
        area=[""] * n,
    )


def ledger(rows: IncidentColumns, days: list[Day], areas: int, seed: int, zone: str = ZONE) -> Ledger:
    """Counted cell by cell, in plain Python."""
    chance = random.Random(seed + 1)
    watched = [[chance.choice([0, 1, 2, 2, 2, 2, 3]) for _ in days] for _ in range(areas)]
    indicators = []
    for k, counts in enumerate(rows.counts):
        cells = []
        surely = (counts == 2) & (rows.first_day == rows.last_day)
        for a in range(areas):
            alone = surely & rows.may_be[:, a] & (rows.may_be.sum(axis=1) == 1)
            maybe = (counts >= 1) & rows.may_be[:, a]
            for d in range(len(days)):
                low = int((alone & (rows.first_day == d)).sum())
                high = int((maybe & (rows.first_day <= d) & (rows.last_day >= d)).sum())
                cells.append(_cell(a, d, low, high, watched[a][d]))
        sure = [int((surely & (rows.first_day == d)).sum()) for d in range(len(days))]
        may = (counts >= 1) & ~surely
        touching = [int((may & (rows.first_day <= d) & (rows.last_day >= d)).sum()) for d in range(len(days))]
        series = tuple(zip(sure, touching, strict=True))
        indicators.append(IndicatorLedger(("between_parties", "all_incidents")[k], tuple(cells), series))
    return Ledger(zone, "00:00", tuple(days), tuple(f"area_{a}" for a in range(areas)), tuple(indicators))


def _cell(area: int, day: int, low: int, high: int, sources: int) -> Cell:
    covered = sources >= 2
    reasons = [Reason("covered" if covered else "not_covered", {"sources": sources, "needed": 2, "hours": 12})]
    verdict = Verdict.QUIET if covered else Verdict.CANNOT_TELL
    if low:
        verdict = Verdict.NOT_QUIET
        reasons = [Reason("incidents_surely", {"n": low, "threshold": 0})]
    elif high:
        verdict = Verdict.CANNOT_TELL
        reasons.insert(0, Reason("incidents_maybe", {"low": low, "high": high, "threshold": 0}))
        reasons.insert(1, Reason("maybe_because_time", {"n": high}))
    return Cell(area, day, verdict, low, high, covered, sources, tuple(reasons))


def clocks(start: int, as_of: int, areas: int, rows: IncidentColumns) -> tuple[ClockStanding, ...]:
    """One contested, one set back."""
    views = (
        ClockView("alpha", "holds", 3, 3, 7, as_of - 3 * DAY, ("a" * 64,)),
        ClockView("beta", "broken", 0, 0, 7, as_of, ("b" * 64,)),
        ClockView("figures", "counts", 0, 5, 7, as_of - 5 * DAY),
    )
    runs = tuple(
        AreaRun(
            f"area_{a}",
            (Verdict.CANNOT_TELL, Verdict.NOT_QUIET, Verdict.QUIET)[a % 3],
            *_fell(rows, start, as_of, a),
            3,
            1,
            2,
            (Reason("run_broken_by", {"n": 1, "area": f"area_{a}"}),) if a % 3 == 1 else (),
        )
        for a in range(min(areas, 5))
    )
    return (
        ClockStanding(
            clock="seven_days",
            state=ClockState.CONTESTED,
            start=start,
            end=None,
            verdict=Verdict.CANNOT_TELL,
            day_low=0,
            day_high=5,
            of=7,
            views=views,
            areas=runs,
            pending=("beta",),
            conditions=(("aid", False),),
            settles=(
                Reason("needs_coverage", {"area": "area_0", "days": 2}),
                Reason("needs_agreement", {"bodies": "alpha, beta"}),
            ),
            reasons=(Reason("contested_by", {"a": "alpha", "b": "beta"}),),
        ),
        ClockStanding(
            clock="two_days",
            state=ClockState.LAPSED,
            start=start,
            end=start + 2 * DAY,
            verdict=Verdict.NOT_QUIET,
            day_low=2,
            day_high=2,
            of=2,
            views=(),
            areas=(),
            pending=(),
            conditions=(),
            settles=(),
            reasons=(Reason("lapsed_no_extension", {"end": "2025-04-02T00:00"}), Reason("window_fixed", {})),
        ),
    )


def _fell(rows: IncidentColumns, start: int, end: int, area: int) -> tuple[int, int]:
    """Incidents surely and maybe in an area over a window, under the first indicator."""
    maybe = (rows.counts[0] >= 1) & rows.may_be[:, area] & (rows.start < end) & (rows.end > start)
    surely = maybe & (rows.counts[0] == 2) & (rows.start >= start) & (rows.end <= end)
    return int((surely & (rows.may_be.sum(axis=1) == 1)).sum()), int(maybe.sum())


def compared(rows: IncidentColumns, start: int, zone: str = ZONE) -> tuple[Compared, ...]:
    """Two weeks on either side of an instant, under both indicators."""
    sides = [[_period(rows, k, begin, begin + 14 * DAY, zone) for begin in (start - 14 * DAY, start)] for k in range(2)]
    return tuple(Compared("two_weeks", name, *sides[k]) for k, name in enumerate(("between_parties", "all_incidents")))


def _period(rows: IncidentColumns, k: int, start: int, end: int, zone: str) -> PeriodCount:
    sure = (rows.counts[k] == 2) & (rows.start >= start) & (rows.end <= end)
    days = local_days(start, end, zone)
    one = sum(int((sure & (rows.start >= a) & (rows.end <= b)).sum()) for a, b in pairwise(days))
    maybe = (rows.counts[k] >= 1) & (rows.start < end) & (rows.end > start)
    columns = (rows.killed_low, rows.killed_best, rows.killed_high)
    killed = [int(np.maximum(column[sure], 0).sum()) for column in columns]
    return PeriodCount(start, end, len(days) - 1, one, int(sure.sum()), int((maybe & ~sure).sum()), *killed)


def falling(rows: IncidentColumns, first: date, days: int, areas: int, zone: str = ZONE) -> tuple[ComparisonTold, ...]:
    """Before against after the middle, under both indicators: the first registered, the second exploratory."""
    whole, half = local_days_of(first, first + timedelta(days - 1), zone, 1 << 62), days // 2
    none = np.zeros((areas, len(whole)), dtype=np.int64)
    told = []
    for k, name in enumerate(("between_parties", "all_incidents")):
        asked = Asked(
            name, whole, (0, half), (half, days), np.ones(areas + 1, dtype=np.bool_),
            tuple(f"area_{a}" for a in range(areas)), Coverage(none, none > 0), eve_days=3,
        )  # fmt: skip
        tested = compare_periods(asked, rows, rows.counts[k])
        ends = [(first + timedelta(n)).isoformat() for n in (0, half - 1, half, days - 1)]
        basis = (Reason("registered_late"), Reason("registered_before", {"comparison": "two_weeks"}))[k == 0]
        told.append(
            ComparisonTold(
                "two_weeks", {"en": "Two weeks before and after the start", "ar": "أسبوعان قبل البداية وبعدها"},
                (ends[2], ends[3]), (ends[0], ends[1]), None, None, 3, 0.25, k == 0, (basis,), tested,
                PlainRule("not_quiet", 0, 20, 5, 5),
            )
        )  # fmt: skip
    return tuple(told)


def sources(first: int, end: int, said: str = "") -> SideBySide:
    """Two sources with five to forty things in common, an arrival, two counts; texts of others set to `said`."""
    names, whole = [said or one for one in ("monitors", "hotline", "relief-agency")], Deaths(None, 12, 30, 9)
    a, b = Side(60, 20, 55, 11, Deaths(7, None, 19, 6)), Side(50, 10, 45, 4, whole)
    weeks = ("2025-W09", "2025-W10")
    periods = (Overlap(0, 2, a, b), Overlap(WIDE, 0, Side(1, 0, 1, 0, Deaths(None, None, None, 0)), b))
    pairs = (
        Pair(names[0], names[1], 40, HighBy.PAIRING, Overlap(None, 5, a, b), periods, OneEach(9, whole, whole, 2)),
        Pair(names[0], names[2], 31, HighBy.SIZES, Overlap(None, 0, a, b), (), OneEach(0, whole, whole, 0)),
        Pair(names[1], names[2], 0, HighBy.PAIRING, Overlap(None, 0, a, b), (), OneEach(0, whole, whole, 0)),
    )
    count = CountTold(said or "alpha", "t1", first, end, None, 120, None, said, ())
    other = CountTold(said or "beta", "t2", first, end - DAY, 40, None, 75, said, ())
    return SideBySide(
        "2025-03-01", "2025-04-29", "week", weeks,
        tuple(OneSource(one, 90 - n, n, (said or "wire",), first, end - DAY) for n, one in enumerate(names)), 2,
        pairs,
        (
            Effort(weeks[0], 60, 2, None, {"ar": 40, said: 20}, None, None, None),
            Effort(weeks[1], 90, 3, 168.0, {"ar": 90}, 2, 60, 62),
        ),
        (
            Reason("source_begins", {"source": names[2], "n": 28, "day": "2025-03-03"}),
            Reason("rise_with_arrivals", {"period": weeks[1], "before": 60, "now": 90, "constant_before": 60,
                                          "constant_now": 62, "sources": names[2]}),
        ),
        (TwoCounts(said or "violations", "", count, other, 45, None, 80, 48.0, 24.0, 0.0),),
        (Mismatch(said or "alpha", "t3", said or "violations", "", first, end, 12, 11, 3),), 4,
    )  # fmt: skip


def page(areas: int = 3, days: int = 60, n: int = 160, seed: int = 7, threshold: int = 0) -> Page:
    """A whole page of an exercise that begins on 1 March 2025."""
    first = date(2025, 3, 1)
    midnight = datetime(2025, 3, 1, tzinfo=ZoneInfo(ZONE))
    starts = [instant(midnight + timedelta(d)) for d in range(days + 1)]
    listed = [Day((first + timedelta(d)).isoformat(), starts[d], starts[d + 1]) for d in range(days)]
    rows = incidents(n, areas, listed, seed)
    middle = starts[days // 2]
    return Page(
        mission="two-rivers.truceline",
        exercise=True,
        reader=INTERNAL,
        agreement=agreement(areas, first, first + timedelta(days)),
        reading=reading(threshold),
        registered=True,
        as_of=starts[-1],
        cut={"two-rivers/alpha": (n + 40, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")},
        dated=starts[-1] + 600_000_000,
        ledger=ledger(rows, listed, areas, seed),
        incidents=rows,
        software="truceline 0.1.0",
        clocks=clocks(middle, starts[-1], areas, rows),
        compared=compared(rows, middle),
        falling=falling(rows, first, days, areas) if n else (),
        awaited=("second_month",),
        sources=sources(starts[0], starts[-1]) if n else None,
        recalled=(("hotline", 3), ("wire", 1)),
        geometry=geometry(areas),
        refusals=(
            RefusedRow("mission.csv", 17, "when", "25:10", "is not a time of day", "Write hours 00-23."),
            RefusedRow("hotline.xlsx", 4, "lat", "=1+1", "is no latitude", "Write it like 36.2021.", "Sheet 1"),
        ),
        unresolved=Unresolved((("the valley boys", 4),), (("Bebsi town", 2),), (("wire/W-9", 1),)),
        tallies=(TallyRow("hospital", "area_0", starts[0], starts[7], "killed", None, 12, None, "admissions book"),),
        submissions=(
            SubmissionRow(3, "mission.csv", "monitors", n, n - 3, 1, 1, 1, "truceline_reports"),
            SubmissionRow(9, "بلاغات.csv", "hotline", 5, 2, 1, 1, 1, "truceline_reports"),
        ),
        restrictions=(
            RestrictionRow("monitors", "area_1", starts[3], starts[3] + DAY // 2, "men at the bridge", "sent back"),
        ),
    )


HOSTILE = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>\u202egpj.exe\u2069\\u0012 & ${title}'


def hostile() -> Page:
    """The same page with every text of others set to markup and direction overrides."""
    made = page(n=40)
    rows = made.incidents
    n = len(rows)
    bad = replace(
        rows,
        source=[HOSTILE] * n,
        source_row=[HOSTILE] * n,
        when_words=[HOSTILE] * n,
        place=[HOSTILE] * n,
        kind=[HOSTILE] * n,
        side_a=[f'["{HOSTILE[:9]}"]'] * n,
        side_b=[HOSTILE] * n,
        flags=[HOSTILE] * n,
    )
    return replace(
        made,
        mission=HOSTILE,
        incidents=bad,
        refusals=(RefusedRow(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        unresolved=Unresolved(((HOSTILE, 1),), ((HOSTILE, 2),), ((HOSTILE, 3),)),
        tallies=(TallyRow(HOSTILE, HOSTILE, 0, DAY, HOSTILE, 1, 2, 3, HOSTILE, HOSTILE),),
        submissions=(SubmissionRow(3, HOSTILE, HOSTILE, 1, 1, 0, 0, 0, HOSTILE),),
        restrictions=(RestrictionRow(HOSTILE, HOSTILE, 0, DAY, HOSTILE, HOSTILE),),
        software=HOSTILE,
        sources=sources(0, 9 * DAY, HOSTILE),
        recalled=((HOSTILE, 2),),
    )
