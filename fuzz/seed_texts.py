"""Made-up files and texts for the readers beside tables: mappings, acts, packs, notes, ..."""

import json

from fuzz.mutate import SEPARATOR
from fuzz.mutate.text import ODD
from fuzz.seeds import as_csv, as_features, as_json, as_kml, as_workbook, table_of
from truceline.intake.dates import DATE_FORMS
from truceline.intake.mapping_parts import KINDS, TOP
from truceline.pipeline.packs import pack_files
from truceline.record.canonical import canonical

POSITIONS = (
    "36.2021, 37.1343", "36.2021N 37.1343E", "-36.2 -37.1", "36°12'07.5\"N 37°08'03.4\"E", "N36 12 07 E37 08 03",
    "36°12.1'N, 37°8.05'E", "37S BA 32745 06283", "37SBA3274506283", "37S 332745 4006283", "37 N 332745 4006283",
    "8G7F644M+RP", "644M+RP", "POINT(37.1343 36.2021)", "SRID=4326;POINT Z(37.1 36.2 100)", "geo:36.2021,37.1343;u=35",
    "https://maps.google.com/?q=36.2021,37.1343", "https://www.google.com/maps/@36.2021,37.1343,15z",
    "https://www.openstreetmap.org/?mlat=36.2021&mlon=37.1343#map=12/36.2/37.1", "٣٦٫٢٠٢١، ٣٧٫١٣٤٣", "36,2021; 37,1343",
    "خط العرض ٣٦ خط الطول ٣٧", "36.2021° N, 37.1343° E", "(36.2021; 37.1343)", "lat 36.2 lon 37.1",
)  # fmt: skip
TIMES = (
    "2016-02-27", "2016-02-27T14:05", "2016-02-27T14:05:30.5Z", "2016-02-27 14:05+02:00", "2016-02", "2016",
    "2016-02-27/2016-03-01",
    "2016-02-27T14:05/2016-02-27T15:00", "2016-02-27/..", "../2016-02-27", "2016-21", "2016-24", "201X", "20XX",
    "2016-XX-XX",
    "2016-02-27~", "2016-02?", "2016%", "27 February 2016", "27 février 2016", "27 февраля 2016", "٢٧ شباط ٢٠١٦",
    "٢٧ فبراير ٢٠١٦", "27 fevrier 2016", "February 2016", "night of 26-27 February 2016", "night of 26 February 2016",
    "night of 31 December 2015 to 1 January 2016", "18 Jumada I 1437 AH", "١٨ جمادى الأولى ١٤٣٧ هـ", "1437 AH",
    "1437-05-18 AH",
    "03/04/2016", "2016-02-30", "2016-02-27T24:00", "2016-03-27T02:30", "2016-10-28T00:30",
)  # fmt: skip


_REPORTS = """mapping: town_log
table: reports
dates: [DD/MM/YYYY, YYYY-MM-DD]
decimal: comma
zone: Asia/Damascus
fields:
  report_id: {columns: [No, By], joined: "-"}
  source: {constant: town_log}
  when: {span: [From, To]}
  kind:
    column: What
    values: {Shells: shelling, "Air raid": air_strike}
    otherwise: keep
  side_a: By
  lat: Lat
  lon: Lon
  place: Village
  killed_best: Dead
  words: Text
"""
_TALLIES = """mapping: killed_by_province
table: tallies
fields:
  tally_id: {content: true}
  source: {constant: counters}
  from: day
  to: day
  of: {constant: killed}
  best: North
  area: {constant: none}
parts:
  - {area: {constant: Northern Valley}, best: North}
  - {area: {constant: Southern Plain}, best: South}
"""
_PARTED = """mapping: parted
table: reports
dates: [D/M/YY, words]
refuse: {No: [Total, Subtotal]}
fields:
  report_id: {columns: [No, By], joined: "-", before: "x-"}
  source: {column: Who, as: id, default: desk}
  when: {date: Day, time: At}
  kind: {column: What, values: {Shells: shelling, "": fire}, otherwise: keep}
  side_a: {column: By, split: ";"}
  killed_best: {column: Dead, as: number}
  lat: Lat
  lon: Lon
"""
_YEARS = """mapping: years
table: tallies
fields:
  tally_id: {content: true}
  source: {column: Who, as: id}
  from: {year: Y, month: M, day: D}
  to: {year: Y, month: M, day: D}
  of: {constant: killed}
  best: {column: Dead, as: number}
  area: Where
"""
_COVERAGE = """mapping: watch
table: coverage
fields: {coverage_id: No, source: Who, area: Where, from: From, to: To,
  status: {column: Was, values: {on: reported, off: silent}}}
"""
_LOG = """No,From,To,What,By,Lat,Lon,Village,Dead,Text
1,04/03/2025,,Shells,A,"36,5","37,25",Mill,2,x
2,05/03/2025 14:05,06/03/2025,Flood,B,36.5,,,,
"""
_DAYS = "day,North,South\n2025-03-04,1,2\n2025-03-05,x,\n"
_PARTS = """No,Who,Day,At,What,By,Dead,Lat,Lon
1,OSCE SMM,4/3/25,14:05-14:20,Shells,A; B,"1,200",36.5,37.25
2,,5/3/25,2:05 pm,Flood,A,12.0,,
Total,,,,,,,,
"""
_MONTHS = """Who,Y,M,D,Dead,Where
OSCE SMM,2025,March,4,3,Mill
OSCE SMM,2025,0,-1,,Mill
OSCE SMM,2025,3,0,12.0,Hill
"""
_WATCH = "No;Who;Where;From;To;Was\n1;ngo;Valley;2025-03-04;2025-03-05;on\n"


def mappings() -> list[bytes]:
    """Mapping files for the three tables."""
    return [text.encode() for text in (_REPORTS, _TALLIES, _COVERAGE, _PARTED, _YEARS)]


def mapped() -> list[bytes]:
    """Mapping files, each with a table it reads."""
    pairs = ((_REPORTS, _LOG), (_TALLIES, _DAYS), (_COVERAGE, _WATCH), (_PARTED, _PARTS), (_YEARS, _MONTHS))
    return [mapping.encode() + SEPARATOR + table.encode() for mapping, table in pairs]


def mapping_words() -> list[str]:
    """The names that mapping files use."""
    return [
        *TOP,
        *KINDS,
        *DATE_FORMS,
        "values",
        "otherwise",
        "keep",
        "report_id",
        "when",
        "best",
        "Asia/Damascus",
        "No",
        "Lat",
    ]


def acts() -> list[bytes]:
    """One act of each kind, and a list of two."""
    who = "by: secretariat\nat: 2025-03-06T10:00\nbecause: seen\n"
    finding = f"act: finding\n{who}about: the mill\nheld: happened\nwhat: shells\nwhen: 2025-03-04\n"
    declaration = f"act: declaration\n{who}clock: seven_quiet_days\nsays: extended\nuntil: 2025-03-20\n"
    coverage = (
        f"act: coverage\n{who}source: ngo\narea: northern_valley\nfrom: 2025-03-04\nto: 2025-03-05\nstatus: reported\n"
    )
    determination = f"act: determination\n{who}about: the mill\ncategory: minor_violation\n"
    withdrawal = f'act: withdrawal\n{who}of: "{"0" * 64}"\n'
    reading = f"act: reading\n{who}reading: strict\n"
    comparison = f"act: comparison\n{who}comparison: one\nwindow: 2025-03-08/2025-03-20\neve: 3\n"
    comparison += "baseline: 2025-01-01/2025-02-20\n"
    both = "".join("- " + text.rstrip("\n").replace("\n", "\n  ") + "\n" for text in (finding, declaration))
    return [
        text.encode() for text in (finding, declaration, coverage, determination, withdrawal, reading, comparison, both)
    ]


def packs() -> list[bytes]:
    """The pack that ships as an example, its three files in one input."""
    files = pack_files("example")
    return [SEPARATOR.join(files[name] for name in ("agreement.yaml", "areas.geojson", "examples.yaml"))]


def areas() -> list[bytes]:
    """Two areas: a polygon with a hole, and a multipolygon."""
    ring = [[37, 36], [38, 36], [38, 37], [37, 37], [37, 36]]
    hole = [[37.2, 36.2], [37.4, 36.2], [37.4, 36.4], [37.2, 36.2]]
    made = [
        {"type": "Feature", "id": "a", "geometry": {"type": "Polygon", "coordinates": [ring, hole]}, "properties": {}},
        {"type": "Feature", "id": "b", "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}, "properties": {}},
    ]
    return [json.dumps({"type": "FeatureCollection", "features": made}).encode()]


def un_lists() -> list[bytes]:
    """A consolidated list of the Security Council with two entries, and its quirks."""
    alias = "<{0}_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>{1}</ALIAS_NAME></{0}_ALIAS>"
    names = ("Order of the Ridge; Ridge Men b) Men", "جماعة (original script) (A; B)", "", "Ridge (RDG)")
    entry = (
        "<{0}><FIRST_NAME>A\u00a0</FIRST_NAME><SECOND_NAME/><REFERENCE_NUMBER>{1} </REFERENCE_NUMBER>"
        "<LISTED_ON>2014-05-14</LISTED_ON>{2}</{0}>"
    )
    one, two = (
        entry.format(kind, ref, "".join(alias.format(kind, name) for name in names))
        for kind, ref in (("INDIVIDUAL", "QDi.001"), ("ENTITY", "QDe.137"))
    )
    within = f"<INDIVIDUALS>{one}</INDIVIDUALS><ENTITIES>{two}</ENTITIES>"
    return [f'<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z">{within}</CONSOLIDATED_LIST>'.encode()]


def gazetteers() -> list[bytes]:
    """Places with names in three scripts."""
    names = ["Mill town", "الطاحونة", "Мельница", "Al-Tahuna", "at Tahouna"]
    row = {
        "geonameid": 7,
        "name": "Tahuna",
        "latitude": 36.2,
        "longitude": 37.15,
        "admin1code": "09",
        "alternatenames": names,
    }
    return [json.dumps({"7": row, "8": {**row, "geonameid": 8, "name": "Hill"}}, ensure_ascii=False).encode(), b"{}"]


def notes() -> list[bytes]:
    """A signed note, canonical JSON with nesting, and an entry's header."""
    note = "example.org/x\n1\n" + "A" * 43 + "=\n\n— example.org/x " + "A" * 91 + "=\n"
    header = {
        "fields": 1,
        "key": "0" * 16,
        "kind": "row",
        "links": {},
        "log": "example.org/x",
        "payload": "0" * 64,
        "v": 1,
    }
    odd = {"a": [1, None, True, {"ü": "\u2028"}], "b": {text: text for text in ODD[:8] if "\ud800" not in text}}
    return [note.encode(), canonical(header), canonical(odd), b"[]", b'"x"']


def tables() -> list[bytes]:
    """Tables of no known form, and of known ones, in every shape."""
    table = [[f"{name} x" for name in table_of("truceline_reports")[0]], *table_of("truceline_reports")[1:]]
    made = [as_csv(table), as_json(table), as_workbook(table), as_features(table), as_kml(table)]
    return [*made, _LOG.encode(), _DAYS.encode(), _WATCH.encode(), as_csv(table_of("yemen_air_raids"))]
