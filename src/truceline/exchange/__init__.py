"""Two or more holders of one record: what one gives the other, and what the other makes of it.

Bytes in, decisions out. Nothing here opens a file, a socket or a mission, and nothing is believed unchecked.

    bundle    one file with the logs a holder gives: signed heads and entries, never a payload
    judging   what came against what is held: it extends, is held already, or is another history
    witness   cosigning a head that is asked for by HTTP (C2SP tlog-witness)
    quorum    which cosignatures make a cut joint, and what happens when a holder falls silent
"""
