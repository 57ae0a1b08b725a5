"""What goes OUT: the report, spreadsheets, the archive and FHIR. Everything here is given a WholeDiary, never a file.

What leaves is plain to anyone who has it, so what is hidden or withheld is taken out before an exporter sees it.
"""
