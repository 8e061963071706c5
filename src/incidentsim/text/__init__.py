"""Words: concept matching, escaping of untrusted text."""
