"""For those who write scenarios: whether one is playable, what it looks like, and a start for a new one."""
