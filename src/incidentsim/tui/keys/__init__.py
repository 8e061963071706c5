"""Every command of the screens, a module a place. Keys, footer, palette, help and the docs' table come from here."""
