"""Form definitions, and the check of what people fill in. Knows nothing of cases."""
