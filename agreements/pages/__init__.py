"""What each page shows, gathered once into frozen shapes: templates only lay out."""
