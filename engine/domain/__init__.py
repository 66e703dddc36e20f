"""Pure rules: working time, deadlines, cases, flags, events. Standard library only; no clock, no database."""
