"""What is due becomes commands. No rules, no tables of its own."""
