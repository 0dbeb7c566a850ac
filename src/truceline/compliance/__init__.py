"""Agreement packs, the day ledger and the clocks: pure functions over columns, a pack and a reading."""
