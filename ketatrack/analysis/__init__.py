"""Numbers from records: when relief began and ended, and how long it lasts. No database, no Qt."""
