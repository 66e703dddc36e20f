"""Runners of public conformance kits."""
