"""Rules that what people write about an incident is held to."""
