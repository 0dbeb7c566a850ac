"""One invented log in four languages and in HXL is proposed alike."""

import pytest

ENGLISH = """\
No;Incident date;Time;Latitude;Longitude;Village;Governorate;Type of incident;Attacker;Against;Killed;Description
1;13/03/2025;9:05;36.2021;37.1343;Old Mill;North;Shelling;Northern Army;Front;2;Two shells fell in the yard of the mill.
2;14/03/2025;;36.2121;37.1443;Ford;North;Air raid;;;0;Heard by all of the people in the town.
"""
ARABIC = """\
الرقم;تاريخ الحادث;الساعة;خط العرض;خط الطول;القرية;المحافظة;نوع الحادث;الجهة المنفذة;ضد;عدد القتلى;الوصف
1;13/03/2025;9:05;36.2021;37.1343;الطاحونة;الشمال;قصف مدفعي;جيش الشمال;الجبهة;2;سقطت قذيفتان في ساحة الطاحونة.
2;14/03/2025;;36.2121;37.1443;المخاضة;الشمال;غارة جوية;;;0;سمعها جميع سكان البلدة.
"""
RUSSIAN = """\
№;Дата инцидента;Время;Широта;Долгота;Село;Область;Тип инцидента;Нападавший;Против кого;Погибшие;Описание
1;13.03.2025;9:05;36.2021;37.1343;Мельница;Север;Обстрел;Северная армия;Фронт;2;Два снаряда упали во дворе мельницы.
2;14.03.2025;;36.2121;37.1443;Брод;Север;Авиаудар;;;0;Слышали все жители посёлка, ы.
"""
FRENCH = """\
Numéro;Date de l'incident;Heure;Latitude;Longitude;Village;Province;Type d'incident;Agresseur;Contre;Tués;Récit
1;13/03/2025;9:05;36.2021;37.1343;Le Moulin;Nord;Pilonnage;Armée du Nord;Front;2;Deux obus dans la cour du moulin.
2;14/03/2025;;36.2121;37.1443;Le Gué;Nord;Raid aérien;;;0;Les habitants de la ville et des environs.
"""
FIELDS = {
    "report_id", "source", "when", "lat", "lon", "place", "area", "kind", "side_a", "side_b", "killed_best", "words",
    "language",
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "language"), [(ENGLISH, "en"), (ARABIC, "ar"), (RUSSIAN, "ru"), (FRENCH, "fr")], ids="en ar ru fr".split()
)
def test_one_log_in_four_languages_is_read_alike(read_as_proposed, mapping_for, table, language):
    mapping = mapping_for(table)
    assert set(mapping["fields"]) == FIELDS
    first, second = read_as_proposed(table)
    assert (first.kind, second.kind) == ("shelling", "air_strike")
    assert (first.lat_e7, first.lon_e7, first.killed_best) == (362_021_000, 371_343_000, 2)
    assert (first.when_words, second.when_words) == ("2025-03-13T09:05", "2025-03-14")
    assert (first.source_row, first.source, first.language) == ("1", "made-up", language)
    assert first.side_a and first.side_b and first.place and first.area and first.words


def test_the_same_table_in_windows_1256_is_read_alike(mapping_for):
    assert mapping_for(ARABIC.encode("windows-1256")) == mapping_for(ARABIC)


def test_tags_say_what_headers_do_not(mapping_for):
    table = "A,B,C,D,E,F\n#event+id,#date+occurred,#geo+lat,#geo+lon,#event+type,#affected+killed\n"
    table += "x1,2025-03-04,36.5,37.25,shelling,2\nx2,2025-03-05,36.5,37.25,shelling,\n"
    fields = mapping_for(table)["fields"]
    assert {name: fields[name] for name in ("report_id", "when", "lat", "lon", "kind", "killed_best")} == {
        "report_id": "A", "when": "B", "lat": "C", "lon": "D", "kind": "E", "killed_best": "F",
    }  # fmt: skip


def test_where_only_a_tag_names_a_column_the_tags_are_the_header(mapping_for):
    table = "No,Where,\n#event+id,#loc,#date\nx1,Mill,2025-03-04\nx2,Ford,2025-03-05\n"
    assert mapping_for(table)["fields"]["when"] == "#date"


def test_words_without_a_code_stay_empty_and_are_listed(draft_of):
    table = "id,date,type\n1,2025-03-04,Shells\n2,2025-03-04,Loud noise\n3,2025-03-04,Shells\n"
    step = next(step for step in draft_of(table).steps if step.field == "kind")
    assert step.choices[0].fields["kind"]["values"] == {"Shells": "shelling", "Loud noise": ""}
    assert step.choices[0].notes == ("'Loud noise' (1 of 3 cells): no code proposed",)
    assert "1 of 3 cells" in step.question
