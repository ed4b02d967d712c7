"""A run as tables for spreadsheets: CSV files and an Excel workbook."""
