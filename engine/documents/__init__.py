"""Dossier → PDF. Knows no store and reaches no network."""
