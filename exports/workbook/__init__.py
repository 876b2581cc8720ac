"""Workbooks (.xlsx) that people edit: written with XlsxWriter, read with openpyxl."""
