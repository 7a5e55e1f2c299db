"""The summary of an agreement as a PDF: sheet (the facts), render (WeasyPrint), issue (kept and served again)."""
