"""The terminal application: library, briefing, war room, debrief, scorecard."""
