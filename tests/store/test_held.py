"""What this holder has already taken in."""

from collections.abc import Callable

from truceline.store.mission_file import MissionFile

Chance = Callable[[int], bytes]


def test_a_row_taken_in_is_found_again_and_a_revision_takes_its_place(filled: MissionFile, chance: Chance) -> None:
    with filled.pen(0, chance) as pen:
        key, other = pen.row_key("vdc", "17"), pen.row_key("vdc", "18")
        first, second = pen.content_key("vdc", "17", b"two killed"), pen.content_key("vdc", "17", b"three killed")
        pen.hold([(key, 1, first)])
    with filled.pen(0, chance) as pen:
        assert pen.held([key, other]) == {key: (1, first)}
        pen.hold([(key, 2, second)])
        assert pen.held([key]) == {key: (2, second)}
        pen.forget_held()
        assert pen.held([key]) == {}


def test_many_rows_are_looked_up_at_once(filled: MissionFile, chance: Chance) -> None:
    with filled.pen(0, chance) as pen:
        keys = [pen.row_key("vdc", str(number)) for number in range(1201)]
        pen.hold((key, seq, b"c") for seq, key in enumerate(keys))
        assert {key: seq for key, (seq, _) in pen.held(keys).items()} == {key: i for i, key in enumerate(keys)}


def test_a_file_taken_in_whole_is_known_by_its_first_submission(filled: MissionFile, chance: Chance) -> None:
    with filled.pen(0, chance) as pen:
        key = pen.file_key(b"content")
        assert pen.held_file(key) is None
        pen.hold_file(key, 3)
        pen.hold_file(key, 9)
        assert pen.held_file(key) == 3


def test_fingerprints_of_different_things_never_meet(filled: MissionFile, chance: Chance) -> None:
    with filled.pen(0, chance) as pen:
        keys = {
            pen.row_key("a", "bc"),
            pen.row_key("ab", "c"),
            pen.content_key("a", "bc", b""),
            pen.content_key("a", "b", b"c"),
            pen.file_key(b"abc"),
            pen.file_key(b""),
        }
    assert len(keys) == 6
    assert {len(key) for key in keys} == {16}


def test_new_rows_are_held_at_once_or_not_one_of_them(filled: MissionFile, chance: Chance) -> None:
    with filled.pen(0, chance) as pen:
        keys = [pen.row_key("vdc", str(number)) for number in range(250)]
        pen.hold([(keys[7], 1, b"c" * 16)])
        rows = [(key, 10 + seq, b"c" * 16) for seq, key in enumerate(keys)]
        assert not pen.hold_new(rows)
        assert pen.held(keys) == {keys[7]: (1, b"c" * 16)}
        assert not pen.hold_new([rows[0], rows[1], (keys[0], 12, b"d" * 16)])
        assert pen.held(keys) == {keys[7]: (1, b"c" * 16)}
        assert pen.hold_new(rows[:7])
        assert pen.held(keys)[keys[3]] == (13, b"c" * 16)


def test_the_fingerprints_of_many_rows_are_those_of_each(filled: MissionFile, chance: Chance) -> None:
    named = [("vdc", "1"), ("vdc", "ق"), ("", ""), ("ngo", "1")]
    digests = [bytes([n]) * 32 for n in range(4)]
    with filled.pen(0, chance) as pen:
        keys, contents = pen.fingerprints.of_rows("report", named, digests)
        assert keys == [pen.row_key(source, f"report/{own}") for source, own in named]
        assert contents == [pen.content_key(*of, digest) for of, digest in zip(named, digests, strict=True)]
