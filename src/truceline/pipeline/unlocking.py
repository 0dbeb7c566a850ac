"""Whom a face has asked for passphrases: `with asking(asker):` around everything it does. See `store.unlocking`."""

from truceline.store.unlocking import Asker, asking, fit, new_passphrase

__all__ = ["Asker", "asking", "fit", "new_passphrase"]
