"""Stand-ins for the parts of the world that fail."""
