"""Files of other programs, read as entries of a diary."""
