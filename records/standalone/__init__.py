"""Programs that need Python and nothing else, to be handed to people outside."""
