"""What if: repeated paired runs of a scenario. It gives outcomes, never scores."""
