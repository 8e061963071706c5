"""Everything people wrote about one incident, in one readable file."""
