"""5 Whys graph, fishbone and contributing factors."""
