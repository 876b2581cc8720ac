"""The report and the public notices as pages: PDF to print and post, and Markdown."""
