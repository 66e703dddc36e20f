"""The self-check's questions to the tables; each returns what is not as it must be."""
