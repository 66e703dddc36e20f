"""The only room that writes. Rows never leave it."""
