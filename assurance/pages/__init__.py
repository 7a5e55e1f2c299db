"""What pages of assurance show, gathered; templates only lay it out."""
