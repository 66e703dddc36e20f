"""The designer's workshop: expressions and decision tables are tried here before a diagram carries them."""
