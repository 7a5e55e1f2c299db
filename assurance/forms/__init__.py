"""Forms of assurance; what they hold is written by actions."""
