"""Colours, type, icons and the focus ring: how everything looks."""
