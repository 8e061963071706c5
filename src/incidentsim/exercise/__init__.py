"""One run of a scenario: journal, clock, seats, evidence, resume, fork, policies."""
