"""The coordinator's desk: the inbox, tasks and their forms, registering a case."""
