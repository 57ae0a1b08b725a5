"""The parts of the Today page: one sheet for each check-in, and the cards beside them."""
