"""Before a diary is open: first start, unlock, restore, the made-up diary."""
