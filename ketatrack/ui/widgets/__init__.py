"""The parts that pages and dialogs are made of, each with the states of the design."""
