"""The postmortem document, SLO definitions, action items and the executive summary."""
