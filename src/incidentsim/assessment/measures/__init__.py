"""One module for each family of measures."""
