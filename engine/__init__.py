"""The engine: cases, tasks, clocks and flags. Knows no web framework."""
