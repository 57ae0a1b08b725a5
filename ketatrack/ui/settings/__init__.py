"""The parts of the Settings page, a card each: what is tracked, relief, lock and passphrase, backups, the window."""
