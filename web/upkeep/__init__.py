"""What an administrator keeps in order: the working calendar, and whether the house is sound."""
