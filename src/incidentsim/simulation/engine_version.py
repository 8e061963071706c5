"""The number of the engine: it is raised with every change after which the same commands give other digests."""

ENGINE_VERSION = 3
"""Written into each journal. Raising it is what allows the golden journals to be made anew."""
