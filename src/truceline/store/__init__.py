"""The mission file: the entries of the record, and the read tables computed from them.

One mission is one SQLite file. The record in it is kept for ever; the read tables are not the
truth: `pipeline` drops and recomputes them.

    mission_file    making, opening and asking a mission: `MissionFile`
    pen             entering into it, all or nothing: `Pen`
    tables          the SQL of every table, and the columns of the read tables
    columns         reading the read tables, at a cut, for a reader
    cut             what was known: size and root
    held            what this holder has already taken in
    trouble         what SQLite says, in words a person can act on
"""
