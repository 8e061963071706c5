"""Questions and readings shown over a screen."""
