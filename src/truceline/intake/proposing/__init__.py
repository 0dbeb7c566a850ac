"""Proposing a mapping for a table of no known form: which columns feed which, why, and what has to be asked.

    opening     any file as one table: its header found, its rows sampled
    columns     one column with its values, and what they look like
    words       what a header's words and its HXL tag say (header_words.yaml, kind_words.yaml: for editors)
    step        a question to a person: choices, each with its reason and the share of cells it reads
    dating, placing, coding, counting, naming     the steps for when, where, what, how many, who
    reports, others     the steps of a table of reports; of coverage and of tallies
    drafting    answers as a mapping; writing: the mapping as commented YAML

Nothing here decides: a proposal that may be wrong in a way no one would see (the order of day and month,
which of two numbers is the latitude) is a question without an answer until a person gives one.
"""
