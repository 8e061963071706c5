"""The scenario document: models, loading with positions, the library, JSON Schema."""
