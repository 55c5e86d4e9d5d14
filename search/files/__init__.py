"""Files that a stranger may have put there."""
