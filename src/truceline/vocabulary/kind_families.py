"""Which kinds of incident may be two sources' words for one thing.

Families are wide on purpose: sources name what they saw or heard, whom it hit, or what it broke. Two kinds
that share no family are taken as two things; the families are ours, no standard has them.
"""

_BLAST = (
    "shelling air_strike drone_strike barrel_bomb atgm_fire ied_mine suicide_bomb grenade chemical_alleged "
    "undetermined_explosion live_fire_exercise demolition"
)
_GUNFIRE = "small_arms_fire sniper_fire hmg_fire celebratory_fire live_fire_exercise"
_EITHER = (
    "armed_clash ground_offensive territory_gain attack_on_health attack_on_humanitarian attack_on_civilian_object "
    "attack_on_civilians state_based_violence non_state_violence one_sided_violence"
)
FAMILIES = tuple(
    frozenset(words.split())
    for words in (
        f"{_BLAST} {_EITHER}",
        f"{_GUNFIRE} {_EITHER}",
        "air_strike drone_strike barrel_bomb overflight prohibited_flight",
        "ied_mine mine_laying",
        "ground_offensive territory_gain weapons_in_zone personnel_in_zone unauthorised_movement fortification "
        "reinforcement mine_laying territory_handover group_change",
        "protest force_against_protesters riot attack_on_civilians attack_on_civilian_object one_sided_violence",
        f"force_against_protesters riot {_GUNFIRE}",
        "agreement_reached release territory_handover",
        "access_denial access_delay load_removal besiegement monitor_obstruction attack_on_humanitarian looting",
        "monitor_obstruction jamming threat_to_monitor",
        "detention abduction release recruitment_child attack_on_civilians sgbv one_sided_violence",
        "looting attack_on_civilian_object",
        "hostile_propaganda",
        "disclosure",
        "fighters_crossing weapons_transfer funds_transfer",
        "fighters_crossing reinforcement",
    )
)
"""Sets of codes of `incident_kinds`; a code may stand in several."""


def kinds_may_be_one(one: str, other: str) -> bool:
    """The kinds are equal, one is not said, or they share a family. An unknown code is like nothing but itself.

    Of several possible kinds ("a;b") any may be meant.
    """
    if ";" in one + other:
        return any(kinds_may_be_one(a, b) for a in one.split(";") for b in other.split(";"))
    return one == other or "" in (one, other) or any(one in family and other in family for family in FAMILIES)
