"""The Relief page."""
