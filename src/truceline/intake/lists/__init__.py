"""Lists of persons and organisations, as their publishers publish them."""
