"""A case: facts, forms, timeline, drawing, clocks, documents."""
