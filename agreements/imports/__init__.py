"""Bringing spreadsheets of existing arrangements in: read, tell columns, check every row, then write all at once."""
