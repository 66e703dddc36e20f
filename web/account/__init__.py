"""Signing in and out, notices, people."""
