"""The list of staff that an agency uploads: its rows, and what they would change."""
