"""A plan, and lists of what happened, as rows that people edit in a spreadsheet; no file format is known here."""
