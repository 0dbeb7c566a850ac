"""The record: an append-only, signed log of everything received, decided and published.

It knows no noun of the field: here are only canonical bytes, salted commitments, the Merkle tree
of RFC 6962, signed heads, entries, and the audit that recomputes all of them from their bytes.

    canonical   one way to write a value as bytes
    commit      what an entry says of its payload without telling it
    merkle      the tree over the entries, and proofs that an entry is in it
    sign        keys, signed heads and cosignatures
    entry       the bytes of one entry
    people      who may sign in a log; `key_links`: what its entries say of keys
    misbehaviour  the proof that one key signed two histories
    audit       recomputing everything, by someone who does not trust us
"""
