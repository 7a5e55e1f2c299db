"""The case of a declaration as a PDF: what was said, decided and planned."""
