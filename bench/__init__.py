"""Measurements of speed: each module prints figures, none asserts them."""
