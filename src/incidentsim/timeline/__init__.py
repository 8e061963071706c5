"""Records and milestones of what was seen, read from an exercise."""
