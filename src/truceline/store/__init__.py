"""The mission file: the entries of the record, and the read tables computed from them.

One mission is one SQLite file. The record in it is kept for ever; the read tables are not the
truth: `pipeline` drops and recomputes them.

    mission_file    making, opening and asking a mission: `MissionFile`
    making          making its files: both, or neither
    opening         opening the file, in clear or enciphered, and refusing what is no mission
    pen             entering into it, all or nothing: `Pen`
    tables          the SQL of every table, and the columns of the read tables
    columns         reading the read tables, at a cut, for a reader
    cut             what was known: size and root
    dump            a canonical dump of the read tables
    kept            reading the record back
    others          logs of other holders, held beside the own; `arriving`, `seen`, `audit_others` go with it
    audit           recomputing the record, and what the file keeps beside it
    held            what this holder has already taken in
    key_file        what this holder keeps secret; `locked`: under a passphrase, `unlocking`: who is asked for it
    ciphered        a mission enciphered as a whole; `enciphering`: from clear into cipher, and back
    people_keys     the keys of persons and instruments, a file each; `signers`: who may sign, by the entries
    geopackage_in   the tables of somebody's GeoPackage, behind the fence of `untrusted` (`schema_size`: before it)
    trouble         what SQLite says, in words a person can act on
"""
