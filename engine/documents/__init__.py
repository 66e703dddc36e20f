"""Dossier → PDF and drawings. Knows no store and reaches no network."""
