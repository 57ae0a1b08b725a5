"""The window: pages show, dialogs ask, widgets are what both are made of."""

from ketatrack.ui.guard import guard_overrides

guard_overrides()
