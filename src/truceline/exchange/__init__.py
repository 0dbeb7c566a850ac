"""Two or more holders of one record: what one gives the other, and what the other makes of it.

Bytes in, decisions out. Nothing here opens a file, a socket or a mission, and nothing is believed unchecked.

    bundle    one file with the logs a holder gives: signed heads, entries, and what is opened to the reader
    releases  which fields of which entries the holders of which logs may read, or that they are withheld
    openings  what is opened, packed by column and sealed for the one who may read it
    judging   what came against what is held: it extends, is held already, or is another history
    witness   cosigning a head that is asked for by HTTP (C2SP tlog-witness)
    quorum    which cosignatures make a cut joint, what silence does, and which side speaks for which body
    admission who asks: requests signed with the key of a log that is known
"""
