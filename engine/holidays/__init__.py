"""The nation's days: announced years from a pinned library, later ones by rule; and calendars built from rows."""
