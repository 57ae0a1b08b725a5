"""What comes in: one module per foreign format, all yielding the same records."""
