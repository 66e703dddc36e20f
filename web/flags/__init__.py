"""Flags: what stands on whom, the answer, the decision."""
