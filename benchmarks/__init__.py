"""How fast the world is, as ratios that hold on any machine."""
