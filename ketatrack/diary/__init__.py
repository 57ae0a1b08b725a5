"""The encrypted file the records live in: opening, reading, the one write path, backups."""
