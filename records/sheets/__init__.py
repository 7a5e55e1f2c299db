"""Spreadsheets that people upload: read whatever they are called, or refused with a sentence."""
