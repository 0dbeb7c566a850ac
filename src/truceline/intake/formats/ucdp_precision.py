"""What UCDP's precision codes become: radii, said areas, and the days an event may have lain in.

The codes are those of the codebook (19.1, 5.4.2 and appendix 2); the metres are ours where it gives none.
"""

from datetime import date, timedelta

_RADII_M = {"1": 5_000, "2": 25_000, "3": 50_000, "4": 150_000, "5": 200_000, "7": 200_000}
_WIDEST_M = 200_000
COUNTRY_ONLY = "6"
SAID_AREA = {"1": "adm_1", "2": "adm_1", "3": "adm_1", "4": "adm_1", "6": "country"}
"""The column that says the area. For 5 (a road, a river, a region without borders) and 7 (sea, air) none does."""
_DAYS = {"1": (1, 1), "2": (2, 6), "3": (7, 7), "4": (8, 31), "5": (29, 366)}


def radius_m(precision: str) -> int:
    """Within how many metres of its point an event of this `where_prec` lay.

    1, a named place: 5 km, since UCDP puts a quarter of a town at the town's centre. 2: the
    codebook's "ca. 25 km". 3, a district: 50 km. 4, a province: 150 km. 5 and 7, and not said: 200 km.
    """
    return _RADII_M.get(precision, _WIDEST_M)


def days_of(precision: str) -> tuple[int, int]:
    """The fewest and most days from `date_start` to `date_end`, both counted, that a `date_prec` allows.

    1 the day; 2 two to six days; 3 a week; 4 eight days to a month; 5 more than a month (29 days: a
    February and a day) to a year. Anything where it is not said.
    """
    return _DAYS.get(precision, (1, 10_000_000))


def widened(precision: str, first: date, last: date) -> tuple[date, date]:
    """The days an event may have lain in where its range is narrower than its `date_prec` says.

    2: every range of six days that holds the range given. 3: the weeks, Monday to Sunday, that it
    touches; 4: the calendar months; 5: the calendar years.
    """
    if precision == "2":
        spare = timedelta(days=6 - ((last - first).days + 1))
        return first - spare, last + spare
    if precision == "3":
        return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    if precision == "4":
        return first.replace(day=1), _next_month(last) - timedelta(days=1)
    return date(first.year, 1, 1), date(last.year, 12, 31)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
