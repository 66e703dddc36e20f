"""The channels out of the house. They are told what to send, never decide whom to tell."""
