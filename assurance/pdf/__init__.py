"""Documents of assurance."""
