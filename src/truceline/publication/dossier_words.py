"""Words of a dossier for what its codes stand for."""

from truceline.publication.languages import mark

WAYS = {"for": mark("for"), "against": mark("against")}
WEIGHS = {
    "report": mark("report"), "exhibit": mark("exhibit"), "finding": mark("finding"), "admission": mark("admission"),
}  # fmt: skip
ATTRIBUTION = {
    "admitted": mark("admitted"),
    "agreed_joint": mark("agreed jointly"),
    "single_side_a": mark("held by side A alone"),
    "single_side_b": mark("held by side B alone"),
    "capability_class_only": mark("capability only"),
    "contested": mark("contested"),
    "undetermined": mark("undetermined"),
    "not_attributable": mark("not attributable"),
    "": mark("not said"),
}
HELD = {
    "happened": mark("happened"), "did_not_happen": mark("did not happen"), "undetermined": mark("undetermined"),
}  # fmt: skip
ELEMENT = {
    "yes": mark("yes"), "no": mark("no"), "undetermined": mark("undetermined"),
    "no_evidence": mark("no evidence to conclude"),
}  # fmt: skip
STANDING = {
    "agreed": mark("agreed"), "disputed": mark("disputed"), "one_side": mark("one co-chair alone"),
    "not_joint": mark("no co-chair"),
}  # fmt: skip
PLACES = {
    "one_place": mark("All points may be one place."),
    "several_places": mark("The points do not all agree."),
    "one_point": mark("One report gives a point."),
    "no_point": mark("No report gives a point."),
}
SEEN = {
    "watched": mark("Somebody watched there and then."),
    "stopped": mark("Those who could have watched were stopped."),
    "not_known": mark("Nobody is known to have watched there and then."),
}
STATUS = {"reported": mark("watched"), "silent": mark("silent"), "stopped": mark("stopped")}
CHAIN = {
    "whole": mark("whole"), "gap": mark("not whole"), "altered": mark("broken: another fingerprint was measured"),
    "not_told": mark("not told"),
}  # fmt: skip
DID = {
    "received": mark("received"), "stored": mark("stored"), "copied": mark("copied"), "examined": mark("examined"),
    "handed_over": mark("handed over"), "returned": mark("returned"), "lost": mark("lost"),
    "destroyed": mark("destroyed"),
}  # fmt: skip
ACCESS = {
    "eyewitness": mark("eyewitness"), "second_hand": mark("second hand"), "derived": mark("derived"),
    "unknown": mark("not known"),
}  # fmt: skip
MISSING = frozenset(
    {
        mark("No report is known to come from an eyewitness."),
        mark("No second independent source."),
        mark("No report gives a point."),
        mark("The points do not all agree: see the pairs."),
        mark("Nobody is known to have watched there and then."),
        mark("No report gives a number of killed."),
        mark("No exhibit."),
    }
)
"""Sentences on what is missing that name nothing of the record."""
