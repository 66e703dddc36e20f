"""One module a screen: SELECT → frozen rows. Nothing here writes, and no list is without an end."""
