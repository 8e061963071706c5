"""The world of a scenario. SimPy lives only here."""
