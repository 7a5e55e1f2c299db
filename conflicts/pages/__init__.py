"""What the pages of conflicts of interest show, read once."""
