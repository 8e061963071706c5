"""Incident-scenario simulator and postmortem trainer."""

__version__ = "0.1.0"
