"""The steps of the debrief."""
