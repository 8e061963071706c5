"""Play by lines of text: for screen readers, dumb terminals, pipes, and whoever likes a prompt."""
