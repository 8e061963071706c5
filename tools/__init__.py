"""What makes the files that the documents show."""
