"""The grounds of an exclusion in words."""

from truceline.vocabulary.trace import Trace

_SENTENCES = {
    "text_says": "The instrument's text names it: {says} ({source}).",
    "body_holds": "{by} holds: {says}.",
    "name_of_entry": "{by} decided on the name and entry {entry} of the list {list}: {says}. {by_version}",
    "associated_with": "{by} holds of an association with {of}: {says}.",
    "co_chairs_differ": "The co-chairs differ.",
    "bound_and_not_excluded": "It is bound by the agreement, and nothing excludes it.",
    "not_known_to_the_agreement": "The agreement knows nobody by that name at that time, and nobody decided on it.",
    "words_missing": "The words of the instrument are not held, and nobody decided on it.",
    "nothing_said": "Neither the instrument's text nor a decision says anything of it; nothing is presumed.",
}
_BY_VERSION = {
    "yes": "The versions held have the entry at that time.",
    "no": "The versions held do not have the entry at that time.",
    "maybe": "The versions before and after that time differ on the entry.",
    "unanswered": "No version held answers for that time; a later list never does.",
}


def in_words(trace: Trace) -> str:
    """One ground as a sentence."""
    values = {name: str(value).replace("_", " ") for name, value in trace.values.items()}
    if "entry" in trace.values:
        values |= {"entry": str(trace.values["entry"]), "list": str(trace.values["list"])}
    if "source" in trace.values:
        values |= {"source": str(trace.values["source"])}
    if "by_version" in values:
        values["by_version"] = _BY_VERSION[values["by_version"]]
    return _SENTENCES[trace.code].format(**values)
